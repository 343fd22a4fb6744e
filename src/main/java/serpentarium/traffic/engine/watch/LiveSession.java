package serpentarium.traffic.engine.watch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import serpentarium.base.PrivateFiles;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.proxy.ProxyServer;
import serpentarium.traffic.engine.trust.Authority;

/// A session in a folder of its own that a proxy writes to. It stays when it is closed and can be opened again like any other.
public final class LiveSession implements AutoCloseable {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH.mm.ss");
    private static final int TRIES = 100;

    private final Path folder;
    private final DiskSession session;
    private final Authority authority;
    private final ProxyServer proxy;

    private LiveSession(Path folder, DiskSession session, Authority authority, ProxyOptions options) {
        this.folder = folder;
        this.session = session;
        this.authority = authority;
        proxy = new ProxyServer(session, authority, options);
    }

    /// A folder for a new session, named after the time; it is not there yet.
    ///
    /// @param sessions where sessions are kept
    public static Path name(Path sessions, LocalDateTime now) {
        Path folder = sessions.resolve(NAME.format(now));
        for (int i = 2; i < TRIES && java.nio.file.Files.exists(folder); i++) folder = sessions.resolve(NAME.format(now) + " " + i);
        return folder;
    }

    /// Begins a session.
    ///
    /// @param folder    of the session; private to the user
    /// @param authority in whose name hosts are played
    /// @throws FileAlreadyExistsException when there is a session already
    public static LiveSession begin(Path folder, Authority authority, ProxyOptions options) throws IOException {
        PrivateFiles.folder(folder.toAbsolutePath().getParent());
        return new LiveSession(folder, DiskSession.create(folder, SessionLimits.NONE), authority, options);
    }

    /// Where it is kept.
    public Path folder() {
        return folder;
    }

    /// What was recorded, and goes on being recorded.
    public DiskSession session() {
        return session;
    }

    /// In whose name hosts are played.
    public Authority authority() {
        return authority;
    }

    /// What listens.
    public ProxyServer proxy() {
        return proxy;
    }

    /// Stops all listeners and writes what is still to be recorded.
    @Override public void close() throws IOException {
        proxy.close();
        session.close();
    }
}
