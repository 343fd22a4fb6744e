package serpentarium.traffic.analysis.body;

/// Builds a text with colours and folds, up to a bound; what comes after it is left out.
final class PrettyText {
    /// Characters of the longest text that is built.
    static final int LONGEST = 24 << 20;
    /// Deeper levels are not moved further to the right: a hundred thousand of them would fill memory with spaces.
    private static final int DEEPEST = 40;

    private final StringBuilder text = new StringBuilder();
    private final Spans spans = new Spans();
    private final Folds folds = new Folds();
    private int line;
    private boolean cut;

    /// Adds text; line ends in it count. Of one line end only `\n` is kept, other control characters become their pictures.
    PrettyText add(String more, Spans.Kind kind) {
        return add(more, 0, more.length(), kind);
    }

    /// Adds a piece of a text.
    PrettyText add(String more, int from, int to, Spans.Kind kind) {
        if (text.length() + (to - from) > LONGEST) cut = true;
        if (cut) return this;
        int begin = text.length();
        for (int i = from; i < to; i++) {
            char c = more.charAt(i);
            if (c >= ' ' && c != 127 || c == '\t') text.append(c);
            else if (c == '\n') {
                text.append(c);
                line++;
            } else if (c == '\r') {
                if (i + 1 >= more.length() || more.charAt(i + 1) != '\n') {
                    text.append('\n');
                    line++;
                }
            } else text.append(c == 127 ? '\u2421' : (char) ('\u2400' + c));
        }
        if (kind != null) spans.add(begin, text.length(), kind);
        return this;
    }

    /// Adds text without a colour.
    PrettyText add(String more) {
        return add(more, null);
    }

    /// Begins a line, moved to the right by this many levels.
    PrettyText line(int depth) {
        if (cut || text.length() > LONGEST) {
            cut = true;
            return this;
        }
        text.append('\n').repeat(' ', 2 * Math.min(Math.max(depth, 0), DEEPEST));
        line++;
        return this;
    }

    /// The number of the line that is being written, from 0.
    int line() {
        return line;
    }

    /// What began in that line ends in this one.
    void fold(int begin) {
        if (!cut) folds.add(begin, line);
    }

    /// Whether something was left out.
    boolean cut() {
        return cut;
    }

    /// Whether nothing was added yet, or a line has just begun.
    boolean fresh() {
        int at = text.length();
        while (at > 0 && text.charAt(at - 1) == ' ') at--;
        return at == 0 || text.charAt(at - 1) == '\n';
    }

    /// The last character; NUL where there is none.
    char last() {
        return text.isEmpty() ? 0 : text.charAt(text.length() - 1);
    }

    /// Takes spaces off the end, as far as they belong to no span.
    void trim() {
        int at = text.length();
        while (at > 0 && text.charAt(at - 1) == ' ' && (spans.size() == 0 || spans.to(spans.size() - 1) < at)) at--;
        text.setLength(at);
    }

    /// What was built, without empty lines at its end.
    BodyModel.Text model(String note) {
        int end = text.length();
        int coloured = spans.size() == 0 ? 0 : spans.to(spans.size() - 1);
        while (end > coloured && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == ' ')) end--;
        text.setLength(end);
        return new BodyModel.Text(text.toString(), spans, folds, note);
    }
}
