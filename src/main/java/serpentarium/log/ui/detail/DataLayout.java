package serpentarium.log.ui.detail;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import serpentarium.log.ui.detail.DetailText.Style;

/// Lays out data as programs write it into messages: JSON, and what Python's `repr` makes of dicts, lists and objects. It is no parser that refuses: what
/// stands between matching brackets is indented, whatever it is.
final class DataLayout {
    private static final int WIDTH = 88;
    private static final int LEAST = 40;
    private static final int DEEPEST = 200;
    private static final int MOST_TOKENS = 200_000;

    private enum Kind { OPEN, CLOSE, COMMA, COLON, STRING, NUMBER, WORD }

    private static final Kind[] KINDS = Kind.values();

    private final String text;
    private int[] from = new int[64];
    private int[] to = new int[64];
    private byte[] kinds = new byte[64];
    private int[] match = new int[64];
    private int count;
    private int end = -1;

    private DataLayout(String text) {
        this.text = text;
    }

    /// Where the data ends that begins at a bracket; -1 where nothing there is worth being laid out.
    static int end(String text, int begin) {
        DataLayout layout = new DataLayout(text);
        return layout.read(begin) && layout.worth() ? layout.end : -1;
    }

    /// Writes the data that begins at a bracket; gives where it ends. What [#end] refuses is written as it stands.
    static int write(String text, int begin, DetailText out) {
        DataLayout layout = new DataLayout(text);
        if (!layout.read(begin)) {
            out.add(text.substring(begin), Style.PLAIN);
            return text.length();
        }
        layout.print(out);
        return layout.end;
    }

    /// Whether a text is data from its first to its last character.
    static boolean whole(String text) {
        String one = text.strip();
        if (one.isEmpty() || "{[(".indexOf(one.charAt(0)) < 0) return false;
        DataLayout layout = new DataLayout(one);
        return layout.read(0) && layout.end == one.length() && layout.count > 2;
    }

