package serpentarium.profile.ui;

import atlantafx.base.controls.CustomTextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.ColumnSorting;
import serpentarium.kit.Command;
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Toolbars;
import serpentarium.profile.Profile;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;
import serpentarium.profile.analysis.Origin;
import serpentarium.profile.analysis.Search;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// All functions of a slice as one table, to sort and to filter.
public final class FunctionTableView extends BorderPane {
    private static final Strings STRINGS = Strings.of(FunctionTableView.class);
    /// From here on sorting would be felt as a hitch on the window's thread.
    private static final int MANY = 50_000;
    private static final int MOST_FITTING = 9;
    private static final int MOST_COPIED = 100_000;

    private final ProfileViewModel model;
    private final Ports ports;
    private final Tasks tasks;
    private final IndexList shown = new IndexList();
    private final TableView<Integer> table = new TableView<>(shown);
    private final CustomTextField filter = new CustomTextField();
    private final Label count = new Label();
    private final Object latestKey = new Object();
    private final List<Command> commands;
    private final ColumnSorting<Integer> sorting;
    private final EventTables events;
    private boolean following;

    /// What a column holds.
    ///
    /// @param event the event, or -1 for the picked one
    private record Field(FunctionColumn column, int event) {}

    /// Shows the model's present slice and follows it.
    ///
    /// @param settings where widths, order and hidden columns are remembered
    public FunctionTableView(ProfileViewModel model, Ports ports, Settings settings, Tasks tasks) {
        this.model = model;
        this.ports = ports;
        this.tasks = tasks;
        getStyleClass().addAll("profile-table-view", "function-table-view");
        getStylesheets().add(FunctionTableView.class.getResource("tables.css").toExternalForm());
        events = new EventTables(model, tasks, this::eventReady);
        commands = makeCommands();
        fillTable();
        boolean calls = model.profile() instanceof Profile.Graph;
        String key = calls ? "profile.functions.columns" : "profile.functions.columns.samples";
        ColumnLayout.remember(table, several() ? key + ".events" : key, settings);
        for (TableColumn<Integer, ?> column : table.getColumns()) column.visibleProperty().addListener(_ -> arrange());
        arrange();
        sorting = new ColumnSorting<>(table, column(FunctionColumn.SELF), TableColumn.SortType.DESCENDING, this::reorder);
        setTop(bar());
        setCenter(table);
        model.analysis().addListener(_ -> reorder());
        model.percent().addListener(_ -> table.refresh());
        model.percentOfAll().addListener(_ -> table.refresh());
        model.base().addListener(_ -> table.refresh());
        model.matches().addListener(_ -> table.refresh());
        model.selected().addListener(_ -> follow(true));
        filter.textProperty().addListener(_ -> reorder());
        reorder();
    }

    /// What can be done with the table.
    public List<Command> commands() {
        return ViewActions.offered(commands);
    }

    /// What the functions are filtered by: text in the name, module or file.
    public StringProperty filter() {
        return filter.textProperty();
    }

    /// The table, to put the focus on.
    public Region focusTarget() {
        return table;
    }

    @Override public void requestFocus() {
        table.requestFocus();
    }

    private List<Command> makeCommands() {
        ObservableBooleanValue row = Bindings.isNotNull(table.getSelectionModel().selectedItemProperty());
        return List.of(
                command("select", "fth-crosshair", new KeyCodeCombination(KeyCode.ENTER), row, this::activate),
                command("filter", "fth-filter", ViewActions.shortcut(KeyCode.L), ViewActions.always(), this::focusFilter),
                command("copy", "fth-copy", ViewActions.shortcut(KeyCode.C), row, () -> copy(false)),
                command("copy-markdown", "fth-copy", ViewActions.shortcut(KeyCode.C, KeyCombination.SHIFT_DOWN), row, () -> copy(true)),
                command("by-self", "fth-arrow-down", null, ViewActions.always(), () -> sortBy(FunctionColumn.SELF)),
                command("by-total", "fth-arrow-down", null, ViewActions.always(), () -> sortBy(FunctionColumn.TOTAL)),
                command("all-events", "fth-columns", null, new SimpleBooleanProperty(several()), this::toggleEvents));
    }

    private static Command command(String id, String icon, KeyCombination key, ObservableBooleanValue enabled, Runnable run) {
        return new Command("profile.functions." + id, STRINGS.get("functions.command." + id), icon, key, enabled, run);
    }

