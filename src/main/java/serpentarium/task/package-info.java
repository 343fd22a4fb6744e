/// Ground floor: the background task service layer, the only door to another thread. Knows no JavaFX.
///
/// Work is described as a [serpentarium.task.TaskSpec] and handed to [serpentarium.task.Tasks]: [serpentarium.task.ThreadTasks] in the
/// desktop, [serpentarium.task.InlineTasks] on the command line and in tests of view models. A view model takes `Tasks` in its
/// constructor and never asks which:
///
/// ```java
/// var spec = TaskSpec.of(STRINGS.get("open", file), Lane.CPU, context -> {
///     Profile profile = format.read(Source.of(file), context.child(0.8));   // says its progress, stops at its checkpoints
///     return CallTree.of(profile, context.child(0.2));
/// }).latest(this);                                                          // opening another file cancels this one
/// TaskHandle<CallTree> task = tasks.submit(spec).whenEnded(state -> {       // on the window's thread
///     switch (state) {
///         case TaskState.Done<CallTree>(CallTree tree) -> tree(tree);
///         case TaskState.Failed<CallTree>(Problem problem) -> problem(problem);   // logged already
///         case TaskState.Cancelled<CallTree> _, TaskState.Queued<CallTree> _, TaskState.Running<CallTree> _ -> idle();
///     }
/// });
/// ```
///
/// Work whose first step can run ahead of the second, such as taking a large file apart and adding it up, uses [serpentarium.task.Ahead].
/// Work in many like pieces, such as looking through a million rows, uses [serpentarium.task.Abreast].
///
/// Progress is pulled: the window reads [serpentarium.task.TaskHandle#state()] once a pulse, and asks
/// [serpentarium.task.Tasks#version()] whether its list of tasks is still the right one. Streams are pushed in
/// [serpentarium.task.Batches]. External programs are [serpentarium.task.ChildProcess]es, which end with their task, and
/// [serpentarium.task.ExitHook] ends the tasks with the program.
///
/// A task of the processor's lane must not wait for another one of that lane: with one thread it would wait for ever.
package serpentarium.task;
