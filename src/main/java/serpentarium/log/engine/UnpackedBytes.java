package serpentarium.log.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import serpentarium.base.Head;
import serpentarium.base.PrivateFiles;
import serpentarium.base.Strings;
import serpentarium.log.TextEncoding;
import serpentarium.log.Warning;
import serpentarium.pack.Unpacked;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// What a compressed log holds, in a file of our own that only the user can read. Where the system can, the file has no name from the start on, so that
/// nothing is left of it however the program ends.
final class UnpackedBytes implements LogBytes, Closeable {
    private static final Strings STRINGS = Strings.of(UnpackedBytes.class);
    private static final int STEP = 1 << 20;

    private final Unpacked packed;
    private final TextEncoding encoding;
    private final Path path;
    private final LogFile file;
    private final OutputStream out;
    private long written;

    private UnpackedBytes(Unpacked packed, TextEncoding encoding, Path path, LogFile file, OutputStream out) {
        this.packed = packed;
        this.encoding = encoding;
        this.path = path;
        this.file = file;
        this.out = out;
    }

    /// @param folder where the file is made
    static UnpackedBytes of(Unpacked packed, Path folder) throws IOException {
        byte[] head;
        try (InputStream in = packed.open()) {
            head = in.readNBytes(Head.LIMIT);
        }
        PrivateFiles.folder(folder);
        Path path = folder.resolve("unpacked-" + UUID.randomUUID() + ".log");
        PrivateFiles.create(path).close();
        // These two are closed by nobody's interrupt, as a channel would be.
        LogFile file = LogFile.open(path);
        OutputStream out = Files.newOutputStream(path, StandardOpenOption.WRITE);
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) Files.delete(path);
        return new UnpackedBytes(packed, TextEncoding.detect(head, head.length), path, file, out);
    }

    TextEncoding encoding() {
        return encoding;
    }

    /// Unpacks all, or what a cancelled call has left, and finds the lines of it on the way.
    ///
    /// @return what ended the content before its time
    Optional<Warning> fill(LineIndex index, TaskContext context) throws IOException {
        byte[] some = new byte[STEP];
        TaskContext progress = packed.progressOf(context);
        try (InputStream in = packed.open()) {
            in.skipNBytes(written);
            for (int got; (got = in.readNBytes(some, 0, STEP)) > 0; ) {
                out.write(some, 0, got);
                written += got;
                // A letter of two bytes that the content ends inside of is never whole.
                index.add(index.count(written - got, some, 0, got - got % index.encoding().unit()));
                progress.progress(written, -1, Progress.Unit.BYTES);
                progress.checkpoint();
            }
        }
        return packed.fault().map(fault -> new Warning(fault.id(), STRINGS.get("unpacked.cut", fault.line()), fault.place()));
    }

    @Override public String name() {
        return packed.name();
    }

    @Override public long size() throws IOException {
        return file.size();
    }

    @Override public int read(long position, byte[] to, int offset, int length) throws IOException {
        return file.read(position, to, offset, length);
    }

    @Override public int scan(long position, byte[] to, int offset, int length) throws IOException {
        return file.scan(position, to, offset, length);
    }

    @Override public void close() throws IOException {
        out.close();
        file.close();
        Files.deleteIfExists(path);
    }
}
