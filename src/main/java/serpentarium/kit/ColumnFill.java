package serpentarium.kit;

import java.util.List;
import javafx.scene.control.ResizeFeaturesBase;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.control.TreeTableView;
import javafx.util.Callback;

/// Lets a table's first column take whatever width the others leave, down to its least width; a column that a person widens moves the others on.
///
/// The toolkit's own constrained policies make a table that shows less than three rows lay itself out again at every pulse, for ever.
public final class ColumnFill {
    private static final double WORTH_IT = 1;

    private ColumnFill() {}

    /// The policy for a table.
    @SuppressWarnings("rawtypes")
    public static Callback<TableView.ResizeFeatures, Boolean> table() {
        return features -> features.getColumn() == null ? fill(features, features.getTable().getVisibleLeafColumns())
                : TableView.UNCONSTRAINED_RESIZE_POLICY.call(features);
    }

    /// The policy for a tree table.
    @SuppressWarnings("rawtypes")
    public static Callback<TreeTableView.ResizeFeatures, Boolean> treeTable() {
        return features -> features.getColumn() == null ? fill(features, features.getTable().getVisibleLeafColumns())
                : TreeTableView.UNCONSTRAINED_RESIZE_POLICY.call(features);
    }

    private static boolean fill(ResizeFeaturesBase<?> features, List<?> columns) {
        double left = features.getContentWidth();
        if (left <= 0 || columns.isEmpty()) return false;
        for (Object column : columns.subList(1, columns.size())) left -= ((TableColumnBase<?, ?>) column).getWidth();
        var first = (TableColumnBase<?, ?>) columns.getFirst();
        double width = Math.clamp(Math.floor(left), first.getMinWidth(), first.getMaxWidth());
        if (Math.abs(width - first.getWidth()) >= WORTH_IT) first.setPrefWidth(width);
        return true;
    }
}
