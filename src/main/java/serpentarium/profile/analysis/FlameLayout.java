package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.BitSet;

/// Where the boxes of a flame graph lie, and which of them are worth drawing: one face for all its modes, so that painting, pointing, searching and
/// saving exist once.
///
/// Boxes are numbered row by row, each row from left to right, and kept in columns. Positions and widths are in cost (in [TimeLayout]: in time);
/// 0…[#width()] is the whole. The *trunk* is the box that everything else hangs on: the root, or in a sandwich the function itself. Any other
/// box lies within the one it hangs on, a row nearer to the trunk, and boxes of a row never overlap.
public abstract sealed class FlameLayout permits TreeLayout, TimeLayout {
    /// From so many boxes a row on, runs are skipped over by way of every [#STRIDE]th box.
    private static final int STRIDE = 64;

    private final Rows rows;
    private final double[] left;
    private final double[] right;
    private final int[] frame;
    private final double width;

    /// @param start where each row begins, and one more
    /// @param left  the left edges, not descending within a row
    /// @param right the right edges
    /// @param frame the functions, -1 for what is none
    FlameLayout(int[] start, double[] left, double[] right, int[] frame, double width) {
        this.rows = new Rows(start, null, new Skips(start, left));
        this.left = left;
        this.right = right;
        this.frame = frame;
        this.width = width;
    }

    /// Every [#STRIDE]th left edge, row by row: a search in a long row touches a few near cells and not many far ones.
    private static final class Skips {
        private final int[] start;
        private final double[] left;

        Skips(int[] rowStart, double[] all) {
            start = new int[rowStart.length];
            for (int row = 0; row + 1 < rowStart.length; row++) start[row + 1] = start[row] + (rowStart[row + 1] - rowStart[row]) / STRIDE;
            left = new double[start[rowStart.length - 1]];
            for (int row = 0; row + 1 < rowStart.length; row++)
                for (int i = 0; i < start[row + 1] - start[row]; i++) left[start[row] + i] = all[rowStart[row] + (i + 1) * STRIDE - 1];
        }
    }

    /// Some boxes of a layout row by row, each row from left to right: all of them, or those of chosen functions.
    public static final class Rows {
        private final int[] start;
        /// Null where these are all boxes.
        private final int[] box;
        private final Skips skips;

        private Rows(int[] start, int[] box, Skips skips) {
            this.start = start;
            this.box = box;
            this.skips = skips;
        }

        /// How many boxes there are.
        public int size() {
            return start[start.length - 1];
        }

        /// A box, counted row by row.
        public int box(int index) {
            return box == null ? index : box[index];
        }
    }

    /// The kind of what a box stands for: one of the constants of [CallTree].
    public abstract byte kind(int box);

    /// The node of [Analysis#tree()] that a box is like: one of those it was made of, or -1.
    public abstract int like(int box);

    /// The cost of a box with all that hangs on it.
    public abstract double total(int box);

    /// The part of the cost that nothing else hanging on the box accounts for.
    public abstract double self(int box);

    /// Whether some boxes are estimates.
    public boolean estimated() {
        return false;
    }

    /// The least total that the file allows.
    public double lower(int box) {
        return total(box);
    }

    /// The greatest total that the file allows.
    public double upper(int box) {
        return total(box);
    }

    /// Whether the total is known and not estimated.
    public boolean exact(int box) {
        return true;
    }

    /// The row that the trunk is in.
    public int trunkRow() {
        return 0;
    }

    /// The number of the thread whose heading a box is, or -1.
    public int lane(int box) {
        return -1;
    }

    /// How many threads have a heading of their own.
    public int lanes() {
        return 0;
    }

    /// The box that everything hangs on.
    public final int trunk() {
        return rows.start[trunkRow()];
    }

    /// How many boxes there are.
    public final int size() {
        return left.length;
    }

    /// The width of everything.
    public final double width() {
        return width;
    }

    /// How many rows there are.
    public final int rowCount() {
        return rows.start.length - 1;
    }

    /// All boxes.
    public final Rows rows() {
        return rows;
    }

    /// The function of a box, or -1.
    public final int frame(int box) {
        return frame[box];
    }

    /// The left edge of a box.
    public final double left(int box) {
        return left[box];
    }

    /// The right edge of a box.
    public final double right(int box) {
        return right[box];
    }

    /// The row of a box.
    public final int row(int box) {
        int at = Arrays.binarySearch(rows.start, box);
        if (at < 0) return -at - 2;
        while (at + 1 < rowCount() && rows.start[at + 1] == box) at++;
        return at;
    }

    /// The first box of a row; that of the next row is one past its last.
    final int rowStart(int row) {
        return rows.start[row];
    }

    /// The boxes of some functions: one pass over all.
    public final Rows rowsOf(BitSet functions) {
        int[] start = new int[rowCount() + 1];
        int[] box = new int[256];
        int size = 0;
        for (int row = 0; row < rowCount(); row++) {
            for (int i = rows.start[row]; i < rows.start[row + 1]; i++) {
                if (frame[i] < 0 || !functions.get(frame[i])) continue;
                if (size == box.length) box = Arrays.copyOf(box, size * 2);
                box[size++] = i;
            }
            start[row + 1] = size;
        }
        return new Rows(start, Arrays.copyOf(box, size), null);
    }

    /// The box of a row that covers a position, or -1.
    public final int at(int row, double position) {
        if (row < 0 || row >= rowCount()) return -1;
        int i = firstEndingAfter(rows, row, position);
        return i < rows.start[row + 1] && left[i] <= position ? i : -1;
    }

