package serpentarium.python.engine.inventory;

import java.util.LinkedHashMap;
import java.util.Map;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// Reads a Python dictionary of plain values as data: strings (pieces that stand side by side are one), numbers, `None`, `True`, `False`. Nothing is
/// evaluated, and nothing stands inside anything, so that what a file can cost is what it is long.
final class PythonLiteral {
    private static final Strings STRINGS = Strings.of(PythonLiteral.class);
    private static final int MOST_ENTRIES = 50_000;

    private final String source;
    private final String text;
    private int at;

    private PythonLiteral(String source, String text) {
        this.source = source;
        this.text = text;
    }

    /// The entries of the dictionary that is assigned to `name` at the beginning of a line; numbers as they are written, `None` left out.
    ///
    /// @param source what messages call the text
    /// @throws ProblemException when there is no such dictionary, or something else stands in it
    static Map<String, String> dictionary(String source, String text, String name) {
        return new PythonLiteral(source, text).read(name);
    }

    private Map<String, String> read(String name) {
        find(name);
        var entries = new LinkedHashMap<String, String>();
        expect('{');
        while (!taken('}')) {
            String key = string();
            expect(':');
            String value = value();
            if (value != null) entries.put(key, value);
            if (entries.size() > MOST_ENTRIES) throw problem("literal.many");
            if (!taken(',')) {
                expect('}');
                break;
            }
        }
        return entries;
    }

    private void find(String name) {
        for (int line = 0; line >= 0 && line < text.length(); line = text.indexOf('\n', line) + 1 == 0 ? -1 : text.indexOf('\n', line) + 1) {
            if (!text.startsWith(name, line)) continue;
            at = line + name.length();
            if (taken('=')) return;
        }
        at = 0;
        throw problem("literal.none", name);
    }

    private String value() {
        skip();
        if (at < text.length() && quote(at) != 0) return string();
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "+-._".indexOf(text.charAt(at)) >= 0)) at++;
        String word = text.substring(from, at);
        if (word.equals("None")) return null;
        if (word.equals("True")) return "1";
        if (word.equals("False")) return "0";
        if (!isNumber(word)) {
            at = from;
            throw problem("literal.value");
        }
        return word;
    }

    private static boolean isNumber(String word) {
        int first = !word.isEmpty() && (word.charAt(0) == '-' || word.charAt(0) == '+') ? 1 : 0;
        return first < word.length() && word.charAt(first) >= '0' && word.charAt(first) <= '9';
    }

    private String string() {
        skip();
        if (at >= text.length() || quote(at) == 0) throw problem("literal.string");
        var out = new StringBuilder();
        do {
            piece(out);
            skip();
        } while (at < text.length() && quote(at) != 0);
        return out.toString();
    }

    /// The quote that a string which begins here has, before it perhaps a `u` or a `b`; 0 where none begins.
    private char quote(int from) {
        char first = text.charAt(from);
        if (first == '\'' || first == '"') return first;
        if ("ubUB".indexOf(first) < 0 || from + 1 >= text.length()) return 0;
        char second = text.charAt(from + 1);
        return second == '\'' || second == '"' ? second : 0;
    }

    private void piece(StringBuilder out) {
        char quote = quote(at);
        int begin = at;
        at = text.indexOf(quote, at) + 1;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) return;
            if (c == '\n') break;
            if (c == '\\') escape(out);
            else out.append(c);
        }
        at = begin;
        throw problem("literal.open");
    }

    private void escape(StringBuilder out) {
        if (at >= text.length()) return;
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> out.append('\n');
            case 't' -> out.append('\t');
            case 'r' -> out.append('\r');
            case 'x' -> hex(out, 2);
            case 'u' -> hex(out, 4);
            case '\\', '\'', '"' -> out.append(c);
            case '\n' -> { }
            default -> out.append('\\').append(c);
        }
    }

    private void hex(StringBuilder out, int digits) {
        int end = at + digits;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]+")) throw problem("literal.escape");
        out.append((char) Integer.parseInt(text, at, end, 16));
        at = end;
    }

    private void skip() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean taken(char c) {
        skip();
        if (at >= text.length() || text.charAt(at) != c) return false;
        at++;
        return true;
    }

    private void expect(char c) {
        if (!taken(c)) throw problem("literal.expected", String.valueOf(c));
    }

    private ProblemException problem(String id, Object... arguments) {
        long line = 1 + text.chars().limit(at).filter(c -> c == '\n').count();
        return new ProblemException(Problem.of(STRINGS, id, Place.line(source, line), arguments));
    }
}
