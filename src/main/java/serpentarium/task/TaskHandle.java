package serpentarium.task;

import java.time.Instant;
import java.util.function.Consumer;

/// A task that was submitted.
///
/// @param <T> what it gives
public interface TaskHandle<T> {
    /// The number of the submission, from 1, unique within its [Tasks].
    long id();

    /// What was submitted.
    TaskSpec<T> spec();

    /// Where it is now. Running states carry the newest progress.
    TaskState<T> state();

    /// When it was submitted.
    Instant submitted();

    /// Asks it to end. Does nothing when it has ended. Its state becomes [TaskState.Cancelled] at once, whatever the work still does.
    void cancel();

    /// Calls back once with the final state, on the listener executor of the [Tasks] (the window's thread in the desktop,
    /// the caller's inline); also when the task has ended already. A task that was followed by a newer one of its latest key calls back
    /// with `Cancelled`, even when its answer was already on its way to the executor. What a listener throws is logged.
    TaskHandle<T> whenEnded(Consumer<TaskState<T>> listener);
}
