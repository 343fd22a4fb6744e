package serpentarium.python.ui;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Menus;
import serpentarium.kit.SearchField;
import serpentarium.kit.Settings;
import serpentarium.python.engine.inventory.Release;

/// Every Python that is there, filtered by words; what applies in the folder is marked.
final class InstalledTable extends BorderPane {
    private static final Strings STRINGS = Strings.of(InstalledTable.class);
    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final VersionsViewModel model;
    private final SearchField filter = new SearchField(STRINGS.get("table.filter"));
    private final FilteredList<VersionRow> shown;
    private final TableView<VersionRow> table = new TableView<>();
    private boolean selecting;

    /// @param settings remember the columns
    InstalledTable(VersionsViewModel model, Settings settings) {
        this.model = model;
        shown = new FilteredList<>(model.rows());
        getStyleClass().add("installed");
        setMinSize(0, 0);
        table.setMinHeight(0);
        table.setId("installed-table");
        table.setAccessibleText(STRINGS.get("table"));
        table.getStyleClass().add("dense");
        table.getColumns().addAll(List.of(column("version", 150, VersionRow::name, null), column("origin", 110, VersionRow::origin, null),
                column("status", 205, row -> row.status(model.today()), Comparator.comparing(row -> row.release().map(Release::endOfLife).map(Object::toString).orElse(""))),
                place("used", 200, row -> String.join(", ", row.usedBy())),
                number("size", 80, VersionRow::size, Comparator.comparingLong(row -> row.installed().size().orElse(-1))),
                number("packages", 95, row -> row.packages().map(List::size).map(String::valueOf).orElse(""), Comparator.comparingInt(row -> row.packages().map(List::size).orElse(-1))),
                column("flags", 190, row -> String.join(" · ", row.flags()), null)));
        var sorted = new SortedList<>(shown);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        table.setRowFactory(_ -> new Row());
        ColumnLayout.remember(table, "versions.columns", settings);
        filter.setId("installed-filter");
        filter.textProperty().addListener(_ -> refilter());
        filter.setOnStep(table::requestFocus, () -> { });
        HBox.setHgrow(filter, Priority.ALWAYS);
        filter.setMinWidth(120);
        var bar = new HBox(8, filter);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("installed-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        setTop(bar);
        var none = new EmptyState("fth-filter", STRINGS.get("table.no-match"), "",
                Command.of("versions.filter-clear", STRINGS.get("table.clear"), "fth-x", null, () -> filter.setText("")));
        table.setPlaceholder(none);
        setCenter(new StackPane(table));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row == null || selecting) return;
            model.selected().set(row);
        });
        model.selected().subscribe(row -> select());
        model.rows().addListener((ListChangeListener<VersionRow>) _ -> {
            refilter();
            select();
        });
        model.resolution().addListener(_ -> table.refresh());
    }

    private void select() {
        selecting = true;
        VersionRow row = model.selected().get();
        if (row != null && table.getItems().contains(row)) table.getSelectionModel().select(row);
        selecting = false;
    }

    /// What can be done with what is selected, and what Enter does.
    void actions(Supplier<List<Command>> commands, Runnable enter, Runnable copy) {
        var menu = new ContextMenu();
        menu.setOnShowing(_ -> menu.getItems().setAll(commands.get().stream().map(InstalledTable::item).toList()));
        menu.getItems().setAll(commands.get().stream().map(InstalledTable::item).toList());
        table.setContextMenu(menu);
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && !event.isShortcutDown()) enter.run();
            else if (COPY.match(event)) copy.run();
            else return;
            event.consume();
        });
    }

    private static javafx.scene.control.MenuItem item(Command command) {
        var item = Menus.item(command);
        // An accelerator of a context menu is one of the whole window for as long as it is set.
        item.setAccelerator(null);
        return item;
    }

    private void refilter() {
        String[] words = filter.getText().strip().toLowerCase(Locale.ROOT).split("\\s+");
        boolean all = words.length == 1 && words[0].isEmpty();
        shown.setPredicate(all ? null : row -> {
            String text = row.searched(model.today());
            for (String word : words) if (!text.contains(word)) return false;
            return true;
        });
        filter.setMatches(all ? "" : STRINGS.get("table.matches", shown.size(), model.rows().size()));
    }

    private TableColumn<VersionRow, VersionRow> column(String id, double width, Function<VersionRow, String> text, Comparator<VersionRow> order) {
        var column = new TableColumn<VersionRow, VersionRow>(STRINGS.get("column." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new Cell(id, text));
        // The list comes in the order of versions; sorting by that column keeps it.
        List<VersionRow> rows = model.rows();
        column.setComparator(order != null ? order : id.equals("version") ? Comparator.comparingInt(rows::indexOf) : Comparator.comparing(text));
        return column;
    }

    private TableColumn<VersionRow, VersionRow> number(String id, double width, Function<VersionRow, String> text, Comparator<VersionRow> order) {
        TableColumn<VersionRow, VersionRow> column = column(id, width, text, order);
        column.getStyleClass().add("number-column");
        return column;
    }

    private TableColumn<VersionRow, VersionRow> place(String id, double width, Function<VersionRow, String> text) {
        TableColumn<VersionRow, VersionRow> column = column(id, width, text, null);
        column.getStyleClass().add("place-column");
        return column;
    }

    void focusFilter() {
        filter.requestFocus();
    }

    private boolean applies(VersionRow row) {
        return row.pyenv() && model.resolution().get().filter(answer -> answer.names().contains(row.name())).isPresent();
    }

    private final class Row extends TableRow<VersionRow> {
        @Override protected void updateItem(VersionRow row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeAll("row-applies");
            if (!empty && row != null && applies(row)) getStyleClass().add("row-applies");
        }
    }

    private final class Cell extends TableCell<VersionRow, VersionRow> {
        private final String id;
        private final Function<VersionRow, String> text;

        Cell(String id, Function<VersionRow, String> text) {
            this.id = id;
            this.text = text;
            if (id.equals("size") || id.equals("packages")) setAlignment(Pos.CENTER_RIGHT);
        }

        @Override protected void updateItem(VersionRow row, boolean empty) {
            super.updateItem(row, empty);
            getStyleClass().removeAll("support-ended", "support-security", "support-fixes", "support-prerelease");
            if (empty || row == null) {
                setText(null);
                setGraphic(null);
                setTooltip(null);
                return;
            }
            String value = text.apply(row);
            setText(value);
            setTooltip(value.isEmpty() ? null : new Tooltip(value));
            setGraphic(id.equals("version") && applies(row) ? mark() : null);
            if (id.equals("status")) row.support(model.today()).ifPresent(support -> getStyleClass().add("support-" + support.name().toLowerCase(Locale.ROOT)));
        }

        private Label mark() {
            var mark = new Label(STRINGS.get("table.here"));
            mark.getStyleClass().add("here");
            return mark;
        }
    }
}
