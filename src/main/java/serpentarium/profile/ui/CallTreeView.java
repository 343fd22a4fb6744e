package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
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
import serpentarium.kit.CopiedTable;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The tree of calls as a table that opens where one looks, from the roots down or from the leaves up.
public final class CallTreeView extends BorderPane {
    private static final Strings STRINGS = Strings.of(CallTreeView.class);
    /// How many lines "expand all" adds at most.
    private static final int MOST_OPENED = 2_000;

    private enum Mode { DOWN, UP }

    private final ProfileViewModel model;
    private final Ports ports;
    private final Tasks tasks;
    private final TreeLines lines = new TreeLines();
    private final TableView<TreeLine> table = new TableView<>(lines.lines());
    private final ReadOnlyBooleanWrapper any = new ReadOnlyBooleanWrapper(this, "any");
    private final ObjectProperty<Mode> mode = new SimpleObjectProperty<>(Mode.DOWN);
    private final CallTreeCells cells;
    private final Object latestKey = new Object();
    private final List<Command> commands;
    private OpenRows kept;
    private CallTreeRows rows;
    private boolean revealing;

    /// Shows the model's present slice and follows it.
    ///
    /// @param settings where widths and hidden columns are remembered
    public CallTreeView(ProfileViewModel model, Ports ports, Settings settings, Tasks tasks) {
        this.model = model;
        this.ports = ports;
        this.tasks = tasks;
        this.cells = new CallTreeCells(model, () -> rows, lines::deepest, this::toggle);
        getStyleClass().addAll("profile-table-view", "call-tree-view");
        getStylesheets().add(CallTreeView.class.getResource("tables.css").toExternalForm());
        commands = makeCommands();
        fillTable();
        ColumnLayout.remember(table, model.estimated() ? "profile.tree.columns.estimate" : "profile.tree.columns", settings);
        setTop(bar());
        setCenter(table);
        model.analysis().addListener((_, _, now) -> show(now));
        model.percent().addListener(_ -> table.refresh());
        model.percentOfAll().addListener(_ -> table.refresh());
        model.base().addListener(_ -> table.refresh());
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
        return List.of(
                command("expand-hot", "fth-zap", new KeyCodeCombination(KeyCode.H), any, this::expandHotPath),
                command("expand-all", "fth-maximize-2", null, row, this::expandAll),
                command("collapse-all", "fth-minimize-2", new KeyCodeCombination(KeyCode.LEFT, KeyCombination.SHIFT_DOWN), any,
                        this::collapseAll),
                command("select", "fth-crosshair", new KeyCodeCombination(KeyCode.ENTER), row, this::activate),
                command("copy", "fth-copy", ViewActions.shortcut(KeyCode.C), row, () -> copyRows(false)),
                command("copy-markdown", "fth-copy", ViewActions.shortcut(KeyCode.C, KeyCombination.SHIFT_DOWN), row, () -> copyRows(true)),
                command("copy-subtree", "fth-copy", null, row, this::copySubtree),
                command("top-down", "fth-arrow-down", null, any, () -> mode.set(Mode.DOWN)),
                command("bottom-up", "fth-arrow-up", null, any, () -> mode.set(Mode.UP)));
    }

    /// The filters for the selected row, and what opens it where it is a fold.
    private List<Command> filterCommands() {
        var selection = table.getSelectionModel();
        ObservableBooleanValue fold = Bindings.createBooleanBinding(() -> folded(selection.getSelectedItem()) >= 0, selection.selectedItemProperty());
        var all = new ArrayList<Command>();
        all.add(Command.of("profile.tree.open-fold", STRINGS.get("filter.command.open-fold"), null, null, fold,
                () -> model.openFold(rows.analysis().tree().foldKey(folded(selection.getSelectedItem())))));
        all.addAll(FilterActions.forSelected(model));
        return all;
    }

