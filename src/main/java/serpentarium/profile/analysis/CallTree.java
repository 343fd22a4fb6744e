package serpentarium.profile.analysis;

/// A tree of calls ready to be shown, for one event: columns in depth-first order, the dearest child first.
///
/// Node 0 is the root above all; the children of a node `n` are `n + 1`, then `end(n + 1)`, and so on while less than `end(n)`. A tree made
/// from a call graph is an estimate: each node carries the interval that the edges allow.
public final class CallTree {
    /// An ordinary node: a function.
    public static final byte FUNCTION = 0;
    /// Stands for calls back into a function that is already on the path; its cost is shown, not expanded.
    public static final byte RECURSION = 1;
    /// Cost that belongs to no caller that the file names.
    public static final byte UNATTRIBUTED = 2;
    /// Stands for children too small to be listed one by one.
    public static final byte SMALL = 3;

    private final int[] frame;
    private final int[] end;
    private final int[] depth;
    private final int[] parent;
    private final double[] total;
    private final double[] self;
    private final double[] lower;
    private final double[] upper;
    private final byte[] kind;
    private final int maxDepth;

    /// Takes the columns as they are, all of one length.
    ///
    /// @param frame the function; -1 for the root and for nodes that are no function
    /// @param end   one past the last node below
    /// @param depth 0 for the root
    /// @param total cost with all below
    /// @param self  cost without what is below
    /// @param lower least total that the file allows, or null when every node is exact
    /// @param upper greatest total that the file allows, or null when every node is exact
    /// @param kind  one of the constants above
    public CallTree(int[] frame, int[] end, int[] depth, double[] total, double[] self, double[] lower, double[] upper, byte[] kind) {
        this.frame = frame;
        this.end = end;
        this.depth = depth;
        this.total = total;
        this.self = self;
        this.lower = lower;
        this.upper = upper;
        this.kind = kind;
        int deepest = 0;
        for (int d : depth) deepest = Math.max(deepest, d);
        maxDepth = deepest;
        parent = new int[frame.length];
        int[] lastAtDepth = new int[deepest + 1];
        for (int node = 0; node < frame.length; node++) {
            parent[node] = depth[node] == 0 ? -1 : lastAtDepth[depth[node] - 1];
            lastAtDepth[depth[node]] = node;
        }
    }

    /// How many nodes there are, the root among them; at least 1.
    public int size() {
        return frame.length;
    }

    /// The function of a node, or -1.
    public int frame(int node) {
        return frame[node];
    }

    /// One past the last node below.
    public int end(int node) {
        return end[node];
    }

    /// How deep a node lies; 0 for the root.
    public int depth(int node) {
        return depth[node];
    }

    /// The deepest depth of all.
    public int maxDepth() {
        return maxDepth;
    }

    /// The cost with all below.
    public double total(int node) {
        return total[node];
    }

    /// The cost without what is below.
    public double self(int node) {
        return self[node];
    }

    /// Whether the tree is an estimate made from a call graph.
    public boolean estimated() {
        return lower != null;
    }

    /// The least total that the file allows.
    public double lower(int node) {
        return lower == null ? total[node] : lower[node];
    }

    /// The greatest total that the file allows.
    public double upper(int node) {
        return upper == null ? total[node] : upper[node];
    }

    /// Whether the total is known and not estimated, up to a millionth: clocks and sums of a file do not agree better.
    public boolean exact(int node) {
        return lower == null || upper[node] - lower[node] <= 1e-6 * Math.abs(upper[node]);
    }

    /// What kind of node it is: [#FUNCTION], [#RECURSION], [#UNATTRIBUTED] or [#SMALL].
    public byte kind(int node) {
        return kind[node];
    }

    /// The node above; -1 for the root.
    public int parent(int node) {
        return parent[node];
    }
}
