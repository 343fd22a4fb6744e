package serpentarium.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The texts of files that Python wrote.
///
/// Decoding is Python's `surrogatepass`: UTF-8 in which lone surrogates may occur; they stay lone surrogates. Bytes that are not even
/// that (Python 2's strings hold any) are taken as Latin-1.
public final class PythonText {
    private PythonText() {}

    /// The text of UTF-8 in which lone surrogates may occur unless `raw`; Latin-1 where the bytes are not even that.
    public static String decode(byte[] from, int offset, int length, boolean raw) {
        int end = offset + length;
        int at = offset;
        while (at < end && from[at] >= 0) at++;
        if (at == end) return new String(from, offset, length, StandardCharsets.ISO_8859_1);
        char[] out = new char[length];
        int n = 0;
        for (at = offset; at < end;) {
            int first = from[at++];
            if (first >= 0) {
                out[n++] = (char) first;
                continue;
            }
            int more = first >= -62 && first < -32 ? 1 : first >= -32 && first < -16 ? 2 : first >= -16 && first <= -12 ? 3 : -1;
            if (more < 0 || at + more > end) return latin1(from, offset, length);
            int code = first & 0x3f >> more;
            for (int i = 0; i < more; i++) {
                int next = from[at++];
                if (next >= -64) return latin1(from, offset, length);
                code = code << 6 | next & 0x3f;
            }
            boolean surrogate = code >= 0xd800 && code < 0xe000;
            if (more == 2 && code < 0x800 || more == 3 && (code < 0x10000 || code > 0x10ffff) || surrogate && raw)
                return latin1(from, offset, length);
            n += Character.toChars(code, out, n);
        }
        return new String(out, 0, n);
    }

    /// Whether bytes are UTF-8.
    public static boolean isUtf8(byte[] from, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (from[i] >= 0) continue;
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(from, i, offset + length - i));
                return true;
            } catch (CharacterCodingException _) {
                return false;
            }
        }
        return true;
    }

    private static String latin1(byte[] from, int offset, int length) {
        return new String(from, offset, length, StandardCharsets.ISO_8859_1);
    }
}
