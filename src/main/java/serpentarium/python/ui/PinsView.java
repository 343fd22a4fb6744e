package serpentarium.python.ui;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.collections.transformation.SortedList;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.SearchField;
import serpentarium.kit.Toolbars;
import serpentarium.python.PinWord;
import serpentarium.python.engine.Explanation;
import serpentarium.python.engine.PinScan;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// Which projects below the folder pin which version: broken pins first, and the versions that nobody pins.
final class PinsView extends BorderPane {
    private static final Strings STRINGS = Strings.of(PinsView.class);
    private static final PseudoClass BROKEN = PseudoClass.getPseudoClass("broken");

    private final VersionsViewModel model;
    private final Surroundings with;
    private final ObservableList<PinScan.Pin> pins = FXCollections.observableArrayList();
    private final FilteredList<PinScan.Pin> shown = new FilteredList<>(pins);
    private final TableView<PinScan.Pin> table = new TableView<>();
    private final SearchField filter = new SearchField(STRINGS.get("pins.filter"));
    private final BooleanProperty scanning = new SimpleBooleanProperty(this, "scanning");
    private final Label said = new Label();
    private TaskHandle<PinScan.Found> running;

    PinsView(VersionsViewModel model, Surroundings with) {
        this.model = model;
        this.with = with;
        getStyleClass().add("pins-view");
        setMinSize(0, 0);
        Command scan = Command.of("versions.scan-pins", STRINGS.get("pins.scan"), "fth-search", null, scanning.not(), this::scan);
        Button go = Toolbars.labelled(scan);
        go.setId("pins-scan");
        Button stop = Toolbars.labelled(Command.of("versions.scan-stop", STRINGS.get("pins.stop"), "fth-x", null, scanning, () -> running.cancel()));
        stop.visibleProperty().bind(scanning);
        stop.managedProperty().bind(scanning);
        for (Button each : List.of(go, stop)) each.setMinWidth(Region.USE_PREF_SIZE);
        said.setId("pins-said");
        said.setWrapText(true);
        said.setMinHeight(USE_PREF_SIZE);
        said.getStyleClass().add("muted");
        HBox.setHgrow(said, Priority.ALWAYS);
        said.setMaxWidth(Double.MAX_VALUE);
        var bar = new HBox(8, go, stop, said);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("installed-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        table.setId("pins-table");
        table.setAccessibleText(STRINGS.get("pins.table"));
        table.getStyleClass().add("dense");
        var unseen = new EmptyState("fth-map-pin", STRINGS.get("pins.empty"), STRINGS.get("pins.empty.text"), scan);
        var none = new EmptyState("fth-filter", STRINGS.get("pins.no-match"), "",
                Command.of("versions.pins-clear", STRINGS.get("table.clear"), "fth-x", null, () -> filter.setText("")));
        table.placeholderProperty().bind(Bindings.when(Bindings.isEmpty(pins)).then((Node) unseen).otherwise(none));
        var sorted = new SortedList<>(shown);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setItems(sorted);
        filter.setId("pins-filter");
        filter.textProperty().addListener(_ -> refilter());
        filter.setOnStep(table::requestFocus, () -> { });
        table.getColumns().addAll(List.of(column("project", 340, pin -> AnswerText.folder(pin.folder())),
                column("pin", 160, pin -> pin.rule().words().stream().map(PinWord::text).collect(Collectors.joining(" "))), column("state", 260, PinsView::state)));
        table.getColumns().getFirst().getStyleClass().add("place-column");
        table.setRowFactory(_ -> new Row());
        ColumnLayout.remember(table, "versions.pins.columns", with.settings());
        table.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ENTER) open();
        });
        var narrow = new VBox(filter);
        narrow.getStyleClass().add("installed-bar");
        narrow.setMinHeight(USE_PREF_SIZE);
        setTop(new VBox(bar, narrow));
        setCenter(table);
    }

    private void refilter() {
        String text = filter.getText().strip().toLowerCase(Locale.ROOT);
        shown.setPredicate(text.isEmpty() ? null : pin -> table.getColumns().stream()
                .anyMatch(column -> String.valueOf(column.getCellData(pin)).toLowerCase(Locale.ROOT).contains(text)));
    }

    private static String state(PinScan.Pin pin) {
        if (pin.rule().words().isEmpty()) return STRINGS.get("pins.system");
        return pin.rule().words().stream().map(Explanation::word).collect(Collectors.joining(", "));
    }

    private TableColumn<PinScan.Pin, String> column(String id, double width, Function<PinScan.Pin, String> text) {
        var column = new TableColumn<PinScan.Pin, String>(STRINGS.get("pins.column." + id));
        column.setId(id);
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.apply(row.getValue())));
        return column;
    }

    private void open() {
        Optional.ofNullable(table.getSelectionModel().getSelectedItem()).ifPresent(pin -> model.go(pin.folder()));
    }

    void scan() {
        if (scanning.get() || model.resolver() == null) return;
        var top = model.folder().get();
        var resolver = model.resolver();
        scanning.set(true);
        said.setText(STRINGS.get("pins.scanning", AnswerText.folder(top)));
        running = with.tasks().submit(TaskSpec.of(STRINGS.get("task.pins", AnswerText.folder(top)), Lane.IO, context -> new PinScan().scan(top, resolver, _ -> { }, context)));
        running.whenEnded(state -> {
            scanning.set(false);
            switch (state) {
                case TaskState.Done<PinScan.Found>(PinScan.Found found) -> {
                    model.scanned(found.pins());
                    pins.setAll(found.pins().stream().sorted(Comparator.comparing((PinScan.Pin pin) -> !pin.broken()).thenComparing(PinScan.Pin::folder)).toList());
                    List<String> unused = found.unused(resolver);
                    long broken = found.pins().stream().filter(PinScan.Pin::broken).count();
                    said.setText(STRINGS.get("pins.found", Quantity.count(found.folders()), found.pins().size(), broken)
                            + (unused.isEmpty() ? "" : " " + STRINGS.get("pins.unused", String.join(", ", unused))));
                }
                case TaskState.Failed<PinScan.Found>(Problem problem) -> {
                    said.setText(problem.title());
                    with.ports().notify(problem);
                }
                case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> said.setText(STRINGS.get("pins.stopped"));
            }
        });
    }

    /// Puts the caret into the filter.
    void focusFilter() {
        filter.requestFocus();
    }

    void close() {
        if (running != null) running.cancel();
    }

    private final class Row extends TableRow<PinScan.Pin> {
        Row() {
            setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && !isEmpty()) open();
            });
        }

        @Override protected void updateItem(PinScan.Pin pin, boolean empty) {
            super.updateItem(pin, empty);
            pseudoClassStateChanged(BROKEN, !empty && pin != null && pin.broken());
        }
    }
}
