package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import serpentarium.base.PrivateFiles;

/// Keeps two processes from writing one session.
final class SessionLock {
    private SessionLock() {}

    /// The lock, held until its channel is closed; null where another process has the session open or it cannot be written.
    static FileChannel of(Path path) throws IOException {
        if (!Files.isWritable(path)) return null;
        boolean single = Files.isRegularFile(path);
        FileChannel channel = single ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE) : lockFile(path.resolve("lock"));
        try {
            FileLock held = channel.tryLock();
            if (held != null) return channel;
        } catch (OverlappingFileLockException e) {
            // This process has it open already.
        }
        channel.close();
        return null;
    }

    private static FileChannel lockFile(Path file) throws IOException {
        try {
            return PrivateFiles.create(file);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }
}
