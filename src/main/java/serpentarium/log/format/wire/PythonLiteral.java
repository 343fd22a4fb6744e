package serpentarium.log.format.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import serpentarium.pickle.PickleValue;

/// Reads what Python's `repr` wrote of texts, numbers, `None`, tuples, lists, dicts and sets.
final class PythonLiteral {
    private static final int DEEPEST = 40;
    private static final int LONGEST_NUMBER = 400;

    private final String text;
    private int at;
    private int depth;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /// One argument of a message.
    ///
    /// @param value what it is; null where its `repr` is no literal
    /// @param text  its `repr`
    record Argument(PickleValue value, String text) {}

    /// The value that a text stands for; empty where it is none, or there is more.
    static Optional<PickleValue> value(String text) {
        var literal = new PythonLiteral(text);
        PickleValue value = literal.value();
        literal.blank();
        return value == null || literal.at < text.length() ? Optional.empty() : Optional.of(value);
    }

    /// The arguments in the `repr` of a tuple, each with its own text; empty where it is no tuple.
    static Optional<List<Argument>> arguments(String text) {
        if (!text.startsWith("(") || !text.endsWith(")")) return Optional.empty();
        var literal = new PythonLiteral(text);
        literal.at = 1;
        var list = new ArrayList<Argument>();
        for (;;) {
            literal.blank();
            if (literal.at == text.length() - 1) return Optional.of(list);
            int from = literal.at;
            PickleValue value = literal.value();
            literal.blank();
            if (value == null || !literal.ended()) {
                value = null;
                literal.at = from;
                literal.skip();
            }
            list.add(new Argument(value, text.substring(from, literal.at).strip()));
            if (literal.at < text.length() && text.charAt(literal.at) == ',') literal.at++;
            else if (literal.at != text.length() - 1) return Optional.empty();
        }
    }

    private boolean ended() {
        return at < text.length() && (text.charAt(at) == ',' || at == text.length() - 1);
    }

    /// Goes over anything to the next comma on this level.
    private void skip() {
        int open = 0;
        for (; at < text.length() - 1; at++) {
            char c = text.charAt(at);
            if (c == ',' && open <= 0) return;
            if ("([{<".indexOf(c) >= 0) open++;
            else if (")]}>".indexOf(c) >= 0) open--;
            else if ((c == '\'' || c == '"') && closing(c) > at) at = closing(c);
        }
    }

