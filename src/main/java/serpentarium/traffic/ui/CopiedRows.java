package serpentarium.traffic.ui;

import java.util.List;
import java.util.function.Function;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;

/// Copies the selected rows of a table as they are seen, by menu and key.
final class CopiedRows {
    private static final Strings STRINGS = Strings.of(CopiedRows.class);

    private CopiedRows() {}

    /// Gives a table a menu, or its menu an item.
    ///
    /// @param texts of each column what is seen
    static <R> void offer(TableView<R> table, List<Function<R, String>> texts, Ports ports) {
        Command copy = Command.of("traffic.copy-rows", STRINGS.get("detail.copy-line"), "fth-copy", "Shortcut+C", () -> {
            List<R> rows = List.copyOf(table.getSelectionModel().getSelectedItems());
            if (rows.isEmpty()) return;
            ports.copy(new CopiedTable(texts.stream().map(each -> table.getColumns().get(texts.indexOf(each)).getText()).toList(), texts.stream().map(_ -> false).toList(),
                    rows.stream().map(row -> texts.stream().map(each -> each.apply(row)).toList()).toList()).tsv());
        });
        MenuItem item = Menus.item(copy);
        item.setAccelerator(null);
        if (table.getContextMenu() == null) table.setContextMenu(new ContextMenu(item));
        else table.getContextMenu().getItems().add(item);
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (!copy.shortcut().match(event)) return;
            copy.run().run();
            event.consume();
        });
    }
}
