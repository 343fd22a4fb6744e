package serpentarium.traffic.ui;

import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FlowColumn;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.FlowOrder;
import serpentarium.traffic.analysis.FlowValue;
import serpentarium.traffic.analysis.RowSet;

/// What a list is sorted by: one of the list's own columns, or a value that is read from each flow.
///
/// @param column     a column; null where it is a value
/// @param value      a value; null where it is a column
/// @param descending whether the greatest comes first
public record RowOrder(FlowColumn column, FlowValue value, boolean descending) {
    /// As the flows began.
    public static final RowOrder BEGUN = new RowOrder(FlowColumn.STARTED, null, false);

    /// By a column.
    public static RowOrder by(FlowColumn column, boolean descending) {
        return new RowOrder(column, null, descending);
    }

    /// Whether the rows' own order is asked for, one way or the other.
    boolean plain() {
        return column == FlowColumn.STARTED;
    }

    /// The rows in order, of a list that is short or in its own order.
    int[] quick(FlowTable table, RowSet rows) {
        if (column == null) return rows.array();
        return FlowOrder.of(table, rows.rows(), rows.size(), column, descending, TaskContext.detached());
    }

    /// The rows in order. A value is read from every row's record.
    int[] sorted(FlowTable table, FlowContent content, RowSet rows, TaskContext context) throws java.io.IOException {
        if (value == null) return FlowOrder.of(table, rows.rows(), rows.size(), column, descending, context);
        String[] texts = new String[rows.size()];
        for (int i = 0; i < texts.length; i++) {
            if (i % 256 == 0) context.progress(i, texts.length, Progress.Unit.ITEMS);
            context.checkpoint();
            texts[i] = value.of(content, rows.rows()[i]);
        }
        return FlowOrder.byTexts(rows.array(), texts, descending, context);
    }
}
