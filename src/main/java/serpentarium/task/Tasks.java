package serpentarium.task;

import java.time.Duration;
import java.util.List;

/// The door to other threads. Everything that may take longer than a frame goes through here.
public interface Tasks {
    /// Hands in work. Returns at once (inline: when the work has ended).
    <T> TaskHandle<T> submit(TaskSpec<T> spec);

    /// The tasks that run or wait, and the most recent ended ones (at most 50), newest first; hidden ones left out.
    List<TaskHandle<?>> recent();

    /// Cancels what runs, waits up to `grace`, then returns whether everything ended.
    boolean shutdown(Duration grace);
}
