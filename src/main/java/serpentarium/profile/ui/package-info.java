/// Profile tower: the profiler pane and its view models.
package serpentarium.profile.ui;
