package serpentarium.log.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import serpentarium.base.PrivateFiles;

/// A file that keeps what comes from something that can be read only once, such as a pipe or the output of a command, so that it can be shown, searched
/// and followed like any log. Only the user can read it. Whoever made it deletes it; what a program left behind that ended otherwise goes after a week.
public final class OutputFile implements Closeable {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final String SUFFIX = ".log";
    private static final int STEP = 1 << 16;
    private static final int LONGEST_NAME = 60;

    private final Path path;
    private final OutputStream out;

    private OutputFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /// Makes an empty one.
    ///
    /// @param folder where; made when it is not there
    /// @param what   what comes into it, for its name
    public static OutputFile in(Path folder, String what) throws IOException {
        PrivateFiles.folder(folder);
        sweep(folder);
        String plain = what.strip().replaceAll("[^\\p{L}\\p{N}._-]+", "-");
        String name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "-" + UUID.randomUUID().toString().substring(0, 8) + SUFFIX;
        Path path = folder.resolve(name);
        return new OutputFile(path, Channels.newOutputStream(PrivateFiles.create(path)));
    }

    private static void sweep(Path folder) throws IOException {
        Instant old = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) Files.deleteIfExists(file);
        }
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    /// Takes what a stream has, up to its end; may block as long as that.
    public void take(InputStream in) throws IOException {
        while (takeSome(in)) continue;
    }

    /// Takes what comes next.
    ///
    /// @return false at the stream's end
    public boolean takeSome(InputStream in) throws IOException {
        byte[] some = new byte[STEP];
        int got = in.read(some);
        if (got > 0) write(some, got);
        return got >= 0;
    }

    /// Takes some bytes; they can be read at once.
    public synchronized void write(byte[] bytes, int count) throws IOException {
        out.write(bytes, 0, count);
    }

    /// Takes no more.
    @Override public synchronized void close() throws IOException {
        out.close();
    }

    /// Takes no more, and takes it away.
    public void delete() throws IOException {
        close();
        Files.deleteIfExists(path);
    }
}
