package serpentarium.profile.format;

import java.util.Arrays;
import java.util.TreeSet;

import serpentarium.base.IntSort;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// The boxes of a flame graph in columns, and the tree that they make.
final class SvgFlameBoxes {
    /// About what a box takes while it is read and built.
    private static final int BOX = 200;
    /// In so many rows the boxes under a box may be missing, as in a file that breaks off, for it to be put over one further down.
    private static final int MISSING = 16;
    private static final int CHECK_EVERY = 1 << 14;

    private final int most = (int) Math.min(20_000_000, Runtime.getRuntime().maxMemory() / BOX);
    private double[] left = new double[256];
    private double[] right = new double[256];
    private double[] count = new double[256];
    private int[] row = new int[256];
    private int[] text = new int[256];
    private int size;
    private int root = -1;

    /// Adds a box; false when there is no room.
    ///
    /// @param at     its left edge
    /// @param width  its width in the same unit
    /// @param y      its upper edge in pixels, from the top
    /// @param cost   its cost with all above it
    /// @param name   the number of its text
    /// @param whole  whether it is the one that stands for all
    boolean add(double at, double width, double y, double cost, int name, boolean whole) {
        if (size == most) return false;
        if (size == left.length) {
            int more = Math.min(most, size * 2);
            left = Arrays.copyOf(left, more);
            right = Arrays.copyOf(right, more);
            count = Arrays.copyOf(count, more);
            row = Arrays.copyOf(row, more);
            text = Arrays.copyOf(text, more);
        }
        if (whole && (root < 0 || width > right[root] - left[root])) root = size;
        left[size] = at;
        right[size] = at + Math.max(0, width);
        count[size] = cost;
        row[size] = (int) Math.clamp(Math.round(y), -1_000_000_000L, 1_000_000_000L);
        text[size++] = name;
        return true;
    }

    /// How many boxes there are.
    int size() {
        return size;
    }

    /// Puts the boxes into a tree.
    ///
    /// @param undrawn the text of what the picture does not show
    /// @return what the boxes of each text cost themselves
    double[] build(StackTree.Builder tree, CollapsedFrames frames, int undrawn, TaskContext context) {
        int[] rows = rows();
        int[] depth = new int[size];
        for (int i = 0; i < size; i++) depth[i] = Arrays.binarySearch(rows, row[i]);
        if (!icicle(depth, rows.length)) for (int i = 0; i < size; i++) depth[i] = rows.length - 1 - depth[i];
        int[] order = new int[size];
        for (int i = 0; i < size; i++) order[i] = i;
        IntSort.sort(order, 0, size, (a, b) -> {
            int sign = Integer.compare(depth[a], depth[b]);
            if (sign == 0) sign = Double.compare(left[a], left[b]);
            return sign != 0 ? sign : Integer.compare(a, b);
        });
        int[] start = new int[rows.length + 1];
        for (int i = 0; i < size; i++) start[depth[i] + 1]++;
        for (int d = 0; d < rows.length; d++) start[d + 1] += start[d];
        int[] node = new int[size];
        double[] own = Arrays.copyOf(count, size);
        for (int n = 0; n < size; n++) {
            if ((n & CHECK_EVERY - 1) == 0) context.checkpoint();
            int i = order[n];
            int below = -1;
            int last = Math.max(0, depth[i] - MISSING);
            for (int d = depth[i] - 1; d >= last && below < 0; d--) below = under(i, order, start[d], start[d + 1]);
            if (below >= 0) own[below] -= count[i];
            node[i] = i == root && below < 0 ? 0 : tree.child(below < 0 ? 0 : node[below], frames.frame(text[i]));
        }
        int texts = undrawn;
        for (int i = 0; i < size; i++) texts = Math.max(texts, text[i]);
        double[] self = new double[texts + 1];
        for (int i = 0; i < size; i++) {
            // Counts are rounded each for itself: a box may have a little less than those over it together.
            if (!(own[i] > 0)) continue;
            int name = node[i] == 0 ? undrawn : text[i];
            int at = node[i] == 0 ? tree.child(0, frames.frame(undrawn)) : node[i];
            tree.addSelf(0, at, own[i]);
            self[name] += own[i];
        }
        return self;
    }

    private int[] rows() {
        var all = new TreeSet<Integer>();
        int last = Integer.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            if (row[i] != last) all.add(row[i]);
            last = row[i];
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    /// Whether the root is on top: the box for all is there, or else the widest one.
    private boolean icicle(int[] depth, int rows) {
        if (root >= 0) return depth[root] < rows - 1 - depth[root];
        double top = 0;
        double bottom = 0;
        for (int i = 0; i < size; i++) {
            if (depth[i] == 0) top += right[i] - left[i];
            if (depth[i] == rows - 1) bottom += right[i] - left[i];
        }
        return top > bottom;
    }

    /// The box of a row, which lies in `order[from, to)` from left to right, that the middle of another lies over; -1 where there is none.
    private int under(int box, int[] order, int from, int to) {
        double middle = (left[box] + right[box]) / 2;
        int low = from;
        int high = to;
        while (low < high) {
            int at = low + high >>> 1;
            if (left[order[at]] <= middle) low = at + 1;
            else high = at;
        }
        return low > from && right[order[low - 1]] >= middle ? order[low - 1] : -1;
    }
}
