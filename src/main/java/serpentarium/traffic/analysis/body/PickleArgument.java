package serpentarium.traffic.analysis.body;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Reads the arguments of pickle's opcodes and writes them as `pickletools.dis` does. Lengths are held against the bytes that are left.
final class PickleArgument {
    private static final int LONGEST_NUMBER = 1000;

    private final ByteBuffer in;
    private long number;

    PickleArgument(byte[] bytes) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Where the next byte is.
    int position() {
        return in.position();
    }

    /// Whether there is none.
    boolean atEnd() {
        return !in.hasRemaining();
    }

    /// The next byte.
    int u8() {
        return in.get() & 0xff;
    }

    /// The last argument as a number: a place in the memo.
    long number() {
        return number;
    }

    /// An argument as `repr` writes it.
    ///
    /// @throws java.nio.BufferUnderflowException when it is longer than what is left
    /// @throws NumberFormatException             when its digits are none
    String read(String kind) {
        return switch (kind) {
            case "uint1" -> String.valueOf(number = u8());
            case "uint2" -> String.valueOf(number = in.getShort() & 0xffff);
            case "int4" -> String.valueOf(number = in.getInt());
            case "uint4" -> String.valueOf(number = in.getInt() & 0xffffffffL);
            case "uint8" -> Long.toUnsignedString(in.getLong());
            case "long1" -> whole(u8());
            case "long4" -> whole(length(in.getInt()));
            case "string1" -> latin(u8());
            case "string4" -> latin(length(in.getInt()));
            case "bytes1" -> bytes(u8());
            case "bytes4" -> bytes(length(in.getInt() & 0xffffffffL));
            case "bytes8" -> bytes(length(in.getLong()));
            case "bytearray8" -> "bytearray(" + bytes(length(in.getLong())) + ")";
            case "unicodestring1" -> unicode(u8());
            case "unicodestring4" -> unicode(length(in.getInt() & 0xffffffffL));
            case "unicodestring8" -> unicode(length(in.getLong()));
            case "float8" -> PythonText.real(Double.longBitsToDouble(Long.reverseBytes(in.getLong())));
            case "floatnl" -> real(line().strip());
            case "decimalnl_short" -> shortDecimal();
            case "decimalnl_long" -> decimal(line());
            case "stringnl" -> PythonText.string(unescaped(line()));
            case "stringnl_noescape" -> PythonText.string(line());
            case "stringnl_noescape_pair" -> PythonText.string(line() + " " + line());
            case "unicodestringnl" -> PythonText.string(rawUnicode(line()));
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private int length(long claimed) {
        if (claimed < 0 || claimed > in.remaining()) throw new java.nio.BufferUnderflowException();
        return (int) claimed;
    }

    private int take(int length) {
        int from = in.position();
        in.position(from + length(length));
        return from;
    }

    private String whole(int length) {
        int from = take(length);
        if (length == 0) return "0";
        if (length > LONGEST_NUMBER) return "<" + length + " bytes>";
        byte[] big = new byte[length];
        for (int i = 0; i < length; i++) big[i] = in.get(from + length - 1 - i);
        return new BigInteger(big).toString();
    }

    private String latin(int length) {
        int from = take(length);
        return PythonText.string(new String(in.array(), from, Math.min(length, PythonText.LONGEST), StandardCharsets.ISO_8859_1));
    }

    private String bytes(int length) {
        int from = take(length);
        return PythonText.bytes(in.array(), from, from + length);
    }

    private String unicode(int length) {
        int from = take(length);
        return PythonText.string(serpentarium.traffic.WireText.decode(in.array(), from, Math.min(length, 4 * PythonText.LONGEST)));
    }

    private String line() {
        int from = in.position();
        int at = from;
        while (at < in.limit() && in.get(at) != '\n') at++;
        if (at >= in.limit()) throw new java.nio.BufferUnderflowException();
        in.position(at + 1);
        return new String(in.array(), from, at - from, StandardCharsets.ISO_8859_1);
    }

    private static String real(String text) {
        return switch (text) {
            case "inf", "-inf", "nan" -> text;
            default -> PythonText.real(Double.parseDouble(text));
        };
    }

    private String shortDecimal() {
        String text = line();
        if (text.equals("00")) return "False";
        if (text.equals("01")) return "True";
        String written = decimal(text);
        number = written.length() < 19 ? Long.parseLong(written) : -1;
        return written;
    }

    private static String decimal(String text) {
        String digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        if (digits.length() > 3 * LONGEST_NUMBER) return "<" + digits.length() + " digits>";
        return new BigInteger(digits.strip()).toString();
    }

    private static String unescaped(String text) {
        if (text.length() < 2 || text.charAt(0) != '\'' && text.charAt(0) != '"' || text.charAt(text.length() - 1) != text.charAt(0))
            throw new NumberFormatException();
        var out = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 >= text.length() - 1) {
                out.append(c);
                continue;
            }
            char next = text.charAt(++i);
            switch (next) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case '\\', '\'', '"' -> out.append(next);
                case 'x' -> {
                    int code = i + 3 < text.length() ? Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16) : -1;
                    if (code < 0) throw new NumberFormatException();
                    out.append((char) code);
                    i += 2;
                }
                default -> out.append('\\').append(next);
            }
        }
        return out.toString();
    }

    private static String rawUnicode(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char kind = text.charAt(i) == '\\' && i + 1 < text.length() ? text.charAt(i + 1) : 0;
            int digits = kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
            if (digits == 0 || i + 2 + digits > text.length()) {
                out.append(text.charAt(i));
                continue;
            }
            long code = Long.parseLong(text.substring(i + 2, i + 2 + digits), 16);
            out.appendCodePoint((int) Math.min(code, Character.MAX_CODE_POINT));
            i += 1 + digits;
        }
        return out.toString();
    }
}
