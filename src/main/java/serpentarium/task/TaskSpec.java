package serpentarium.task;

import java.util.Objects;

/// A piece of work, described before it is run.
///
/// @param title     what the jobs strip calls it, in words for a person
/// @param lane      where it runs
/// @param latestKey null, or a key: submitting another task with an equal key cancels this one and drops its late answer
/// @param quiet     true keeps it out of the jobs strip: work of a few milliseconds that follows each key press
/// @param work      what to do
/// @param <T>       what it gives
public record TaskSpec<T>(String title, Lane lane, Object latestKey, boolean quiet, Work<T> work) {
    public TaskSpec {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(lane, "lane");
        Objects.requireNonNull(work, "work");
    }

    /// Work in a lane.
    public static <T> TaskSpec<T> of(String title, Lane lane, Work<T> work) {
        return new TaskSpec<>(title, lane, null, false, work);
    }

    /// The same work under a latest key.
    public TaskSpec<T> latest(Object key) {
        return new TaskSpec<>(title, lane, key, quiet, work);
    }

    /// The same work, kept out of the jobs strip.
    public TaskSpec<T> hidden() {
        return new TaskSpec<>(title, lane, latestKey, true, work);
    }

    /// What a task does.
    ///
    /// @param <T> what it gives
    @FunctionalInterface
    public interface Work<T> {
        /// Does the work; looks at [TaskContext#checkpoint()] at least every 100 ms.
        ///
        /// @throws Exception whatever went wrong; it becomes a [serpentarium.base.Problem]
        T run(TaskContext context) throws Exception;
    }
}
