package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.RowConstraints;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FlowStatistics;
import serpentarium.traffic.analysis.RowSet;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// Charts and a table of endpoints over the flows of the list. Counted in the background, and only while they are in front.
final class ChartsView extends BorderPane {
    private static final Strings STRINGS = Strings.of(ChartsView.class);
    private static final long EVERY = 1_000_000_000L;

    private final TrafficViewModel model;
    private final Surroundings with;
    private final BooleanProperty active = new SimpleBooleanProperty(this, "active");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", true);
    private final TableView<FlowStatistics.Endpoint> endpoints = new TableView<>();
    private final List<Function<FlowStatistics.Endpoint, String>> texts = new ArrayList<>();
    private final ChartPane rate;
    private final ChartPane percentiles;
    private final ChartPane points;
    private final Object key = new Object();
    private TaskHandle<FlowStatistics> running;
    private FlowStatistics shown;
    private RowSet of;
    private long counted;

    ChartsView(TrafficViewModel model, Surroundings with) {
        this.model = model;
        this.with = with;
        getStyleClass().add("charts-view");
        shown = FlowStatistics.of(model.table().get(), RowSet.NONE, serpentarium.task.TaskContext.detached());
        var charts = new FlowCharts(with.theme().tokens().get());
        rate = new ChartPane(charts.rate(shown), null);
        percentiles = new ChartPane(charts.percentiles(shown), null);
        points = new ChartPane(charts.points(shown, model.table().get()), model.brush()::set);
        var grid = new GridPane();
        grid.setHgap(8);
        grid.add(rate, 0, 0);
        grid.add(percentiles, 1, 0);
        grid.add(points, 0, 1, 2, 1);
        var half = new ColumnConstraints();
        half.setPercentWidth(50);
        grid.getColumnConstraints().addAll(half, half);
        var row = new RowConstraints();
        row.setPercentHeight(50);
        grid.getRowConstraints().addAll(row, row);
        for (ChartPane pane : new ChartPane[] {rate, percentiles, points}) {
            GridPane.setHgrow(pane, javafx.scene.layout.Priority.ALWAYS);
            GridPane.setVgrow(pane, javafx.scene.layout.Priority.ALWAYS);
        }
        grid.setMinSize(0, 0);
        makeTable();
        var split = new SplitPane(grid, endpoints);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.62);
        var hint = new Label(STRINGS.get("charts.hint"));
        hint.getStyleClass().add("view-note");
        var all = new Button(STRINGS.get("charts.all"));
        all.getStyleClass().add("small");
        all.setOnAction(_ -> model.brush().set(null));
        all.visibleProperty().bind(model.brush().isNotNull());
        var bar = new HBox(hint, all);
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(split);
        model.shown().addListener(_ -> count());
        active.addListener(_ -> count());
        model.masked().addListener(_ -> endpoints.refresh());
        with.theme().tokens().addListener(_ -> draw());
    }

    /// Whether somebody looks; else nothing is counted.
    BooleanProperty active() {
        return active;
    }

    /// True when the charts show the list as it is.
    ObservableBooleanValue settled() {
        return settled.getReadOnlyProperty();
    }

    private void makeTable() {
        endpoints.setId("endpoints");
        endpoints.getStyleClass().addAll("dense", "flow-list");
        endpoints.setFixedCellSize(22);
        endpoints.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        endpoints.setAccessibleText(STRINGS.get("charts.endpoints"));
        endpoints.setPlaceholder(new Label(STRINGS.get("list.none")));
        column("name", 420, FlowStatistics.Endpoint::name, text -> model.masked().get() ? Secrets.maskUrl(text) : text);
        column("count", 80, FlowStatistics.Endpoint::count, count -> Quantity.count((long) count));
        column("errors", 80, FlowStatistics.Endpoint::errors, count -> count == 0 ? "" : Quantity.count((long) count));
        column("p50", 90, FlowStatistics.Endpoint::p50, Quantity::time);
        column("p95", 90, FlowStatistics.Endpoint::p95, Quantity::time);
        column("bytes", 90, FlowStatistics.Endpoint::bytes, bytes -> Quantity.size(bytes));
        Command show = Command.of("traffic.endpoint", STRINGS.get("charts.show"), "fth-filter", null, () -> {
            FlowStatistics.Endpoint endpoint = endpoints.getSelectionModel().getSelectedItem();
            if (endpoint != null) model.scope().set(endpoint.scope());
        });
        endpoints.setContextMenu(new ContextMenu(Menus.item(show)));
        endpoints.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        CopiedRows.offer(endpoints, texts, with.ports());
        endpoints.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() != KeyCode.ENTER) return;
            show.run().run();
            event.consume();
        });
        endpoints.setRowFactory(_ -> {
            var row = new javafx.scene.control.TableRow<FlowStatistics.Endpoint>();
            row.setOnMouseClicked(event -> {
                if (event.getClickCount() == 2 && row.getItem() != null) model.scope().set(row.getItem().scope());
            });
            return row;
        });
    }

    private <T> void column(String id, double width, Function<FlowStatistics.Endpoint, T> value, Function<T, String> text) {
        var column = new TableColumn<FlowStatistics.Endpoint, T>(STRINGS.get("charts.column." + id));
        column.setId(id);
        texts.add(endpoint -> text.apply(value.apply(endpoint)));
        column.setPrefWidth(width);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(value.apply(row.getValue())));
        boolean number = !id.equals("name");
        if (number) {
            column.getStyleClass().add("number-column");
            column.setMaxWidth(120);
            column.setMinWidth(64);
        }
        column.setCellFactory(_ -> new TableCell<>() {
            {
                if (number) getStyleClass().add("number-cell");
            }

            @Override protected void updateItem(T item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty || item == null ? null : text.apply(item));
            }
        });
        endpoints.getColumns().add(column);
    }

    private void count() {
        RowSet rows = model.shown().get();
        if (!active.get() || rows == of) return;
        if (running != null && !running.state().ended() && System.nanoTime() - counted < EVERY) return;
        of = rows;
        counted = System.nanoTime();
        settled.set(false);
        FlowTable table = model.table().get();
        TaskHandle<FlowStatistics> task = with.tasks().submit(TaskSpec.of(STRINGS.get("task.charts"), Lane.CPU, context -> FlowStatistics.of(table, rows, context)).latest(key));
        running = task;
        task.whenEnded(state -> {
            if (running != task) return;
            if (state instanceof TaskState.Done<FlowStatistics>(FlowStatistics done)) show(done);
            settled.set(true);
            if (model.shown().get() != of) count();
        });
    }

    private void show(FlowStatistics done) {
        shown = done;
        var order = List.copyOf(endpoints.getSortOrder());
        endpoints.getItems().setAll(done.endpoints());
        endpoints.getSortOrder().setAll(order);
        draw();
    }

    private void draw() {
        var charts = new FlowCharts(with.theme().tokens().get());
        rate.chart(charts.rate(shown));
        percentiles.chart(charts.percentiles(shown));
        points.chart(charts.points(shown, model.table().get()));
    }
}