    private int closing(char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') i++;
            else if (text.charAt(i) == quote) return i;
        }
        return -1;
    }

    private void blank() {
        while (at < text.length() && text.charAt(at) == ' ') at++;
    }

    private boolean take(char c) {
        blank();
        if (at >= text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private boolean take(String word) {
        if (!text.startsWith(word, at)) return false;
        int end = at + word.length();
        if (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) return false;
        at = end;
        return true;
    }

    /// The next value; null where none stands here.
    private PickleValue value() {
        blank();
        if (at >= text.length() || depth > DEEPEST) return null;
        char c = text.charAt(at);
        switch (c) {
            case '(' -> {
                return list(')', PickleValue.Shape.TUPLE);
            }
            case '[' -> {
                return list(']', PickleValue.Shape.LIST);
            }
            case '{' -> {
                return braces();
            }
            default -> { }
        }
        if (take("None")) return PickleValue.Atom.NONE;
        if (take("True")) return PickleValue.Atom.TRUE;
        if (take("False")) return PickleValue.Atom.FALSE;
        if (take("nan")) return new PickleValue.Real(Double.NaN);
        if (take("inf")) return new PickleValue.Real(Double.POSITIVE_INFINITY);
        if (take("-inf")) return new PickleValue.Real(Double.NEGATIVE_INFINITY);
        if (text.startsWith("set([", at) || text.startsWith("frozenset({", at) || text.startsWith("frozenset([", at)) return set();
        if (c >= '0' && c <= '9' || c == '-') return number();
        return quoted();
    }

    private PickleValue set() {
        at = text.indexOf('(', at) + 1;
        PickleValue inside = value();
        return inside instanceof PickleValue.Items items && take(')') ? new PickleValue.Items(PickleValue.Shape.SET, items.list()) : null;
    }

    private PickleValue list(char end, PickleValue.Shape shape) {
        at++;
        depth++;
        var list = new ArrayList<PickleValue>();
        while (!take(end)) {
            PickleValue value = value();
            if (value == null) return null;
            list.add(value);
            if (!take(',')) {
                if (!take(end)) return null;
                break;
            }
        }
        depth--;
        return new PickleValue.Items(shape, list);
    }

    private PickleValue braces() {
        at++;
        depth++;
        var flat = new ArrayList<PickleValue>();
        boolean pairs = true;
        while (!take('}')) {
            PickleValue key = value();
            if (key == null) return null;
            boolean pair = take(':');
            if (!flat.isEmpty() && pair != pairs) return null;
            pairs = pair;
            flat.add(key);
            if (pair) {
                PickleValue value = value();
                if (value == null) return null;
                flat.add(value);
            }
            if (!take(',')) {
                if (!take('}')) return null;
                break;
            }
        }
        depth--;
        return pairs ? new PickleValue.Dict(flat) : new PickleValue.Items(PickleValue.Shape.SET, flat);
    }

    private PickleValue number() {
        int from = at;
        if (text.charAt(at) == '-') at++;
        boolean real = false;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') continue;
            boolean sign = (c == '+' || c == '-') && text.charAt(at - 1) == 'e';
            if (c != '.' && c != 'e' && !sign) break;
            real = true;
        }
        String digits = text.substring(from, at);
        if (digits.length() > LONGEST_NUMBER) return null;
        try {
            if (real) return new PickleValue.Real(Double.parseDouble(digits));
            var whole = new BigInteger(digits);
            if (at < text.length() && text.charAt(at) == 'L') at++;
            return whole.bitLength() < Long.SIZE ? new PickleValue.Whole(whole.longValueExact()) : new PickleValue.Large(whole);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private PickleValue quoted() {
        boolean bytes = text.charAt(at) == 'b';
        if (bytes || text.charAt(at) == 'u') at++;
        if (at >= text.length()) return null;
        char quote = text.charAt(at);
        if (quote != '\'' && quote != '"') return null;
        int end = closing(quote);
        if (end < 0) return null;
        String inside = text.substring(at + 1, end);
        at = end + 1;
        if (!bytes) return new PickleValue.Text(plain(inside));
        var out = new ByteArrayOutputStream();
        String latin = plain(inside);
        for (int i = 0; i < latin.length(); i++) out.write(latin.charAt(i));
        return new PickleValue.Bytes(out.toByteArray());
    }

    private static String plain(String inside) {
        if (inside.indexOf('\\') < 0) return inside;
        var out = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c != '\\' || i + 1 == inside.length()) {
                out.append(c);
                continue;
            }
            char next = inside.charAt(++i);
            int known = "ntrabfv\\'\"0".indexOf(next);
            int digits = next == 'x' ? 2 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
            if (digits > 0 && i + digits < inside.length()) {
                int code = hex(inside, i + 1, digits);
                if (code >= 0 && Character.isValidCodePoint(code)) {
                    out.appendCodePoint(code);
                    i += digits;
                } else out.append(c).append(next);
            } else if (known >= 0) out.append("\n\t\r\u0007\b\f\u000b\\'\"\0".charAt(known));
            else out.append(c).append(next);
        }
        return out.toString();
    }

    private static int hex(String text, int from, int digits) {
        long value = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) return -1;
            value = value << 4 | digit;
        }
        return value > Integer.MAX_VALUE ? -1 : (int) value;
    }

    /// The text of bytes of a literal.
    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
