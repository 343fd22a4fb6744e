package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;

/// Bytes with positions, of which more may come while they are read. Safe to use from any thread.
public interface LogBytes {
    /// What messages call it.
    String name();

    /// How many bytes there are now. Smaller than before where a writer cut the file.
    long size() throws IOException;

    /// Reads some bytes, as many as there are up to `length`.
    ///
    /// @return how many; 0 where there are none at this position
    int read(long position, byte[] to, int offset, int length) throws IOException;

    /// Reads as [#read(long, byte\[\], int, int)] does, for who reads much on many threads at once that nobody interrupts.
    default int scan(long position, byte[] to, int offset, int length) throws IOException {
        return read(position, to, offset, length);
    }

    /// Bytes in memory, for tests and for what a person pasted.
    static LogBytes of(String name, byte[] bytes) {
        return new Memory(name, bytes);
    }

    /// The bytes from `base` on, as if they were all.
    default LogBytes from(long base) {
        return base == 0 ? this : new From(this, base);
    }

    /// At most `length` bytes from a position on, fewer where there are no more.
    default byte[] some(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        int got = read(position, bytes, 0, length);
        return got == length ? bytes : Arrays.copyOf(bytes, got);
    }

    /// Bytes in memory.
    ///
    /// @param name  what messages call them
    /// @param bytes the bytes, not copied
    record Memory(String name, byte[] bytes) implements LogBytes {
        @Override public long size() {
            return bytes.length;
        }

        @Override public int read(long position, byte[] to, int offset, int length) {
            int got = Math.clamp(bytes.length - position, 0, length);
            if (got > 0) System.arraycopy(bytes, (int) position, to, offset, got);
            return got;
        }
    }

    /// What follows a position.
    ///
    /// @param bytes the whole
    /// @param base  where position 0 is
    record From(LogBytes bytes, long base) implements LogBytes {
        @Override public String name() {
            return bytes.name();
        }

        @Override public long size() throws IOException {
            return Math.max(0, bytes.size() - base);
        }

        @Override public int read(long position, byte[] to, int offset, int length) throws IOException {
            return bytes.read(base + position, to, offset, length);
        }

        @Override public int scan(long position, byte[] to, int offset, int length) throws IOException {
            return bytes.scan(base + position, to, offset, length);
        }
    }
}
