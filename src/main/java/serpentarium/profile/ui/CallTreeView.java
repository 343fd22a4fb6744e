package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeTableColumn;
import javafx.scene.control.TreeTableRow;
import javafx.scene.control.TreeTableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;
import serpentarium.kit.ColumnLayout;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.profile.analysis.Analysis;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The tree of calls as a table that opens where one looks, from the roots down or from the leaves up.
public final class CallTreeView extends BorderPane {
    private static final Strings STRINGS = Strings.of(CallTreeView.class);
    /// Deeper rows would be indented out of sight, and the tree control slows down with the square of the depth: each item that opens tells
    /// all above it (990 levels took 3 s).
    private static final int DEEPEST = 400;
    private static final int LONGEST_HOT_PATH = 128;
    private static final int MOST_PAGES = 20;

    private enum Mode { DOWN, UP }

    private final ProfileViewModel model;
    private final Ports ports;
    private final Tasks tasks;
    private final TreeTableView<CallTreeRow> table = new TreeTableView<>();
    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.DOWN);
    private final CallTreeCells cells;
    private final Object latestKey = new Object();
    private final List<Command> commands;
    private CallTreeRows rows;
    private boolean revealing;

    /// Shows the model's present slice and follows it.
    ///
    /// @param settings where widths and hidden columns are remembered
    public CallTreeView(ProfileViewModel model, Ports ports, Settings settings, Tasks tasks) {
        this.model = model;
        this.ports = ports;
        this.tasks = tasks;
        this.cells = new CallTreeCells(model, () -> rows);
        getStyleClass().addAll("profile-table-view", "call-tree-view");
        getStylesheets().add(CallTreeView.class.getResource("tables.css").toExternalForm());
        commands = makeCommands();
        fillTable();
        ColumnLayout.remember(table, model.estimated() ? "profile.tree.columns.estimate" : "profile.tree.columns", settings);
        setTop(bar());
        setCenter(table);
        model.analysis().addListener((_, _, now) -> show(now));
        model.percent().addListener(_ -> table.refresh());
        model.matches().addListener(_ -> table.refresh());
        model.selected().addListener((_, _, now) -> reveal(now.intValue()));
        mode.addListener((_, _, now) -> {
            cells.forMode(table.getColumns(), now == Mode.DOWN);
            show(model.analysis().get());
        });
        show(model.analysis().get());
    }

    /// What can be done with the tree.
    public List<Command> commands() {
        return ViewActions.offered(commands);
    }

    /// The tree control, to put the focus on.
    public Region focusTarget() {
        return table;
    }

    @Override public void requestFocus() {
        table.requestFocus();
    }

    private List<Command> makeCommands() {
        var selection = table.getSelectionModel();
        ObservableBooleanValue row = Bindings.isNotNull(selection.selectedItemProperty());
        ObservableBooleanValue any = Bindings.isNotNull(table.rootProperty());
        return List.of(
                command("expand-hot", "fth-zap", new KeyCodeCombination(KeyCode.H), any, this::expandHotPath),
                command("collapse-all", "fth-minimize-2", new KeyCodeCombination(KeyCode.LEFT, KeyCombination.SHIFT_DOWN), any,
                        this::collapseAll),
                command("select", "fth-crosshair", new KeyCodeCombination(KeyCode.ENTER), row, this::activate),
                command("copy", "fth-copy", ViewActions.shortcut(KeyCode.C), row, () -> copyRows(false)),
                command("copy-markdown", "fth-copy", ViewActions.shortcut(KeyCode.C, KeyCombination.SHIFT_DOWN), row, () -> copyRows(true)),
                command("copy-subtree", "fth-copy", null, row, this::copySubtree),
                command("top-down", "fth-arrow-down", null, any, () -> mode.set(Mode.DOWN)),
                command("bottom-up", "fth-arrow-up", null, any, () -> mode.set(Mode.UP)));
    }

    private static Command command(String id, String icon, KeyCombination key, ObservableBooleanValue enabled, Runnable run) {
        return new Command("profile.tree." + id, STRINGS.get("tree.command." + id), icon, key, enabled, run);
    }

    private HBox bar() {
        ToggleButton down = new ToggleButton(STRINGS.get("tree.top-down"));
        down.setId("tree-top-down");
        ToggleButton up = new ToggleButton(STRINGS.get("tree.bottom-up"));
        up.setId("tree-bottom-up");
        down.getStyleClass().add("left-pill");
        up.getStyleClass().add("right-pill");
        var segments = new HBox(down, up);
        segments.setMinWidth(Region.USE_PREF_SIZE);
        var group = new ToggleGroup();
        group.getToggles().addAll(down, up);
        group.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) group.selectToggle(before);
            else mode.set(now == up ? Mode.UP : Mode.DOWN);
        });
        mode.subscribe(now -> group.selectToggle(now == Mode.UP ? up : down));
        var note = new Label();
        note.getStyleClass().add("view-note");
        note.textProperty().bind(Bindings.createStringBinding(this::note, mode, model.analysis()));
        note.setMinWidth(0);
        HBox.setHgrow(note, Priority.ALWAYS);
        note.setMaxWidth(Double.MAX_VALUE);
        note.setTooltip(new javafx.scene.control.Tooltip());
        note.getTooltip().textProperty().bind(note.textProperty());
        var bar = new HBox(segments, note);
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private String note() {
        if (model.estimated()) return STRINGS.get(mode.get() == Mode.UP ? "tree.note.estimated-up" : "tree.note.estimated");
        return STRINGS.get(mode.get() == Mode.UP ? "tree.note.up" : "tree.note.down");
    }

    private void fillTable() {
        table.setShowRoot(false);
        table.setColumnResizePolicy(TreeTableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setFixedCellSize(26);
        table.getStyleClass().addAll("dense", "profile-table");
        table.setTableMenuButtonVisible(true);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleText(STRINGS.get("tree.accessible"));
        table.setPlaceholder(new Label(STRINGS.get("tree.empty")));
        table.getColumns().setAll(cells.columns(mode.isEqualTo(Mode.DOWN)));
        table.setRowFactory(_ -> {
            var row = new TreeTableRow<CallTreeRow>();
            row.setOnMouseClicked(event -> {
                if (event.getButton() == MouseButton.PRIMARY && row.getItem() instanceof CallTreeRow.More) turnPage(row.getTreeItem());
            });
            return row;
        });
        table.setContextMenu(ViewActions.menu(commands.subList(0, 6)));
        ViewActions.keys(table, commands);
        ViewActions.keys(table, List.of(command("expand-hot", null, new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.SHIFT_DOWN),
                ViewActions.always(), this::expandHotPath)));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            int function = now == null || rows == null ? -1 : rows.function(now.getValue());
            if (function < 0 || revealing) return;
            revealing = true;
            model.selected().set(function);
            revealing = false;
        });
    }

    private void show(Analysis analysis) {
        if (analysis == null) {
            table.setRoot(null);
            return;
        }
        var next = new CallTreeRows(analysis);
        if (mode.get() == Mode.DOWN) {
            tasks.submit(TaskSpec.of(STRINGS.get("tree.task"), Lane.CPU, _ -> next.roots()).latest(latestKey).hidden())
                    .whenEnded(state -> ready(next, state));
        } else {
            tasks.submit(TaskSpec.of(STRINGS.get("tree.task"), Lane.CPU, _ -> next.leaves()).latest(latestKey).hidden())
                    .whenEnded(state -> ready(next, state));
        }
    }

    private void ready(CallTreeRows next, TaskState<List<CallTreeRow>> state) {
        if (!(state instanceof TaskState.Done<List<CallTreeRow>>(List<CallTreeRow> top))) return;
        boolean selecting = revealing;
        revealing = true;
        rows = next;
        table.setRoot(CallTreeItem.root(next, top, this::bringSlowly));
        revealing = selecting;
        int selected = model.selected().get();
        if (selected >= 0) reveal(selected);
        else if (mode.get() == Mode.DOWN) openTrunk();
    }

    /// Opens the rows below the root for as long as each is the only one, so that one sees where the tree begins to branch.
    private void openTrunk() {
        TreeItem<CallTreeRow> at = table.getRoot();
        for (int i = 0; i < 32 && at.getChildren().size() == 1; i++) {
            at = at.getChildren().getFirst();
            if (at.isLeaf()) return;
            at.setExpanded(true);
        }
    }

    private void bringSlowly(CallTreeItem item, CallTreeRow row) {
        CallTreeRows from = rows;
        tasks.submit(TaskSpec.of(STRINGS.get("tree.task"), Lane.CPU, _ -> from.children(row)).latest(item).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<List<CallTreeRow>>(List<CallTreeRow> children)) item.bring(children);
        });
    }

    private void turnPage(TreeItem<CallTreeRow> more) {
        if (more.getParent() instanceof CallTreeItem parent) table.getSelectionModel().clearAndSelect(table.getRow(parent.turn(more)));
    }

    private void activate() {
        TreeItem<CallTreeRow> item = table.getSelectionModel().getSelectedItem();
        if (item.getValue() instanceof CallTreeRow.More) turnPage(item);
        else if (rows.function(item.getValue()) >= 0) model.selected().set(rows.function(item.getValue()));
    }

    private void expandHotPath() {
        if (table.getRoot() == null) return;
        TreeItem<CallTreeRow> at = table.getSelectionModel().getSelectedItem();
        if (at == null) at = table.getRoot().getChildren().isEmpty() ? null : table.getRoot().getChildren().getFirst();
        if (at == null) return;
        var path = new ArrayList<TreeItem<CallTreeRow>>();
        for (int i = 0; i < LONGEST_HOT_PATH && !at.isLeaf(); i++) {
            path.add(at);
            List<CallTreeRow> children = at.getChildren().stream().map(TreeItem::getValue).toList();
            CallTreeRow next = rows.hottest(at.getValue(), children);
            if (next == null) break;
            at = at.getChildren().getFirst();
        }
        // From the lowest up: an item that opens tells all above it that are open already.
        for (TreeItem<CallTreeRow> item : path.reversed()) item.setExpanded(true);
        select(at);
    }

    private void collapseAll() {
        for (TreeItem<CallTreeRow> item : table.getRoot().getChildren()) collapse(item);
        table.scrollTo(0);
    }

    private static void collapse(TreeItem<CallTreeRow> top) {
        var open = new java.util.ArrayDeque<TreeItem<CallTreeRow>>();
        open.push(top);
        while (!open.isEmpty()) {
            TreeItem<CallTreeRow> item = open.pop();
            if (!item.isExpanded()) continue;
            item.setExpanded(false);
            item.getChildren().forEach(open::push);
        }
    }

    private void reveal(int function) {
        if (revealing || rows == null || table.getRoot() == null) return;
        TreeItem<CallTreeRow> selected = table.getSelectionModel().getSelectedItem();
        if (function < 0) {
            quietly(() -> table.getSelectionModel().clearSelection());
            return;
        }
        if (selected != null && rows.function(selected.getValue()) == function) return;
        TreeItem<CallTreeRow> found = mode.get() == Mode.DOWN ? openTo(rows.dearest(function, DEEPEST)) : leafOf(function);
        quietly(() -> {
            if (found == null) table.getSelectionModel().clearSelection();
            else select(found);
        });
    }

    private TreeItem<CallTreeRow> openTo(int node) {
        if (node < 0) return null;
        TreeItem<CallTreeRow> at = table.getRoot();
        var opened = new ArrayList<TreeItem<CallTreeRow>>();
        for (int step : rows.path(node)) {
            at = childWith((CallTreeItem) at, row -> row instanceof CallTreeRow.Down(int n) && n == step);
            if (at == null) return null;
            opened.add(at);
        }
        opened.removeLast();
        for (TreeItem<CallTreeRow> item : opened.reversed()) item.setExpanded(true);
        return at;
    }

    private TreeItem<CallTreeRow> leafOf(int function) {
        return childWith((CallTreeItem) table.getRoot(), row -> row instanceof CallTreeRow.Up && rows.function(row) == function);
    }

    private static TreeItem<CallTreeRow> childWith(CallTreeItem parent, java.util.function.Predicate<CallTreeRow> test) {
        int from = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            ObservableList<TreeItem<CallTreeRow>> children = parent.getChildren();
            for (int i = from; i < children.size(); i++) if (test.test(children.get(i).getValue())) return children.get(i);
            if (children.isEmpty() || !(children.getLast().getValue() instanceof CallTreeRow.More)) return null;
            from = children.size() - 1;
            parent.turn(children.getLast());
        }
        return null;
    }

    private void select(TreeItem<CallTreeRow> item) {
        int row = table.getRow(item);
        if (row < 0) return;
        table.getSelectionModel().clearAndSelect(row);
        table.scrollTo(Math.max(0, row - 6));
    }

    private void quietly(Runnable action) {
        revealing = true;
        action.run();
        revealing = false;
    }

    private void copyRows(boolean markdown) {
        var items = table.getSelectionModel().getSelectedItems().stream().filter(item -> item != null).map(TreeItem::getValue).toList();
        CopiedTable copied = cells.copied(table.getColumns().stream().filter(TreeTableColumn::isVisible).toList(), items);
        ports.copy(markdown ? copied.markdown() : copied.tsv());
    }

    private void copySubtree() {
        TreeItem<CallTreeRow> item = table.getSelectionModel().getSelectedItem();
        if (item == null) return;
        ports.copy(CallTreeText.subtree(rows, item.getValue(), row -> model.cost(rows.cost(row)), cells::name,
                left -> STRINGS.get("tree.subtree-rest", left)));
    }
}
