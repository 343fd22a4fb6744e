package serpentarium.task;

import java.time.Duration;
import java.util.List;

/// The door to other threads. Everything that may take longer than a frame goes through here.
public interface Tasks {
    /// Hands in work. Returns at once (inline: when the work has ended).
    <T> TaskHandle<T> submit(TaskSpec<T> spec);

    /// The tasks that run or wait, and the most recent ended ones (at most 50), newest first; hidden ones left out. For an ended task the
    /// list holds a stand-in with the same [TaskHandle#id()] and kind of state, but without work and value, so that no result is kept
    /// alive by being listed.
    List<TaskHandle<?>> recent();

    /// A number that grows whenever [#recent()] would answer otherwise: a task was submitted, began or ended. Progress does not count.
    long version();

    /// Takes no more work (what is submitted later ends as `Cancelled`), cancels everything, and waits up to `grace` for the work and the
    /// cancel actions to end. May be called again.
    ///
    /// @return whether everything ended
    boolean shutdown(Duration grace);
}
