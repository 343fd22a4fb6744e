package serpentarium.task;

import java.util.Optional;

/// What running work sees of the task it belongs to. Safe to use from any thread that the work uses.
public interface TaskContext {
    /// Says how far the work is. Cheap enough for every few kilobytes; the window looks at it once a pulse.
    ///
    /// @param done  how much is done, in `unit`
    /// @param total how much there is, or -1 when nobody knows
    /// @param unit  what is counted
    void progress(long done, long total, Progress.Unit unit);

    /// Says in a few words what is being done now.
    void message(String text);

    /// Stops here when the task was cancelled.
    ///
    /// @throws java.util.concurrent.CancellationException when the task was cancelled
    void checkpoint();

    /// Whether the task was cancelled; prefer [#checkpoint()].
    boolean cancelled();

    /// Runs `action` once when the task is cancelled, or now when it already was: end the child and its process group, close the socket.
    /// It may wait: [ThreadTasks] gives each action a thread of its own ([InlineTasks] uses the canceller's). What it throws is logged.
    /// Close the result when there is nothing to end any more.
    Registration onCancel(Runnable action);

    /// A part of this task that counts for `weight` (0…1) of its progress, from where the parts before it ended. Parts follow one
    /// another: taking the next one says that the one before is complete. A task with parts shows its share in [Progress.Unit#STEPS]
    /// of 10,000, unless one part of weight 1 is all there is.
    ///
    /// @throws IllegalArgumentException when the weight is negative or not a number
    TaskContext child(double weight);

    /// A registered cancel action.
    interface Registration extends AutoCloseable {
        /// Forgets the action.
        @Override void close();
    }

    /// A context that no one watches or cancels, for tests and for work that is its own caller.
    static TaskContext detached() {
        return new DetachedContext(Optional.empty());
    }

    /// A context that is cancelled after `checkpoints` checkpoints; 0 stops at the first.
    static TaskContext cancelledAfter(int checkpoints) {
        return new DetachedContext(Optional.of(checkpoints));
    }
}
