package serpentarium.shell;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// Lets a second start of the program hand its files to the window that is already open, over a socket in a folder that only this person
/// can enter; nothing listens on the network. Who holds the lock file is the one that listens, so a socket left behind by a crash is
/// simply replaced. Where any of this does not work, each start has a window of its own.
public final class SingleInstance implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(SingleInstance.class);
    private static final Logger LOG = LoggerFactory.getLogger(SingleInstance.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int AT_ONCE = 4;

    private final Path folder;
    private final Path socket;
    private final Tasks tasks;
    private FileChannel lockFile;
    private FileLock lock;
    private ServerSocketChannel server;

    /// Uses a folder that is made when it is missing and is then closed to others.
    public SingleInstance(Path folder, Tasks tasks) {
        this.folder = folder;
        this.socket = folder.resolve("window.socket");
        this.tasks = tasks;
    }

    /// The folder to use: one in the session's private run-time folder where there is one, else one beside the settings.
    public static Path folder(Map<String, String> environment, Path settings) {
        String runtime = environment.get("XDG_RUNTIME_DIR");
        boolean usable = runtime != null && !runtime.isBlank() && Path.of(runtime).isAbsolute() && Files.isDirectory(Path.of(runtime));
        return usable ? Path.of(runtime).resolve("serpentarium") : settings.resolve("run");
    }

    /// Hands files to the window that is open, if there is one; says whether it took them. No files only bring it to the front. Waits at
    /// most two seconds.
    public boolean handOver(List<Path> files) {
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) return false;
        try {
            secure();
            try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket));
                return HandOver.send(channel, files, PATIENCE);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("no window took the files", e);
            return false;
        }
    }

    /// Becomes the window that others hand their files to; says whether it did.
    ///
    /// @param taken called on a background thread with the files of each other start; empty: come to the front
    public boolean listen(Consumer<List<Path>> taken) {
        try {
            secure();
            lockFile = FileChannel.open(folder.resolve("window.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = lockFile.tryLock();
            if (lock == null) {
                close();
                return false;
            }
            Files.deleteIfExists(socket);
            server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException | OverlappingFileLockException | UnsupportedOperationException e) {
            LOG.debug("each start has its own window", e);
            close();
            return false;
        }
        ServerSocketChannel listening = server;
        tasks.submit(TaskSpec.of(STRINGS.get("task.instance"), Lane.IO, context -> {
            try (var _ = context.onCancel(() -> shut(listening))) {
                accept(listening, taken);
            }
            return null;
        }).hidden());
        return true;
    }

    private void accept(ServerSocketChannel listening, Consumer<List<Path>> taken) throws IOException {
        var places = new Semaphore(AT_ONCE);
        while (listening.isOpen()) {
            SocketChannel channel;
            try {
                channel = listening.accept();
            } catch (ClosedChannelException _) {
                return;
            }
            if (!places.tryAcquire()) {
                channel.close();
                continue;
            }
            tasks.submit(TaskSpec.of(STRINGS.get("task.instance"), Lane.IO, _ -> {
                try (channel) {
                    taken.accept(HandOver.receive(channel, PATIENCE));
                } catch (IOException e) {
                    LOG.debug("another start did not say what it wants", e);
                } finally {
                    places.release();
                }
                return null;
            }).hidden());
        }
    }

    /// Makes the folder and makes sure that it is this person's alone.
    private void secure() throws IOException {
        var view = Files.getFileStore(existing(folder)).supportsFileAttributeView(PosixFileAttributeView.class);
        if (!view) {
            Files.createDirectories(folder);
            return;
        }
        var only = PosixFilePermissions.fromString("rwx------");
        if (folder.getParent() != null) Files.createDirectories(folder.getParent());
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(only));
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) throw new IOException(folder.toString());
        UserPrincipal me = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(System.getProperty("user.name", ""));
        if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(me)) throw new IOException(folder.toString());
        if (!Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS).equals(only)) Files.setPosixFilePermissions(folder, only);
    }

    private static Path existing(Path folder) {
        Path at = folder.toAbsolutePath();
        while (!Files.exists(at) && at.getParent() != null) at = at.getParent();
        return at;
    }

    /// Listens no more and removes the socket.
    @Override public void close() {
        boolean listened = server != null;
        shut(server);
        try {
            if (listened) Files.deleteIfExists(socket);
            if (lock != null) lock.release();
            if (lockFile != null) lockFile.close();
        } catch (IOException e) {
            LOG.debug("the socket stays behind", e);
        }
        server = null;
        lock = null;
        lockFile = null;
    }

    private static void shut(ServerSocketChannel channel) {
        if (channel == null) return;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the socket did not close", e);
        }
    }
}
