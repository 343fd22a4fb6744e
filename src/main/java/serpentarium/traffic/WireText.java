package serpentarium.traffic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes that are mostly text, as text that loses nothing: UTF-8, and each byte that is no part of valid UTF-8 as the lone surrogate
/// U+DC80…U+DCFF (Python's `surrogateescape`, PEP 383).
public final class WireText {
    private WireText() {}

    /// Bytes to text.
    public static String decode(byte[] bytes, int from, int length) {
        int end = from + length;
        int ascii = from;
        while (ascii < end && bytes[ascii] >= 0) ascii++;
        if (ascii == end) return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
        var text = new StringBuilder(length);
        for (int i = from; i < end; ) {
            int b = bytes[i] & 0xff;
            int more = b < 0x80 ? 0 : b >= 0xc2 && b < 0xe0 ? 1 : b >= 0xe0 && b < 0xf0 ? 2 : b >= 0xf0 && b < 0xf5 ? 3 : -1;
            int point = more < 0 ? -1 : point(bytes, i, end, b, more);
            if (point < 0) {
                text.append((char) (0xdc00 + b));
                i++;
            } else {
                text.appendCodePoint(point);
                i += more + 1;
            }
        }
        return text.toString();
    }

    /// All bytes to text.
    public static String decode(byte[] bytes) {
        return decode(bytes, 0, bytes.length);
    }

    private static int point(byte[] bytes, int at, int end, int first, int more) {
        if (at + more >= end) return -1;
        int point = more == 0 ? first : first & 0x3f >> more;
        for (int k = 1; k <= more; k++) {
            int b = bytes[at + k] & 0xff;
            if ((b & 0xc0) != 0x80) return -1;
            point = point << 6 | b & 0x3f;
        }
        boolean overlong = more == 2 && point < 0x800 || more == 3 && point < 0x10000;
        return overlong || point > 0x10ffff || point >= 0xd800 && point < 0xe000 ? -1 : point;
    }

    /// Text back to the very bytes it was made from. Other lone surrogates become `?`.
    public static byte[] encode(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) plain = !Character.isSurrogate(text.charAt(i));
        if (plain) return text.getBytes(StandardCharsets.UTF_8);
        var bytes = new ByteArrayOutputStream(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            if (point >= 0xdc80 && point <= 0xdcff) bytes.write(point - 0xdc00);
            else bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
