package serpentarium.kit;

import java.util.List;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/// How clicks on headers sort: numbers with the greatest first, a second click the other way round, and never "not at all". The rows
/// themselves are put in order by whoever owns them.
///
/// @param <S> a row
public final class ColumnSorting<S> {
    private final TableView<S> table;
    private final Runnable reorder;
    private TableColumn<S, ?> column;
    private TableColumn.SortType type;
    private boolean correcting;
    private final FxThread later = new FxThread();

    /// Takes over a table's sorting.
    ///
    /// @param first   what it begins with
    /// @param way     in which order
    /// @param reorder puts the rows in the order of [#column()]
    public ColumnSorting(TableView<S> table, TableColumn<S, ?> first, TableColumn.SortType way, Runnable reorder) {
        this.table = table;
        this.reorder = reorder;
        correcting = true;
        table.setSortPolicy(_ -> {
            if (!correcting) sort();
            return true;
        });
        correct(first, way);
    }

    /// What is sorted by.
    public TableColumn<S, ?> column() {
        return column;
    }

    /// Whether the greatest comes first.
    public boolean descending() {
        return type == TableColumn.SortType.DESCENDING;
    }

    /// Sorts by one column.
    public void by(TableColumn<S, ?> next, boolean descending) {
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
        TableColumn<S, ?> first = table.getSortOrder().getFirst();
        boolean number = first.getStyleClass().contains("number-column");
        if (first != column && number && first.getSortType() == TableColumn.SortType.ASCENDING && table.getSortOrder().size() == 1)
            correct(first, TableColumn.SortType.DESCENDING);
        column = table.getSortOrder().getFirst();
        type = column.getSortType();
        reorder.run();
    }

    private void correct(TableColumn<S, ?> next, TableColumn.SortType nextType) {
        correcting = true;
        next.setSortType(nextType);
        table.getSortOrder().setAll(List.of(next));
        correcting = false;
        column = next;
        type = nextType;
    }
}
