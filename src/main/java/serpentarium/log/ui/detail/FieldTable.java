package serpentarium.log.ui.detail;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.text.Text;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;

/// The fields of a record: copied, looked through, and asked about.
final class FieldTable extends BorderPane {
    private static final Strings STRINGS = Strings.of(FieldTable.class);
    private static final PseudoClass OWN = PseudoClass.getPseudoClass("own");
    private static final int MANY = 16;
    private static final int LONGEST = 2000;

    private final javafx.collections.ObservableList<FieldRow> all = FXCollections.observableArrayList();
    private final FilteredList<FieldRow> rows = new FilteredList<>(all);
    private final TableView<FieldRow> table = new TableView<>(rows);
    private final SearchField filter = new SearchField(STRINGS.get("fields.filter"));

    /// @param menu fills the menu of a field
    FieldTable(Ports ports, BiConsumer<ContextMenu, FieldRow> menu) {
        getStyleClass().add("field-view");
        var none = new Label(STRINGS.get("fields.none"));
        none.getStyleClass().add("empty-hint");
        table.setPlaceholder(none);
        table.setId("record-fields");
        table.getStyleClass().addAll("dense", "field-table");
        table.setAccessibleText(STRINGS.get("fields.accessible"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns().add(column("name", 110, FieldRow::name));
        table.getColumns().getFirst().setMaxWidth(260);
        table.getColumns().add(column("value", 300, row -> row.shown().length() > LONGEST ? row.shown().substring(0, LONGEST) + "…" : row.shown()));
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (!new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(event)) return;
            ports.copy(table.getSelectionModel().getSelectedItems().stream().map(FieldRow::line).collect(Collectors.joining("\n")));
            event.consume();
        });
        var context = new ContextMenu();
        context.setOnShowing(_ -> {
            FieldRow row = table.getSelectionModel().getSelectedItem();
            context.getItems().clear();
            if (row != null) menu.accept(context, row);
        });
        table.setContextMenu(context);
        filter.textProperty().addListener(_ -> refilter());
        setCenter(table);
        setMinSize(0, 0);
    }

    private TableColumn<FieldRow, FieldRow> column(String id, double width, Function<FieldRow, String> text) {
        var column = new TableColumn<FieldRow, FieldRow>(STRINGS.get("fields." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setMinWidth(60);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new Wrapped(text));
        return column;
    }

    private void refilter() {
        String word = filter.getText().strip().toLowerCase(Locale.ROOT);
        rows.setPredicate(word.isEmpty() ? null : row -> row.line().toLowerCase(Locale.ROOT).contains(word));
        filter.setMatches(word.isEmpty() ? "" : String.valueOf(rows.size()));
    }

    /// Shows other fields; what is looked for stays.
    void show(List<FieldRow> next) {
        if (all.equals(next)) return;
        FieldRow selected = table.getSelectionModel().getSelectedItem();
        all.setAll(next);
        boolean many = next.size() >= MANY;
        if (!many && !filter.getText().isEmpty()) filter.setText("");
        setTop(many ? filter : null);
        // Going from record to record, one field stays in sight.
        if (selected != null) for (FieldRow row : rows) if (row.name().equals(selected.name())) table.getSelectionModel().select(row);
    }

    /// What is shown now.
    List<FieldRow> shown() {
        return List.copyOf(rows);
    }

    /// A cell whose text goes on in the next line.
    private static final class Wrapped extends TableCell<FieldRow, FieldRow> {
        private final Function<FieldRow, String> content;
        private final Text text = new Text();

        Wrapped(Function<FieldRow, String> content) {
            this.content = content;
            text.getStyleClass().add("field-text");
            text.wrappingWidthProperty().bind(widthProperty().subtract(18));
            setAlignment(Pos.TOP_LEFT);
            setPrefHeight(USE_COMPUTED_SIZE);
        }

        @Override protected void updateItem(FieldRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            text.setText(content.apply(row));
            text.pseudoClassStateChanged(OWN, row.own());
            setAccessibleText(text.getText());
            setGraphic(text);
        }
    }
}