    private boolean read(int begin) {
        var open = new ArrayDeque<Integer>();
        int at = begin;
        while (at < text.length() && count < MOST_TOKENS) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
                continue;
            }
            int start = at;
            Kind kind;
            switch (c) {
                case '{', '[', '(' -> {
                    kind = Kind.OPEN;
                    at++;
                }
                case '}', ']', ')' -> {
                    kind = Kind.CLOSE;
                    at++;
                }
                case ',' -> {
                    kind = Kind.COMMA;
                    at++;
                }
                case ':', '=' -> {
                    kind = Kind.COLON;
                    at++;
                }
                case '"', '\'' -> {
                    kind = Kind.STRING;
                    at = quoted(at);
                }
                default -> {
                    kind = Character.isDigit(c) || c == '-' ? Kind.NUMBER : Kind.WORD;
                    at = word(at);
                    // b'…' and its likes.
                    if (at < text.length() && at - start <= 2 && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
                        kind = Kind.STRING;
                        at = quoted(at);
                    }
                }
            }
            if (at < 0) return false;
            int token = add(start, at, kind);
            if (kind == Kind.OPEN) {
                if (open.size() == DEEPEST) return false;
                open.push(token);
            } else if (kind == Kind.CLOSE) {
                int first = open.pop();
                if ("{[(".indexOf(text.charAt(from[first])) != "}])".indexOf(c)) return false;
                match[first] = token;
                if (open.isEmpty()) {
                    end = at;
                    return true;
                }
            }
        }
        return false;
    }

    private int quoted(int begin) {
        char quote = text.charAt(begin);
        for (int i = begin + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') i++;
            else if (text.charAt(i) == quote) return i + 1;
        }
        return -1;
    }

    private int word(int begin) {
        int at = begin;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at)) && "{}[](),:=\"'".indexOf(text.charAt(at)) < 0) at++;
        // Times have colons in them.
        while (at + 2 < text.length() && text.charAt(at) == ':' && at > begin && Character.isDigit(text.charAt(at - 1)) && Character.isDigit(text.charAt(at + 1))
                && Character.isDigit(text.charAt(begin))) {
            at++;
            while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || ".+-".indexOf(text.charAt(at)) >= 0)) at++;
        }
        return at;
    }

    private int add(int begin, int stop, Kind kind) {
        if (count == from.length) {
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
            kinds = Arrays.copyOf(kinds, count * 2);
            match = Arrays.copyOf(match, count * 2);
        }
        from[count] = begin;
        to[count] = stop;
        kinds[count] = (byte) kind.ordinal();
        return count++;
    }

    private Kind kind(int token) {
        return KINDS[kinds[token]];
    }

    /// An object with names, or a long list; `[info]` and `(3 rows)` are neither.
    private boolean worth() {
        boolean named = text.charAt(from[0]) == '{' && count > 4 && kind(1) == Kind.STRING && kind(2) == Kind.COLON;
        boolean listed = text.charAt(from[0]) == '[' && end - from[0] > LEAST && count > 3 && kind(1) != Kind.WORD;
        return named || listed;
    }

    private void print(DetailText out) {
        var broken = new ArrayDeque<Boolean>();
        for (int i = 0; i < count; i++) {
            String token = text.substring(from[i], to[i]);
            switch (kind(i)) {
                case OPEN -> {
                    boolean empty = match[i] == i + 1;
                    boolean wide = !empty && (broken.isEmpty() || broken.peek()) && width(i) + 2 * broken.size() > WIDTH;
                    out.add(token, Style.PLAIN);
                    broken.push(wide);
                    if (wide) indent(out, broken.size());
                }
                case CLOSE -> {
                    boolean wide = broken.pop();
                    if (wide) indent(out, broken.size());
                    out.add(token, Style.PLAIN);
                }
                case COMMA -> {
                    out.add(token, Style.PLAIN);
                    if (broken.peek()) {
                        if (i + 1 < count && kind(i + 1) != Kind.CLOSE) indent(out, broken.size());
                    } else out.add(" ", Style.PLAIN);
                }
                case COLON -> out.add(token.equals(":") ? ": " : token, Style.PLAIN);
                case STRING -> out.add(token, i + 1 < count && kind(i + 1) == Kind.COLON && text.charAt(from[i + 1]) == ':' ? Style.NAME : Style.STRING);
                case NUMBER -> {
                    spaced(out, i);
                    out.add(token, Style.NUMBER);
                }
                case WORD -> {
                    spaced(out, i);
                    out.add(token, constant(token) ? Style.WORD : i + 1 < count && kind(i + 1) == Kind.COLON ? Style.NAME : Style.PLAIN);
                }
            }
        }
    }

    /// Words that follow one another keep a blank between them.
    private void spaced(DetailText out, int token) {
        if (token == 0) return;
        Kind before = kind(token - 1);
        if (before == Kind.WORD || before == Kind.NUMBER || before == Kind.STRING || before == Kind.CLOSE) out.add(" ", Style.PLAIN);
    }

    private static void indent(DetailText out, int depth) {
        out.add("\n" + "  ".repeat(depth), Style.PLAIN);
    }

    private static boolean constant(String token) {
        return switch (token) {
            case "true", "false", "null", "True", "False", "None", "NaN", "nan", "Infinity", "inf", "Ellipsis" -> true;
            default -> false;
        };
    }

    /// How wide what is between a bracket and its match would be on one line.
    private int width(int open) {
        int width = 0;
        for (int i = open; i <= match[open] && width <= WIDTH; i++) width += to[i] - from[i] + (kind(i) == Kind.COMMA || kind(i) == Kind.COLON ? 1 : 0);
        return width;
    }

    /// A value of a record as JSON.
    static String json(Object value) {
        var out = new StringBuilder();
        json(value, out, 0);
        return out.toString();
    }

    private static void json(Object value, StringBuilder out, int depth) {
        switch (value) {
            case null -> out.append("null");
            case Map<?, ?> map when depth < DEEPEST -> {
                String before = "{";
                if (map.isEmpty()) out.append(before);
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    out.append(before);
                    quoted(String.valueOf(entry.getKey()), out);
                    out.append(": ");
                    json(entry.getValue(), out, depth + 1);
                    before = ", ";
                }
                out.append('}');
            }
            case List<?> list when depth < DEEPEST -> {
                out.append('[');
                for (int i = 0; i < list.size(); i++) {
                    if (i > 0) out.append(", ");
                    json(list.get(i), out, depth + 1);
                }
                out.append(']');
            }
            case Number number -> out.append(number);
            case Boolean bool -> out.append(bool);
            default -> quoted(String.valueOf(value), out);
        }
    }

    private static void quoted(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) out.append(String.format("\\u%04x", (int) c));
                    else out.append(c);
                }
            }
        }
        out.append('"');
    }
}
