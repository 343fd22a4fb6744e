package serpentarium.traffic.ui;

import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.FXCollections;
import javafx.collections.transformation.FilteredList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.text.Text;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.kit.Toolbars;

/// Names with values, in their order: filtered by a word, copied one by one or all together. Long values wrap.
final class FactTable extends BorderPane {
    private static final Strings STRINGS = Strings.of(FactTable.class);
    private static final PseudoClass LINK = PseudoClass.getPseudoClass("link");
    private static final PseudoClass TITLE = PseudoClass.getPseudoClass("title");
    /// More of a value is not drawn; it is copied whole.
    private static final int LONGEST = 3000;
    /// From so many lines on there is a field to filter them by.
    private static final int MANY = 6;

    private final ObservableBooleanValue masked;
    private final Ports ports;
    private final FilteredList<Fact> facts = new FilteredList<>(FXCollections.observableArrayList());
    private final TableView<Fact> table = new TableView<>(facts);
    private final SearchField filter = new SearchField(STRINGS.get("detail.filter"));
    private final HBox bar = new HBox();
    private final Label none = new Label();
    private IntConsumer go = _ -> { };

    /// @param nothing what stands there where there are no lines
    FactTable(String nothing, ObservableBooleanValue masked, Ports ports) {
        this.masked = masked;
        this.ports = ports;
        getStyleClass().add("fact-view");
        none.setText(nothing);
        none.setWrapText(true);
        none.getStyleClass().add("empty-hint");
        table.setPlaceholder(none);
        table.getStyleClass().addAll("dense", "fact-table");
        table.setAccessibleText(STRINGS.get("detail.lines"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_LAST_COLUMN);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.getColumns().add(column("name", 150, this::name));
        table.getColumns().getFirst().setMaxWidth(240);
        table.getColumns().add(column("value", 400, this::value));
        table.setRowFactory(_ -> new Row());
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) {
                go();
                event.consume();
            } else if (new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(event)) {
                copy(selected());
                event.consume();
            }
        });
        table.setContextMenu(menu());
        Command all = Command.of("traffic.detail.copy-all", STRINGS.get("detail.copy-all"), "fth-copy", null, () -> copy(List.copyOf(facts)));
        HBox.setHgrow(filter, Priority.ALWAYS);
        bar.getStyleClass().add("fact-bar");
        bar.setAlignment(Pos.CENTER_RIGHT);
        bar.getChildren().addAll(filter, Toolbars.button(all));
        filter.textProperty().addListener(_ -> refilter());
        masked.addListener((_, _, _) -> {
            refilter();
            table.refresh();
        });
        setCenter(table);
        setMinSize(0, 0);
    }

    /// What is done with a flow that a line names.
    void onGo(IntConsumer next) {
        go = next;
    }

    private void go() {
        Fact fact = table.getSelectionModel().getSelectedItem();
        if (fact != null && fact.row() >= 0) go.accept(fact.row());
    }

    private String name(Fact fact) {
        return fact.name();
    }

    private String value(Fact fact) {
        if (fact.title()) return fact.masked();
        String text = fact.shown(masked.get());
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private TableColumn<Fact, Fact> column(String id, double width, java.util.function.Function<Fact, String> text) {
        var column = new TableColumn<Fact, Fact>(STRINGS.get("detail.column." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setMinWidth(60);
        column.setSortable(false);
        column.setReorderable(false);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> new Wrapped(text));
        return column;
    }

    private ContextMenu menu() {
        var menu = new ContextMenu();
        Command one = Command.of("traffic.detail.copy-value", STRINGS.get("detail.copy-value"), "fth-copy", null, () -> ports.copy(selected().stream()
                .filter(fact -> !fact.title()).map(fact -> fact.shown(masked.get())).collect(Collectors.joining("\n"))));
        Command line = Command.of("traffic.detail.copy-line", STRINGS.get("detail.copy-line"), null, "Shortcut+C", () -> copy(selected()));
        Command all = Command.of("traffic.detail.copy-all", STRINGS.get("detail.copy-all"), null, null, () -> copy(List.copyOf(facts)));
        MenuItem copyLine = Menus.item(line);
        copyLine.setAccelerator(null);
        MenuItem there = Menus.item(Command.of("traffic.detail.go", STRINGS.get("detail.go"), "fth-arrow-right", null, this::go));
        menu.setOnShowing(_ -> there.setVisible(table.getSelectionModel().getSelectedItem() != null && table.getSelectionModel().getSelectedItem().row() >= 0));
        menu.getItems().addAll(there, Menus.item(one), copyLine, Menus.item(all));
        return menu;
    }

    private List<Fact> selected() {
        return List.copyOf(table.getSelectionModel().getSelectedItems());
    }

    private void copy(List<Fact> lines) {
        if (!lines.isEmpty()) ports.copy(lines.stream().map(fact -> fact.line(masked.get())).collect(Collectors.joining("\n")));
    }

    private void refilter() {
        String word = filter.getText().strip().toLowerCase(Locale.ROOT);
        facts.setPredicate(word.isEmpty() ? null : fact -> !fact.title() && fact.line(masked.get()).toLowerCase(Locale.ROOT).contains(word));
        filter.setMatches(word.isEmpty() ? "" : String.valueOf(facts.size()));
    }

    /// Shows other lines; what is selected stays where the lines are the same.
    void show(List<Fact> lines) {
        @SuppressWarnings("unchecked") var source = (javafx.collections.ObservableList<Fact>) facts.getSource();
        if (source.equals(lines)) return;
        source.setAll(lines);
        boolean many = lines.size() >= MANY;
        if (!many && !filter.getText().isEmpty()) filter.setText("");
        setTop(many ? bar : null);
    }

    /// How many lines there are, whatever is filtered.
    int size() {
        return facts.getSource().size();
    }

    /// What is shown now, for tests.
    List<Fact> shown() {
        return List.copyOf(facts);
    }

    private static final class Row extends TableRow<Fact> {
        @Override protected void updateItem(Fact fact, boolean empty) {
            super.updateItem(fact, empty);
            pseudoClassStateChanged(TITLE, !empty && fact != null && fact.title());
        }
    }

    /// A cell whose text goes on in the next line. A cell asks for a height of its own only for what it holds.
    private final class Wrapped extends TableCell<Fact, Fact> {
        private final java.util.function.Function<Fact, String> content;
        private final Text text = new Text();

        Wrapped(java.util.function.Function<Fact, String> content) {
            this.content = content;
            text.getStyleClass().add("fact-text");
            text.wrappingWidthProperty().bind(widthProperty().subtract(18));
            setAlignment(Pos.TOP_LEFT);
            setPrefHeight(USE_COMPUTED_SIZE);
            text.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && link()) go.accept(getItem().row());
            });
        }

        private boolean link() {
            return getItem() != null && getItem().row() >= 0 && "value".equals(getTableColumn().getId());
        }

        @Override protected void updateItem(Fact fact, boolean empty) {
            super.updateItem(fact, empty);
            if (empty || fact == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            text.setText(content.apply(fact));
            setAccessibleText(text.getText());
            text.pseudoClassStateChanged(LINK, link());
            setGraphic(text);
        }
    }
}
