package serpentarium.log.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A word of a filter or of a question, and where it stands.
///
/// @param kind  what it is
/// @param text  its text; of a quoted one or a pattern what is inside
/// @param from  its first character
/// @param to    one past its last
/// @param whole whether a quoted one has its end
record LogToken(Kind kind, String text, int from, int to, boolean whole) {
    enum Kind { WORD, QUOTED, PATTERN, OPERATOR, OPEN, CLOSE, COMMA, PIPE, AND, OR, NOT, END }

    /// The words of a text; the last one is the end.
    ///
    /// @param pipes whether `|` parts the stages of a question, else it is `or`
    static List<LogToken> of(String text, boolean pipes) {
        var tokens = new ArrayList<LogToken>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            // A value such as /index.html is no pattern.
            boolean value = !tokens.isEmpty() && tokens.getLast().kind == Kind.OPERATOR && !tokens.getLast().text.endsWith("~");
            LogToken token = value && text.charAt(at) == '/' ? word(text, at) : one(text, at, pipes);
            tokens.add(token);
            at = token.to;
        }
        tokens.add(new LogToken(Kind.END, "", text.length(), text.length(), true));
        return tokens;
    }

    private static LogToken one(String text, int at, boolean pipes) {
        char c = text.charAt(at);
        char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
        return switch (c) {
            case '(' -> mark(Kind.OPEN, text, at, 1);
            case ')' -> mark(Kind.CLOSE, text, at, 1);
            case ',' -> mark(Kind.COMMA, text, at, 1);
            case '&' -> mark(Kind.AND, text, at, next == '&' ? 2 : 1);
            case '|' -> next == '|' ? mark(Kind.OR, text, at, 2) : mark(pipes ? Kind.PIPE : Kind.OR, text, at, 1);
            case '"', '\'' -> quoted(text, at, c, Kind.QUOTED);
            case '/' -> quoted(text, at, c, Kind.PATTERN);
            case '!' -> next == '=' || next == '~' ? mark(Kind.OPERATOR, text, at, 2) : mark(Kind.NOT, text, at, 1);
            case '=', '<', '>' -> mark(Kind.OPERATOR, text, at, next == '=' ? 2 : 1);
            case '~' -> mark(Kind.OPERATOR, text, at, 1);
            default -> word(text, at);
        };
    }

    private static LogToken mark(Kind kind, String text, int at, int length) {
        return new LogToken(kind, text.substring(at, at + length), at, at + length, true);
    }

    private static LogToken word(String text, int at) {
        int end = at;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && "()\"'<>=~|&,".indexOf(text.charAt(end)) < 0
                && !(text.charAt(end) == '!' && end + 1 < text.length() && "=~".indexOf(text.charAt(end + 1)) >= 0)) end++;
        String word = text.substring(at, Math.max(end, at + 1));
        Kind kind = switch (word.toLowerCase(Locale.ROOT)) {
            case "and" -> Kind.AND;
            case "or" -> Kind.OR;
            case "not" -> Kind.NOT;
            default -> Kind.WORD;
        };
        return new LogToken(kind, word, at, at + word.length(), true);
    }

    private static LogToken quoted(String text, int at, char quote, Kind kind) {
        var out = new StringBuilder();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            char c = text.charAt(end);
            if (c == '\\' && end + 1 < text.length()) {
                char next = text.charAt(end + 1);
                boolean undone = next == quote || kind == Kind.QUOTED && next == '\\';
                if (!undone) out.append(c);
                out.append(next);
                end += 2;
            } else {
                out.append(c);
                end++;
            }
        }
        boolean whole = end < text.length();
        return new LogToken(kind, out.toString(), at, whole ? end + 1 : end, whole);
    }
}
