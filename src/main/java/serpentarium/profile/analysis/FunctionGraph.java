package serpentarium.profile.analysis;

import serpentarium.profile.CallGraph;
import serpentarium.task.TaskContext;

/// Which function calls which, with the costs of one event, whether the file stores it so or it follows from the stacks.
///
/// @param calls the functions and the edges between them
/// @param event which of the graph's events is looked at
/// @param basis what the costs are made of
public record FunctionGraph(CallGraph calls, int event, Basis basis) {
    /// What costs are made of.
    public enum Basis {
        /// Whole stacks, each counted once.
        STACKS,
        /// The file's own sums; it may lack the cost of an edge.
        SUMS,
        /// A tree that was estimated from such sums and then filtered.
        ESTIMATE
    }

    /// From a tree: a function or an edge that is on a stack more than once counts once in its total.
    static FunctionGraph of(CallTree tree, int functions, TaskContext context) {
        var graph = new CallGraph.Builder(1, false, false, true);
        var path = new Path(tree, functions);
        int[] edgeAt = new int[tree.maxDepth() + 1];
        int[] times = new int[64];
        int depth = 0;
        for (int node = 0; node < tree.size(); node++) {
            if ((node & 0xfff) == 0) context.checkpoint();
            boolean again = path.enter(node);
            int level = tree.depth(node);
            while (depth > level) {
                int left = edgeAt[--depth];
                if (left >= 0) times[left]--;
            }
            edgeAt[depth++] = -1;
            int frame = tree.frame(node);
            if (frame < 0) continue;
            graph.addSelf(0, frame, tree.self(node));
            if (!again) graph.addTotal(0, frame, tree.total(node));
            int caller = tree.parent(node) < 0 ? -1 : tree.frame(tree.parent(node));
            if (caller < 0) continue;
            int edge = graph.edge(caller, frame);
            if (edge >= times.length) times = java.util.Arrays.copyOf(times, Math.max(edge + 1, times.length * 2));
            graph.addEdgeSelf(0, edge, tree.self(node));
            if (times[edge]++ == 0) graph.addEdgeTotal(0, edge, tree.total(node));
            edgeAt[level] = edge;
        }
        return new FunctionGraph(graph.build(functions), 0, tree.estimated() ? Basis.ESTIMATE : Basis.STACKS);
    }

    /// A function's own cost.
    public double self(int function) {
        return calls.self(event, function);
    }

    /// A function's cost with all that it called.
    public double total(int function) {
        return calls.total(event, function);
    }

    /// What an edge's calls cost with all below them; NaN where the file does not say.
    public double cost(int edge) {
        return calls.edgeTotal(event, edge);
    }

    /// How much of a callee may have come by an edge, where that only has to be roughly right: the edge's cost, or where the file has none, the
    /// callee's cost by the share of the calls.
    double guess(int edge) {
        double known = cost(edge);
        if (!Double.isNaN(known)) return Math.max(0, known);
        int callee = calls.callee(edge);
        if (calls.edgeCalls() == null) return total(callee) / Math.max(1, calls.callerCount(callee));
        double all = 0;
        for (int i = 0; i < calls.callerCount(callee); i++) all += calls.edgeCalls().get(calls.callerEdge(callee, i));
        return all <= 0 ? 0 : Math.min(total(calls.caller(edge)), total(callee) * calls.edgeCalls().get(edge) / all);
    }
}
