package serpentarium.traffic.ui.body;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.analysis.body.BodyModel;
import serpentarium.traffic.analysis.body.BodyTree;

/// A tree whose nodes are made when they are unfolded, a thousand at a time; the path of the chosen one stands below.
final class TreeNode extends BorderPane implements BodyNode {
    private static final Strings STRINGS = Strings.of(TreeNode.class);
    private static final int AT_ONCE = 1000;
    private static final int LONGEST = 400;
    private static final int LONGEST_SEARCHED = 10_000;
    private static final int UNFOLDED_AT_FIRST = 60;

    private final BodyTree tree;
    private final boolean masked;
    private final TreeView<Integer> view = new TreeView<>();
    private final Label path = new Label();
    private volatile Lines lines;

    /// A node of the tree; one below zero stands for the siblings from `-1 - value` on that are not made yet.
    private static final class Item extends TreeItem<Integer> {
        private final BodyTree tree;
        private boolean made;

        Item(BodyTree tree, int node) {
            super(node);
            this.tree = tree;
        }

        @Override public boolean isLeaf() {
            return getValue() < 0 || tree.children(getValue()) == 0;
        }

        @Override public ObservableList<TreeItem<Integer>> getChildren() {
            ObservableList<TreeItem<Integer>> children = super.getChildren();
            if (!made && getValue() >= 0) {
                made = true;
                children.setAll(items(tree, getValue() + 1, tree.end(getValue())));
            }
            return children;
        }
    }

    /// @param masked whether values whose names are those of secrets are masked
    TreeNode(BodyModel.Tree model, boolean masked, Consumer<String> copy) {
        tree = model.tree();
        this.masked = masked;
        getStyleClass().add("body-tree");
        var root = new TreeItem<>(0);
        root.getChildren().setAll(items(tree, 0, tree.size()));
        view.setShowRoot(false);
        view.setRoot(root);
        view.setFixedCellSize(24);
        view.setAccessibleText(STRINGS.get("tree.accessible"));
        view.setCellFactory(_ -> new Cell());
        view.getSelectionModel().selectedItemProperty().addListener((_, _, now) -> chosen(now));
        unfoldFirst(root);
        path.getStyleClass().add("body-path");
        path.setId("body-path");
        path.setMinWidth(0);
        path.managedProperty().bind(path.textProperty().isNotEmpty());
        setCenter(view);
        setBottom(path);
        view.setContextMenu(menu(copy));
    }

    /// Unfolds level by level as long as it all fits on a screen or two.
    private void unfoldFirst(TreeItem<Integer> root) {
        int rows = root.getChildren().size();
        var level = new ArrayList<>(root.getChildren());
        while (!level.isEmpty()) {
            var next = new ArrayList<TreeItem<Integer>>();
            for (TreeItem<Integer> item : level) {
                if (item.isLeaf()) continue;
                int more = Math.min(tree.children(item.getValue()), AT_ONCE + 1);
                if (rows + more > UNFOLDED_AT_FIRST && rows > 1) continue;
                rows += more;
                item.setExpanded(true);
                next.addAll(item.getChildren());
            }
            level = next;
        }
    }

    private static List<TreeItem<Integer>> items(BodyTree tree, int from, int to) {
        var items = new ArrayList<TreeItem<Integer>>();
        int node = from;
        for (; node < to && items.size() < AT_ONCE; node = tree.end(node)) items.add(new Item(tree, node));
        if (node < to) items.add(new Item(tree, -1 - node));
        return items;
    }

    private void chosen(TreeItem<Integer> item) {
        if (item == null) path.setText("");
        else if (item.getValue() >= 0) path.setText(tree.path(item.getValue()));
    }

    private void more(TreeItem<Integer> item) {
        TreeItem<Integer> parent = item.getParent();
        int node = -1 - item.getValue();
        int end = parent.getParent() == null ? tree.size() : tree.end(parent.getValue());
        int at = parent.getChildren().indexOf(item);
        parent.getChildren().remove(at);
        parent.getChildren().addAll(items(tree, node, end));
        view.getSelectionModel().select(parent.getChildren().get(at));
    }

    private ContextMenu menu(Consumer<String> copy) {
        var copyPath = new MenuItem(STRINGS.get("tree.copy-path"));
        copyPath.setId("body-copy-path");
        copyPath.setOnAction(_ -> {
            if (chosen() >= 0) copy.accept(tree.path(chosen()));
        });
        var copyValue = new MenuItem(STRINGS.get("tree.copy-value"));
        copyValue.setId("body-copy-value");
        copyValue.setOnAction(_ -> {
            if (chosen() >= 0) copy.accept(value(chosen(), Integer.MAX_VALUE));
        });
        var all = new MenuItem(STRINGS.get("tree.unfold"));
        all.setOnAction(_ -> unfold(view.getSelectionModel().getSelectedItem()));
        return new ContextMenu(copyPath, copyValue, all);
    }

