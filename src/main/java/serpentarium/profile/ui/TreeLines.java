package serpentarium.profile.ui;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The lines of a call tree as far as it is open: a flat list, so that a tree of any depth costs what its open lines cost. Tree controls of the
/// toolkit tell every item above of each change, which takes the square of the depth.
final class TreeLines {
    /// How many pages of children are turned in search of one.
    private static final int MOST_PAGES = 20;
    /// Below so many levels of one way only a few siblings are listed beside it, or the lines would be as many as the levels times a page.
    private static final int LONG_WAY = 200;
    private static final int FEW = 10;

    private final ObservableList<TreeLine> lines = FXCollections.observableArrayList();
    private CallTreeRows rows;
    private int deepest;

    /// Which line is followed downwards.
    @FunctionalInterface
    interface Way {
        /// Whether the way goes on through a child; children are asked in their order.
        ///
        /// @param parent null above the top
        /// @param level  the child's depth
        /// @param index  its place among its siblings
        Step next(CallTreeRow parent, CallTreeRow child, int level, int index);
    }

    /// What to do about a child.
    enum Step {
        /// Follow it.
        TAKE,
        /// Ask about the next one.
        PASS,
        /// The way ends above it.
        END
    }

    /// All lines, top to bottom.
    ObservableList<TreeLine> lines() {
        return lines;
    }

    /// How deep the deepest line lies that was listed since the tree was shown.
    int deepest() {
        return deepest;
    }

    /// Shows a tree with only its top open.
    void show(CallTreeRows tree, List<CallTreeRow> top) {
        rows = tree;
        deepest = 0;
        lines.setAll(wrapped(top, null));
    }

    private List<TreeLine> wrapped(List<CallTreeRow> children, TreeLine parent) {
        var made = new ArrayList<TreeLine>(children.size());
        for (CallTreeRow child : children) made.add(new TreeLine(child, parent, rows.leaf(child)));
        if (!made.isEmpty()) deepest = Math.max(deepest, made.getFirst().depth());
        return made;
    }

    /// Lists what is below a line.
    void open(int index) {
        open(index, rows.children(lines.get(index).row()));
    }

    /// Lists these rows below a line.
    void open(int index, List<CallTreeRow> children) {
        TreeLine line = lines.get(index);
        if (line.leaf()) return;
        if (line.open()) close(index);
        line.open(true);
        lines.addAll(index + 1, wrapped(children, line));
    }

    /// Takes away what is listed below a line.
    void close(int index) {
        TreeLine line = lines.get(index);
        if (!line.open()) return;
        line.open(false);
        int end = end(index);
        if (end > index + 1) lines.remove(index + 1, end);
    }

    /// Which lines are open.
    OpenRows opened() {
        var number = new IdentityHashMap<TreeLine, Integer>();
        var parents = new ArrayList<Integer>();
        var functions = new ArrayList<Integer>();
        for (TreeLine line : lines) {
            if (!line.open() || parents.size() == OpenRows.MOST) continue;
            number.put(line, parents.size());
            parents.add(line.parent() == null ? -1 : number.get(line.parent()));
            functions.add(rows.function(line.row()));
        }
        return new OpenRows(parents.stream().mapToInt(Integer::intValue).toArray(), functions.stream().mapToInt(Integer::intValue).toArray());
    }

    /// Opens the lines that lie on the same ways.
    void reopen(OpenRows wanted) {
        var known = new HashMap<Long, Integer>();
        for (int i = 0; i < wanted.parent().length; i++) known.put((long) wanted.parent()[i] << 32 | wanted.function()[i] & 0xffffffffL, i);
        var number = new IdentityHashMap<TreeLine, Integer>();
        for (int i = 0; i < lines.size(); i++) {
            TreeLine line = lines.get(i);
            Integer above = line.parent() == null ? Integer.valueOf(-1) : number.get(line.parent());
            if (above == null || line.leaf() || line.row() instanceof CallTreeRow.More) continue;
            Integer its = known.get((long) above << 32 | rows.function(line.row()) & 0xffffffffL);
            if (its == null) continue;
            number.put(line, its);
            if (!line.open() && !rows.slow(line.row())) open(i);
        }
    }

    /// Closes everything.
    void closeAll() {
        var top = new ArrayList<TreeLine>();
        for (TreeLine line : lines)
            if (line.depth() == 0) {
                line.open(false);
                top.add(line);
            }
        deepest = 0;
        lines.setAll(top);
    }

    /// One past the last line below a line.
    int end(int index) {
        int depth = lines.get(index).depth();
        int end = index + 1;
        while (end < lines.size() && lines.get(end).depth() > depth) end++;
        return end;
    }

