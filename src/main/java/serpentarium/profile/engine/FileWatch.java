package serpentarium.profile.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import serpentarium.task.TaskContext;

/// Waits until a file was written again: looks at its time and size now and then, which costs nothing and works on every file system.
public final class FileWatch {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// Waits until the next look.
    @FunctionalInterface
    interface Pause {
        /// Gives whether to look again; false ends the watch.
        boolean once() throws InterruptedException;
    }

    private FileWatch() {}

    /// Ends once a file has another stamp than `known`, is not empty, and has kept that stamp from one look to the next: whoever writes it is
    /// done, or at least pauses. A file that is gone for a while is waited for. Work for a task of its own, which ends when it is cancelled.
    ///
    /// @return the new stamp
    public static FileStamp changed(Path file, FileStamp known, TaskContext context) throws InterruptedException {
        var cancelled = new CountDownLatch(1);
        try (var _ = context.onCancel(cancelled::countDown)) {
            return changed(() -> FileStamp.of(file), known, () -> !cancelled.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS), context);
        }
    }

    static FileStamp changed(Supplier<Optional<FileStamp>> look, FileStamp known, Pause pause, TaskContext context) throws InterruptedException {
        FileStamp last = known;
        while (pause.once()) {
            context.checkpoint();
            Optional<FileStamp> now = look.get();
            if (now.isPresent() && now.get().size() > 0 && !now.get().equals(known) && now.get().equals(last)) return last;
            last = now.orElse(null);
        }
        context.checkpoint();
        return last;
    }
}
