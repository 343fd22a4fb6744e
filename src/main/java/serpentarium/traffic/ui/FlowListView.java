package serpentarium.traffic.ui;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.layout.BorderPane;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.ColumnSorting;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FlowColumn;
import serpentarium.traffic.analysis.FlowValue;
import serpentarium.traffic.analysis.RowSet;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// The list of flows. It goes along with a session that grows: to the end when it stands at the end, and else it does not move.
final class FlowListView extends BorderPane {
    private static final Strings STRINGS = Strings.of(FlowListView.class);
    private static final double ROW = 22;

    private final TrafficViewModel model;
    private final Surroundings with;
    private final RowList rows = new RowList();
    private final TableView<Integer> table = new TableView<>(rows);
    private final Set<FlowCell> cells = Collections.newSetFromMap(new WeakHashMap<>());
    private final List<ReadValues> values = new ArrayList<>();
    private final WaterfallScale scale = new WaterfallScale();
    private final ColumnSorting<Integer> sorting;
    private final AddedColumns added;
    private VirtualFlow<?> flow;
    private boolean quiet;
    private boolean fitting;
    private boolean sharing = true;

    FlowListView(TrafficViewModel model, Surroundings with) {
        this.model = model;
        this.with = with;
        getStyleClass().add("flow-list-view");
        table.getStyleClass().addAll("dense", "flow-list");
        table.setId("flows");
        table.setFixedCellSize(ROW);
        table.setTableMenuButtonVisible(true);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleText(STRINGS.get("list.accessible"));
        table.setPlaceholder(new NoFlows(model));
        for (ListColumn column : ListColumn.values()) table.getColumns().add(make(column));
        added = new AddedColumns(table, this::make, with.settings());
        ColumnLayout.remember(table, "traffic.columns", with.settings());
        sorting = new ColumnSorting<>(table, column(ListColumn.STARTED.id()), TableColumn.SortType.ASCENDING, this::reorder);
        setCenter(table);
        model.shown().subscribe(this::show);
        model.changes().addListener(_ -> follow());
        model.masked().addListener(_ -> redraw());
        table.getSelectionModel().selectedItemProperty().addListener((_, _, row) -> {
            if (row != null && !quiet) model.selected().set(row);
        });
        model.selected().addListener((_, _, row) -> follow(row.intValue()));
        table.skinProperty().addListener(_ -> watchScrolling());
        table.widthProperty().addListener(_ -> resizing());
        table.getVisibleLeafColumns().addListener((javafx.beans.InvalidationListener) _ -> resizing());
    }

    /// Columns share the width as long as each can say something; in a narrower list one scrolls to the side.
    private void resizing() {
        double least = 20;
        for (TableColumn<Integer, ?> column : table.getVisibleLeafColumns()) least += column.getMinWidth();
        boolean fits = table.getWidth() >= least;
        if (fits == sharing) return;
        sharing = fits;
        table.setColumnResizePolicy(fits ? TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS : TableView.UNCONSTRAINED_RESIZE_POLICY);
    }

    /// The table, for the focus, keys and menus.
    TableView<Integer> table() {
        return table;
    }

    /// The columns that a person added.
    AddedColumns added() {
        return added;
    }

    /// The rows that are selected, in the order shown.
    int[] selectedRows() {
        List<Integer> places = table.getSelectionModel().getSelectedIndices();
        int[] found = new int[places.size()];
        int size = 0;
        for (int place : places) if (place >= 0 && place < rows.size()) found[size++] = rows.get(place);
        return java.util.Arrays.copyOf(found, size);
    }

