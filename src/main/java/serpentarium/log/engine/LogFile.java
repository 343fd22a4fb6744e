package serpentarium.log.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that another program may write, rename, cut or delete at any moment. Read by position and never mapped: a mapped file that is cut ends the
/// program that mapped it. While this is open the file stays readable whatever becomes of its name, and its inode is given to no other.
///
/// Cancelling a task interrupts its thread, which closes a [FileChannel] for everybody. So [#read] goes through a stream that cannot be interrupted,
/// one thread after the other; [#scan] takes the channel, on as many threads at once as there are, and falls back to the stream when it was closed.
public final class LogFile implements LogBytes, Closeable {
    private static final int TRIES = 5;

    private final Path path;
    private final FileIdentity identity;
    private final FileChannel channel;
    /// Guards the stream and its position.
    private final Object lock = new Object();
    private final InputStream stream;
    private long position;
    private volatile boolean closed;

    private LogFile(Path path, FileIdentity identity, InputStream stream, FileChannel channel) {
        this.path = path;
        this.identity = identity;
        this.stream = stream;
        this.channel = channel;
    }

    /// Opens a file for reading only; its writer notices nothing.
    ///
    /// @throws NoSuchFileException where there is none
    /// @throws IOException         where it cannot be read, or was replaced again and again while it was opened
    public static LogFile open(Path path) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            FileIdentity before = FileIdentity.of(path);
            InputStream stream = Files.newInputStream(path);
            FileChannel channel;
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ);
            } catch (IOException e) {
                stream.close();
                throw e;
            }
            var file = new LogFile(path, before, stream, channel);
            // Both handles are of the file that was looked at only if it still has the name: an inode that is open is not used again.
            if (file.named()) return file;
            file.close();
        }
        throw new IOException("the file is replaced by others all the time");
    }

    private boolean named() throws IOException {
        try {
            return FileIdentity.of(path).same(identity);
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /// Its name when it was opened.
    public Path path() {
        return path;
    }

    /// Which file it is.
    public FileIdentity identity() {
        return identity;
    }

    @Override public String name() {
        return path.toString();
    }

    @Override public long size() throws IOException {
        synchronized (lock) {
            if (closed) throw new ClosedChannelException();
            // A stream of a file does not go beyond its end, and comes back to it where the file was cut.
            move(0);
            move(Long.MAX_VALUE);
            return position;
        }
    }

    /// Goes to a position, or to the end of the file where that is nearer.
    private void move(long to) throws IOException {
        if (to != position) position += stream.skip(to - position);
    }

    @Override public int read(long from, byte[] to, int offset, int length) throws IOException {
        synchronized (lock) {
            if (closed) throw new ClosedChannelException();
            move(from);
            if (position != from) return 0;
            int got = 0;
            while (got < length) {
                int more = stream.read(to, offset + got, length - got);
                if (more <= 0) break;
                got += more;
                position += more;
            }
            return got;
        }
    }

    @Override public int scan(long from, byte[] to, int offset, int length) throws IOException {
        if (!channel.isOpen()) return read(from, to, offset, length);
        ByteBuffer buffer = ByteBuffer.wrap(to, offset, length);
        try {
            while (buffer.hasRemaining()) if (channel.read(buffer, from + buffer.position() - offset) <= 0) break;
            return buffer.position() - offset;
        } catch (ClosedChannelException _) {
            return read(from, to, offset, length);
        }
    }

    /// Whether it was closed.
    public boolean closed() {
        return closed;
    }

    /// Lets go of the file. What reads it at this moment may fail with an [IOException].
    @Override public void close() throws IOException {
        synchronized (lock) {
            closed = true;
            channel.close();
            stream.close();
        }
    }
}