    /// Puts the next page in the place of the line that stands for it.
    void turn(int index) {
        TreeLine line = lines.get(index);
        if (!(line.row() instanceof CallTreeRow.More more)) return;
        List<TreeLine> page = wrapped(rows.more(more), line.parent());
        lines.remove(index);
        lines.addAll(index, page);
    }

    /// Where a line is, or -1.
    int indexOf(TreeLine line) {
        for (int i = 0; i < lines.size(); i++) if (lines.get(i) == line) return i;
        return -1;
    }

    /// Follows a way down from a line (from above the top for -1), opening what it leads through. Gives where it ends.
    int follow(int from, Way way) {
        int at = from;
        while (true) {
            TreeLine parent = at < 0 ? null : lines.get(at);
            if (parent != null && (parent.leaf() || !parent.open())) break;
            int next = listedChild(at, way);
            if (next < 0) return at;
            at = next;
        }
        return lines.get(at).leaf() ? at : openAlong(at, way);
    }

    /// The child that the way goes through among those that are listed, or -1; turns pages.
    private int listedChild(int parent, Way way) {
        int level = parent < 0 ? 0 : lines.get(parent).depth() + 1;
        int pages = 0;
        int index = 0;
        for (int i = parent + 1; i < lines.size() && lines.get(i).depth() >= level; i++) {
            if (lines.get(i).depth() > level) continue;
            if (lines.get(i).row() instanceof CallTreeRow.More && ++pages < MOST_PAGES) turn(i);
            CallTreeRow above = parent < 0 ? null : lines.get(parent).row();
            switch (way.next(above, lines.get(i).row(), level, index++)) {
                case TAKE -> {
                    return i;
                }
                case END -> {
                    return -1;
                }
                case PASS -> { }
            }
        }
        return -1;
    }

    private int openAlong(int at, Way way) {
        var head = new ArrayList<TreeLine>();
        var tails = new ArrayDeque<List<TreeLine>>();
        TreeLine parent = lines.get(at);
        int reached = at;
        while (!parent.leaf() && !rows.slow(parent.row())) {
            List<CallTreeRow> children = rows.children(parent.row(), tails.size() < LONG_WAY ? CallTreeRows.PAGE : FEW);
            int chosen = chosen(parent, children, way);
            // Where the way ends, nothing new is opened; but the children of the line where it began are worth to be seen.
            if (chosen < 0) {
                if (reached == at) return at;
                break;
            }
            List<TreeLine> made = wrapped(children, parent);
            parent.open(true);
            head.addAll(made.subList(0, chosen + 1));
            tails.push(made.subList(chosen + 1, made.size()));
            reached = at + head.size();
            parent = made.get(chosen);
        }
        while (!tails.isEmpty()) head.addAll(tails.pop());
        lines.addAll(at + 1, head);
        return reached;
    }

    private int chosen(TreeLine parent, List<CallTreeRow> children, Way way) {
        int pages = 0;
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof CallTreeRow.More more && ++pages < MOST_PAGES) {
                children.remove(i);
                children.addAll(i, rows.more(more));
            }
            Step step = way.next(parent.row(), children.get(i), parent.depth() + 1, i);
            if (step == Step.TAKE) return i;
            if (step == Step.END) return -1;
        }
        return -1;
    }

    /// Opens a line and what is below it, the dearest first, until so many lines were added. Gives whether all of it is open.
    boolean openAll(int index, int most) {
        TreeLine top = lines.get(index);
        close(index);
        Map<CallTreeRow, List<CallTreeRow>> opened = new IdentityHashMap<>();
        var open = new PriorityQueue<CallTreeRow>((a, b) -> Double.compare(rows.cost(b), rows.cost(a)));
        open.add(top.row());
        int added = 0;
        boolean all = true;
        while (!open.isEmpty()) {
            CallTreeRow row = open.poll();
            if (rows.leaf(row)) continue;
            List<CallTreeRow> children = rows.slow(row) ? null : rows.children(row);
            if (children == null || added > 0 && added + children.size() > most) {
                all = false;
                continue;
            }
            added += children.size();
            opened.put(row, children);
            for (CallTreeRow child : children) if (!(child instanceof CallTreeRow.More)) open.add(child);
        }
        var made = new ArrayList<TreeLine>(added);
        var stack = new ArrayDeque<Iterator<TreeLine>>();
        push(stack, top, opened);
        while (!stack.isEmpty()) {
            if (!stack.peek().hasNext()) {
                stack.pop();
                continue;
            }
            TreeLine line = stack.peek().next();
            made.add(line);
            push(stack, line, opened);
        }
        lines.addAll(index + 1, made);
        return all;
    }

    private void push(ArrayDeque<Iterator<TreeLine>> stack, TreeLine line, Map<CallTreeRow, List<CallTreeRow>> opened) {
        List<CallTreeRow> children = opened.get(line.row());
        if (children == null) return;
        line.open(true);
        stack.push(wrapped(children, line).iterator());
    }
}
