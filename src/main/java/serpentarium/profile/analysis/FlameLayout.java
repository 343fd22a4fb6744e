package serpentarium.profile.analysis;

import java.util.Arrays;

/// Where each node of a tree lies in a flame graph, and which of them are worth drawing.
///
/// Row `d` holds the nodes of depth `d`, from left to right. Positions and widths are in the tree's cost, so that 0…[#width()] is the whole. A
/// node's children stand side by side from its left edge, the dearest first; what remains at the right is its own cost.
public final class FlameLayout {
    private final CallTree tree;
    private final double[] x;
    private final int[] rowStart;
    private final int[] rowNode;

    /// Lays out a tree: two passes over its columns.
    public FlameLayout(CallTree tree) {
        this.tree = tree;
        int size = tree.size();
        x = new double[size];
        rowStart = new int[tree.maxDepth() + 2];
        double[] next = new double[tree.maxDepth() + 2];
        for (int node = 0; node < size; node++) {
            int depth = tree.depth(node);
            x[node] = next[depth];
            next[depth] += tree.total(node);
            next[depth + 1] = x[node];
            rowStart[depth + 1]++;
        }
        for (int row = 0; row <= tree.maxDepth(); row++) rowStart[row + 1] += rowStart[row];
        rowNode = new int[size];
        int[] fill = Arrays.copyOf(rowStart, tree.maxDepth() + 1);
        for (int node = 0; node < size; node++) rowNode[fill[tree.depth(node)]++] = node;
    }

    /// The tree that is laid out.
    public CallTree tree() {
        return tree;
    }

    /// The width of everything.
    public double width() {
        return tree.total(0);
    }

    /// How many rows there are.
    public int rows() {
        return rowStart.length - 1;
    }

    /// The left edge of a node.
    public double x(int node) {
        return x[node];
    }

    /// The node of a row that covers a position, or -1.
    public int at(int row, double position) {
        if (row < 0 || row >= rows()) return -1;
        int i = firstEndingAfter(rowStart[row], rowStart[row + 1], position);
        if (i >= rowStart[row + 1]) return -1;
        int node = rowNode[i];
        return x[node] <= position ? node : -1;
    }

    /// The neighbour of a node in its row, `step` -1 or 1, or -1 where there is none.
    public int neighbour(int node, int step) {
        int row = tree.depth(node);
        int i = Arrays.binarySearch(rowNode, rowStart[row], rowStart[row + 1], node) + step;
        return i >= rowStart[row] && i < rowStart[row + 1] ? rowNode[i] : -1;
    }

    /// Which boxes of a row to draw between two positions. Neighbours that are narrower than `least` together are given as one box, so that
    /// the number of boxes depends on the pixels and not on the nodes: each box is found by a search that doubles its step.
    ///
    /// @param least the width under which a box is not worth drawing alone, in the tree's cost
    /// @param out   takes the boxes; what was in it is lost
    public void cut(int row, double from, double to, double least, Boxes out) {
        out.size = 0;
        int end = rowStart[row + 1];
        int i = firstEndingAfter(rowStart[row], end, from);
        while (i < end) {
            int node = rowNode[i];
            double left = x[node];
            if (left >= to) return;
            double right = left + tree.total(node);
            if (right - left >= least) {
                out.add(node, left, right, 1);
                i++;
                continue;
            }
            int next = gallop(i, end, left + least);
            int last = rowNode[next - 1];
            out.add(node, left, Math.min(x[last] + tree.total(last), left + 2 * least), next - i);
            i = next;
        }
    }

    /// The first index after `i` whose node begins at or after `position`, or is wide enough to be seen.
    private int gallop(int i, int end, double position) {
        int step = 1;
        int low = i;
        while (low + step < end && x[rowNode[low + step]] < position) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(low + step, end);
        low++;
        while (low < high) {
            int middle = low + high >>> 1;
            if (x[rowNode[middle]] < position) low = middle + 1;
            else high = middle;
        }
        // The last of a run may begin inside the pixel and reach far beyond it: it is drawn alone.
        int last = rowNode[low - 1];
        return low - 1 > i && x[last] + tree.total(last) > position ? low - 1 : low;
    }

    private int firstEndingAfter(int low, int high, double position) {
        while (low < high) {
            int middle = low + high >>> 1;
            int node = rowNode[middle];
            if (x[node] + tree.total(node) > position) high = middle;
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
