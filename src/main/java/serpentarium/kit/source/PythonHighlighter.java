package serpentarium.kit.source;

import java.util.ArrayList;
import serpentarium.kit.source.HighlightSpans.Kind;

/// Finds what to colour in Python source. Pure, one pass; broken text (a string that is never closed, a lone bracket) costs at most the
/// line it stands on, except inside triple quotes.
///
/// After the language reference, chapter 2 "Lexical analysis": strings of every prefix, replacement fields of f- and t-strings as code
/// (nested, with format specifications), decorators, numbers, and `match`, `case`, `type` where they are keywords.
public final class PythonHighlighter {
    private static final int DEEPEST = 64;
    private static final int LOOK_AHEAD = 4000;

    private enum Mode { TEXT, FIELD, SPECIFICATION }

    /// What is open: the text of an f-string, a replacement field in it, or that field's format specification.
    private record Open(Mode mode, char quote, boolean triple, int brackets) {}

    private final String text;
    private final int end;
    private final HighlightSpans spans = new HighlightSpans();
    private final ArrayList<Open> open = new ArrayList<>();
    private int at;
    private int brackets;
    private boolean statement = true;
    private boolean defines;

    private PythonHighlighter(String text) {
        this.text = text;
        this.end = text.length();
    }

    /// The spans of a text.
    public static HighlightSpans highlight(String text) {
        var highlighter = new PythonHighlighter(text);
        while (highlighter.at < highlighter.end) highlighter.step();
        return highlighter.spans;
    }

    private void step() {
        Mode mode = open.isEmpty() ? Mode.FIELD : open.getLast().mode;
        if (mode == Mode.FIELD) code();
        else literal(mode);
    }

    private char peek(int offset) {
        return at + offset < end ? text.charAt(at + offset) : '\0';
    }

    private void code() {
        char c = text.charAt(at);
        if (c == '\n') newline();
        else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') at++;
        else if (c == '\\') at += peek(1) == '\r' && peek(2) == '\n' ? 3 : 2;
        else if (c == '#') comment();
        else if (c == '"' || c == '\'') {
            if (closesAround(c)) return;
            string(at, 0);
        } else if (digit(c) || c == '.' && digit(peek(1))) number();
        else if (letter(c)) word();
        else sign(c);
    }

    private void newline() {
        at++;
        Open around = around();
        if (around != null && !around.triple) closeText();
        if (brackets == 0) statement = true;
        defines = false;
    }

    private void comment() {
        int line = text.indexOf('\n', at);
        int stop = line < 0 ? end : line;
        spans.add(at, stop, Kind.COMMENT);
        at = stop;
    }

    private void sign(char c) {
        boolean began = statement;
        statement = false;
        defines = false;
        switch (c) {
            case '(', '[', '{' -> brackets++;
            case ')', ']', '}' -> {
                if (c == '}' && !open.isEmpty() && open.getLast().brackets == brackets) {
                    open.removeLast();
                    at++;
                    return;
                }
                if (brackets > floor()) brackets--;
            }
            case ':' -> {
                if (!open.isEmpty() && open.getLast().brackets == brackets) {
                    open.add(new Open(Mode.SPECIFICATION, '\0', false, brackets));
                    at++;
                    return;
                }
                statement = brackets == 0 && peek(1) != '=';
            }
            case ';' -> statement = brackets == 0;
            case '@' -> {
                if (began && letter(peek(1))) {
                    int stop = at + 1;
                    while (stop < end && (letter(text.charAt(stop)) || digit(text.charAt(stop)) || text.charAt(stop) == '.')) stop++;
                    spans.add(at, stop, Kind.DECORATOR);
                    at = stop;
                    return;
                }
            }
            default -> { }
        }
        at++;
    }

    /// How many brackets are open outside the replacement field that one is in: these it cannot close.
    private int floor() {
        return open.isEmpty() ? 0 : open.getLast().brackets;
    }

    private void word() {
        int start = at;
        while (at < end && (letter(text.charAt(at)) || digit(text.charAt(at)))) at++;
        if (at < end && (text.charAt(at) == '"' || text.charAt(at) == '\'') && at - start <= 2) {
            int prefix = PythonWords.prefix(text.substring(start, at));
            if (prefix >= 0) {
                string(start, prefix);
                return;
            }
        }
        boolean began = statement;
        statement = false;
        String word = text.substring(start, at);
        boolean attribute = start > 0 && text.charAt(start - 1) == '.';
        if (defines) {
            spans.add(start, at, Kind.DEFINITION);
            defines = false;
        } else if (attribute) return;
        else if (PythonWords.keyword(word)) {
            spans.add(start, at, Kind.KEYWORD);
            defines = word.equals("def") || word.equals("class");
        } else if (began && brackets == 0 && soft(word)) spans.add(start, at, Kind.KEYWORD);
        else if (PythonWords.builtin(word) && !namesArgument(start)) spans.add(start, at, Kind.BUILTIN);
    }

