package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.file.Path;
import serpentarium.base.FolderTree;

/// Traffic that was opened: a session, and the folder that goes with it where it was made for reading a file.
public final class OpenTraffic implements AutoCloseable {
    private final DiskSession session;
    private final String format;
    private final Path scratch;

    /// @param scratch a folder that goes when this is closed, or null
    public OpenTraffic(DiskSession session, String format, Path scratch) {
        this.session = session;
        this.format = format;
        this.scratch = scratch;
    }

    /// Its flows.
    public DiskSession session() {
        return session;
    }

    /// What format it was read from, as in JSON documents.
    public String format() {
        return format;
    }

    /// Whether what a person notes and deletes is kept: it is in an own session, but not where a file was read into one that goes.
    public boolean keeps() {
        return scratch == null && !session.readOnly();
    }

    @Override public void close() throws IOException {
        if (scratch == null) {
            session.close();
            return;
        }
        session.discard();
        FolderTree.delete(scratch, () -> {});
    }
}
