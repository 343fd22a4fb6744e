package serpentarium.traffic.analysis.body;

import java.util.ArrayDeque;
import java.util.Set;
import serpentarium.task.TaskContext;

/// Lays out a GraphQL document: a field a line, with colours. A document that is none is laid out as far as its signs go.
final class GraphqlPretty {
    private static final Set<String> WORDS = Set.of("query", "mutation", "subscription", "fragment", "on", "true", "false", "null");

    private final String text;
    private final PrettyText out;
    private final ArrayDeque<Integer> lines = new ArrayDeque<>();
    private int round;
    private boolean newline;

    GraphqlPretty(String text, PrettyText out) {
        this.text = text;
        this.out = out;
    }

    void all(TaskContext context) {
        boolean spaced = false;
        for (int at = 0; at < text.length() && !out.cut(); ) {
            if ((at & 4095) == 0) context.checkpoint();
            char c = text.charAt(at);
            if (c <= ' ' || c == ',' && round == 0 || c == '\ufeff') {
                if (c == '\n' || c == '\r' || c == ',') newline = round == 0;
                spaced = true;
                at++;
                continue;
            }
            int end = end(at);
            String token = text.substring(at, end);
            place(c, spaced);
            token(token, c);
            spaced = false;
            at = end;
        }
    }

    private void place(char c, boolean spaced) {
        boolean inside = !lines.isEmpty();
        if (c == '}') return;
        if (newline && (inside || c != '{')) {
            if (!out.fresh()) out.line(lines.size());
        } else if (spaced && !out.fresh() && c != ',' && c != ')' && c != ']' && c != ':') out.add(" ");
        else if (c == '{' && !out.fresh() && out.last() != ' ') out.add(" ");
        newline = false;
    }

    private void token(String token, char c) {
        switch (c) {
            case '{' -> {
                lines.push(out.line());
                out.add("{");
                newline = round == 0;
                if (round > 0) lines.pop();
            }
            case '}' -> {
                if (round > 0 || lines.isEmpty()) out.add("}");
                else {
                    int begin = lines.pop();
                    out.line(lines.size()).add("}");
                    out.fold(begin);
                    newline = true;
                }
            }
            case '(', '[' -> {
                round++;
                out.add(token);
            }
            case ')', ']' -> {
                round = Math.max(0, round - 1);
                out.add(token);
            }
            case '"' -> out.add(token, Spans.Kind.STRING);
            case '#' -> {
                out.add(token, Spans.Kind.COMMENT);
                newline = true;
            }
            case '$', '@' -> out.add(token, Spans.Kind.NAME);
            default -> out.add(token, WORDS.contains(token) ? Spans.Kind.WORD : c >= '0' && c <= '9' || c == '-' ? Spans.Kind.NUMBER : null);
        }
    }

    private int end(int at) {
        char c = text.charAt(at);
        if (c == '#') return until(at, '\n');
        if (c == '"') {
            boolean block = text.startsWith("\"\"\"", at);
            for (int i = at + (block ? 3 : 1); i < text.length(); i++) {
                if (text.charAt(i) == '\\') i++;
                else if (block ? text.startsWith("\"\"\"", i) : text.charAt(i) == '"' || text.charAt(i) == '\n') return i + (block ? 3 : 1);
            }
            return text.length();
        }
        if (text.startsWith("...", at)) return at + 3;
        int end = at + 1;
        if (c == '$' || c == '@' || word(c) || c == '-') while (end < text.length() && (word(text.charAt(end)) || c != '$' && c != '@' && text.charAt(end) == '.')) end++;
        return end;
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private int until(int at, char stop) {
        int end = text.indexOf(stop, at);
        return end < 0 ? text.length() : end;
    }
}
