package serpentarium.traffic.analysis.body;

import serpentarium.base.Bid;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;

/// JSON, and JSON by lines: as text with a value a line, or as a tree.
///
/// Numbers and strings stay as they were written. What is not JSON is shown as it is from there on.
public final class JsonView implements BodyView {
    private static final Strings STRINGS = Strings.of(JsonView.class);
    private static final String GUARD = ")]}'";

    private final boolean tree;
    private final boolean lines;

    private JsonView(boolean tree, boolean lines) {
        this.tree = tree;
        this.lines = lines;
    }

    /// One value as coloured text.
    public static JsonView text() {
        return new JsonView(false, false);
    }

    /// One value as a tree.
    public static JsonView tree() {
        return new JsonView(true, false);
    }

    /// A value a line as a tree.
    public static JsonView lines() {
        return new JsonView(true, true);
    }

    @Override public String id() {
        return lines ? "ndjson" : tree ? "json-tree" : "json";
    }

    @Override public Bid bid(BodyInput in) {
        String type = in.mediaType();
        int sign = in.firstSign();
        boolean byLines = type.matches(".*(ndjson|jsonl|json-seq|jsonlines|stream\\+json|json-lines)");
        if (lines) {
            if (byLines) return new Bid.Yes(95);
            return severalLines(in) ? new Bid.Yes(88) : new Bid.No(STRINGS.get("bid.ndjson"));
        }
        if (!byLines && (type.endsWith("/json") || type.endsWith("+json") || type.contains("json"))) return new Bid.Yes(tree ? 80 : 85);
        if (sign != '{' && sign != '[') return new Bid.No(STRINGS.get("bid.json"));
        String head = in.head().strip();
        // Only what begins like JSON: CSS begins with neither, a list in brackets in a text does.
        boolean like = head.matches("(?s)\\{\\s*(\"|}).*") || head.matches("(?s)\\[\\s*([\\[\\]{\"0-9-]|true|false|null).*");
        return like ? new Bid.Yes(tree ? 60 : 65) : new Bid.No(STRINGS.get("bid.json"));
    }

    private static boolean severalLines(BodyInput in) {
        if (in.firstSign() != '{' && in.firstSign() != '[') return false;
        String head = in.head();
        int newline = head.indexOf('\n');
        if (newline < 0 || newline + 1 >= head.length()) return false;
        String first = head.substring(0, newline).strip();
        String rest = head.substring(newline + 1).stripLeading();
        if (!first.endsWith("}") && !first.endsWith("]") || rest.isEmpty() || rest.charAt(0) != '{' && rest.charAt(0) != '[') return false;
        var walk = new JsonWalk(first, TaskContext.detached());
        return walk.value(0, new JsonNodes(new BodyTree(first))) && walk.skip(walk.end()) == first.length();
    }

    @Override public BodyModel model(BodyInput in, TaskContext context) {
        String text = in.text();
        if (lines && text.indexOf('\u001e') >= 0) text = text.replace('\u001e', ' ');
        int at = text.startsWith(GUARD) ? Math.max(GUARD.length(), text.indexOf('\n')) : 0;
        return tree ? tree(text, at, in.whole(), context) : text(text, at, in.whole(), context);
    }

    private static BodyModel text(String text, int begin, boolean whole, TaskContext context) {
        var out = new PrettyText();
        var walk = new JsonWalk(text, context);
        if (begin > 0) out.add(text, 0, begin, Spans.Kind.COMMENT).line(0);
        String note = "";
        boolean first = true;
        for (int at = walk.skip(begin); first || at < text.length(); at = walk.skip(walk.end())) {
            if (!first) out.line(0);
            first = false;
            if (walk.value(at, new JsonPretty(text, out))) continue;
            note = fault(walk, text, whole);
            out.add(text, walk.fault(), text.length(), whole ? Spans.Kind.FAULT : null);
            break;
        }
        if (out.cut()) note = STRINGS.get("note.cut");
        return out.model(note);
    }

    private static String fault(JsonWalk walk, String text, boolean whole) {
        if (!whole && walk.fault() >= text.length() - 64) return "";
        int line = walk.line(walk.fault());
        return walk.fault() >= text.length() ? STRINGS.get("note.json.ends") : STRINGS.get("note.json.fault", line);
    }

    private BodyModel tree(String text, int begin, boolean whole, TaskContext context) {
        var nodes = new BodyTree(text);
        var listener = new JsonNodes(nodes);
        var walk = new JsonWalk(text, context);
        String note = "";
        int at = walk.skip(begin);
        do {
            if (walk.value(at, listener)) {
                at = walk.skip(walk.end());
                continue;
            }
            listener.closeAll(walk.fault());
            if (note.isEmpty()) note = fault(walk, text, whole);
            // A line that is none does not spoil the next.
            int next = lines ? text.indexOf('\n', Math.max(walk.fault(), at)) : -1;
            int rest = next < 0 ? text.length() : next;
            if (walk.fault() < rest) nodes.add(-1, BodyTree.Kind.OTHER, 0, 0, walk.fault(), rest);
            at = walk.skip(rest);
        } while (at < text.length() && !listener.full() && nodes.size() < BodyTree.MOST);
        if (listener.full()) note = STRINGS.get("note.nodes", BodyTree.MOST);
        return new BodyModel.Tree(nodes, note);
    }
}
