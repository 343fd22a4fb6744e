package serpentarium.traffic.analysis;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.Consumer;
import serpentarium.task.TaskContext;
import serpentarium.task.Progress;
import serpentarium.traffic.FlowTable;

/// The rows of a session that a list shows: those of a scope that a filter takes. It is followed while the session grows: what is new is looked
/// at once, what still goes on each time.
///
/// @param filter what is asked of each flow
/// @param scope  the part that is looked at
/// @param rows   what was found, in ascending order
/// @param looked how many rows of the session were looked at
/// @param open   those of them that still grew, in ascending order
public record FlowSelection(FlowFilter filter, FlowScope scope, RowSet rows, int looked, int[] open) {
    /// Nothing was looked at yet.
    public static FlowSelection none(FlowFilter filter, FlowScope scope) {
        return new FlowSelection(filter, scope, RowSet.NONE, 0, new int[0]);
    }

    /// Whether all rows of the session are in it as they are.
    public boolean everything() {
        return filter instanceof FlowFilter.All && scope instanceof FlowScope.All;
    }

    /// Looks at everything that is new or may have changed.
    ///
    /// @param changed rows that a person changed since, in ascending order
    /// @param found   is told from time to time of what was found so far
    /// @throws IOException when the session cannot be read
    public FlowSelection follow(FlowTable table, FlowContent content, int[] changed, TaskContext context, Consumer<RowSet> found) throws IOException {
        var run = new FilterRun(filter, table, content, context);
        var again = new int[open.length + changed.length];
        System.arraycopy(open, 0, again, 0, open.length);
        System.arraycopy(changed, 0, again, open.length, changed.length);
        Arrays.sort(again);
        RowSet now = retested(table, run, again);
        RowSet[] growing = {now};
        run.run(looked, table.size(), (rows, begin, end) -> {
            growing[0] = scope instanceof FlowScope.All ? growing[0].with(rows, begin, end) : kept(growing[0], table, rows, begin, end);
            found.accept(growing[0]);
        });
        return new FlowSelection(filter, scope, growing[0], table.size(), stillOpen(table, context));
    }

    private RowSet kept(RowSet to, FlowTable table, int[] rows, int begin, int end) {
        int[] inside = new int[end - begin];
        int size = 0;
        for (int i = begin; i < end; i++) if (scope.holds(table, rows[i])) inside[size++] = rows[i];
        return to.with(inside, 0, size);
    }

    /// The same set where nothing comes or goes; else a new one.
    private RowSet retested(FlowTable table, FilterRun run, int[] again) throws IOException {
        var come = new int[again.length];
        var go = new int[again.length];
        int comes = 0;
        int goes = 0;
        for (int i = 0; i < again.length; i++) {
            int row = again[i];
            if (row >= looked || i > 0 && again[i - 1] == row) continue;
            boolean was = rows.find(row) >= 0;
            boolean is = !table.deleted(row) && scope.holds(table, row) && run.test(row);
            if (is && !was) come[comes++] = row;
            if (was && !is) go[goes++] = row;
        }
        if (comes + goes == 0) return rows;
        int[] merged = new int[rows.size() + comes - goes];
        int at = 0;
        int c = 0;
        int g = 0;
        for (int i = 0; i < rows.size(); i++) {
            int row = rows.rows()[i];
            while (c < comes && come[c] < row) merged[at++] = come[c++];
            if (g < goes && go[g] == row) g++;
            else merged[at++] = row;
        }
        while (c < comes) merged[at++] = come[c++];
        return RowSet.of(merged);
    }

    private int[] stillOpen(FlowTable table, TaskContext context) {
        int[] still = new int[16];
        int size = 0;
        for (int row : open) {
            if (!table.open(row)) continue;
            if (size == still.length) still = Arrays.copyOf(still, size * 2);
            still[size++] = row;
        }
        for (int row = looked; row < table.size(); row++) {
            if (row % 65_536 == 0) context.progress(row, table.size(), Progress.Unit.ITEMS);
            if (!table.open(row)) continue;
            if (size == still.length) still = Arrays.copyOf(still, size * 2);
            still[size++] = row;
        }
        return Arrays.copyOf(still, size);
    }
}
