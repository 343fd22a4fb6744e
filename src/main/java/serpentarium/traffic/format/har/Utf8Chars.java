package serpentarium.traffic.format.har;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import serpentarium.traffic.WireText;

/// Bytes as the characters of [WireText], piece by piece, and whether all of them are UTF-8.
final class Utf8Chars extends Reader {
    private static final int PIECE = 1 << 16;
    private static final int LONGEST_CHARACTER = 4;

    private final InputStream in;
    private final byte[] bytes = new byte[PIECE + LONGEST_CHARACTER];
    private int kept;
    private String text = "";
    private int at;
    private long total;
    private boolean ended;
    private boolean valid = true;

    Utf8Chars(InputStream in) {
        this.in = in;
    }

    /// How many bytes were read.
    long bytes() {
        return total;
    }

    boolean valid() {
        return valid;
    }

    @Override public int read(char[] to, int offset, int length) throws IOException {
        while (at == text.length()) if (!more()) return -1;
        int take = Math.min(length, text.length() - at);
        text.getChars(at, at + take, to, offset);
        at += take;
        return take;
    }

    private boolean more() throws IOException {
        if (ended) return false;
        int got = in.readNBytes(bytes, kept, PIECE);
        total += got;
        ended = got < PIECE;
        int end = kept + got;
        int stop = ended ? end : whole(end);
        text = WireText.decode(bytes, 0, stop);
        at = 0;
        kept = end - stop;
        System.arraycopy(bytes, stop, bytes, 0, kept);
        valid = valid && !lone(text);
        return !text.isEmpty() || !ended;
    }

    /// Where the last whole character ends.
    private int whole(int end) {
        for (int back = 1; back < LONGEST_CHARACTER && back <= end; back++) {
            int b = bytes[end - back] & 0xff;
            if (b < 0x80) return end;
            if (b < 0xc0) continue;
            int length = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
            return length > back ? end - back : end;
        }
        return end;
    }

    static boolean lone(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) continue;
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) i++;
            else return true;
        }
        return false;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
