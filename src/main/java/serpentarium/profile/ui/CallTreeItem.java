package serpentarium.profile.ui;

import java.util.List;
import java.util.function.BiConsumer;
import javafx.collections.ObservableList;
import javafx.scene.control.TreeItem;

/// A row in the tree control; its children come to be when it is first opened.
final class CallTreeItem extends TreeItem<CallTreeRow> {
    private final CallTreeRows rows;
    private final BiConsumer<CallTreeItem, CallTreeRow> slow;
    private boolean grown;

    /// @param slow is asked to bring the children of a row for which this takes long
    CallTreeItem(CallTreeRow row, CallTreeRows rows, BiConsumer<CallTreeItem, CallTreeRow> slow) {
        super(row);
        this.rows = rows;
        this.slow = slow;
    }

    /// The invisible item above all.
    static CallTreeItem root(CallTreeRows rows, List<CallTreeRow> top, BiConsumer<CallTreeItem, CallTreeRow> slow) {
        var root = new CallTreeItem(new CallTreeRow.Down(0), rows, slow);
        root.bring(top);
        root.setExpanded(true);
        return root;
    }

    @Override public boolean isLeaf() {
        return rows == null || rows.leaf(getValue());
    }

    @Override public ObservableList<TreeItem<CallTreeRow>> getChildren() {
        if (!grown && rows != null) {
            grown = true;
            if (rows.slow(getValue())) {
                super.getChildren().add(item(new CallTreeRow.Waiting()));
                slow.accept(this, getValue());
            } else super.getChildren().setAll(items(rows.children(getValue())));
        }
        return super.getChildren();
    }

    /// Puts these children in the place of those that there are.
    void bring(List<CallTreeRow> children) {
        grown = true;
        super.getChildren().setAll(items(children));
    }

    /// Puts the next page in the place of the row that stands for it. Gives the first item of that page.
    TreeItem<CallTreeRow> turn(TreeItem<CallTreeRow> more) {
        ObservableList<TreeItem<CallTreeRow>> children = getChildren();
        int at = children.indexOf(more);
        if (at < 0 || !(more.getValue() instanceof CallTreeRow.More page)) return more;
        children.remove(at);
        children.addAll(at, items(rows.more(page)));
        return children.get(at);
    }

    private List<CallTreeItem> items(List<CallTreeRow> from) {
        return from.stream().map(this::item).toList();
    }

    private CallTreeItem item(CallTreeRow row) {
        return new CallTreeItem(row, rows, slow);
    }
}
