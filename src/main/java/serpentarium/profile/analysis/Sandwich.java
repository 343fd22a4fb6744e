package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.profile.CallGraph;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// One function with all that called it above, and all that it called below: everywhere in a tree where it stands, put together.
///
/// Of a stack that holds the function more than once the outermost counts, so that each stack is counted once; the others are among what it called.
final class Sandwich {
    private Sandwich() {}

    /// The layout: the function is the trunk, callers stand on it, callees hang from it.
    ///
    /// @param callers a tree of callers whose root is the function
    /// @param callees a tree of callees whose root is the function
    static TreeLayout layout(DerivedTree callers, DerivedTree callees) {
        DerivedTree both = DerivedTree.joined(callers, callees);
        return TreeLayout.of(both.tree(), both.like(), callers.tree().size());
    }

    /// Where known stacks, or an estimate of them, hold the function.
    static TreeLayout of(CallTree tree, int functions, int function, TaskContext context) {
        int[] outermost = outermost(tree, function);
        return layout(InvertedTree.ofCallers(tree, functions, function, outermost, context), callees(tree, functions, function, outermost, context));
    }

    /// What the sums of calls say: direct callers and callees are exact, what is further away is estimated.
    static TreeLayout of(CallGraph graph, int event, int function, TaskContext context) {
        if (function < 0 || function >= graph.functions()) return layout(alone(function), alone(function));
        var estimate = new GraphEstimate(graph, event);
        TreeColumns callees = estimate.columnsOf(function, context);
        direct(callees, graph, event, function);
        return layout(unlike(CallerEstimate.of(graph, estimate.sums(), function, context)), unlike(callees.build().below(1)));
    }

    /// The cost of the calls from the function to a callee is in the file; where the box is as wide as that, it is exact.
    private static void direct(TreeColumns nodes, CallGraph graph, int event, int function) {
        double[] known = new double[graph.functions()];
        for (int edge = graph.calleesBegin(function); edge < graph.calleesEnd(function); edge++) known[graph.callee(edge)] = graph.edgeTotal(event, edge);
        for (int node = 2; node < nodes.size; node++) {
            if (nodes.parent[node] != 1 || nodes.kind[node] != CallTree.FUNCTION) continue;
            double cost = known[nodes.frame[node]];
            if (Math.abs(nodes.total[node] - cost) <= 1e-9 * cost) nodes.lower[node] = nodes.upper[node] = nodes.total[node];
        }
    }

    private static DerivedTree alone(int function) {
        var nodes = new TreeColumns(1, false);
        nodes.add(-1, function, 0, 0, CallTree.FUNCTION);
        return unlike(nodes.build());
    }

    private static DerivedTree unlike(CallTree tree) {
        int[] like = new int[tree.size()];
        Arrays.fill(like, -1);
        return new DerivedTree(tree, like);
    }

    private static int[] outermost(CallTree tree, int function) {
        int[] found = new int[64];
        int size = 0;
        for (int node = 1; node < tree.size(); ) {
            if (tree.frame(node) != function || tree.kind(node) != CallTree.FUNCTION) {
                node++;
                continue;
            }
            if (size == found.length) found = Arrays.copyOf(found, size * 2);
            found[size++] = node;
            node = tree.end(node);
        }
        return Arrays.copyOf(found, size);
    }

    private static DerivedTree callees(CallTree tree, int functions, int function, int[] outermost, TaskContext context) {
        // Only used to find the child of a node; the costs stand beside it.
        var places = new StackTree.Builder(0);
        var nodes = new TreeColumns(1024, tree.estimated());
        nodes.add(-1, function, 0, 0, CallTree.FUNCTION);
        int[] like = {outermost.length == 0 ? -1 : outermost[0]};
        int[] merged = new int[tree.maxDepth() + 1];
        int seen = 0;
        for (int top : outermost) {
            int base = tree.depth(top);
            for (int node = top; node < tree.end(top); node++) {
                if ((seen++ & 0xffff) == 0) context.checkpoint();
                int depth = tree.depth(node) - base;
                int to = 0;
                if (depth > 0) {
                    int parent = merged[depth - 1];
                    to = places.child(parent, InvertedTree.key(tree, functions, node));
                    if (to == nodes.size) {
                        nodes.add(parent, tree.frame(node), 0, 0, tree.kind(node));
                        if (to == like.length) like = Arrays.copyOf(like, to * 2);
                        like[to] = node;
                    }
                }
                merged[depth] = to;
                nodes.total[to] += tree.total(node);
                nodes.self[to] += tree.self(node);
                if (nodes.lower == null) continue;
                nodes.lower[to] += tree.lower(node);
                nodes.upper[to] += tree.upper(node);
            }
        }
        CallTree built = nodes.build();
        int[] placed = new int[nodes.size];
        for (int node = 0; node < nodes.size; node++) placed[nodes.place(node)] = like[node];
        return new DerivedTree(built, placed);
    }
}
