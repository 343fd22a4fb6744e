package serpentarium.traffic.analysis;

import java.util.Arrays;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Rows cut into runs, each of which one thread looks at as a whole.
///
/// @param ends the places where each ends and the next begins, with the first one's beginning before them
record RowRuns(int[] ends) {
    private static final int MANY = 1 << 14;
    private static final int FEW = 1 << 11;
    private static final long BYTES = 4 << 20;
    private static final int FIRST = 64;

    /// Runs of as many rows each, for looks that cost the same each time.
    static RowRuns even(int from, int to) {
        int count = Math.max(1, (to - from + MANY - 1) / MANY);
        int[] ends = new int[count + 1];
        for (int i = 0; i < count; i++) ends[i] = from + i * MANY;
        ends[count] = to;
        return new RowRuns(ends);
    }

    /// Runs with about as many bytes of bodies each; the first ones are short, so that something is found soon.
    static RowRuns bySize(FlowTable table, int from, int to, TaskContext context) {
        return bySize(table, null, from, to, context);
    }

    /// The same over places in an array of rows.
    ///
    /// @param rows null where places are rows
    static RowRuns bySize(FlowTable table, int[] rows, int from, int to, TaskContext context) {
        int[] ends = new int[64];
        int count = 0;
        ends[0] = from;
        long bytes = 0;
        for (int i = from; i < to; i++) {
            if ((i & MANY - 1) == 0) context.checkpoint();
            int row = rows == null ? i : rows[i];
            bytes += Math.max(0, table.requestSize(row)) + Math.max(0, table.responseSize(row));
            int length = i + 1 - ends[count];
            if (length < Math.min(FEW, FIRST << Math.min(count, 10)) && bytes < BYTES && i + 1 < to) continue;
            if (count + 2 > ends.length) ends = Arrays.copyOf(ends, ends.length * 2);
            ends[++count] = i + 1;
            bytes = 0;
        }
        return new RowRuns(Arrays.copyOf(ends, count + 1));
    }

    /// How many there are.
    int count() {
        return ends.length - 1;
    }

    /// Where a run begins.
    int from(int run) {
        return ends[run];
    }

    /// Where it ends.
    int to(int run) {
        return ends[run + 1];
    }
}
