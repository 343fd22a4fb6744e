package serpentarium.traffic.format.har;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// JSON on its way to a parser: a text that is longer than a limit is cut there, so that no text has to be larger than the memory. A cut text
/// ends with [#MARK].
final class LongTexts extends FilterInputStream {
    /// A control character as it may not stand in JSON: no text has it by itself.
    static final char MARK = '\u0001';

    private final long limit;
    private boolean inText;
    private int escape;
    private long length;
    private boolean dropping;
    private int cuts;

    LongTexts(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    /// How many texts were cut so far.
    int cuts() {
        return cuts;
    }

    @Override public int read() throws IOException {
        byte[] one = new byte[1];
        int got;
        do got = read(one, 0, 1); while (got == 0);
        return got < 0 ? -1 : one[0] & 0xff;
    }

    @Override public int read(byte[] to, int offset, int size) throws IOException {
        for (;;) {
            int got = in.read(to, offset, size);
            if (got <= 0) return got;
            int kept = keep(to, offset, offset + got);
            if (kept > 0) return kept;
        }
    }

    private int keep(byte[] bytes, int from, int end) {
        int out = from;
        for (int at = from; at < end; at++) {
            byte b = bytes[at];
            if (!inText) {
                if (b == '"') {
                    inText = true;
                    length = 0;
                }
            } else if (escape > 0) {
                escape = escape == 5 && b == 'u' ? 4 : escape == 5 ? 0 : escape - 1;
                length++;
            } else if (b == '"') {
                inText = false;
                dropping = false;
            } else {
                if (length >= limit && !dropping && (b & 0xc0) != 0x80) {
                    dropping = true;
                    cuts++;
                    bytes[out++] = MARK;
                    if (b == '\\') escape = 5;
                    continue;
                }
                if (b == '\\') escape = 5;
                length++;
            }
            if (!dropping) bytes[out++] = b;
        }
        return out - from;
    }
}
