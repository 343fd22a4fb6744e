package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.BottomUp;
import serpentarium.profile.analysis.CallTree;

/// The rows of a call tree, made only where one looks: children in pages, the dearest first.
///
/// Pure: the tree may have millions of nodes; a row exists only once its parent was opened.
final class CallTreeRows {
    /// How many children are listed at once.
    static final int PAGE = 500;
    /// From how many places on a node's callers are worked out in the background.
    static final int MANY = 50_000;

    private final Analysis analysis;
    private final CallTree tree;
    private final BottomUp bottomUp;

    CallTreeRows(Analysis analysis) {
        this.analysis = analysis;
        this.tree = analysis.tree();
        this.bottomUp = analysis.bottomUp();
    }

    /// The slice.
    Analysis analysis() {
        return analysis;
    }

    /// The roots: the first page.
    List<CallTreeRow> roots() {
        return down(0, 1, PAGE);
    }

    /// The functions by own cost: the first page. Looks at every node, so work for the background.
    ///
    /// Each function's own cost is in the file even where the ways that lead to it are estimates; only these are taken from the tree.
    List<CallTreeRow> leaves() {
        if (!tree.estimated()) return up(bottomUp.leaves(), 0, true);
        var ways = new HashMap<Integer, BottomUp.Node>();
        for (BottomUp.Node node : bottomUp.leaves()) if (node.kind() == CallTree.FUNCTION) ways.put(node.frame(), node);
        var leaves = new ArrayList<BottomUp.Node>();
        for (int function : analysis.functions().bySelf()) {
            double own = analysis.functions().self(function);
            BottomUp.Node way = ways.get(function);
            if (way != null) leaves.add(new BottomUp.Node(function, CallTree.FUNCTION, own, way.at(), way.costs()));
            else if (own != 0) leaves.add(new BottomUp.Node(function, CallTree.FUNCTION, own, new int[0], new double[0]));
        }
        return up(leaves, 0, true);
    }

    /// Whether a row has no children.
    boolean leaf(CallTreeRow row) {
        return switch (row) {
            case CallTreeRow.Down(int node) -> tree.end(node) == node + 1;
            case CallTreeRow.Up(BottomUp.Node node, boolean _) -> !bottomUp.hasCallers(node);
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> true;
        };
    }

    /// Whether a row's children take long to find.
    boolean slow(CallTreeRow row) {
        return row instanceof CallTreeRow.Up(BottomUp.Node node, boolean _) && node.at().length > MANY;
    }

    /// A row's children: the first page.
    List<CallTreeRow> children(CallTreeRow row) {
        return children(row, PAGE);
    }

    /// A row's children: a first page of at most so many.
    List<CallTreeRow> children(CallTreeRow row, int most) {
        return switch (row) {
            case CallTreeRow.Down(int node) -> down(node, node + 1, most);
            case CallTreeRow.Up(BottomUp.Node node, boolean leaf) -> up(callers(node, leaf), 0, false, most);
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> List.of();
        };
    }

    /// The callers of a node; below a leaf of an estimate also what came by ways that the tree does not list: too small, or recursive.
    private List<BottomUp.Node> callers(BottomUp.Node node, boolean leaf) {
        List<BottomUp.Node> callers = bottomUp.callers(node);
        double rest = node.cost() - Arrays.stream(node.costs()).sum();
        if (!leaf || !tree.estimated() || rest <= 1e-6 * Math.abs(node.cost())) return callers;
        var all = new ArrayList<>(callers);
        all.add(new BottomUp.Node(-1, CallTree.UNATTRIBUTED, rest, new int[0], new double[0]));
        all.sort(Comparator.comparingDouble((BottomUp.Node each) -> -each.cost()));
        return all;
    }

    /// The next page.
    List<CallTreeRow> more(CallTreeRow.More more) {
        return switch (more) {
            case CallTreeRow.MoreDown(int parent, int next, int _) -> down(parent, next, PAGE);
            case CallTreeRow.MoreUp(List<BottomUp.Node> all, int next, boolean leaf) -> up(all, next, leaf);
        };
    }

