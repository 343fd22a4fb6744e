package serpentarium.traffic.analysis.body;

/// Builds a tree together with its texts.
final class TreeText {
    private static final int LONGEST = 1 << 20;
    private static final int ALL = 64 << 20;

    private final StringBuilder text = new StringBuilder();
    private final BodyTree tree = new BodyTree(text);
    private boolean full;

    /// Adds a node; -1 where the tree is full.
    ///
    /// @param key its name; empty for a value by number
    int add(int inside, BodyTree.Kind kind, String key, String value) {
        if (full || text.length() > ALL) {
            full = true;
            return -1;
        }
        int from = text.length();
        text.append(key);
        int middle = text.length();
        text.append(value, 0, Math.min(value.length(), LONGEST));
        int node = tree.add(inside, kind, from, middle, middle, text.length());
        full |= node < 0;
        return node;
    }

    /// A node has ended.
    void close(int node) {
        if (node >= 0) tree.close(node, -1);
    }

    /// Whether something was left out.
    boolean full() {
        return full;
    }

    /// The tree.
    BodyTree tree() {
        return tree;
    }
}
