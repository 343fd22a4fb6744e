package serpentarium.profile.analysis;

/// The layout of a tree by cost: a box's children stand side by side from its left edge, the dearest first; what remains at the right is its
/// own cost. A negative cost has no width, and children that are more than their parent (which then has a negative cost of its own) are
/// squeezed into it, so that positions never run backwards within a row.
///
/// Of a tree in depth-first order each row comes from left to right by itself, so that two passes over the columns lay it out.
public final class TreeLayout extends FlameLayout {
    private final CallTree tree;
    private final int[] like;
    private final int[] node;
    private final int trunkRow;

    private TreeLayout(CallTree tree, int[] like, Columns columns, int trunkRow, double width) {
        super(columns.start, columns.left, columns.right, columns.frame, width);
        this.tree = tree;
        this.like = like;
        this.node = columns.node;
        this.trunkRow = trunkRow;
    }

    /// The root on top, everything else hangs down from it.
    public static TreeLayout of(CallTree tree) {
        return of(tree, null, 1);
    }

    /// A tree whose nodes 1…`upEnd` - 1 stand on the root, while the rest hangs down from it.
    ///
    /// @param like  the nodes of another tree that those of this are like; null where it is that tree itself
    /// @param upEnd a child of the root, or the size of the tree
    static TreeLayout of(CallTree tree, int[] like, int upEnd) {
        int up = 0;
        for (int n = 1; n < upEnd; n++) up = Math.max(up, tree.depth(n));
        int down = 0;
        for (int n = upEnd; n < tree.size(); n++) down = Math.max(down, tree.depth(n));
        var columns = new Columns(tree, up, up + down + 1, upEnd);
        double[] below = new double[tree.size()];
        for (int n = tree.size() - 1; n >= upEnd; n--) below[tree.parent(n)] += cost(tree, n);
        double hanging = below[0];
        below[0] = 0;
        for (int n = upEnd - 1; n > 0; n--) below[tree.parent(n)] += cost(tree, n);
        double width = Math.max(cost(tree, 0), Math.max(hanging, below[0]));
        columns.place(tree, 0, upEnd, below, width);
        below[0] = hanging;
        columns.place(tree, upEnd, tree.size(), below, width);
        return new TreeLayout(tree, like, columns, up, width);
    }

    private static double cost(CallTree tree, int node) {
        double total = tree.total(node);
        return total > 0 && total < Double.POSITIVE_INFINITY ? total : 0;
    }

    private static final class Columns {
        private final int trunkRow;
        private final int upEnd;
        private final int[] start;
        private final int[] fill;
        private final double[] left;
        private final double[] right;
        private final int[] frame;
        private final int[] node;

        Columns(CallTree tree, int trunkRow, int rowCount, int upEnd) {
            this.trunkRow = trunkRow;
            this.upEnd = upEnd;
            start = new int[rowCount + 1];
            for (int n = 0; n < tree.size(); n++) start[row(n, tree.depth(n)) + 1]++;
            for (int row = 0; row < rowCount; row++) start[row + 1] += start[row];
            fill = start.clone();
            left = new double[tree.size()];
            right = new double[tree.size()];
            frame = new int[tree.size()];
            node = new int[tree.size()];
        }

        private int row(int n, int depth) {
            return n < upEnd ? trunkRow - depth : trunkRow + depth;
        }

        /// Places some nodes in their own order; those before the first begin at the left edge.
        void place(CallTree tree, int from, int to, double[] below, double width) {
            double[] next = new double[tree.maxDepth() + 2];
            double[] edge = new double[tree.maxDepth() + 2];
            double[] squeeze = new double[tree.maxDepth() + 2];
            squeeze[0] = 1;
            edge[0] = width;
            if (from > 0) squeeze[1] = below[0] > width ? width / below[0] : 1;
            for (int n = from; n < to; n++) {
                int depth = tree.depth(n);
                double cost = n == 0 ? width : cost(tree, n);
                double wide = cost * squeeze[depth];
                double begin = next[depth];
                double end = n == 0 ? wide : Math.min(begin + wide, edge[depth - 1]);
                edge[depth] = end;
                next[depth] = end;
                next[depth + 1] = begin;
                squeeze[depth + 1] = below[n] > cost ? wide / below[n] : squeeze[depth];
                int box = fill[row(n, depth)]++;
                left[box] = begin;
                right[box] = end;
                frame[box] = tree.frame(n);
                node[box] = n;
            }
        }
    }

    /// The tree that is laid out.
    public CallTree tree() {
        return tree;
    }

    /// The node that a box stands for.
    public int node(int box) {
        return node[box];
    }

    /// The box of a node.
    public int box(int of) {
        int depth = tree.depth(of);
        int row = trunkRow + depth;
        if (trunkRow > 0) {
            int child = of;
            while (tree.depth(child) > 1) child = tree.parent(child);
            if (child > 0 && child < firstHanging()) row = trunkRow - depth;
        }
        return java.util.Arrays.binarySearch(node, rowStart(row), rowStart(row + 1), of);
    }

    private int firstHanging() {
        return trunkRow + 1 < rowCount() ? node[rowStart(trunkRow + 1)] : tree.size();
    }

    @Override public int trunkRow() {
        return trunkRow;
    }

    @Override public int like(int box) {
        return like == null ? node[box] : like[node[box]];
    }

    @Override public byte kind(int box) {
        return tree.kind(node[box]);
    }

    @Override public double total(int box) {
        return tree.total(node[box]);
    }

    @Override public double self(int box) {
        return tree.self(node[box]);
    }

    @Override public boolean estimated() {
        return tree.estimated();
    }

    @Override public double lower(int box) {
        return tree.lower(node[box]);
    }

    @Override public double upper(int box) {
        return tree.upper(node[box]);
    }

    @Override public boolean exact(int box) {
        return tree.exact(node[box]);
    }
}
