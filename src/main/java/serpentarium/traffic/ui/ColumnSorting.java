package serpentarium.traffic.ui;

import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import serpentarium.kit.FxThread;

/// How clicks on headers sort: numbers with the greatest first, a second click the other way round, and never "not at all". The rows
/// themselves are put in order by whoever owns them.
final class ColumnSorting {
    private final TableView<Integer> table;
    private final Runnable reorder;
    private final FxThread later = new FxThread();
    private TableColumn<Integer, ?> column;
    private TableColumn.SortType type;
    private boolean correcting;

    /// Takes over a table's sorting, which begins with `first`.
    ///
    /// @param reorder puts the rows in the order of [#column()]
    ColumnSorting(TableView<Integer> table, TableColumn<Integer, ?> first, Runnable reorder) {
        this.table = table;
        this.reorder = reorder;
        correcting = true;
        table.setSortPolicy(_ -> {
            if (!correcting) sort();
            return true;
        });
        correct(first, TableColumn.SortType.ASCENDING);
    }

    /// What is sorted by.
    TableColumn<Integer, ?> column() {
        return column;
    }

    /// Whether the greatest comes first.
    boolean descending() {
        return type == TableColumn.SortType.DESCENDING;
    }

    /// Sorts by one column.
    void by(TableColumn<Integer, ?> next, boolean descending) {
        correct(next, descending ? TableColumn.SortType.DESCENDING : TableColumn.SortType.ASCENDING);
        reorder.run();
    }

    private void sort() {
        if (table.getSortOrder().isEmpty()) {
            // A header that takes over empties the order before it fills it; only later can one tell whether it was a third click.
            later.later(() -> {
                if (table.getSortOrder().isEmpty()) by(column, type == TableColumn.SortType.ASCENDING);
            });
            return;
        }
        TableColumn<Integer, ?> first = table.getSortOrder().getFirst();
        boolean number = first.getStyleClass().contains("number-column");
        if (first != column && number && first.getSortType() == TableColumn.SortType.ASCENDING && table.getSortOrder().size() == 1)
            correct(first, TableColumn.SortType.DESCENDING);
        column = table.getSortOrder().getFirst();
        type = column.getSortType();
        reorder.run();
    }

    private void correct(TableColumn<Integer, ?> next, TableColumn.SortType nextType) {
        correcting = true;
        next.setSortType(nextType);
        table.getSortOrder().setAll(List.of(next));
        correcting = false;
        column = next;
        type = nextType;
    }
}
