package serpentarium.traffic.analysis.body;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import serpentarium.task.TaskContext;

/// Lays out tags, a line each; an element with a short text stays on one line. Works on anything: what is not a tag is text.
final class MarkupPretty {
    private static final Set<String> VOID = Set.of("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr");
    private static final Set<String> VERBATIM = Set.of("script", "style", "pre", "textarea");
    private static final Set<String> REPEATED = Set.of("li", "p", "td", "th", "tr", "option", "dt", "dd");
    private static final int SHORT = 100;
    private static final int DEEPEST = 20_000;

    private final String text;
    private final boolean html;
    private final PrettyText out;
    private final List<String> open = new ArrayList<>();
    private final List<Integer> lines = new ArrayList<>();
    private boolean tight;

    MarkupPretty(String text, boolean html, PrettyText out) {
        this.text = text;
        this.html = html;
        this.out = out;
    }

    void all(TaskContext context) {
        for (int at = 0; at < text.length() && !out.cut(); ) {
            context.checkpoint();
            int next = text.indexOf('<', at);
            if (next < 0) next = text.length();
            if (next > at) text(at, next);
            if (next < text.length()) at = tag(next);
            else break;
        }
    }

    private void fresh() {
        if (!out.fresh()) out.line(open.size());
    }

    private void text(int from, int to) {
        int begin = from;
        int end = to;
        while (begin < end && text.charAt(begin) <= ' ') begin++;
        while (end > begin && text.charAt(end - 1) <= ' ') end--;
        if (begin == end) return;
        boolean one = end - begin <= SHORT && text.indexOf('\n', begin) < 0 | text.indexOf('\n', begin) >= end;
        // A short text right after its tag and right before the closing one stays between them.
        tight = one && tight && text.startsWith("</", to) && !open.isEmpty() && text.regionMatches(html, to + 2, open.getLast(), 0, open.getLast().length());
        if (!tight) fresh();
        String shown = text.substring(begin, end);
        out.add(tight ? shown : shown.replaceAll("[ \\t]*\\r?\\n\\s*", "\n" + " ".repeat(2 * Math.min(open.size(), 40))));
    }

    private int tag(int at) {
        if (text.startsWith("<!--", at)) return block(at, "-->", Spans.Kind.COMMENT);
        if (text.startsWith("<![CDATA[", at)) return block(at, "]]>", Spans.Kind.STRING);
        if (text.startsWith("<?", at)) return block(at, "?>", Spans.Kind.COMMENT);
        if (text.startsWith("<!", at)) return block(at, doctype(at), Spans.Kind.COMMENT);
        boolean closes = text.startsWith("</", at);
        int nameAt = at + (closes ? 2 : 1);
        int nameEnd = nameAt;
        while (nameEnd < text.length() && "/> \t\r\n=<\"'".indexOf(text.charAt(nameEnd)) < 0) nameEnd++;
        if (nameEnd == nameAt) {
            out.add("<");
            return at + 1;
        }
        String name = text.substring(nameAt, Math.min(nameEnd, nameAt + 200));
        String small = html ? name.toLowerCase(Locale.ROOT) : name;
        return closes ? closing(small, nameAt, nameEnd) : opening(small, nameAt, nameEnd);
    }

    private String doctype(int at) {
        int bracket = text.indexOf('[', at);
        int end = text.indexOf('>', at);
        return bracket >= 0 && bracket < end ? "]>" : ">";
    }

    private int block(int at, String stop, Spans.Kind kind) {
        int found = text.indexOf(stop, at + 2);
        int end = found < 0 ? text.length() : found + stop.length();
        fresh();
        int begin = out.line();
        out.add(text, at, end, kind);
        out.fold(begin);
        tight = false;
        out.line(open.size());
        return end;
    }

    private int closing(String name, int nameAt, int nameEnd) {
        int end = text.indexOf('>', nameEnd);
        end = end < 0 ? text.length() : end + 1;
        int depth = open.size() - 1;
        // A closing tag that fits none of the last few is left where it is: HTML is full of them.
        int lowest = Math.max(0, open.size() - 200);
        while (depth >= lowest && !open.get(depth).equals(name)) depth--;
        int begin = -1;
        if (depth >= lowest && depth >= 0) {
            begin = lines.get(depth);
            while (open.size() > depth) {
                open.removeLast();
                lines.removeLast();
            }
        }
        boolean same = tight || begin == out.line();
        if (!same) {
            if (out.fresh()) out.trim();
            if (out.last() == '\n') out.add(" ".repeat(2 * Math.min(open.size(), 40)));
            else fresh();
        }
        out.add("</").add(text, nameAt, nameEnd, Spans.Kind.TAG).add(text, nameEnd, end, null);
        if (begin >= 0) out.fold(begin);
        tight = false;
        out.line(open.size());
        return end;
    }

    private int opening(String name, int nameAt, int nameEnd) {
        if (html && REPEATED.contains(name) && !open.isEmpty() && open.getLast().equals(name)) {
            open.removeLast();
            lines.removeLast();
            if (out.fresh()) {
                out.trim();
                out.add(" ".repeat(2 * Math.min(open.size(), 40)));
            }
        }
        if (!out.fresh()) out.line(open.size());
        int begin = out.line();
        out.add("<").add(text, nameAt, nameEnd, Spans.Kind.TAG);
        int at = attributes(nameEnd);
        boolean self = at > nameEnd && text.charAt(at - 1) == '/';
        boolean ended = at < text.length() && text.charAt(at) == '>';
        if (ended) out.add(">");
        int end = ended ? at + 1 : at;
        if (self || html && VOID.contains(name)) {
            tight = false;
            out.line(open.size());
            return end;
        }
        if (open.size() < DEEPEST) {
            open.add(name);
            lines.add(begin);
        }
        tight = true;
        return html && VERBATIM.contains(name) ? verbatim(name, end) : end;
    }

    /// Script, style and text that is laid out already: as it stands up to its closing tag.
    private int verbatim(String name, int from) {
        int end = from;
        while (end < text.length() && !(text.charAt(end) == '<' && text.regionMatches(true, end, "</" + name, 0, name.length() + 2))) end++;
        if (end > from) out.add(text, from, end, name.equals("pre") || name.equals("textarea") ? null : Spans.Kind.COMMENT);
        tight = true;
        return end;
    }

    private int attributes(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '>' && text.charAt(at) != '<') {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '"' || c == '\'') {
                int close = text.indexOf(c, at + 1);
                end = close < 0 ? text.length() : close + 1;
                out.add(text, at, end, Spans.Kind.STRING);
            } else if (c <= ' ') {
                while (end < text.length() && text.charAt(end) <= ' ') end++;
                boolean before = end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '/';
                if (before) out.add(" ");
            } else if (c == '=' || c == '/') out.add(text, at, end, null);
            else {
                boolean value = at > from && text.charAt(at - 1) == '=';
                while (end < text.length() && "=> \t\r\n<\"'".indexOf(text.charAt(end)) < 0 && (value || text.charAt(end) != '/')) end++;
                out.add(text, at, end, value ? Spans.Kind.STRING : Spans.Kind.NAME);
            }
            at = end;
        }
        return at;
    }
}
