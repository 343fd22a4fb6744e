package serpentarium.traffic.ui;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.analysis.FlowGroup;
import serpentarium.traffic.analysis.FlowGroups;
import serpentarium.traffic.analysis.FlowScope;
import serpentarium.traffic.analysis.Secrets;

/// The tree at the left: hosts and paths, connections, programs or causes, each with how many flows and errors. A click shows only those.
final class FlowTreeView extends BorderPane {
    private static final Strings STRINGS = Strings.of(FlowTreeView.class);
    /// A growing session's tree is counted anew at most this often.
    private static final long EVERY = 1_500_000_000L;

    private final TrafficViewModel model;
    private final Tasks tasks;
    private final ObjectProperty<FlowGroups.By> by = new SimpleObjectProperty<>(this, "by", FlowGroups.By.HOST);
    private final TreeView<FlowGroup> tree = new TreeView<>();
    private final TreeItem<FlowGroup> root = new TreeItem<>();
    private final Object key = new Object();
    private final Set<FlowScope> expanded = new HashSet<>();
    private long counted;
    private boolean quiet;

    FlowTreeView(TrafficViewModel model, Tasks tasks, Ports ports) {
        this.model = model;
        this.tasks = tasks;
        getStyleClass().add("flow-tree-view");
        tree.setId("flow-tree");
        tree.getStyleClass().add("dense");
        tree.setShowRoot(true);
        tree.setRoot(root);
        tree.setFixedCellSize(24);
        tree.setCellFactory(_ -> new GroupCell());
        tree.setAccessibleText(STRINGS.get("tree.accessible"));
        root.setExpanded(true);
        Command copy = Command.of("traffic.tree.copy", STRINGS.get("tree.copy"), "fth-copy", null, () -> {
            TreeItem<FlowGroup> item = tree.getSelectionModel().getSelectedItem();
            if (item != null && item.getValue() != null) ports.copy(shown(item.getValue()));
        });
        Command all = Command.of("traffic.tree.all", STRINGS.get("flow.everything"), "fth-x", null, () -> model.scope().set(new FlowScope.All()));
        tree.setContextMenu(new ContextMenu(Menus.item(copy), Menus.item(all)));
        var choice = new ComboBox<FlowGroups.By>();
        choice.getItems().setAll(FlowGroups.By.values());
        choice.setConverter(Named.of(each -> STRINGS.get("tree.by." + each.name().toLowerCase(Locale.ROOT))));
        choice.valueProperty().bindBidirectional(by);
        choice.setMaxWidth(Double.MAX_VALUE);
        choice.setAccessibleText(STRINGS.get("tree.by"));
        HBox.setHgrow(choice, Priority.ALWAYS);
        var bar = new HBox(choice);
        bar.getStyleClass().add("view-bar");
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        setCenter(tree);
        setMinWidth(0);
        by.addListener(_ -> {
            expanded.clear();
            model.scope().set(new FlowScope.All());
            count();
        });
        tree.getSelectionModel().selectedItemProperty().addListener((_, _, item) -> {
            if (item != null && !quiet) model.scope().set(item.getValue().scope());
        });
        model.scope().addListener((_, _, scope) -> {
            TreeItem<FlowGroup> now = tree.getSelectionModel().getSelectedItem();
            if (now != null && now.getValue() != null && now.getValue().scope().equals(scope)) return;
            TreeItem<FlowGroup> there = find(root, scope);
            quietly(() -> {
                if (there != null) tree.getSelectionModel().select(there);
                else tree.getSelectionModel().clearSelection();
            });
        });
        model.masked().addListener(_ -> tree.refresh());
        model.changes().addListener(_ -> {
            if (System.nanoTime() - counted > EVERY) count();
        });
        count();
    }

    /// The node of a scope among those that were made.
    private static TreeItem<FlowGroup> find(TreeItem<FlowGroup> from, FlowScope scope) {
        if (from.getValue() != null && from.getValue().scope().equals(scope)) return from;
        for (TreeItem<FlowGroup> each : from.getChildren()) {
            TreeItem<FlowGroup> found = find(each, scope);
            if (found != null) return found;
        }
        return null;
    }

    /// What the tree is made by.
    ObjectProperty<FlowGroups.By> by() {
        return by;
    }

    /// Counts anew.
    void count() {
        counted = System.nanoTime();
        FlowTable table = model.table().get();
        FlowGroups.By mode = by.get();
        tasks.submit(TaskSpec.of(STRINGS.get("task.tree"), Lane.CPU, context -> Counted.of(table, mode, context)).latest(key).hidden())
                .whenEnded(state -> {
                    if (state instanceof TaskState.Done<Counted>(Counted done)) show(done);
                });
    }

