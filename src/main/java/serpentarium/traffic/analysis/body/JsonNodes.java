package serpentarium.traffic.analysis.body;

import java.util.Arrays;
import serpentarium.traffic.analysis.body.JsonText.Token;

/// Makes a tree of JSON over the text itself.
final class JsonNodes implements JsonWalk.Listener {
    private final BodyTree tree;
    private int[] open = new int[32];
    private int depth;
    private int keyFrom;
    private int keyTo;
    private boolean full;

    JsonNodes(BodyTree tree) {
        this.tree = tree;
    }

    /// Whether there were more values than a tree holds.
    boolean full() {
        return full;
    }

    private int add(BodyTree.Kind kind, int from, int to) {
        int inside = depth == 0 ? -1 : open[depth - 1];
        int node = full ? -1 : tree.add(inside, kind, keyFrom, keyTo, from, to);
        full |= node < 0;
        keyFrom = 0;
        keyTo = 0;
        return node;
    }

    @Override public void open(boolean object, int from) {
        int node = add(object ? BodyTree.Kind.OBJECT : BodyTree.Kind.ARRAY, from, from + 1);
        if (depth == open.length) open = Arrays.copyOf(open, depth * 2);
        open[depth++] = node;
    }

    @Override public void close(boolean object, boolean empty, int to) {
        int node = open[--depth];
        if (node >= 0) tree.close(node, to);
    }

    /// Ends what a fault left open.
    void closeAll(int to) {
        while (depth > 0) close(false, false, to);
    }

    @Override public void key(int from, int to) {
        keyFrom = from;
        keyTo = to;
    }

    @Override public void value(Token kind, int from, int to) {
        add(kind == Token.STRING ? BodyTree.Kind.STRING : kind == Token.NUMBER ? BodyTree.Kind.NUMBER : BodyTree.Kind.WORD, from, to);
    }

    @Override public void comma() {}
}