    /// The node of a row that is a fold; else -1.
    private int folded(TreeLine line) {
        if (line == null || rows == null || rows.kind(line.row()) != CallTree.FOLDED) return -1;
        return switch (line.row()) {
            case CallTreeRow.Down(int node) -> node;
            case CallTreeRow.Up(serpentarium.profile.analysis.BottomUp.Node node, boolean _) -> node.at()[0];
            default -> -1;
        };
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
        var bar = new HBox(segments, new BaseChoice(model, true), note);
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private String note() {
        if (model.estimated()) return STRINGS.get(mode.get() == Mode.UP ? "tree.note.estimated-up" : "tree.note.estimated");
        return STRINGS.get(mode.get() == Mode.UP ? "tree.note.up" : "tree.note.down");
    }

    private void fillTable() {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_SUBSEQUENT_COLUMNS);
        table.setFixedCellSize(26);
        table.getStyleClass().addAll("dense", "profile-table");
        table.setTableMenuButtonVisible(true);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setAccessibleText(STRINGS.get("tree.accessible"));
        table.setPlaceholder(new Label(STRINGS.get("tree.empty")));
        table.getColumns().setAll(cells.columns(mode.isEqualTo(Mode.DOWN)));
        table.setRowFactory(_ -> {
            var row = new TableRow<TreeLine>();
            row.setOnMouseClicked(event -> {
                if (event.getButton() != MouseButton.PRIMARY || row.getItem() == null) return;
                if (row.getItem().row() instanceof CallTreeRow.More) turnPage(row.getIndex());
                else if (event.getClickCount() == 2) toggle(row.getItem());
            });
            return row;
        });
        table.setContextMenu(ViewActions.menu(commands.subList(0, 7), filterCommands()));
        ViewActions.keys(table, commands);
        ViewActions.keys(table, List.of(
                command("expand-hot", null, new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.SHIFT_DOWN), ViewActions.always(), this::expandHotPath),
                command("expand-all", null, new KeyCodeCombination(KeyCode.MULTIPLY), ViewActions.always(), this::expandAll),
                command("expand-all", null, new KeyCodeCombination(KeyCode.DIGIT8, KeyCombination.SHIFT_DOWN), ViewActions.always(), this::expandAll),
                command("open", null, new KeyCodeCombination(KeyCode.RIGHT), ViewActions.always(), this::inwards),
                command("close", null, new KeyCodeCombination(KeyCode.LEFT), ViewActions.always(), this::outwards)));
        table.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> {
            int function = now == null || rows == null ? -1 : rows.function(now.row());
            if (function < 0 || revealing) return;
            revealing = true;
            model.selected().set(function);
            revealing = false;
        });
    }

    private void show(Analysis analysis) {
        if (analysis == null) return;
        var next = new CallTreeRows(analysis);
        boolean down = mode.get() == Mode.DOWN;
        tasks.submit(TaskSpec.of(STRINGS.get("tree.task"), Lane.CPU, _ -> down ? next.roots() : next.leaves()).latest(latestKey).hidden())
                .whenEnded(state -> ready(next, state));
    }

    private void ready(CallTreeRows next, TaskState<List<CallTreeRow>> state) {
        if (!(state instanceof TaskState.Done<List<CallTreeRow>>(List<CallTreeRow> top))) return;
        boolean selecting = revealing;
        revealing = true;
        rows = next;
        table.getSelectionModel().clearSelection();
        lines.show(next, top);
        any.set(!top.isEmpty());
        revealing = selecting;
        if (model.selected().get() >= 0) reveal(model.selected().get());
        else if (mode.get() == Mode.DOWN) quietly(this::openTrunk);
        reopen(kept);
    }

    /// Which rows are open.
    OpenRows opened() {
        return rows == null ? null : lines.opened();
    }

    /// Opens rows as soon as what is to be shown is there.
    void reopen(OpenRows wanted) {
        boolean ready = wanted != null && rows != null && !model.busy().get() && rows.analysis() == model.analysis().get();
        kept = ready ? null : wanted;
        if (ready) change(() -> lines.reopen(wanted));
    }

    /// Opens the rows below the root for as long as each is the only one, so that one sees where the tree begins to branch.
    private void openTrunk() {
        for (int i = 0; i < 32 && lines.lines().size() == i + 1 && !lines.lines().get(i).leaf(); i++) lines.open(i);
    }

    private void toggle(TreeLine line) {
        int index = lines.indexOf(line);
        if (index < 0 || line.leaf()) return;
        if (line.open()) close(index);
        else open(index);
    }

    private void open(int index) {
        TreeLine line = lines.lines().get(index);
        CallTreeRow row = line.row();
        if (!rows.slow(row)) {
            change(() -> lines.open(index));
            return;
        }
        change(() -> lines.open(index, List.of(new CallTreeRow.Waiting())));
        CallTreeRows from = rows;
        tasks.submit(TaskSpec.of(STRINGS.get("tree.task"), Lane.CPU, _ -> from.children(row)).latest(line).hidden()).whenEnded(state -> {
            int at = lines.indexOf(line);
            if (at >= 0 && line.open() && state instanceof TaskState.Done<List<CallTreeRow>>(List<CallTreeRow> children))
                change(() -> lines.open(at, children));
        });
    }

    private void close(int index) {
        TreeLine at = table.getSelectionModel().getSelectedItem();
        boolean inside = at != null && table.getSelectionModel().getSelectedIndex() > index && table.getSelectionModel().getSelectedIndex() < lines.end(index);
        change(() -> lines.close(index));
        if (inside) table.getSelectionModel().clearAndSelect(index);
    }

    /// Changes which lines are listed without a word about the selection, which the table moves along.
    private void change(Runnable action) {
        int before = lines.deepest();
        quietly(action);
        if (lines.deepest() != before) table.refresh();
    }

    private void inwards() {
        int index = table.getSelectionModel().getSelectedIndex();
        if (index < 0) return;
        TreeLine line = lines.lines().get(index);
        if (line.leaf()) return;
        if (!line.open()) open(index);
        else if (index + 1 < lines.lines().size()) select(index + 1);
    }

    private void outwards() {
        int index = table.getSelectionModel().getSelectedIndex();
        if (index < 0) return;
        TreeLine line = lines.lines().get(index);
        if (line.open()) close(index);
        else if (line.parent() != null) select(lines.indexOf(line.parent()));
    }

    private void turnPage(int index) {
        change(() -> lines.turn(index));
        select(index);
    }

    private void activate() {
        int index = table.getSelectionModel().getSelectedIndex();
        if (index < 0) return;
        CallTreeRow row = lines.lines().get(index).row();
        if (row instanceof CallTreeRow.More) turnPage(index);
        else if (rows.function(row) >= 0) model.selected().set(rows.function(row));
    }

    private void expandHotPath() {
        if (lines.lines().isEmpty()) return;
        int from = Math.max(0, table.getSelectionModel().getSelectedIndex());
        int[] reached = {from};
        change(() -> reached[0] = lines.follow(from, (parent, child, _, _) -> rows.hot(parent, child) ? TreeLines.Step.TAKE : TreeLines.Step.END));
        // Where it branches one wants to see into what.
        if (!lines.lines().get(reached[0]).leaf() && !lines.lines().get(reached[0]).open()) open(reached[0]);
        select(reached[0]);
    }

    private void expandAll() {
        int index = table.getSelectionModel().getSelectedIndex();
        if (index < 0) return;
        boolean[] all = {true};
        change(() -> all[0] = lines.openAll(index, MOST_OPENED));
        table.getSelectionModel().clearAndSelect(index);
        if (!all[0]) ports.notify(STRINGS.get("tree.opened-most", MOST_OPENED));
    }

    private void collapseAll() {
        quietly(() -> {
            table.getSelectionModel().clearSelection();
            lines.closeAll();
        });
        table.scrollTo(0);
    }

    private void reveal(int function) {
        if (revealing || rows == null) return;
        TreeLine selected = table.getSelectionModel().getSelectedItem();
        if (function < 0) {
            quietly(() -> table.getSelectionModel().clearSelection());
            return;
        }
        if (selected != null && rows.function(selected.row()) == function) return;
        int[] found = {-1};
        change(() -> found[0] = mode.get() == Mode.DOWN ? openTo(rows.dearest(function)) : leafOf(function));
        quietly(() -> {
            if (found[0] < 0) table.getSelectionModel().clearSelection();
            else select(found[0]);
        });
    }

    private int openTo(int node) {
        if (node < 0) return -1;
        int[] path = rows.path(node);
        int reached = lines.follow(-1, (_, child, level, _) -> level >= path.length ? TreeLines.Step.END
                : child instanceof CallTreeRow.Down(int n) && n == path[level] ? TreeLines.Step.TAKE : TreeLines.Step.PASS);
        return reached >= 0 && lines.lines().get(reached).depth() == path.length - 1 ? reached : -1;
    }

    private int leafOf(int function) {
        return lines.follow(-1, (_, child, level, _) -> level > 0 ? TreeLines.Step.END
                : rows.function(child) == function ? TreeLines.Step.TAKE : TreeLines.Step.PASS);
    }

    private void select(int index) {
        if (index < 0) return;
        table.getSelectionModel().clearAndSelect(index);
        table.scrollTo(Math.max(0, index - 6));
    }

    private void quietly(Runnable action) {
        revealing = true;
        action.run();
        revealing = false;
    }

    private void copyRows(boolean markdown) {
        var items = table.getSelectionModel().getSelectedItems().stream().filter(item -> item != null).toList();
        CopiedTable copied = cells.copied(table.getColumns().stream().filter(TableColumn::isVisible).toList(), items);
        ports.copy(markdown ? copied.markdown() : copied.tsv());
    }

    private void copySubtree() {
        TreeLine line = table.getSelectionModel().getSelectedItem();
        if (line == null) return;
        ports.copy(CallTreeText.subtree(rows, line.row(), row -> model.cost(rows.cost(row)), cells::name,
                left -> STRINGS.get("tree.subtree-rest", left)));
    }
}
