package serpentarium.profile.ui;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;

/// Columns whose cells draw a figure over the row's item, in tables.
final class TableCells {
    private TableCells() {}

    /// Gives a table's column cells that draw a figure.
    ///
    /// @param figure makes a figure, once a cell
    /// @param show   puts an item into a figure
    /// @param spoken what a screen reader says of an item
    static <S, F extends Node> void figures(TableColumn<S, S> column, Supplier<F> figure, BiConsumer<F, S> show,
                                            Function<S, String> spoken) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new TableCell<>() {
            private final F drawn = figure.get();

            @Override protected void updateItem(S item, boolean empty) {
                super.updateItem(item, empty);
                put(this, drawn, empty ? null : item, show, spoken);
            }

            @Override protected void layoutChildren() {
                super.layoutChildren();
                fill(this, drawn);
            }
        });
    }

    private static <S, F extends Node> void put(IndexedCell<S> cell, F drawn, S item, BiConsumer<F, S> show, Function<S, String> spoken) {
        cell.setText(null);
        if (item == null) {
            cell.setGraphic(null);
            cell.setAccessibleText(null);
            return;
        }
        show.accept(drawn, item);
        cell.setGraphic(drawn);
        cell.setAccessibleText(spoken.apply(item));
    }

    /// A cell gives its graphic only the width that it asks for; these want all that is there.
    private static void fill(IndexedCell<?> cell, Node drawn) {
        if (cell.getGraphic() == null) return;
        double left = Math.max(cell.snappedLeftInset(), drawn.getLayoutX());
        double width = cell.getWidth() - left - cell.snappedRightInset();
        drawn.resizeRelocate(left, 0, Math.max(0, width), cell.getHeight());
    }
}
