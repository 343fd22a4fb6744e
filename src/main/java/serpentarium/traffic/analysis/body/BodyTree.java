package serpentarium.traffic.analysis.body;

import java.util.Arrays;

/// A tree of named values in columns, in the order in which they stand; the texts are pieces of one text. No object is kept for a node.
public final class BodyTree {
    /// More nodes than this are not kept.
    public static final int MOST = 2_000_000;

    private static final Kind[] KINDS = Kind.values();

    private final CharSequence text;
    private int size;
    private byte[] kind = new byte[64];
    private int[] keyFrom = new int[64];
    private int[] keyTo = new int[64];
    private int[] valueFrom = new int[64];
    private int[] valueTo = new int[64];
    private int[] parent = new int[64];
    private int[] end = new int[64];
    private int[] children = new int[64];

    /// What a node is.
    public enum Kind {
        /// Named values.
        OBJECT,
        /// Values by number.
        ARRAY,
        /// A string.
        STRING,
        /// A number.
        NUMBER,
        /// A word: true, false, null.
        WORD,
        /// Bytes, or what is neither of these.
        OTHER
    }

    /// A tree whose texts are pieces of this one, which may still grow.
    BodyTree(CharSequence text) {
        this.text = text;
    }

    /// How many nodes there are; they are 0…`size()` - 1, the roots included.
    public int size() {
        return size;
    }

    /// What a node is.
    public Kind kind(int node) {
        return KINDS[kind[node]];
    }

    /// A node's name as it was written; empty for a value by number and for a root.
    public String key(int node) {
        return text.subSequence(keyFrom[node], keyTo[node]).toString();
    }

    /// Whether a node has a name.
    public boolean named(int node) {
        return keyTo[node] > keyFrom[node];
    }

    /// A node's value as it was written, at most `limit` characters of it.
    public String value(int node, int limit) {
        int from = valueFrom[node];
        int to = valueTo[node];
        return to - from <= limit ? text.subSequence(from, to).toString() : text.subSequence(from, from + limit) + "…";
    }

    /// The node that holds this one; -1 for a root.
    public int parent(int node) {
        return parent[node];
    }

    /// One past the last node inside this one.
    public int end(int node) {
        return end[node];
    }

    /// How many nodes are directly inside this one.
    public int children(int node) {
        return children[node];
    }

    /// The place among its siblings, from 0.
    public int index(int node) {
        int index = 0;
        for (int each = parent[node] < 0 ? 0 : parent[node] + 1; each < node; each = end[each]) index++;
        return index;
    }

    /// The JSONPath of a node: `$.a[3]['odd key']`. Where there are several roots, the first step is their number.
    public String path(int node) {
        var steps = new java.util.ArrayList<String>();
        boolean several = size > 0 && end[0] < size;
        for (int at = node; at >= 0 && (parent[at] >= 0 || several); at = parent[at]) steps.add(named(at) ? step(key(at)) : "[" + index(at) + "]");
        var path = new StringBuilder("$");
        for (int i = steps.size() - 1; i >= 0; i--) path.append(steps.get(i));
        return path.toString();
    }

    private static String step(String written) {
        String key = written.startsWith("\"") ? JsonText.unquoted(written) : written;
        if (key.matches("[A-Za-z_][A-Za-z0-9_]{0,200}")) return "." + key;
        return "['" + key.replace("\\", "\\\\").replace("'", "\\'") + "']";
    }

    /// Adds a node inside `inside`, or a root for -1; its end is to be set when all inside it are there.
    ///
    /// @return its number; -1 where there are too many
    int add(int inside, Kind what, int fromKey, int toKey, int fromValue, int toValue) {
        if (size >= MOST) return -1;
        if (size == kind.length) grow();
        kind[size] = (byte) what.ordinal();
        keyFrom[size] = fromKey;
        keyTo[size] = toKey;
        valueFrom[size] = fromValue;
        valueTo[size] = toValue;
        parent[size] = inside;
        end[size] = size + 1;
        if (inside >= 0) children[inside]++;
        return size++;
    }

    /// A node has ended: all nodes added since are inside it.
    void close(int node, int toValue) {
        end[node] = size;
        if (toValue >= 0) valueTo[node] = toValue;
    }

    private void grow() {
        int more = size * 2;
        kind = Arrays.copyOf(kind, more);
        keyFrom = Arrays.copyOf(keyFrom, more);
        keyTo = Arrays.copyOf(keyTo, more);
        valueFrom = Arrays.copyOf(valueFrom, more);
        valueTo = Arrays.copyOf(valueTo, more);
        parent = Arrays.copyOf(parent, more);
        end = Arrays.copyOf(end, more);
        children = Arrays.copyOf(children, more);
    }
}