    /// The next box of a row that has a width, to the left (`step` -1) or right (`step` 1), or -1 where there is none.
    public final int neighbour(int box, int step) {
        int row = row(box);
        for (int i = box + step; i >= rows.start[row] && i < rows.start[row + 1]; i += step) if (right[i] > left[i]) return i;
        return -1;
    }

    /// The box that a box hangs on; -1 for the trunk, and for a box that has no width.
    public int parent(int box) {
        int row = row(box);
        return row == trunkRow() ? -1 : at(row > trunkRow() ? row - 1 : row + 1, middle(box));
    }

    /// The box above, as it is drawn: what a box hangs on, or the first that hangs on it; -1 where there is none.
    public int above(int box) {
        int row = row(box);
        return row > trunkRow() ? parent(box) : first(row - 1, box);
    }

    /// The box below, as it is drawn; -1 where there is none.
    public int below(int box) {
        int row = row(box);
        return row < trunkRow() ? parent(box) : first(row + 1, box);
    }

    /// The first box that hangs on a box, where boxes hang downwards the one below; -1 where there is none.
    public final int child(int box) {
        return row(box) < trunkRow() ? above(box) : below(box);
    }

    final int first(int row, int within) {
        if (row < 0 || row >= rowCount()) return -1;
        int i = firstEndingAfter(rows, row, left[within]);
        return i < rows.start[row + 1] && left[i] < right[within] && right[i] > left[i] ? i : -1;
    }

    private double middle(int box) {
        return left[box] + (right[box] - left[box]) / 2;
    }

    /// Which boxes of a row to draw between two positions. Neighbours that are narrower than `least` together are given as one, so that
    /// the number depends on the pixels and not on the boxes: each run is found by a search that doubles its step. Any two together reach at
    /// least `least` far.
    ///
    /// @param of    [#rows()], or a part of them
    /// @param least the width under which a box is not worth drawing alone
    /// @param out   takes the boxes; what was in it is lost
    public final void cut(Rows of, int row, double from, double to, double least, Boxes out) {
        out.size = 0;
        int end = of.start[row + 1];
        int i = firstEndingAfter(of, row, from);
        while (i < end) {
            int box = of.box(i);
            double begin = left[box];
            if (begin >= to) return;
            if (right[box] - begin >= least) {
                out.add(box, begin, right[box], 1);
                i++;
                continue;
            }
            int next = gallop(of, row, i, end, begin + least);
            out.add(box, begin, right[of.box(next - 1)], next - i);
            i = next;
        }
    }

    /// The first index after `i` whose box begins at or after `position`, or reaches beyond it.
    private int gallop(Rows of, int row, int i, int end, double position) {
        int low = i;
        int step = 1;
        while (step < STRIDE && low + step < end && left[of.box(low + step)] < position) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(low + step, end);
        if (step >= STRIDE && high < end) {
            if (of.skips != null) {
                int block = skipTo(of.skips, row, (low - of.start[row] + 1) / STRIDE, position);
                // The block's boxes begin before the position, those from the next block's end on do not.
                low = Math.max(low, of.start[row] + block * STRIDE - 1);
                high = Math.min(end, of.start[row] + (block + 1) * STRIDE - 1);
            } else {
                while (low + step < end && left[of.box(low + step)] < position) {
                    low += step;
                    step <<= 1;
                }
                high = Math.min(low + step, end);
            }
        }
        low++;
        while (low < high) {
            int middle = low + high >>> 1;
            if (left[of.box(middle)] < position) low = middle + 1;
            else high = middle;
        }
        // The last of a run may begin inside the pixel and reach far beyond it: it is drawn alone.
        return low - 1 > i && right[of.box(low - 1)] > position ? low - 1 : low;
    }

    /// How many blocks of a row have a last box that begins before `position`; at least `from` are known to.
    private static int skipTo(Skips skips, int row, int from, double position) {
        int base = skips.start[row];
        int blocks = skips.start[row + 1] - base;
        int low = from;
        int step = 1;
        while (low + step <= blocks && skips.left[base + low + step - 1] < position) {
            low += step;
            step <<= 1;
        }
        int high = Math.min(low + step, blocks + 1);
        while (high - low > 1) {
            int middle = low + high >>> 1;
            if (skips.left[base + middle - 1] < position) low = middle;
            else high = middle;
        }
        return low;
    }

    private int firstEndingAfter(Rows of, int row, double position) {
        int low = of.start[row];
        int high = of.start[row + 1];
        while (low < high) {
            int middle = low + high >>> 1;
            if (right[of.box(middle)] > position) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    /// Boxes to draw, in columns; used again for each row.
    public static final class Boxes {
        private int[] box = new int[256];
        private double[] left = new double[256];
        private double[] right = new double[256];
        private int[] count = new int[256];
        private int size;

        private void add(int first, double from, double to, int boxes) {
            if (size == box.length) {
                box = Arrays.copyOf(box, size * 2);
                left = Arrays.copyOf(left, size * 2);
                right = Arrays.copyOf(right, size * 2);
                count = Arrays.copyOf(count, size * 2);
            }
            box[size] = first;
            left[size] = from;
            right[size] = to;
            count[size++] = boxes;
        }

        /// How many are to be drawn.
        public int size() {
            return size;
        }

        /// A box, the first where it stands for several.
        public int box(int index) {
            return box[index];
        }

        /// Its left edge.
        public double left(int index) {
            return left[index];
        }

        /// Its right edge.
        public double right(int index) {
            return right[index];
        }

        /// How many boxes it stands for.
        public int count(int index) {
            return count[index];
        }
    }
}
