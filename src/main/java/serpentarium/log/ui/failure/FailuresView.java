package serpentarium.log.ui.failure;

import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.ColumnSorting;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.kit.SearchField;
import serpentarium.kit.Settings;
import serpentarium.log.RecordView;
import serpentarium.log.engine.FailureGroup;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.ui.detail.FieldRow;

/// All failures of a log, each once: how often, when first and last. Choosing one shows where it was seen last.
public final class FailuresView extends BorderPane {
    private static final Strings STRINGS = Strings.of(FailuresView.class);

    private final FailuresViewModel model;
    private final Consumer<Spot> go;
    private final ZoneId zone;
    private final ObservableList<FailureGroup> rows = FXCollections.observableArrayList();
    private final TableView<FailureGroup> table = new TableView<>(rows);
    private final SearchField search = new SearchField(STRINGS.get("view.search"));
    private final ColumnSorting<FailureGroup> sorting;
    private boolean oneDay = true;
    private boolean filling;

    /// @param go shows a line in the log
    public FailuresView(FailuresViewModel model, ZoneId zone, Ports ports, Settings settings, Consumer<Spot> go) {
        this.model = model;
        this.go = go;
        this.zone = zone;
        getStyleClass().add("failures-view");
        getStylesheets().add(FailuresView.class.getResource("failures.css").toExternalForm());
        setMinSize(0, 0);
        table.setId("log-failures");
        table.getStyleClass().add("dense");
        table.setAccessibleText(STRINGS.get("view.accessible"));
        TableColumn<FailureGroup, FailureGroup> count = number("count", 72, group -> Quantity.count(group.count()));
        table.getColumns().add(count);
        table.getColumns().add(failure());
        table.getColumns().add(number("seen", 88, group -> group.count() == 1 ? shortTime(group.to()) : shortTime(group.from()) + "\n" + shortTime(group.to())));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_NEXT_COLUMN);
        ColumnLayout.remember(table, "log.failures.columns", settings);
        sorting = new ColumnSorting<>(table, count, TableColumn.SortType.DESCENDING, this::fill);
        table.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null && !filling) go.accept(now.last());
        });
        table.setOnMouseClicked(event -> {
            FailureGroup selected = table.getSelectionModel().getSelectedItem();
            if (event.getButton() == MouseButton.PRIMARY && selected != null && event.getTarget() instanceof javafx.scene.Node node && inRow(node)) go.accept(selected.last());
        });
        table.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER) last();
            else if (new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN).match(event)) ports.copy(copied());
            else return;
            event.consume();
        });
        table.setContextMenu(new ContextMenu(Menus.item(Command.of("log.failures.last", STRINGS.get("view.go-last"), "fth-chevrons-right", null, this::last)),
                Menus.item(Command.of("log.failures.first", STRINGS.get("view.go-first"), "fth-chevrons-left", null, this::first)),
                Menus.item(Command.of("log.failures.copy", STRINGS.get("view.copy"), "fth-copy", null, () -> ports.copy(copied())))));
        search.textProperty().addListener(_ -> fill());
        setTop(search);
        setCenter(table);
        model.groups().addListener(_ -> fill());
        model.settled().addListener(_ -> placeholder());
        fill();
    }

    private static boolean inRow(javafx.scene.Node node) {
        for (javafx.scene.Node each = node; each != null; each = each.getParent()) if (each instanceof javafx.scene.control.TableRow<?> row) return !row.isEmpty();
        return false;
    }

    /// The time alone where the log is of one day; with the day before it where it is not.
    private String shortTime(long nanos) {
        String time = time(nanos);
        return time.isEmpty() ? "" : oneDay ? time.substring(11) : time.substring(5, 16);
    }

    private String time(long nanos) {
        if (nanos == RecordView.NO_TIME) return "";
        String time = FieldRow.time(nanos, zone);
        return time.substring(0, Math.min(19, time.length()));
    }

    private TableColumn<FailureGroup, FailureGroup> number(String id, double width, Function<FailureGroup, String> text) {
        TableColumn<FailureGroup, FailureGroup> column = column(id, width);
        column.setMinWidth(width);
        column.setMaxWidth(width * 2);
        column.getStyleClass().add("number-column");
        column.setCellFactory(_ -> new TableCell<>() {
            @Override protected void updateItem(FailureGroup group, boolean empty) {
                super.updateItem(group, empty);
                setText(empty || group == null ? null : text.apply(group));
            }
        });
        return column;
    }

    private static TableColumn<FailureGroup, FailureGroup> column(String id, double width) {
        var column = new TableColumn<FailureGroup, FailureGroup>(STRINGS.get("column." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setMinWidth(50);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        return column;
    }

    private static TableColumn<FailureGroup, FailureGroup> failure() {
        TableColumn<FailureGroup, FailureGroup> column = column("failure", 2000);
        column.setCellFactory(_ -> new TableCell<>() {
            private final Label title = new Label();
            private final Label place = new Label();
            private final javafx.scene.layout.VBox both = new javafx.scene.layout.VBox(title, place);

            {
                title.getStyleClass().add("failure-title");
                place.getStyleClass().add("failure-place");
                both.setMinWidth(0);
            }

            @Override protected void updateItem(FailureGroup group, boolean empty) {
                super.updateItem(group, empty);
                setGraphic(empty || group == null ? null : both);
                setTooltip(empty || group == null ? null : new Tooltip(group.title()));
                if (empty || group == null) return;
                title.setText(group.title());
                place.setText(group.place());
                setAccessibleText(group.title() + " " + group.place());
            }
        });
        return column;
    }

    private void last() {
        FailureGroup selected = table.getSelectionModel().getSelectedItem();
        if (selected != null) go.accept(selected.last());
    }

    private void first() {
        FailureGroup selected = table.getSelectionModel().getSelectedItem();
        if (selected != null) go.accept(selected.first());
    }

    private String copied() {
        return table.getSelectionModel().getSelectedItems().stream()
                .map(group -> group.count() + "\t" + group.title() + "\t" + group.place() + "\t" + time(group.from()) + "\t" + time(group.to())).collect(Collectors.joining("\n"));
    }

    private void fill() {
        String word = search.getText().strip().toLowerCase(Locale.ROOT);
        FailureGroup selected = table.getSelectionModel().getSelectedItem();
        List<FailureGroup> wanted = model.groups().get().stream().filter(group -> word.isEmpty() || (group.title() + " " + group.place()).toLowerCase(Locale.ROOT).contains(word))
                .sorted(order()).toList();
        oneDay = model.groups().get().stream().filter(group -> group.from() != RecordView.NO_TIME)
                .flatMap(group -> java.util.stream.Stream.of(time(group.from()), time(group.to()))).map(time -> time.substring(0, 10)).distinct().count() <= 1;
        filling = true;
        rows.setAll(wanted);
        if (selected != null) for (FailureGroup group : wanted) if (group.fingerprint() == selected.fingerprint()) table.getSelectionModel().select(group);
        filling = false;
        search.setMatches(word.isEmpty() ? "" : String.valueOf(wanted.size()));
        placeholder();
    }

    private Comparator<FailureGroup> order() {
        Comparator<FailureGroup> order = switch (sorting == null ? "count" : sorting.column().getId()) {
            case "failure" -> Comparator.comparing(FailureGroup::title);
            case "seen" -> comparing(FailureGroup::to);
            default -> comparing(FailureGroup::count);
        };
        return (sorting == null || sorting.descending() ? order.reversed() : order).thenComparing(FailureGroup::title);
    }

    private static Comparator<FailureGroup> comparing(ToLongFunction<FailureGroup> key) {
        return Comparator.comparingLong(key);
    }

    private void placeholder() {
        boolean searched = !search.getText().isBlank();
        String id = searched ? "nothing" : model.settled().get() ? "none" : "looking";
        table.setPlaceholder(new EmptyState("fth-alert-octagon", STRINGS.get("view." + id), STRINGS.get("view." + id + "-text")));
    }

    /// Selects a failure without going to it.
    public void select(FailureGroup group) {
        filling = true;
        for (FailureGroup each : rows) if (each.fingerprint() == group.fingerprint()) {
            table.getSelectionModel().select(each);
            table.scrollTo(each);
        }
        filling = false;
    }
}
