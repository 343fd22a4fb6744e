package serpentarium.kit;

import java.util.concurrent.CountDownLatch;
import javafx.concurrent.Task;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// A [TaskHandle] in the clothes of a JavaFX [Task], because ControlsFX's TaskProgressView knows only those. A JavaFX task counts as
/// running exactly while its call is under way; so the call waits, in a hidden task on a virtual thread of its own, until the real work
/// has ended. Cancelling it cancels the real work.
public final class JobTask extends Task<Void> {
    private static final Strings STRINGS = Strings.of(JobTask.class);

    private final TaskHandle<?> handle;
    private final CountDownLatch ended = new CountDownLatch(1);

    private JobTask(TaskHandle<?> handle) {
        this.handle = handle;
        updateTitle(handle.spec().title());
        refresh();
    }

    /// Follows a task that has not ended.
    public static JobTask follow(TaskHandle<?> handle, Tasks tasks) {
        var job = new JobTask(handle);
        handle.whenEnded(_ -> job.ended.countDown());
        tasks.submit(TaskSpec.of(handle.spec().title(), Lane.IO, _ -> {
            job.run();
            return null;
        }).hidden());
        return job;
    }

    @Override protected Void call() throws InterruptedException {
        ended.await();
        return null;
    }

    /// The task that is followed.
    public TaskHandle<?> handle() {
        return handle;
    }

    /// Takes over how far the work is. To be called on the window's thread, at most once a pulse.
    public void refresh() {
        switch (handle.state()) {
            case TaskState.Queued<?> _ -> updateMessage(STRINGS.get("job.queued"));
            case TaskState.Running<?>(var progress) -> {
                double fraction = progress.fraction();
                updateProgress(fraction < 0 ? -1 : fraction, 1);
                updateMessage(ProgressText.of(progress));
            }
            case TaskState.Done<?> _, TaskState.Failed<?> _, TaskState.Cancelled<?> _ -> updateMessage("");
        }
    }

    @Override public boolean cancel(boolean mayInterrupt) {
        handle.cancel();
        ended.countDown();
        return super.cancel(mayInterrupt);
    }
}