    private List<CallTreeRow> down(int parent, int first, int most) {
        var rows = new ArrayList<CallTreeRow>();
        int end = tree.end(parent);
        int child = first;
        for (; child < end && rows.size() < most; child = tree.end(child)) rows.add(new CallTreeRow.Down(child));
        int left = 0;
        for (int at = child; at < end; at = tree.end(at)) left++;
        if (left > 0) rows.add(new CallTreeRow.MoreDown(parent, child, left));
        return rows;
    }

    private static List<CallTreeRow> up(List<BottomUp.Node> all, int first, boolean leaf) {
        return up(all, first, leaf, PAGE);
    }

    private static List<CallTreeRow> up(List<BottomUp.Node> all, int first, boolean leaf, int most) {
        var rows = new ArrayList<CallTreeRow>();
        int end = Math.min(all.size(), first + most);
        for (int i = first; i < end; i++) rows.add(new CallTreeRow.Up(all.get(i), leaf));
        if (end < all.size()) rows.add(new CallTreeRow.MoreUp(all, end, leaf));
        return rows;
    }

    /// The function of a row, or -1.
    int function(CallTreeRow row) {
        return switch (row) {
            case CallTreeRow.Down(int node) -> tree.frame(node);
            case CallTreeRow.Up(BottomUp.Node node, boolean _) -> node.frame();
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> -1;
        };
    }

    /// The kind of a row, as [CallTree] names them; a row that is no node is a function by this measure.
    byte kind(CallTreeRow row) {
        return switch (row) {
            case CallTreeRow.Down(int node) -> tree.kind(node);
            case CallTreeRow.Up(BottomUp.Node node, boolean _) -> node.kind();
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> CallTree.FUNCTION;
        };
    }

    /// The name of a row that stands for something that filters or modes made; null for any other.
    String special(CallTreeRow row) {
        return switch (row) {
            case CallTreeRow.Down(int node) -> NodeText.of(analysis, node);
            case CallTreeRow.Up(BottomUp.Node node, boolean _) -> node.at().length == 0 ? null : NodeText.of(analysis, node.at()[0]);
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> null;
        };
    }

    /// From the roots down: the cost with all below. From the leaves up: the part of the leaf's own cost that came this way. NaN for rows
    /// that are no node.
    double cost(CallTreeRow row) {
        return switch (row) {
            case CallTreeRow.Down(int node) -> tree.total(node);
            case CallTreeRow.Up(BottomUp.Node node, boolean _) -> node.cost();
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> Double.NaN;
        };
    }

    /// The node's own cost; NaN for rows that are none from the roots down.
    double self(CallTreeRow row) {
        return row instanceof CallTreeRow.Down(int node) ? tree.self(node) : Double.NaN;
    }

    /// Whether a row's cost is an estimate.
    boolean estimated(CallTreeRow row) {
        if (!tree.estimated()) return false;
        return switch (row) {
            case CallTreeRow.Down(int node) -> !tree.exact(node);
            // A function's own cost is in the file; what came by way of which caller is not.
            case CallTreeRow.Up(BottomUp.Node _, boolean leaf) -> !leaf;
            case CallTreeRow.More _, CallTreeRow.Waiting _ -> false;
        };
    }

    /// The least and the greatest cost that the file allows, or null where the cost is known or no bounds are.
    double[] interval(CallTreeRow row) {
        return row instanceof CallTreeRow.Down(int node) && estimated(row) ? new double[] {tree.lower(node), tree.upper(node)} : null;
    }

    /// The dearest node of a function; -1 where there is none.
    int dearest(int function) {
        int best = -1;
        for (int node = 1; node < tree.size(); node++) {
            if (tree.frame(node) != function) continue;
            if (best < 0 || tree.total(node) > tree.total(best)) best = node;
        }
        return best;
    }

    /// The nodes from below the root to `node`.
    int[] path(int node) {
        int[] path = new int[tree.depth(node)];
        for (int at = node, i = path.length - 1; i >= 0; at = tree.parent(at), i--) path[i] = at;
        return path;
    }

    /// Whether the hot path goes on through the first child: it holds at least half of what its parent does.
    boolean hot(CallTreeRow parent, CallTreeRow first) {
        return cost(first) >= 0.5 * cost(parent);
    }
}
