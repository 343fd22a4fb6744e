package serpentarium.traffic.analysis.body;

import java.util.Arrays;
import serpentarium.traffic.analysis.body.JsonText.Token;

/// Writes JSON a value a line, with colours and folds.
final class JsonPretty implements JsonWalk.Listener {
    private final String text;
    private final PrettyText out;
    private int[] lines = new int[32];
    private int depth;
    private boolean keyed;
    private boolean begun;

    JsonPretty(String text, PrettyText out) {
        this.text = text;
        this.out = out;
    }

    private void place() {
        if (keyed) keyed = false;
        else if (depth > 0 && begun) out.line(depth);
        begun = true;
    }

    @Override public void open(boolean object, int from) {
        place();
        if (depth == lines.length) lines = Arrays.copyOf(lines, depth * 2);
        lines[depth++] = out.line();
        out.add(object ? "{" : "[");
        begun = true;
    }

    @Override public void close(boolean object, boolean empty, int to) {
        depth--;
        if (!empty) out.line(depth);
        out.fold(lines[depth]);
        out.add(object ? "}" : "]");
        begun = true;
    }

    @Override public void key(int from, int to) {
        place();
        out.add(text, from, to, Spans.Kind.NAME).add(": ");
        keyed = true;
    }

    @Override public void value(Token kind, int from, int to) {
        place();
        out.add(text, from, to, kind == Token.STRING ? Spans.Kind.STRING : kind == Token.NUMBER ? Spans.Kind.NUMBER : Spans.Kind.WORD);
    }

    @Override public void comma() {
        out.add(",");
    }
}
