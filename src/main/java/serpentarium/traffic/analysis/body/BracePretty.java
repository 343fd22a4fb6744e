package serpentarium.traffic.analysis.body;

import java.util.ArrayDeque;
import java.util.Set;
import serpentarium.task.TaskContext;

/// Lays out languages with braces and semicolons: new lines after `{`, `;` and around `}`, lines that are there already are kept. Strings, comments,
/// templates and regular expressions stay as they are.
final class BracePretty {
    private static final Set<String> WORDS = Set.of("async", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete",
            "do", "else", "export", "extends", "false", "finally", "for", "from", "function", "if", "import", "in", "instanceof", "let", "new", "null", "of",
            "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "undefined", "var", "void", "while", "with", "yield");

    private final String text;
    private final boolean css;
    private final PrettyText out;
    private final ArrayDeque<Integer> lines = new ArrayDeque<>();
    private int round;
    private boolean value;
    private char before;
    private String word = "";
    private int place;

    BracePretty(String text, boolean css, PrettyText out) {
        this.text = text;
        this.css = css;
        this.out = out;
    }

    void all(TaskContext context) {
        boolean spaced = false;
        for (int at = 0; at < text.length() && !out.cut(); ) {
            context.checkpoint();
            char c = text.charAt(at);
            if (c <= ' ') {
                if (c == '\n' && !out.fresh()) out.line(lines.size());
                spaced = true;
                at++;
                continue;
            }
            int end = end(at, c);
            if (spaced && !out.fresh() && out.last() != ' ') out.add(" ");
            spaced = false;
            token(at, end, c);
            at = end;
        }
    }

    private void token(int at, int end, char c) {
        place = at;
        boolean comment = c == '/' && end > at + 1 && (text.charAt(at + 1) == '*' || text.charAt(at + 1) == '/' && !css);
        if (comment) {
            int begin = out.line();
            out.add(text, at, end, Spans.Kind.COMMENT);
            out.fold(begin);
            if (css || text.charAt(at + 1) == '/') out.line(lines.size());
            return;
        }
        boolean single = end == at + 1;
        if (before == '}' && !css && out.last() == '}' && letter(c)) follow(text.substring(at, Math.min(end, at + 20)));
        if (single && c == '{') {
            if (!out.fresh() && out.last() != ' ' && out.last() != '(' && out.last() != '$') out.add(" ");
            lines.push(out.line());
            out.add("{");
            value = false;
            out.line(lines.size());
        } else if (single && c == '}') closing();
        else if (single && c == ';') {
            out.add(";");
            value = false;
            if (round == 0) out.line(lines.size());
        } else if (single) sign(c);
        else out.add(text, at, end, kind(at, end, c));
        before = c;
        word = single || !letter(c) ? "" : text.substring(at, Math.min(end, at + 40));
    }

    private void closing() {
        int begin = lines.isEmpty() ? -1 : lines.pop();
        out.trim();
        if (out.last() == '\n') out.add(" ".repeat(2 * Math.min(lines.size(), 40)));
        else if (!out.fresh()) out.line(lines.size());
        out.add("}");
        if (begin >= 0) out.fold(begin);
        value = false;
        if (css) out.line(lines.size());
    }

    /// After a brace that closed a block a statement begins, unless the one before goes on.
    private void follow(String next) {
        if (Set.of("else", "catch", "finally", "while", "from", "of", "in", "as", "instanceof").contains(next)) out.add(" ");
        else out.line(lines.size());
    }

    /// Whether a colon of a style sheet is one of a selector: a brace comes before the declaration would end.
    private boolean selector() {
        for (int i = place; i < Math.min(text.length(), place + 500); i++) {
            char c = text.charAt(i);
            if (c == '{') return true;
            if (c == ';' || c == '}') return false;
        }
        return false;
    }

    private void sign(char c) {
        if (c == '(') round++;
        else if (c == ')') round = Math.max(0, round - 1);
        out.add(String.valueOf(c), c >= '0' && c <= '9' ? Spans.Kind.NUMBER : null);
        if (css && c == ':' && !lines.isEmpty() && round == 0 && !value && !selector()) {
            value = true;
            out.add(" ");
        }
    }

    private Spans.Kind kind(int at, int end, char c) {
        if (c == '"' || c == '\'' || c == '`') return Spans.Kind.STRING;
        if (c == '/' && !css) return Spans.Kind.STRING;
        if (c >= '0' && c <= '9' || css && c == '#' && value) return Spans.Kind.NUMBER;
        if (css) return c == '@' ? Spans.Kind.WORD : value ? null : lines.isEmpty() ? Spans.Kind.TAG : Spans.Kind.NAME;
        return WORDS.contains(text.substring(at, Math.min(end, at + 20))) ? Spans.Kind.WORD : null;
    }

    private int end(int at, char c) {
        if (c == '/' && at + 1 < text.length()) {
            if (text.charAt(at + 1) == '*') {
                int close = text.indexOf("*/", at + 2);
                return close < 0 ? text.length() : close + 2;
            }
            if (!css && text.charAt(at + 1) == '/') {
                int close = text.indexOf('\n', at);
                return close < 0 ? text.length() : close;
            }
            if (!css && expression()) return regex(at);
        }
        if (c == '"' || c == '\'' || c == '`' && !css) return quoted(at, c);
        int end = at + 1;
        if (letter(c) || c >= '0' && c <= '9' || css && (c == '#' || c == '@' || c == '.' || c == '-'))
            while (end < text.length() && (letter(text.charAt(end)) || Character.isDigit(text.charAt(end)) || css && "-%.".indexOf(text.charAt(end)) >= 0)) end++;
        return end;
    }

    private int quoted(int at, char quote) {
        for (int i = at + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') i++;
            else if (c == quote) return i + 1;
            else if (c == '\n' && quote != '`') return i;
        }
        return text.length();
    }

    /// Whether a slash begins a regular expression here and does not divide.
    private boolean expression() {
        if (!word.isEmpty()) return word.equals("return") || word.equals("typeof") || word.equals("case");
        return before == 0 || "=([{,;:!&|?+-*%<>~^}".indexOf(before) >= 0;
    }

    private int regex(int at) {
        boolean set = false;
        for (int i = at + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            char c = text.charAt(i);
            if (c == '\\') i++;
            else if (c == '[') set = true;
            else if (c == ']') set = false;
            else if (c == '/' && !set) return i + 1;
        }
        return at + 1;
    }

    private static boolean letter(char c) {
        return Character.isLetter(c) || c == '_' || c == '$';
    }
}
