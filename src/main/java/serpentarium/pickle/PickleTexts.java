package serpentarium.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The texts, bytes and written numbers of a pickle.
final class PickleTexts {
    /// How many bytes or digits a number may have.
    static final int LONGEST_NUMBER = 4096;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_TEXT = 64 << 20;

    private final BoundedInput in;
    private final PickleReader reader;
    private final boolean strict;

    /// @param in     where they stand
    /// @param reader who counts the room that they take
    /// @param strict whether strings of Python 2 that are no UTF-8 are bytes
    PickleTexts(BoundedInput in, PickleReader reader, boolean strict) {
        this.in = in;
        this.strict = strict;
        this.reader = reader;
    }

    /// A number as small as it can be.
    static PickleValue whole(BigInteger value) {
        return value.bitLength() < Long.SIZE ? new PickleValue.Whole(value.longValueExact()) : new PickleValue.Large(value);
    }

    /// The next bytes as a text.
    ///
    /// @param raw whether it is a string of Python 2, of any bytes
    PickleValue text(long length, boolean raw) throws IOException {
        take(length);
        if (raw && strict) return string(in.bytes(), in.offset(), (int) length);
        return new PickleValue.Text(PythonText.decode(in.bytes(), in.offset(), (int) length, raw));
    }

    private static PickleValue string(byte[] from, int offset, int length) {
        boolean text = PythonText.isUtf8(from, offset, length);
        return text ? new PickleValue.Text(PythonText.decode(from, offset, length, true)) : new PickleValue.Bytes(Arrays.copyOfRange(from, offset, offset + length));
    }

    /// The next bytes.
    PickleValue bytes(long length) throws IOException {
        take(length);
        return new PickleValue.Bytes(Arrays.copyOfRange(in.bytes(), in.offset(), in.offset() + (int) length));
    }

    private void take(long length) throws IOException {
        in.claim(length, 1);
        if (length > LONGEST_TEXT) throw reader.problem("pickle.too-large", length);
        reader.charge(length);
        in.take((int) length);
    }

    private byte[] rest() throws IOException {
        var out = new ByteArrayOutputStream();
        for (int b; (b = in.u8()) != '\n';) {
            if (out.size() == LONGEST_LINE) throw reader.problem("pickle.too-large", LONGEST_LINE);
            out.write(b);
        }
        reader.charge(out.size());
        return out.toByteArray();
    }

    /// The rest of the line as a text.
    String line() throws IOException {
        byte[] line = rest();
        return PythonText.decode(line, 0, line.length, true);
    }

    /// The rest of the line as a number of the memo.
    long number() throws IOException {
        String text = line();
        boolean digits = !text.isEmpty() && text.length() < 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits) throw reader.problem("pickle.number", shortened(text));
        return Long.parseLong(text);
    }

    /// The rest of the line as a whole number; `00` and `01` are booleans.
    ///
    /// @param suffix whether an `L` may stand behind it
    PickleValue decimal(boolean suffix) throws IOException {
        String text = line().strip();
        if (!suffix && text.equals("00")) return PickleValue.Atom.FALSE;
        if (!suffix && text.equals("01")) return PickleValue.Atom.TRUE;
        String digits = suffix && text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        if (digits.length() > LONGEST_NUMBER || !digits.matches("[-+]?[0-9]+")) throw reader.problem("pickle.number", shortened(text));
        return whole(new BigInteger(digits));
    }

    /// The rest of the line as a number with a fraction, as Python writes it.
    PickleValue decimalReal() throws IOException {
        String text = line().strip();
        String word = text.toLowerCase(java.util.Locale.ROOT);
        boolean negative = word.startsWith("-");
        if (word.matches("[-+]?inf(inity)?")) return new PickleValue.Real(negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        if (word.matches("[-+]?nan")) return new PickleValue.Real(Double.NaN);
        boolean good = text.length() <= LONGEST_NUMBER && word.matches("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[-+]?[0-9]{1,9})?");
        if (!good) throw reader.problem("pickle.number", shortened(text));
        return new PickleValue.Real(Double.parseDouble(text));
    }

    /// The rest of the line as a string that Python 2 wrote with `repr`.
    PickleValue quoted() throws IOException {
        byte[] line = rest();
        int to = line.length;
        while (to > 0 && line[to - 1] <= ' ' && line[to - 1] >= 0) to--;
        if (to < 2 || line[0] != line[to - 1] || "'\"".indexOf(line[0]) < 0) throw reader.problem("pickle.string");
        var out = new ByteArrayOutputStream(to);
        for (int i = 1; i < to - 1; i++) {
            int c = line[i];
            if (c != '\\' || i + 1 >= to - 1) {
                out.write(c);
                continue;
            }
            c = line[++i];
            int digits = c == 'x' ? 2 : 0;
            int value = hex(line, i + 1, digits, to - 1);
            if (digits > 0 && value >= 0) {
                out.write(value);
                i += digits;
            } else if (c >= '0' && c <= '7') {
                int octal = 0;
                int end = Math.min(i + 3, to - 1);
                for (; i < end && line[i] >= '0' && line[i] <= '7'; i++) octal = octal * 8 + line[i] - '0';
                out.write(octal);
                i--;
            } else {
                int known = "abfnrtv\\'\"".indexOf(c);
                if (known < 0) out.write('\\');
                out.write(known < 0 ? c : "\u0007\b\f\n\r\t\u000b\\'\"".charAt(known));
            }
        }
        byte[] bytes = out.toByteArray();
        return strict ? string(bytes, 0, bytes.length) : new PickleValue.Text(PythonText.decode(bytes, 0, bytes.length, true));
    }

    /// The rest of the line as raw-unicode-escape: Latin-1 with escapes of four and eight digits.
    PickleValue escaped() throws IOException {
        byte[] line = rest();
        String latin = new String(line, StandardCharsets.ISO_8859_1);
        var out = new StringBuilder(latin.length());
        for (int i = 0; i < latin.length(); i++) {
            char c = latin.charAt(i);
            char kind = c == '\\' && i + 1 < latin.length() ? latin.charAt(i + 1) : 0;
            int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            int value = digits == 0 ? -1 : hex(line, i + 2, digits, line.length);
            if (value >= 0 && Character.isValidCodePoint(value)) {
                out.appendCodePoint(value);
                i += 1 + digits;
            } else out.append(c);
        }
        return new PickleValue.Text(out.toString());
    }

    /// The value of `count` hexadecimal digits; -1 where they are none, or too many.
    private static int hex(byte[] line, int from, int count, int to) {
        if (count == 0 || from + count > to) return -1;
        long value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = Character.digit(line[i], 16);
            if (digit < 0) return -1;
            value = value * 16 + digit;
        }
        return value <= Integer.MAX_VALUE ? (int) value : -1;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
