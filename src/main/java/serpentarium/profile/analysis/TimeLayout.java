package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.List;
import serpentarium.task.TaskContext;

/// The layout of calls in the order of time: a box lasts as long as its function was on the stack without a break, and where nothing was recorded
/// there is nothing. Several threads stand one below the other, each under a heading as long as the thread.
///
/// Kept in 24 bytes a box. What a box hangs on is the box above it at the same time.
public final class TimeLayout extends FlameLayout {
    /// The most boxes that are kept; where there are more, the deepest rows of each thread are left out.
    public static final int MOST_BOXES = 60_000_000;
    /// Starts are sums of lengths, and clocks are rounded: a gap of some units in the last place is none.
    private static final double ROUNDING = 8;

    private final List<TimeOrder> lanes;
    private final CallTree tree;
    private final int[] node;
    private final int[] heading;
    private final double origin;
    private final int rowsLeftOut;

    private TimeLayout(List<TimeOrder> lanes, CallTree tree, Columns columns, double origin, double width) {
        super(columns.start, columns.left, columns.right, columns.frame, width);
        this.lanes = lanes;
        this.tree = tree;
        this.node = columns.node;
        this.heading = columns.heading;
        this.origin = origin;
        this.rowsLeftOut = columns.rowsLeftOut;
    }

    /// Lays threads out, one below the other in their order; those in which nothing was recorded are left out.
    ///
    /// @param all  what each thread did when
    /// @param tree the nodes that they speak of
    public static TimeLayout of(List<TimeOrder> all, CallTree tree, TaskContext context) {
        return of(all, tree, MOST_BOXES, context);
    }

    static TimeLayout of(List<TimeOrder> all, CallTree tree, int mostBoxes, TaskContext context) {
        List<TimeOrder> lanes = all.stream().filter(lane -> lane.last() > lane.first()).toList();
        double origin = Double.POSITIVE_INFINITY;
        double end = 0;
        for (TimeOrder lane : lanes) {
            origin = Math.min(origin, lane.start(lane.first()));
            end = Math.max(end, lane.end(lane.last() - 1));
        }
        if (lanes.isEmpty()) origin = 0;
        double width = Math.max(0, end - origin);
        var columns = new Columns(lanes, tree, mostBoxes, origin, width, context);
        return new TimeLayout(lanes, tree, columns, origin, width);
    }

    /// Boxes while they are found, twice: first they are counted by row, then each is put where it belongs.
    private static final class Columns {
        private final double origin;
        private final CallTree tree;
        private final TaskContext context;
        private final int[] heading;
        private int[] start;
        private double[] left;
        private double[] right;
        private int[] frame;
        private int[] node;
        private int rowsLeftOut;
        private int[] fill;

        Columns(List<TimeOrder> lanes, CallTree tree, int mostBoxes, double origin, double width, TaskContext context) {
            this.origin = origin;
            this.tree = tree;
            this.context = context;
            int[][] counts = new int[lanes.size()][];
            long boxes = 1;
            for (int l = 0; l < counts.length; l++) {
                counts[l] = new int[tree.maxDepth() + 1];
                scan(lanes.get(l), counts[l].length, counts[l], -1);
                for (int count : counts[l]) boxes += count;
            }
            int deepest = boxes <= mostBoxes ? Integer.MAX_VALUE : fitting(counts, mostBoxes);
            // A single thread's heading is the root itself.
            boolean several = lanes.size() > 1;
            heading = new int[several ? lanes.size() : 0];
            int[] firstRow = new int[lanes.size()];
            int[] kept = new int[lanes.size()];
            int rows = 1;
            for (int l = 0; l < counts.length; l++) {
                if (several) heading[l] = rows++;
                firstRow[l] = rows;
                int used = 0;
                for (int depth = 1; depth < counts[l].length; depth++) if (counts[l][depth] > 0) used = depth;
                kept[l] = Math.min(used, deepest);
                rowsLeftOut = Math.max(rowsLeftOut, used - kept[l]);
                rows += kept[l];
            }
            start = new int[rows + 1];
            start[1] = 1;
            for (int row : heading) start[row + 1] = 1;
            for (int l = 0; l < counts.length; l++)
                for (int depth = 1; depth <= kept[l]; depth++) start[firstRow[l] + depth] = counts[l][depth];
            for (int row = 1; row <= rows; row++) start[row] += start[row - 1];
            int size = start[rows];
            left = new double[size];
            right = new double[size];
            frame = new int[size];
            node = new int[size];
            fill = start.clone();
            right[0] = width;
            frame[0] = -1;
            node[0] = -1;
            for (int l = 0; l < counts.length; l++) {
                if (several) {
                    TimeOrder lane = lanes.get(l);
                    int box = start[heading[l]];
                    left[box] = lane.start(lane.first()) - origin;
                    right[box] = lane.end(lane.last() - 1) - origin;
                    frame[box] = -1;
                    node[box] = -1;
                }
                scan(lanes.get(l), kept[l] + 1, null, firstRow[l]);
            }
        }

