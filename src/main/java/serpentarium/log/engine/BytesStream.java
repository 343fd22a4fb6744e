package serpentarium.log.engine;

import java.io.IOException;
import java.io.InputStream;

/// Bytes with positions, read from the start. Closing it leaves them open.
final class BytesStream extends InputStream {
    private final LogBytes bytes;
    private long position;

    BytesStream(LogBytes bytes) {
        this.bytes = bytes;
    }

    @Override public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        int got = bytes.read(position, to, offset, length);
        position += got;
        return got == 0 ? -1 : got;
    }
}