    /// Unfolds all inside an item, up to some thousand rows.
    private void unfold(TreeItem<Integer> from) {
        if (from == null) return;
        var open = new java.util.ArrayDeque<TreeItem<Integer>>(List.of(from));
        for (int rows = 0; !open.isEmpty() && rows < 10 * AT_ONCE; ) {
            TreeItem<Integer> item = open.poll();
            if (item.isLeaf()) continue;
            item.setExpanded(true);
            rows += item.getChildren().size();
            open.addAll(item.getChildren());
        }
    }

    /// A node's text. A format of bytes has its names only here, so what a name gives away is masked here too.
    private String value(int node, int limit) {
        if (masked && tree.children(node) == 0)
            for (int at = node; at >= 0; at = tree.parent(at)) if (tree.named(at) && secret(tree.key(at))) return Secrets.MASK;
        return tree.value(node, limit);
    }

    private static boolean secret(String key) {
        return Secrets.USUAL.field(key.length() > 2 && key.startsWith("\"") ? key.substring(1, key.length() - 1) : key);
    }

    private int chosen() {
        TreeItem<Integer> item = view.getSelectionModel().getSelectedItem();
        return item == null ? -1 : item.getValue();
    }

    /// Each node's name and value in a line.
    ///
    /// @param places where each node's line begins
    private record Lines(CharSequence text, int[] places) {
        static Lines of(BodyTree tree, IntFunction<String> value) {
            int[] places = new int[tree.size()];
            var out = new StringBuilder();
            for (int node = 0; node < tree.size(); node++) {
                places[node] = out.length();
                if (tree.named(node)) out.append(tree.key(node)).append(": ");
                if (tree.children(node) == 0) out.append(value.apply(node));
                out.append('\n');
            }
            return new Lines(out, places);
        }
    }

    @Override public Region node() {
        return this;
    }

    private final class Cell extends TreeCell<Integer> {
        private final Label key = new Label();
        private final Label value = new Label();
        private final HBox both = new HBox(key, value);

        Cell() {
            key.getStyleClass().add("body-name");
            key.setMinWidth(Region.USE_PREF_SIZE);
            value.setMinWidth(0);
            both.setAlignment(Pos.CENTER_LEFT);
            both.setSpacing(6);
            setOnMouseClicked(_ -> {
                if (getItem() != null && getItem() < 0) more(getTreeItem());
            });
        }

        @Override protected void updateItem(Integer node, boolean empty) {
            super.updateItem(node, empty);
            setText(null);
            setGraphic(empty || node == null ? null : both);
            if (empty || node == null) return;
            key.setText(node < 0 ? "" : tree.named(node) ? shortened(tree.key(node)) : tree.parent(node) < 0 && tree.end(node) == tree.size() && node == 0 ? "$"
                    : String.valueOf(tree.index(node)));
            value.getStyleClass().setAll("label");
            if (node < 0) {
                value.setText(STRINGS.get("tree.more"));
                value.getStyleClass().add("body-more");
                return;
            }
            BodyTree.Kind kind = tree.kind(node);
            value.getStyleClass().add("body-" + kind.name().toLowerCase(java.util.Locale.ROOT));
            String said = kind == BodyTree.Kind.OBJECT || kind == BodyTree.Kind.ARRAY ? "" : value(node, LONGEST);
            int inside = tree.children(node);
            value.setText(switch (kind) {
                case OBJECT -> STRINGS.get("tree.object", Quantity.count(inside));
                case ARRAY -> STRINGS.get("tree.array", Quantity.count(inside));
                case STRING, NUMBER, WORD, OTHER -> said.replace("\r\n", "↵").replace('\n', '↵').replace('\r', '↵');
            });
        }
    }

    private static String shortened(String key) {
        return key.length() <= 80 ? key : key.substring(0, 80) + "…";
    }

    @Override public CharSequence searched() {
        // Asked for in the background; a second one made at the same time is the same.
        if (lines == null) lines = Lines.of(tree, node -> value(node, LONGEST_SEARCHED));
        return lines.text;
    }

    @Override public void select(int from, int to) {
        int node = java.util.Arrays.binarySearch(lines.places, from);
        show(node >= 0 ? node : -node - 2);
    }

    private void show(int node) {
        var up = new ArrayList<Integer>();
        for (int at = node; at >= 0; at = tree.parent(at)) up.add(at);
        TreeItem<Integer> item = view.getRoot();
        for (int i = up.size() - 1; i >= 0; i--) {
            item.setExpanded(true);
            TreeItem<Integer> next = child(item, up.get(i));
            while (next == null) {
                more(item.getChildren().getLast());
                next = child(item, up.get(i));
            }
            item = next;
        }
        view.getSelectionModel().select(item);
        view.scrollTo(Math.max(0, view.getRow(item) - 4));
    }

    private static TreeItem<Integer> child(TreeItem<Integer> item, int node) {
        for (TreeItem<Integer> each : item.getChildren()) if (each.getValue() == node) return each;
        return null;
    }

    @Override public String copied() {
        int node = chosen();
        return node < 0 ? searched().toString() : value(node, Integer.MAX_VALUE);
    }
}