    private TableColumn<Integer, Integer> make(ListColumn id) {
        var column = new TableColumn<Integer, Integer>(STRINGS.get("list.column." + id.id()));
        column.setId(id.id());
        column.setPrefWidth(id.width());
        column.setMinWidth(id.least());
        column.setVisible(id.shown());
        if (id == ListColumn.MARK) column.setMaxWidth(60);
        if (id.number()) {
            column.getStyleClass().add("number-column");
            column.setMaxWidth(140);
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setCellFactory(_ -> kept(switch (id) {
            case WATERFALL -> new WaterfallCell(model, scale, this::done);
            case STATUS -> new FlowCell.Glyphed(row -> {
                StatusClass status = StatusClass.of(model.table().get(), row);
                return new FlowCell.Glyph(status.glyph(), status.color(), text(id, row));
            }, this::done);
            case MARK -> new FlowCell.Glyphed(row -> {
                String mark = model.table().get().mark(row);
                return mark.isEmpty() ? new FlowCell.Glyph("", null, "") : new FlowCell.Glyph(Marks.look(mark).glyph(), Marks.look(mark).color(), "");
            }, _ -> false);
            case COMMENT -> new FlowCell.Text(row -> text(id, row), false, _ -> false);
            default -> new FlowCell.Text(row -> text(id, row), id.number(), this::done);
        }));
        return column;
    }

    private TableColumn<Integer, Integer> make(FlowValue value, String name) {
        var column = new TableColumn<Integer, Integer>(name);
        column.setPrefWidth(150);
        column.setMinWidth(44);
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        var read = new ReadValues(value, model.content(), with.tasks(), this::redraw);
        column.setUserData(read);
        values.add(read);
        column.setCellFactory(_ -> kept(new FlowCell.Text(row -> valueText(read, row), false, _ -> false)));
        return column;
    }

    private String valueText(ReadValues read, int row) {
        String text = read.of(row);
        if (!model.masked().get() || text.isEmpty()) return text;
        return switch (read.value()) {
            case FlowValue.Header(String name) -> Secrets.USUAL.headerValue(name, text);
            case FlowValue.Json(String path) -> java.util.Arrays.stream(path.split("[.\\[\\]]")).anyMatch(Secrets.USUAL::field) ? Secrets.MASK : Secrets.maskUrl(text);
        };
    }

    /// Whether only a person's notes can still change what a row says.
    private boolean done(int row) {
        FlowTable flows = model.table().get();
        return row < flows.size() && !flows.open(row);
    }

    private FlowCell kept(FlowCell cell) {
        cells.add(cell);
        return cell;
    }

    private String text(ListColumn column, int row) {
        return row >= model.table().get().size() ? "" : FlowText.of(column, model.table().get(), row, model.masked().get());
    }

    /// The text of a visible column as it is copied.
    String copied(TableColumn<Integer, ?> column, int row) {
        if (column.getUserData() instanceof ReadValues read) return valueText(read, row);
        return FlowText.copied(named(column), model.table().get(), row, model.masked().get());
    }

    /// Which of the list's own columns this is.
    static ListColumn named(TableColumn<Integer, ?> column) {
        return ListColumn.valueOf(column.getId().toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    private TableColumn<Integer, ?> column(String id) {
        return table.getColumns().stream().filter(column -> id.equals(column.getId())).findFirst().orElseThrow();
    }

    /// Sorts by one of the list's own columns.
    void sortBy(ListColumn id, boolean descending) {
        sorting.by(column(id.id()), descending);
    }

    private void reorder() {
        TableColumn<Integer, ?> by = sorting.column();
        model.order().set(by.getUserData() instanceof ReadValues read ? new RowOrder(null, read.value(), sorting.descending())
                : RowOrder.by(named(by).order(), sorting.descending()));
    }

    private void watchScrolling() {
        if (!(table.lookup(".virtual-flow") instanceof VirtualFlow<?> found)) return;
        flow = found;
        found.positionProperty().addListener(_ -> fitSoon());
        found.heightProperty().addListener(_ -> fitSoon());
        fitSoon();
    }

    private int first() {
        return flow == null || flow.getFirstVisibleCell() == null ? 0 : flow.getFirstVisibleCell().getIndex();
    }

    private int last() {
        return flow == null || flow.getLastVisibleCell() == null ? (int) (Math.max(getHeight(), 400) / ROW) : flow.getLastVisibleCell().getIndex();
    }

    /// The cells are laid out after the place has changed.
    private void fitSoon() {
        if (fitting) return;
        fitting = true;
        with.fx().later(() -> {
            fitting = false;
            fit();
        });
    }

    private void fit() {
        if (!scale.fit(model.table().get(), model.shown().get(), first(), last())) return;
        for (FlowCell cell : cells) if (cell instanceof WaterfallCell) cell.redraw();
    }

    private void redraw() {
        scale.fit(model.table().get(), model.shown().get(), first(), last());
        for (FlowCell cell : List.copyOf(cells)) cell.redraw();
    }

    /// Draws what may have changed in a session that grows; most rows in sight never do again.
    private void follow() {
        for (ReadValues each : values) for (int i = first(); i <= last() && i < rows.size(); i++) if (model.table().get().open(rows.get(i))) each.forget(rows.get(i));
        boolean scaled = scale.fit(model.table().get(), model.shown().get(), first(), last());
        for (FlowCell cell : List.copyOf(cells)) {
            if (scaled && cell instanceof WaterfallCell) cell.redraw();
            else cell.follow();
        }
    }

    private void show(RowSet next) {
        int count = rows.size();
        boolean grown = RowList.grown(current(), next);
        boolean plain = model.order().get().equals(RowOrder.BEGUN);
        boolean atEnd = plain && count > 0 && flow != null && last() >= count - 1 && flow.getFirstVisibleCell() != null && first() > 0;
        int firstIndex = first();
        int firstRow = flow != null && firstIndex < count ? rows.get(firstIndex) : -1;
        double offset = flow == null || flow.getFirstVisibleCell() == null ? 0 : flow.getFirstVisibleCell().getLayoutY();
        int[] selected = grown ? null : selectedRows();
        quiet = true;
        if (selected != null) table.getSelectionModel().clearSelection();
        rows.show(next);
        if (selected != null) select(selected);
        quiet = false;
        if (atEnd) table.scrollTo(next.size() - 1);
        else if (!grown && firstIndex > 0 && firstRow >= 0) hold(firstRow, firstIndex, offset);
        fitSoon();
    }

    private RowSet current() {
        return rows.rows();
    }

    /// Keeps the row that stood at the top where it stood.
    private void hold(int row, int before, double offset) {
        int now = rows.indexOf(row);
        if (now < 0 || now == before || flow == null) return;
        flow.scrollToTop(now);
        flow.scrollPixels(-offset);
    }

    private void select(int[] wanted) {
        if (wanted.length == 0) {
            int place = rows.indexOf(model.selected().get());
            if (place >= 0) table.getSelectionModel().select(place);
            return;
        }
        int[] sorted = wanted.clone();
        java.util.Arrays.sort(sorted);
        int[] places = new int[sorted.length];
        int size = 0;
        for (int i = 0; i < rows.size() && size < places.length; i++) if (java.util.Arrays.binarySearch(sorted, rows.get(i)) >= 0) places[size++] = i;
        if (size == 0) return;
        table.getSelectionModel().selectIndices(places[0], java.util.Arrays.copyOfRange(places, 1, size));
    }

    private void follow(int row) {
        if (quiet) return;
        Integer now = table.getSelectionModel().getSelectedItem();
        if (now != null && now == row) return;
        int place = rows.indexOf(row);
        quiet = true;
        if (place < 0) table.getSelectionModel().clearSelection();
        else table.getSelectionModel().clearAndSelect(place);
        quiet = false;
        if (place >= 0 && (place < first() || place >= last())) table.scrollTo(Math.max(0, place - 6));
    }
}