    /// `open(file=…)`: a name before `=` in brackets is an argument's, unless it follows a colon, as in `depth: int = 0`.
    private boolean namesArgument(int start) {
        int before = start - 1;
        while (before >= 0 && Character.isWhitespace(text.charAt(before))) before--;
        if (before < 0 || text.charAt(before) != '(' && text.charAt(before) != ',') return false;
        int next = skipBlanks(at);
        return brackets > floor() && next < end && text.charAt(next) == '=' && (next + 1 >= end || text.charAt(next + 1) != '=');
    }

    private boolean soft(String word) {
        return switch (word) {
            case "match" -> SoftKeyword.endsWithColon(text, at, LOOK_AHEAD, true);
            case "case" -> SoftKeyword.endsWithColon(text, at, LOOK_AHEAD, false);
            case "type" -> SoftKeyword.declaresType(text, at);
            default -> false;
        };
    }

    private int skipBlanks(int from) {
        int i = from;
        while (i < end && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) i++;
        return i;
    }

    private void number() {
        int start = at;
        statement = false;
        if (text.charAt(at) == '0' && "xXoObB".indexOf(peek(1)) >= 0 && at + 1 < end) {
            at += 2;
            while (at < end && (digit(text.charAt(at)) || letter(text.charAt(at)))) at++;
        } else {
            boolean exponent = false;
            for (; at < end; at++) {
                char c = text.charAt(at);
                if ((c == 'e' || c == 'E') && !exponent) {
                    exponent = true;
                    if (peek(1) == '+' || peek(1) == '-') at++;
                } else if (!digit(c) && c != '.' && c != '_' && "jJlL".indexOf(c) < 0) break;
            }
        }
        spans.add(start, at, Kind.NUMBER);
    }

    private void string(int start, int prefix) {
        statement = false;
        defines = false;
        char quote = text.charAt(at);
        boolean triple = peek(1) == quote && peek(2) == quote;
        at += triple ? 3 : 1;
        if (prefix == 1 && open.size() < DEEPEST) {
            spans.add(start, at, Kind.STRING);
            open.add(new Open(Mode.TEXT, quote, triple, brackets));
            return;
        }
        while (at < end) {
            char c = text.charAt(at);
            if (c == '\n' && !triple) break;
            if (c == '\\') at++;
            else if (closes(c, quote, triple)) {
                at += triple ? 3 : 1;
                break;
            }
            at++;
        }
        at = Math.min(at, end);
        spans.add(start, at, Kind.STRING);
    }

    private boolean closes(char c, char quote, boolean triple) {
        return c == quote && (!triple || peek(1) == quote && peek(2) == quote);
    }

    /// The text of an f-string, or a format specification, up to the next replacement field or its end.
    private void literal(Mode mode) {
        int start = at;
        Open text = around();
        while (at < end) {
            char c = this.text.charAt(at);
            if (c == '\n' && !text.triple) {
                spans.add(start, at, Kind.STRING);
                closeText();
                return;
            }
            if (closes(c, text.quote, text.triple)) {
                at += text.triple ? 3 : 1;
                spans.add(start, at, Kind.STRING);
                closeText();
                return;
            }
            if (c == '{' && !(mode == Mode.TEXT && peek(1) == '{') && open.size() < DEEPEST) {
                spans.add(start, at++, Kind.STRING);
                open.add(new Open(Mode.FIELD, '\0', false, brackets));
                return;
            }
            if (c == '}' && mode == Mode.SPECIFICATION) {
                spans.add(start, at++, Kind.STRING);
                open.removeLast();
                open.removeLast();
                return;
            }
            if (c == '\\' && peek(1) == 'N' && peek(2) == '{') at += 3;
            else at += c == '\\' && mode == Mode.TEXT && peek(1) != '{' || c == '{' && peek(1) == '{' ? 2 : 1;
        }
        at = end;
        spans.add(start, end, Kind.STRING);
    }

    /// Inside a replacement field, the triple quotes around it end the string, whatever is still open in it.
    private boolean closesAround(char c) {
        Open around = around();
        if (around == null || !around.triple || !closes(c, around.quote, true)) return false;
        spans.add(at, at + 3, Kind.STRING);
        at += 3;
        closeText();
        return true;
    }

    private Open around() {
        for (Open each : open.reversed()) if (each.mode == Mode.TEXT) return each;
        return null;
    }

    private void closeText() {
        while (true) {
            Open last = open.removeLast();
            if (last.mode != Mode.TEXT) continue;
            brackets = last.brackets;
            return;
        }
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean letter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80 && !Character.isSpaceChar(c);
    }
}
