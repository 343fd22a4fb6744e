package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.BitSet;

/// Where each node of a tree lies in a flame graph, and which of them are worth drawing.
///
/// Row `d` holds the nodes of depth `d`, from left to right. Positions and widths are in the tree's cost, so that 0…[#width()] is the whole. A
/// node's children stand side by side from its left edge, the dearest first; what remains at the right is its own cost. A negative cost has
/// no width, and children that are more than their parent (which then has a negative cost of its own) are squeezed into it, so that
/// positions never run backwards within a row.
public final class FlameLayout {
    private final CallTree tree;
    private final double[] x;
    private final double[] right;
    private final Rows rows;

    /// Lays out a tree: two passes over its columns.
    public FlameLayout(CallTree tree) {
        this.tree = tree;
        int size = tree.size();
        x = new double[size];
        // Until a node is placed, its cell holds what its children need together.
        right = new double[size];
        for (int node = 1; node < size; node++) right[tree.parent(node)] += cost(node);
        double[] next = new double[tree.maxDepth() + 2];
        double[] squeeze = new double[tree.maxDepth() + 2];
        squeeze[0] = 1;
        int[] start = new int[tree.maxDepth() + 2];
        for (int node = 0; node < size; node++) {
            int depth = tree.depth(node);
            double cost = cost(node);
            double below = right[node];
            if (node == 0) cost = Math.max(cost, below);
            double width = cost * squeeze[depth];
            double left = next[depth];
            double end = node == 0 ? width : Math.min(left + width, right[tree.parent(node)]);
            x[node] = left;
            right[node] = end;
            next[depth] = end;
            next[depth + 1] = left;
            squeeze[depth + 1] = below > cost ? width / below : squeeze[depth];
            start[depth + 1]++;
        }
        for (int row = 0; row <= tree.maxDepth(); row++) start[row + 1] += start[row];
        int[] node = new int[size];
        int[] fill = Arrays.copyOf(start, tree.maxDepth() + 1);
        for (int n = 0; n < size; n++) node[fill[tree.depth(n)]++] = n;
        rows = new Rows(start, node);
    }

    private double cost(int node) {
        double total = tree.total(node);
        return total > 0 && total < Double.POSITIVE_INFINITY ? total : 0;
    }

    /// Some nodes of a layout row by row, each row from left to right: all of them, or those of chosen functions.
    public static final class Rows {
        private final int[] start;
        private final int[] node;

        private Rows(int[] start, int[] node) {
            this.start = start;
            this.node = node;
        }

        /// How many nodes there are.
        public int size() {
            return node.length;
        }

        /// A node, counted row by row.
        public int node(int index) {
            return node[index];
        }
    }

    /// The tree that is laid out.
    public CallTree tree() {
        return tree;
    }

    /// The width of everything.
    public double width() {
        return right[0];
    }

    /// How many rows there are.
    public int rowCount() {
        return rows.start.length - 1;
    }

    /// All nodes.
    public Rows rows() {
        return rows;
    }

    /// The nodes of some functions: one pass over the tree.
    public Rows rowsOf(BitSet functions) {
        int[] start = new int[rowCount() + 1];
        int[] node = new int[256];
        int size = 0;
        for (int row = 0; row < rowCount(); row++) {
            for (int i = rows.start[row]; i < rows.start[row + 1]; i++) {
                int frame = tree.frame(rows.node[i]);
                if (frame < 0 || !functions.get(frame)) continue;
                if (size == node.length) node = Arrays.copyOf(node, size * 2);
                node[size++] = rows.node[i];
            }
            start[row + 1] = size;
        }
        return new Rows(start, Arrays.copyOf(node, size));
    }

    /// The left edge of a node.
    public double x(int node) {
        return x[node];
    }

    /// The right edge of a node.
    public double right(int node) {
        return right[node];
    }

    /// The node of a row that covers a position, or -1.
    public int at(int row, double position) {
        if (row < 0 || row >= rowCount()) return -1;
        int i = firstEndingAfter(rows, row, position);
        if (i >= rows.start[row + 1]) return -1;
        int node = rows.node[i];
        return x[node] <= position ? node : -1;
    }

    /// The next node of a row that has a width, to the left (`step` -1) or right (`step` 1), or -1 where there is none.
    public int neighbour(int node, int step) {
        int row = tree.depth(node);
        int i = Arrays.binarySearch(rows.node, rows.start[row], rows.start[row + 1], node) + step;
        while (i >= rows.start[row] && i < rows.start[row + 1]) {
            if (right[rows.node[i]] > x[rows.node[i]]) return rows.node[i];
            i += step;
        }
        return -1;
    }

    /// Which boxes of a row to draw between two positions. Neighbours that are narrower than `least` together are given as one box, so that
    /// the number of boxes depends on the pixels and not on the nodes: each box is found by a search that doubles its step. Any two boxes
    /// together reach at least `least` far.
    ///
    /// @param of    [#rows()], or a part of them
    /// @param least the width under which a box is not worth drawing alone, in the tree's cost
    /// @param out   takes the boxes; what was in it is lost
    public void cut(Rows of, int row, double from, double to, double least, Boxes out) {
        out.size = 0;
        int end = of.start[row + 1];
        int i = firstEndingAfter(of, row, from);
        while (i < end) {
            int node = of.node[i];
            double left = x[node];
            if (left >= to) return;
            if (right[node] - left >= least) {
                out.add(node, left, right[node], 1);
                i++;
                continue;
            }
            int next = gallop(of, i, end, left + least);
            out.add(node, left, right[of.node[next - 1]], next - i);
            i = next;
        }
    }

    /// The first index after `i` whose node begins at or after `position`, or reaches beyond it.
    private int gallop(Rows of, int i, int end, double position) {
        int step = 1;
        int low = i;
        while (low + step < end && x[of.node[low + step]] < position) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(low + step, end);
        low++;
        while (low < high) {
            int middle = low + high >>> 1;
            if (x[of.node[middle]] < position) low = middle + 1;
            else high = middle;
        }
        // The last of a run may begin inside the pixel and reach far beyond it: it is drawn alone.
        return low - 1 > i && right[of.node[low - 1]] > position ? low - 1 : low;
    }

    private int firstEndingAfter(Rows of, int row, double position) {
        int low = of.start[row];
        int high = of.start[row + 1];
        while (low < high) {
            int middle = low + high >>> 1;
            if (right[of.node[middle]] > position) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// Boxes to draw, in columns; used again for each row.
    public static final class Boxes {
        private int[] node = new int[256];
        private double[] left = new double[256];
        private double[] right = new double[256];
        private int[] count = new int[256];
        private int size;

        private void add(int first, double from, double to, int nodes) {
            if (size == node.length) {
                node = Arrays.copyOf(node, size * 2);
                left = Arrays.copyOf(left, size * 2);
                right = Arrays.copyOf(right, size * 2);
                count = Arrays.copyOf(count, size * 2);
            }
            node[size] = first;
            left[size] = from;
            right[size] = to;
            count[size++] = nodes;
        }

        /// How many boxes there are.
        public int size() {
            return size;
        }

        /// The node of a box, the first where it stands for several.
        public int node(int box) {
            return node[box];
        }

        /// The left edge, in the tree's cost.
        public double left(int box) {
            return left[box];
        }

        /// The right edge, in the tree's cost.
        public double right(int box) {
            return right[box];
        }

        /// How many nodes the box stands for.
        public int count(int box) {
            return count[box];
        }
    }
}
