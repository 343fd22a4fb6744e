package serpentarium.log;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// How the bytes of a log stand for text. In all but UTF-16 a line ends with the byte 10, whatever else is in it, so that lines are found
/// without decoding.
///
/// @param charset what decodes a line; what it cannot read becomes U+FFFD
/// @param unit    how many bytes a line feed takes: 1, or 2 in UTF-16
/// @param mark    how many bytes of byte order mark stand before the text
public record TextEncoding(Charset charset, int unit, int mark) {
    /// UTF-8 without a mark; ASCII too.
    public static final TextEncoding UTF_8 = new TextEncoding(StandardCharsets.UTF_8, 1, 0);
    /// UTF-8 with its mark, as Python's `utf-8-sig` writes it.
    public static final TextEncoding UTF_8_MARKED = new TextEncoding(StandardCharsets.UTF_8, 1, 3);
    /// What a file is taken for that is not UTF-8: every byte is a letter. Windows-1252 is Latin-1 with letters where that has controls.
    public static final TextEncoding LATIN_1 = new TextEncoding(Charset.forName("windows-1252"), 1, 0);

    private static final int ENOUGH = 64;

    /// UTF-16 in one of its two orders.
    public static TextEncoding utf16(boolean little, int mark) {
        return new TextEncoding(little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE, 2, mark);
    }

    /// An encoding that a person has chosen for a file with this head.
    public static TextEncoding chosen(Charset charset, byte[] head, int size) {
        TextEncoding found = detect(head, size);
        if (charset.equals(StandardCharsets.UTF_16)) return found.unit == 2 ? found : utf16(false, 0);
        boolean wide = charset.equals(StandardCharsets.UTF_16LE) || charset.equals(StandardCharsets.UTF_16BE);
        return new TextEncoding(charset, wide ? 2 : 1, found.charset.equals(charset) ? found.mark : 0);
    }

    /// What the head of a file looks like: its mark, the zero bytes of UTF-16, well-formed UTF-8, Japanese letters, or else Latin-1.
    public static TextEncoding detect(byte[] head, int size) {
        if (size >= 3 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) return UTF_8_MARKED;
        if (size >= 2 && head[0] == (byte) 0xff && head[1] == (byte) 0xfe) return utf16(true, 2);
        if (size >= 2 && head[0] == (byte) 0xfe && head[1] == (byte) 0xff) return utf16(false, 2);
        int[] zeros = new int[2];
        int from = 0;
        while (from < size && head[from] == 0) from++;
        // A run of zeros at the start is a hole that copytruncate left, or the first half of a big-endian letter.
        if (from < 2) from = 0;
        for (int i = from; i < size; i++) if (head[i] == 0) zeros[i & 1]++;
        int half = (size - from) / 2;
        if (half > 0 && zeros[1] > half * 7 / 10 && zeros[0] < half / 10) return utf16(true, 0);
        if (half > 0 && zeros[0] > half * 7 / 10 && zeros[1] < half / 10) return utf16(false, 0);
        if (mostlyUtf8(head, size)) return UTF_8;
        return JapaneseText.charset(head, size).map(charset -> new TextEncoding(charset, 1, 0)).orElse(LATIN_1);
    }

    /// Whether a file is UTF-8 with at most a few bad bytes among its letters beyond ASCII.
    private static boolean mostlyUtf8(byte[] head, int size) {
        int good = 0;
        int bad = 0;
        for (int i = 0; i < size; ) {
            int length = sequence(head, i, size);
            if (length == 0) break;
            if (length < 0) bad++;
            else if (length > 1) good++;
            i += Math.abs(length);
        }
        return bad == 0 || good > bad * 2 || bad < size / ENOUGH && good >= bad;
    }

    /// The length of the UTF-8 sequence at `at`; -1 where there is none, 0 where the head ends inside of it.
    private static int sequence(byte[] head, int at, int size) {
        int first = head[at] & 0xff;
        if (first < 0x80) return 1;
        int length = first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xf0 && first < 0xf5 ? 4 : -1;
        for (int k = 1; k < length; k++) {
            if (at + k == size) return 0;
            if ((head[at + k] & 0xc0) != 0x80) return -1;
        }
        return length;
    }

    /// Whether text in this encoding is in the order little end first; of no meaning where a unit is one byte.
    public boolean little() {
        return charset.equals(StandardCharsets.UTF_16LE);
    }

    /// The text of some bytes.
    public String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, charset);
    }
}
