/// Profile tower: from profile to what the views show. Pure: model to model, model to rectangles.
package serpentarium.profile.analysis;
