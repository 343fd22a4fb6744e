package serpentarium.profile.ui;

/// A row of the call tree that is on the screen, or would be if one scrolled there.
final class TreeLine {
    private final CallTreeRow row;
    private final TreeLine parent;
    private final int depth;
    private final boolean leaf;
    private boolean open;

    TreeLine(CallTreeRow row, TreeLine parent, boolean leaf) {
        this.row = row;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.leaf = leaf;
    }

    /// What stands in it.
    CallTreeRow row() {
        return row;
    }

    /// The line it is listed under; null at the top.
    TreeLine parent() {
        return parent;
    }

    /// How deep it lies; 0 at the top.
    int depth() {
        return depth;
    }

    /// Whether nothing can be listed under it.
    boolean leaf() {
        return leaf;
    }

    /// Whether what is below it is listed.
    boolean open() {
        return open;
    }

    void open(boolean now) {
        open = now;
    }
}
