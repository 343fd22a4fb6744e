package serpentarium.profile.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import serpentarium.base.Head;

/// Text that a shell of Windows wrote as UTF-16 (`>` of its PowerShell does), as the UTF-8 that the program itself printed.
final class Utf16 extends InputStream {
    private static final int CHUNK = 32 * 1024;

    private final InputStream in;
    private final boolean bigEndian;
    private final byte[] raw = new byte[CHUNK];
    private byte[] text = new byte[0];
    private int at;
    private char high;

    /// @param in what follows the byte order mark
    private Utf16(InputStream in, boolean bigEndian) {
        this.in = in;
        this.bigEndian = bigEndian;
    }

    /// Whether a text starts with the byte order mark of UTF-16.
    static boolean marks(Head head) {
        return head.at(0) == 0xFE && head.at(1) == 0xFF || head.at(0) == 0xFF && head.at(1) == 0xFE;
    }

    /// The same head as UTF-8; it stays as it is without the mark.
    static Head head(Head head) {
        if (!marks(head)) return head;
        byte[] b = head.bytes();
        byte[] text = new String(b, 2, b.length - 2 & ~1, head.at(0) == 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE)
                .getBytes(StandardCharsets.UTF_8);
        return new Head(head.name(), text, head.whole() ? text.length : Math.max(head.size(), text.length + 1L));
    }

    /// The same bytes as UTF-8; they stay as they are where the head has no mark.
    static InputStream stream(Head head, InputStream in) throws IOException {
        if (!marks(head)) return in;
        in.skipNBytes(2);
        return new Utf16(in, head.at(0) == 0xFE);
    }

    @Override public int read() throws IOException {
        return more() ? text[at++] & 0xff : -1;
    }

    @Override public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!more()) return -1;
        int got = Math.min(length, text.length - at);
        System.arraycopy(text, at, to, offset, got);
        at += got;
        return got;
    }

    private boolean more() throws IOException {
        while (at == text.length) {
            int got = in.readNBytes(raw, 0, CHUNK);
            if (got < 2 && high == 0) return false;
            var chars = new StringBuilder(got / 2 + 1);
            if (high != 0) chars.append(high);
            high = 0;
            for (int i = 0; i + 1 < got; i += 2) {
                int one = raw[i] & 0xff;
                int two = raw[i + 1] & 0xff;
                chars.append((char) (bigEndian ? one << 8 | two : two << 8 | one));
            }
            int last = chars.length() - 1;
            if (got == CHUNK && Character.isHighSurrogate(chars.charAt(last))) {
                high = chars.charAt(last);
                chars.setLength(last);
            }
            text = chars.toString().getBytes(StandardCharsets.UTF_8);
            at = 0;
        }
        return true;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
