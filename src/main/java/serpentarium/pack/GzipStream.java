package serpentarium.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// The content of all members of a gzip file, one after another. Nothing of a header is kept, so that none can be too large; zeros after the
/// last member are padding.
///
/// Format: RFC 1952.
final class GzipStream extends InputStream {
    private static final int CHUNK = 64 * 1024;
    private static final int LEAST = 4 * 1024;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_SUM = 2;

    private final InputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private final byte[] buffer;
    private final byte[] one = new byte[1];
    private int at;
    private int end;
    private boolean inMember;
    private boolean any;
    private boolean ended;

    /// Reads packed bytes from a stream, which is closed with this.
    GzipStream(InputStream in) throws IOException {
        this.in = in;
        // Many bodies are a few hundred bytes long.
        int known = in.available();
        buffer = new byte[known <= 0 ? CHUNK : Math.clamp(known, LEAST, CHUNK)];
    }

    @Override public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        while (!ended) {
            if (!inMember && !header()) {
                ended = true;
                break;
            }
            int got = inflate(to, offset, length);
            if (got > 0) {
                sum.update(to, offset, got);
                return got;
            }
            if (inflater.finished()) trailer();
        }
        return -1;
    }

    /// Goes into the next member; false where there is none.
    private boolean header() throws IOException {
        int first = any ? next() : need();
        while (any && first == 0) first = next();
        if (first < 0) return false;
        if (first != 0x1f || need() != 0x8b || need() != 8) throw new ZipException("member");
        int flags = need();
        for (int i = 0; i < 6; i++) need();
        if ((flags & EXTRA) != 0) for (int left = need() | need() << 8; left > 0; left--) need();
        if ((flags & NAME) != 0) while (need() != 0) continue;
        if ((flags & COMMENT) != 0) while (need() != 0) continue;
        if ((flags & HEADER_SUM) != 0) for (int i = 0; i < 2; i++) need();
        inflater.reset();
        inflater.setInput(buffer, at, end - at);
        sum.reset();
        inMember = true;
        any = true;
        return true;
    }

    private int inflate(byte[] to, int offset, int length) throws IOException {
        try {
            for (;;) {
                int got = inflater.inflate(to, offset, length);
                if (got > 0 || inflater.finished()) return got;
                if (inflater.needsDictionary()) throw new ZipException("dictionary");
                if (!fill()) throw new EOFException();
                inflater.setInput(buffer, at, end - at);
            }
        } catch (DataFormatException e) {
            throw new ZipException(e.getMessage());
        }
    }

    private void trailer() throws IOException {
        at = end - inflater.getRemaining();
        long checked = word();
        long size = word();
        if (checked != sum.getValue() || size != (inflater.getBytesWritten() & 0xffffffffL)) throw new ZipException("sum");
        inMember = false;
    }

    private long word() throws IOException {
        return need() | need() << 8 | need() << 16 | (long) need() << 24;
    }

    private int need() throws IOException {
        int value = next();
        if (value < 0) throw new EOFException();
        return value;
    }

    private int next() throws IOException {
        return at == end && !fill() ? -1 : buffer[at++] & 0xff;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, in.read(buffer));
        return end > 0;
    }

    @Override public void close() throws IOException {
        inflater.end();
        ended = true;
        in.close();
    }
}