    /// The first level and, because not every flow is in one of its groups, what all flows are.
    private record Counted(List<FlowGroup> groups, int all, int errors) {
        static Counted of(FlowTable table, FlowGroups.By mode, TaskContext context) {
            int all = 0;
            int errors = 0;
            for (int row = 0; row < table.size(); row++) {
                if ((row & 0xffff) == 0) context.checkpoint();
                if (table.deleted(row)) continue;
                all++;
                if (FlowGroups.wrong(table, row)) errors++;
            }
            return new Counted(FlowGroups.roots(table, mode, context), all, errors);
        }
    }

    private void show(Counted counted) {
        List<FlowGroup> groups = counted.groups;
        var whole = new FlowGroup(new FlowScope.All(), STRINGS.get("tree.all"), counted.all, counted.errors, true);
        quietly(() -> {
            root.setValue(whole);
            fill(root, groups);
            if (tree.getSelectionModel().isEmpty()) tree.getSelectionModel().select(root);
        });
    }

    /// Puts groups below a node; nodes that stay keep what is open below them.
    private void fill(TreeItem<FlowGroup> above, List<FlowGroup> groups) {
        boolean same = above.getChildren().size() == groups.size();
        for (int i = 0; same && i < groups.size(); i++)
            same = above.getChildren().get(i).getValue() != null && above.getChildren().get(i).getValue().scope().equals(groups.get(i).scope());
        if (same) {
            for (int i = 0; i < groups.size(); i++) {
                TreeItem<FlowGroup> item = above.getChildren().get(i);
                item.setValue(groups.get(i));
                if (item.isExpanded()) load(item);
            }
            return;
        }
        TreeItem<FlowGroup> selected = tree.getSelectionModel().getSelectedItem();
        FlowScope scope = selected == null || selected.getValue() == null ? null : selected.getValue().scope();
        List<TreeItem<FlowGroup>> items = groups.stream().map(this::item).toList();
        above.getChildren().setAll(items);
        for (TreeItem<FlowGroup> item : items) if (item.getValue().scope().equals(scope)) tree.getSelectionModel().select(item);
    }

    private TreeItem<FlowGroup> item(FlowGroup group) {
        var item = new TreeItem<>(group);
        if (!group.more()) return item;
        item.getChildren().add(new TreeItem<>());
        item.expandedProperty().addListener((_, _, open) -> {
            if (open) expanded.add(group.scope());
            else expanded.remove(group.scope());
            if (open) load(item);
        });
        if (expanded.contains(group.scope())) item.setExpanded(true);
        return item;
    }

    private void load(TreeItem<FlowGroup> item) {
        FlowTable table = model.table().get();
        FlowScope scope = item.getValue().scope();
        tasks.submit(TaskSpec.of(STRINGS.get("task.tree"), Lane.CPU, context -> FlowGroups.below(table, scope, context)).latest(scope).hidden())
                .whenEnded(state -> {
                    if (state instanceof TaskState.Done<List<FlowGroup>>(List<FlowGroup> groups)) quietly(() -> fill(item, groups));
                });
    }

    private String shown(FlowGroup group) {
        return model.masked().get() ? Secrets.maskUrl(group.name()) : group.name();
    }

    private void quietly(Runnable action) {
        boolean before = quiet;
        quiet = true;
        action.run();
        quiet = before;
    }

    /// A name with its numbers at the right.
    private final class GroupCell extends TreeCell<FlowGroup> {
        private final Label name = new Label();
        private final Label errors = new Label();
        private final Label count = new Label();
        private final Region space = new Region();
        private final HBox line = new HBox(6, name, space, errors, count);
        private final Tooltip whole = new Tooltip();

        GroupCell() {
            HBox.setHgrow(space, Priority.ALWAYS);
            name.setMinWidth(30);
            errors.getStyleClass().add("group-errors");
            errors.setMinWidth(Region.USE_PREF_SIZE);
            count.getStyleClass().add("group-count");
            count.setMinWidth(Region.USE_PREF_SIZE);
            line.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
        }

        @Override protected void updateItem(FlowGroup group, boolean empty) {
            super.updateItem(group, empty);
            setText(null);
            if (empty || group == null) {
                setGraphic(null);
                setTooltip(null);
                setAccessibleText(null);
                return;
            }
            String shown = shown(group);
            // What tells hosts apart in a narrow tree is behind the scheme.
            name.setText(group.scope() instanceof FlowScope.Caused ? shown.replaceFirst("\\w+://[^/]*", "") : FlowText.bare(shown));
            whole.setText(shown);
            setTooltip(whole);
            errors.setText(group.errors() == 0 ? "" : "▲ " + Quantity.count((long) group.errors()));
            count.setText(Quantity.count((long) group.count()));
            setAccessibleText(STRINGS.get("tree.spoken", shown, group.count(), group.errors()));
            setGraphic(line);
        }
    }
}