        private static int fitting(int[][] counts, int mostBoxes) {
            long boxes = 1 + counts.length;
            for (int depth = 1;; depth++) {
                for (int[] count : counts) if (depth < count.length) boxes += count[depth];
                if (boxes > mostBoxes) return depth - 1;
            }
        }

        /// Goes through a thread's segments; counts the boxes by depth, or where `counts` is null puts them into the rows from `firstRow` on.
        private void scan(TimeOrder lane, int rows, int[] counts, int firstRow) {
            int[] path = new int[rows + 1];
            int top = 0;
            double before = 0;
            for (int segment = lane.first(); segment < lane.last(); segment++) {
                if ((segment & 0xffff) == 0) context.checkpoint();
                double begin = lane.start(segment);
                // What filters dropped is a gap.
                int node = Math.max(0, lane.node(segment));
                while (tree.depth(node) >= rows) node = tree.parent(node);
                int depth = tree.depth(node);
                int shared = depth;
                boolean gap = begin - before > ROUNDING * Math.ulp(begin);
                if (gap) shared = 0;
                // Above the first node that is on the path already, all are.
                int at = node;
                if (!gap) {
                    while (shared > top || shared > 0 && path[shared] != at) {
                        at = tree.parent(at);
                        shared--;
                    }
                }
                if (counts == null) for (int d = shared + 1; d <= top; d++) right[fill[firstRow + d - 1] - 1] = before - origin;
                at = node;
                for (int d = depth; d > shared; d--, at = tree.parent(at)) {
                    path[d] = at;
                    if (counts != null) {
                        counts[d]++;
                        continue;
                    }
                    int box = fill[firstRow + d - 1]++;
                    left[box] = begin - origin;
                    frame[box] = tree.frame(at);
                    this.node[box] = at;
                }
                top = depth;
                before = lane.end(segment);
            }
            if (counts == null) for (int d = 1; d <= top; d++) right[fill[firstRow + d - 1] - 1] = before - origin;
        }
    }

    /// The threads that are shown.
    public List<TimeOrder> threads() {
        return lanes;
    }

    /// The time at the left edge: add it to a position, and there is the time as the profile counts it.
    public double origin() {
        return origin;
    }

    /// How many of the deepest rows are not shown, because there are too many boxes in them; 0 nearly always.
    public int rowsLeftOut() {
        return rowsLeftOut;
    }

    @Override public int lanes() {
        return heading.length;
    }

    @Override public int lane(int box) {
        return box == 0 || heading.length == 0 ? -1 : Math.max(-1, Arrays.binarySearch(heading, row(box)));
    }

    /// The number of the thread that a row belongs to: an index into [#threads()].
    public int laneOfRow(int row) {
        if (heading.length == 0) return 0;
        int at = Arrays.binarySearch(heading, row);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }

    @Override public int parent(int box) {
        return lane(box) >= 0 ? 0 : super.parent(box);
    }

    @Override public int above(int box) {
        return box == 0 ? -1 : parent(box);
    }

    @Override public int below(int box) {
        int row = row(box) + 1;
        return box != 0 && Arrays.binarySearch(heading, row) >= 0 ? -1 : first(row, box);
    }

    @Override public int like(int box) {
        return node[box];
    }

    @Override public byte kind(int box) {
        return node[box] < 0 ? CallTree.FUNCTION : tree.kind(node[box]);
    }

    @Override public double total(int box) {
        return right(box) - left(box);
    }

    /// The time at which nothing hangs on the box; of the root of several threads nothing.
    @Override public double self(int box) {
        if (box == 0 && heading.length > 0) return 0;
        double self = total(box);
        int row = row(box) + 1;
        int child = below(box);
        if (child < 0) return self;
        for (int end = rowStart(row + 1); child < end && left(child) < right(box); child++) self -= right(child) - left(child);
        return Math.max(0, self);
    }
}
