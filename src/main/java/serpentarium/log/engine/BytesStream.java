package serpentarium.log.engine;

import java.io.IOException;
import java.io.InputStream;

/// Bytes with positions, read from one to another. Closing it leaves them open.
final class BytesStream extends InputStream {
    private final LogBytes bytes;
    private final boolean many;
    private final long end;
    private long position;

    /// All of them.
    BytesStream(LogBytes bytes) {
        this(bytes, 0, Long.MAX_VALUE, false);
    }

    /// @param many whether many threads read at once, which nobody interrupts
    BytesStream(LogBytes bytes, long from, long end, boolean many) {
        this.bytes = bytes;
        this.many = many;
        this.end = end;
        position = from;
    }

    @Override public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        int most = (int) Math.clamp(end - position, 0, (long) length);
        int got = many ? bytes.scan(position, to, offset, most) : bytes.read(position, to, offset, most);
        if (got <= 0) return -1;
        position += got;
        return got;
    }
}