    private HBox bar() {
        filter.setId("functions-filter");
        filter.setPromptText(STRINGS.get("functions.filter"));
        filter.setAccessibleText(STRINGS.get("functions.filter"));
        filter.setLeft(new FontIcon("fth-filter"));
        filter.setPrefColumnCount(28);
        filter.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            switch (event.getCode()) {
                case ESCAPE -> {
                    if (filter.getText().isEmpty()) return;
                    filter.clear();
                    event.consume();
                }
                case DOWN, ENTER -> {
                    table.requestFocus();
                    if (table.getSelectionModel().isEmpty() && !shown.isEmpty()) table.getSelectionModel().selectFirst();
                    event.consume();
                }
                default -> { }
            }
        });
        count.setId("functions-count");
        count.getStyleClass().add("view-note");
        count.setMinWidth(0);
        HBox.setHgrow(filter, Priority.SOMETIMES);
        filter.setMaxWidth(420);
        var bar = new HBox(filter, new BaseChoice(model, false), count);
        if (several()) bar.getChildren().add(2, Toolbars.labelled(commands.getLast()));
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private boolean several() {
        return model.profile().info().events().size() > 1;
    }

    /// Shows the own costs of all events side by side, or hides the columns of all but the picked one.
    private void toggleEvents() {
        var others = table.getColumns().stream().filter(column -> field(column).event >= 0).toList();
        boolean show = others.stream().noneMatch(TableColumn::isVisible);
        for (TableColumn<Integer, ?> column : others) column.setVisible(show && field(column).column == FunctionColumn.SELF);
    }

    /// More columns than there is room for keep their width and are scrolled to.
    private void arrange() {
        boolean many = table.getVisibleLeafColumns().size() > MOST_FITTING;
        table.setColumnResizePolicy(many ? TableView.UNCONSTRAINED_RESIZE_POLICY : TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
    }

    private void eventReady() {
        boolean sorted = table.getSortOrder().stream().anyMatch(column -> field(column).event >= 0);
        if (sorted) reorder();
        else table.refresh();
    }

    private void fillTable() {
        table.setFixedCellSize(26);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.getStyleClass().addAll("dense", "profile-table");
        table.setTableMenuButtonVisible(true);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleText(STRINGS.get("functions.accessible"));
        var placeholder = new Label();
        placeholder.textProperty().bind(Bindings.when(filter.textProperty().isEmpty()).then(STRINGS.get("functions.empty"))
                .otherwise(STRINGS.get("functions.none")));
        table.setPlaceholder(placeholder);
        boolean calls = model.profile() instanceof Profile.Graph;
        for (FunctionColumn column : FunctionColumn.values()) if (calls || !column.needsCalls()) table.getColumns().add(make(column));
        if (several()) for (int event = 0; event < model.profile().info().events().size(); event++) {
            table.getColumns().add(make(FunctionColumn.SELF, event));
            table.getColumns().add(make(FunctionColumn.TOTAL, event));
        }
        table.setContextMenu(ViewActions.menu(commands.subList(0, 4), FilterActions.forSelected(model)));
        table.setOnMouseClicked(event -> {
            if (event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) activate();
        });
        ViewActions.keys(table, commands);
        ViewActions.keys(filter, List.of(commands.get(1)));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            if (now != null && !following) quietly(() -> model.selected().set(now));
        });
    }

    private TableColumn<Integer, Integer> make(FunctionColumn id) {
        String key = id.name().toLowerCase(Locale.ROOT);
        var column = new TableColumn<Integer, Integer>(STRINGS.get("functions.column." + key));
        column.setId(key);
        column.setUserData(new Field(id, -1));
        column.setPrefWidth(switch (id) {
            case FUNCTION -> 330;
            case SELF, TOTAL -> 130;
            case CALLS -> 125;
            case SELF_PER_CALL, TOTAL_PER_CALL -> 105;
            case MODULE -> 170;
            case PLACE -> 190;
        });
        column.setMinWidth(id == FunctionColumn.FUNCTION ? 180 : 70);
        if (id.number()) {
            column.setMaxWidth(260);
            column.getStyleClass().add("number-column");
        }
        switch (id) {
            case FUNCTION -> TableCells.figures(column, FunctionFigure::new, this::showFunction, this::spoken);
            case SELF, TOTAL -> TableCells.figures(column, CostFigure::new,
                    (figure, f) -> figure.show(text(id, f), id.number(analysis().functions(), f) / model.base().get().of(model, Double.NaN)),
                    f -> text(id, f));
            case CALLS, SELF_PER_CALL, TOTAL_PER_CALL, MODULE, PLACE ->
                    TableCells.figures(column, () -> new TextFigure(id == FunctionColumn.PLACE), 
                            (label, f) -> label.setText(text(id, f)), f -> text(id, f));
        }
        return column;
    }

    /// A header as it is copied: on the screen the bar says what percentages are of, on the clipboard there is no bar.
    private String header(TableColumn<Integer, ?> column) {
        boolean cost = field(column).column == FunctionColumn.SELF || field(column).column == FunctionColumn.TOTAL;
        if (!cost || field(column).event >= 0 || !model.percent().get()) return column.getText();
        return STRINGS.get("base.column", column.getText(), model.base().get().text(model, false));
    }

    /// A column of one event, whichever is picked; hidden at first.
    private TableColumn<Integer, Integer> make(FunctionColumn id, int event) {
        String key = id.name().toLowerCase(Locale.ROOT);
        String name = FunctionText.line(model.profile().info().events().get(event).name());
        var column = new TableColumn<Integer, Integer>();
        column.textProperty().bind(Bindings.createStringBinding(() -> STRINGS.get(model.percent().get() ? "functions.column.event-share"
                : "functions.column.event", STRINGS.get("functions.column." + key), name), model.percent()));
        // Columns are remembered by their ids, in which a blank ends them.
        column.setId(key + "@" + name.replaceAll("\\s", "_"));
        column.setUserData(new Field(id, event));
        column.setPrefWidth(120);
        column.setMinWidth(70);
        column.setMaxWidth(260);
        column.setVisible(false);
        column.getStyleClass().add("number-column");
        TableCells.figures(column, CostFigure::new, (figure, f) -> figure.show(events.text(id, event, f), share(id, event, f)),
                f -> events.text(id, event, f));
        return column;
    }

    private double share(FunctionColumn id, int event, int function) {
        FunctionTable table = events.table(event);
        return table == null ? Double.NaN : id.number(table, function) / events.whole(event);
    }

    private static Field field(TableColumn<?, ?> column) {
        return (Field) column.getUserData();
    }

    private Analysis analysis() {
        return model.analysis().get();
    }

    private String text(FunctionColumn column, int function) {
        return column.text(analysis(), model, function, false);
    }

    private void showFunction(FunctionFigure figure, int function) {
        String name = text(FunctionColumn.FUNCTION, function);
        int[] spans = NameHighlight.of(model, filter.getText()).spans(function, name);
        figure.show(Origin.of(analysis().frames(), function), "", name, spans);
    }

    private String spoken(int function) {
        Origin origin = Origin.of(analysis().frames(), function);
        return text(FunctionColumn.FUNCTION, function) + ", " + STRINGS.get("functions.origin." + origin.name().toLowerCase(Locale.ROOT));
    }

    private void sortBy(FunctionColumn id) {
        sorting.by(column(id), true);
    }

    private TableColumn<Integer, ?> column(FunctionColumn id) {
        for (TableColumn<Integer, ?> column : table.getColumns()) if (field(column).equals(new Field(id, -1))) return column;
        throw new IllegalStateException(id.name());
    }

    private void reorder() {
        Analysis analysis = analysis();
        if (analysis == null) return;
        String text = filter.getText();
        var keys = new ArrayList<FunctionOrder.Key>();
        for (TableColumn<Integer, ?> column : table.getSortOrder())
            keys.add(new FunctionOrder.Key(field(column).column, field(column).event < 0 ? null : events.table(field(column).event),
                    column.getSortType() == TableColumn.SortType.DESCENDING));
        TaskSpec.Work<int[]> work = context -> {
            context.checkpoint();
            return FunctionOrder.of(analysis, text.isEmpty() ? null : Search.text(analysis.frames(), text), keys);
        };
        if (analysis.frames().size() <= MANY) {
            put(FunctionOrder.of(analysis, text.isEmpty() ? null : Search.text(analysis.frames(), text), keys));
            return;
        }
        tasks.submit(TaskSpec.of(STRINGS.get("functions.task"), Lane.CPU, work).latest(latestKey).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<int[]>(int[] order)) put(order);
        });
    }

    private void put(int[] order) {
        quietly(() -> {
            table.getSelectionModel().clearSelection();
            shown.show(order);
        });
        table.refresh();
        int all = analysis().functions().functions().length;
        count.setText(order.length == all ? STRINGS.get("functions.count", Quantity.count((long) all), all)
                : STRINGS.get("functions.count-of", Quantity.count((long) order.length), Quantity.count((long) all)));
        follow(!filter.isFocused());
    }

    /// Selects the row of the function that all views show as selected.
    private void follow(boolean scroll) {
        if (following) return;
        int function = model.selected().get();
        Integer at = table.getSelectionModel().getSelectedItem();
        if (at != null && at == function) return;
        int row = shown.indexOf(function);
        quietly(() -> {
            if (row < 0) table.getSelectionModel().clearSelection();
            else table.getSelectionModel().clearAndSelect(row);
        });
        if (row >= 0 && scroll) table.scrollTo(Math.max(0, row - 6));
    }

    private void quietly(Runnable action) {
        following = true;
        action.run();
        following = false;
    }

    private void activate() {
        Integer function = table.getSelectionModel().getSelectedItem();
        if (function != null) model.selected().set(function);
    }

    private void focusFilter() {
        filter.requestFocus();
        filter.selectAll();
    }

    private void copy(boolean markdown) {
        var columns = table.getColumns().stream().filter(TableColumn::isVisible).toList();
        var rows = new ArrayList<List<String>>();
        for (int index : table.getSelectionModel().getSelectedIndices()) {
            if (rows.size() == MOST_COPIED) break;
            int function = shown.get(index);
            rows.add(columns.stream().map(column -> copied(field(column), function)).toList());
        }
        var copied = new CopiedTable(columns.stream().map(this::header).toList(),
                columns.stream().map(column -> field(column).column.number()).toList(), rows);
        ports.copy(markdown ? copied.markdown() : copied.tsv());
    }

    private String copied(Field field, int function) {
        return field.event < 0 ? field.column.text(analysis(), model, function, true) : events.text(field.column, field.event, function);
    }
}
