package serpentarium.log.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Waits for a while, or until the system says that something happened in a folder. It is a hint and nothing more: file systems of a network say
/// nothing of what others do, and the system may have no room for one more who listens.
final class FolderNews implements Closeable {
    /// So that a writer of a million lines is not looked at for each of them.
    private static final long LEAST = 5;

    private final WatchService watch;
    private final Semaphore never = new Semaphore(0);

    private FolderNews(WatchService watch) {
        this.watch = watch;
    }

    static FolderNews of(Path folder) {
        try {
            WatchService watch = folder.getFileSystem().newWatchService();
            try {
                folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE, StandardWatchEventKinds.ENTRY_MODIFY);
                return new FolderNews(watch);
            } catch (IOException _) {
                watch.close();
            }
        } catch (IOException | UnsupportedOperationException _) {
            // Looking now and then has to do.
        }
        return new FolderNews(null);
    }

    /// Waits.
    ///
    /// @return whether there were news
    /// @throws CancellationException when the thread was interrupted
    boolean await(long millis) {
        try {
            if (never.tryAcquire(Math.min(LEAST, millis), TimeUnit.MILLISECONDS)) return false;
            long left = millis - LEAST;
            if (left <= 0) return false;
            if (watch == null) return never.tryAcquire(left, TimeUnit.MILLISECONDS);
            WatchKey key = watch.poll(left, TimeUnit.MILLISECONDS);
            if (key == null) return false;
            key.pollEvents();
            key.reset();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } catch (ClosedWatchServiceException _) {
            return false;
        }
    }

    @Override public void close() throws IOException {
        if (watch != null) watch.close();
    }
}
