/// Profile tower: opens files through the task layer.
package serpentarium.profile.engine;
