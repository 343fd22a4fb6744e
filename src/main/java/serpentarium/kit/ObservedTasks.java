package serpentarium.kit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// The task layer with a bell: says on the window's thread when a task was handed in that people are to see, so that the jobs strip
/// need not look while nothing runs. Everybody in the window is to use this one.
public final class ObservedTasks implements Tasks {
    private final Tasks tasks;
    private final Executor window;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /// Rings for what is handed to `tasks` through this object.
    ///
    /// @param window runs the listeners: the window's thread
    public ObservedTasks(Tasks tasks, Executor window) {
        this.tasks = tasks;
        this.window = window;
    }

    @Override public <T> TaskHandle<T> submit(TaskSpec<T> spec) {
        TaskHandle<T> handle = tasks.submit(spec);
        if (!spec.quiet() && !listeners.isEmpty()) window.execute(() -> listeners.forEach(Runnable::run));
        return handle;
    }

    @Override public List<TaskHandle<?>> recent() {
        return tasks.recent();
    }

    @Override public long version() {
        return tasks.version();
    }

    @Override public boolean shutdown(Duration grace) {
        return tasks.shutdown(grace);
    }

    /// Calls `listener` after each task that was handed in and is not hidden.
    public void whenSubmitted(Runnable listener) {
        listeners.add(listener);
    }
}
