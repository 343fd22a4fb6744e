package serpentarium.profile.analysis;

import java.util.Arrays;

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
    /// Stands for a run of functions that [Filter.OnlyMine] folded; see [#foldPackage(int)].
    public static final byte FOLDED = 4;
    /// What is known to be spent here, but not in what; see [EstimateMode#EXACT_ONLY].
    public static final byte UNKNOWN = 5;
    /// A thread, above its stacks; see [#thread(int)].
    public static final byte THREAD = 6;

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
    private final Marks marks;

    /// What folds and threads are, by node.
    ///
    /// @param keys   reads `key`
    /// @param key    what each node is
    /// @param folded how many frames a fold stands for; null where there are no folds
    /// @param runs   what a fold is opened by; null where there are no folds
    record Marks(NodeKeys keys, int[] key, int[] folded, long[] runs) {
        /// The same by other numbers of the nodes.
        Marks moved(int[] place) {
            int[] newKey = new int[place.length];
            int[] newFolded = folded == null ? null : new int[place.length];
            long[] newRuns = runs == null ? null : new long[place.length];
            for (int node = 0; node < place.length; node++) {
                newKey[place[node]] = key[node];
                if (folded == null) continue;
                newFolded[place[node]] = folded[node];
                newRuns[place[node]] = runs[node];
            }
            return new Marks(keys, newKey, newFolded, newRuns);
        }
    }

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
    /// @param marks what folds and threads are; null where there are none
    CallTree(int[] frame, int[] end, int[] depth, double[] total, double[] self, double[] lower, double[] upper, byte[] kind, Marks marks) {
        this.marks = marks;
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

    /// A node and what is below it, as a tree of its own.
    CallTree below(int node) {
        int to = end[node];
        int[] ends = Arrays.copyOfRange(end, node, to);
        int[] depths = Arrays.copyOfRange(depth, node, to);
        for (int i = 0; i < ends.length; i++) {
            ends[i] -= node;
            depths[i] -= depth[node];
        }
        return new CallTree(Arrays.copyOfRange(frame, node, to), ends, depths, Arrays.copyOfRange(total, node, to), Arrays.copyOfRange(self, node, to),
                lower == null ? null : Arrays.copyOfRange(lower, node, to), upper == null ? null : Arrays.copyOfRange(upper, node, to),
                Arrays.copyOfRange(kind, node, to), null);
    }

    /// Two trees with one root: first what is below that of `first`, then what is below that of `second`, whose root it is.
    static CallTree joined(CallTree first, CallTree second) {
        int shift = first.size() - 1;
        int size = shift + second.size();
        int[] frame = new int[size];
        int[] end = new int[size];
        int[] depth = new int[size];
        double[] total = new double[size];
        double[] self = new double[size];
        boolean estimated = first.estimated() || second.estimated();
        double[] lower = estimated ? new double[size] : null;
        double[] upper = estimated ? new double[size] : null;
        byte[] kind = new byte[size];
        for (int node = 0; node < size; node++) {
            boolean of = node > 0 && node <= shift;
            CallTree from = of ? first : second;
            int at = of || node == 0 ? node : node - shift;
            frame[node] = from.frame[at];
            end[node] = of ? from.end[at] : from.end[at] + shift;
            depth[node] = from.depth[at];
            total[node] = from.total[at];
            self[node] = from.self[at];
            kind[node] = from.kind[at];
            if (!estimated) continue;
            lower[node] = from.lower(at);
            upper[node] = from.upper(at);
        }
        return new CallTree(frame, end, depth, total, self, lower, upper, kind, null);
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

    /// What kind of node it is: [#FUNCTION], [#RECURSION], [#UNATTRIBUTED], [#SMALL], [#FOLDED], [#UNKNOWN] or [#THREAD]. Only the first two
    /// have a function.
    public byte kind(int node) {
        return kind[node];
    }

    /// A number that two nodes of the same kind share when they stand for the same: the function, the fold's package, the thread.
    int identity(int node) {
        return kind[node] == FOLDED || kind[node] == THREAD ? marks.key[node] : frame[node];
    }

    /// The package that a [#FOLDED] node enters first, such as `asyncio`.
    public String foldPackage(int node) {
        return marks.keys.packageOf(marks.key[node]);
    }

    /// How many frames a [#FOLDED] node stands for: those of the longest run among the stacks.
    public int foldFrames(int node) {
        return marks.folded[node];
    }

    /// What [Filter.OnlyMine#opened()] must hold to show a [#FOLDED] node frame by frame. The same in every slice of the profile.
    public long foldKey(int node) {
        return marks.runs[node];
    }

    /// The thread of a [#THREAD] node, as an index into the profile's threads.
    public int thread(int node) {
        return marks.keys.threadOf(marks.key[node]);
    }

    /// The node above; -1 for the root.
    public int parent(int node) {
        return parent[node];
    }
}
