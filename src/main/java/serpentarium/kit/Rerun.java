package serpentarium.kit;

import java.util.function.Consumer;
import java.util.function.Supplier;
import serpentarium.base.Problem;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Work in the background that follows something that grows: begun when there is news, never twice at once, and done once more when there was news while it
/// ran. Lives on the window's thread.
///
/// @param <T> what it gives
public final class Rerun<T> {
    private final Tasks tasks;
    private final Supplier<TaskSpec<T>> work;
    private final Consumer<T> done;
    private final Consumer<Problem> failed;
    private TaskHandle<T> running;
    private boolean again;
    private boolean closed;

    /// @param work   makes the task of each round
    /// @param done   takes what a round gave, on the window's thread
    /// @param failed is told what kept a round from its end
    public Rerun(Tasks tasks, Supplier<TaskSpec<T>> work, Consumer<T> done, Consumer<Problem> failed) {
        this.tasks = tasks;
        this.work = work;
        this.done = done;
        this.failed = failed;
    }

    /// Something is new.
    public void news() {
        if (closed) return;
        // One that has ended on its thread, but is not told yet, is told first: what it gave would be lost else.
        if (running != null) {
            again = true;
            return;
        }
        again = false;
        TaskHandle<T> mine = tasks.submit(work.get());
        running = mine;
        mine.whenEnded(state -> {
            if (closed || running != mine) return;
            running = null;
            switch (state) {
                case TaskState.Done<T>(T value) -> done.accept(value);
                case TaskState.Failed<T>(Problem problem) -> failed.accept(problem);
                case TaskState.Cancelled<T> _, TaskState.Queued<T> _, TaskState.Running<T> _ -> { }
            }
            if (again) news();
        });
    }

    /// Whether a round runs or will.
    public boolean running() {
        return running != null || again;
    }

    /// Ends it; nothing is told any more.
    public void close() {
        closed = true;
        if (running != null) running.cancel();
    }
}
