package serpentarium.traffic.analysis.body;

import java.math.BigDecimal;

/// Values as Python's `repr` writes them.
final class PythonText {
    /// Longer texts are cut: an argument may be as large as the file.
    static final int LONGEST = 4000;

    private PythonText() {}

    /// A text with its quotes.
    static String string(String text) {
        boolean twice = text.indexOf('\'') >= 0 && text.indexOf('"') < 0;
        char quote = twice ? '"' : '\'';
        var out = new StringBuilder().append(quote);
        for (int i = 0; i < text.length() && out.length() < LONGEST; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == quote || c == '\\') out.append('\\').append((char) c);
            else if (c == '\n') out.append("\\n");
            else if (c == '\r') out.append("\\r");
            else if (c == '\t') out.append("\\t");
            else if (c < ' ' || c == 127) out.append(String.format("\\x%02x", c));
            else if (c < 127 || printable(c)) out.appendCodePoint(c);
            else out.append(c < 256 ? String.format("\\x%02x", c) : c < 0x10000 ? String.format("\\u%04x", c) : String.format("\\U%08x", c));
        }
        return (out.length() < LONGEST ? out.append(quote) : out.append('…')).toString();
    }

    private static boolean printable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
                 Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    /// Bytes as `b'…'`.
    static String bytes(byte[] bytes, int from, int to) {
        boolean single = false;
        boolean twice = false;
        for (int i = from; i < to; i++) {
            single |= bytes[i] == '\'';
            twice |= bytes[i] == '"';
        }
        char quote = single && !twice ? '"' : '\'';
        var out = new StringBuilder("b").append(quote);
        for (int i = from; i < to && out.length() < LONGEST; i++) {
            int c = bytes[i] & 0xff;
            if (c == quote || c == '\\') out.append('\\').append((char) c);
            else if (c == '\n') out.append("\\n");
            else if (c == '\r') out.append("\\r");
            else if (c == '\t') out.append("\\t");
            else if (c < ' ' || c >= 127) out.append(String.format("\\x%02x", c));
            else out.append((char) c);
        }
        return (out.length() < LONGEST ? out.append(quote) : out.append('…')).toString();
    }

    /// A number with a point, as short as it can be.
    static String real(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value < 0 ? "-inf" : "inf";
        if (value == 0) return 1 / value < 0 ? "-0.0" : "0.0";
        var exact = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        // Java writes two digits at least, also where one says it all.
        if (exact.precision() == 2) {
            BigDecimal one = exact.round(new java.math.MathContext(1));
            if (one.doubleValue() == value) exact = one.stripTrailingZeros();
        }
        String digits = exact.unscaledValue().abs().toString();
        int exponent = digits.length() - exact.scale() - 1;
        String sign = value < 0 ? "-" : "";
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.abs().toPlainString();
            return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
        }
        String mantissa = digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "");
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
