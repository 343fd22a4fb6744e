package serpentarium.profile.format;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Numbers in bytes, of any size.
final class AsciiNumber {
    private static final int LONGEST = 400;

    private AsciiNumber() {}

    /// The number that is the whole of `bytes[from, to)`: decimal with sign, fraction and exponent, or hexadecimal after `0x`. NaN when
    /// it is none or larger than a double holds.
    static double parse(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= 0 || length > LONGEST) return Double.NaN;
        if (length > 2 && bytes[from] == '0' && (bytes[from + 1] | 0x20) == 'x') return hex(bytes, from + 2, to);
        long value = 0;
        int i = from;
        if (length <= 18) {
            while (i < to && digit(bytes[i])) value = value * 10 + bytes[i++] - '0';
            if (i == to) return value;
        }
        boolean digits = false;
        for (i = from; i < to; i++) {
            int c = bytes[i];
            if (digit(c)) digits = true;
            else if (c == '-' || c == '+') {
                if (i > from && (bytes[i - 1] | 0x20) != 'e') return Double.NaN;
            } else if (c != '.' && !(digits && (c | 0x20) == 'e')) return Double.NaN;
        }
        if (!digits) return Double.NaN;
        try {
            double number = Double.parseDouble(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
            return Double.isInfinite(number) ? Double.NaN : number;
        } catch (NumberFormatException _) {
            return Double.NaN;
        }
    }

    private static double hex(byte[] bytes, int from, int to) {
        double value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) return Double.NaN;
            value = value * 16 + digit;
        }
        return value;
    }

    /// The whole number that is the whole of `bytes[from, to)`, 0 or more, of up to 400 digits; null when it is none.
    static BigInteger count(byte[] bytes, int from, int to) {
        if (to <= from || to - from > LONGEST) return null;
        for (int i = from; i < to; i++) if (!digit(bytes[i])) return null;
        return new BigInteger(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
    }

    /// Whether a byte is a decimal digit.
    static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    /// Whether a byte separates words.
    static boolean blank(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == 0x0b;
    }
}
