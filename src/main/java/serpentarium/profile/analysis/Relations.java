package serpentarium.profile.analysis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import serpentarium.profile.CallGraph;

/// The callers and callees of one function.
///
/// @param callers who called it, dearest first
/// @param callees whom it called, dearest first
public record Relations(List<Relation> callers, List<Relation> callees) {
    /// One end of an edge.
    ///
    /// @param function the other function
    /// @param calls    how many calls, or null where the file does not say
    /// @param self     the callee's own cost in these calls; NaN where the file does not say
    /// @param total    the cost of these calls with all below; NaN where the file does not say
    /// @param distance how many calls lie between the two at least: 1 for a direct one
    public record Relation(int function, BigInteger calls, double self, double total, int distance) {
        /// A direct one.
        public Relation(int function, BigInteger calls, double self, double total) {
            this(function, calls, self, total, 1);
        }
    }

    private static final Comparator<Relation> DEAREST = Comparator
            .<Relation>comparingDouble(r -> Double.isNaN(r.total) ? Double.POSITIVE_INFINITY : -r.total)
            .thenComparing(Relation::calls, Comparator.nullsLast(Comparator.reverseOrder()));

    /// From a call graph: what the file says.
    static Relations of(CallGraph graph, int event, int function) {
        var callers = new ArrayList<Relation>();
        for (int i = 0; i < graph.callerCount(function); i++) {
            int edge = graph.callerEdge(function, i);
            callers.add(relation(graph, event, edge, graph.caller(edge)));
        }
        var callees = new ArrayList<Relation>();
        for (int edge = graph.calleesBegin(function); edge < graph.calleesEnd(function); edge++)
            callees.add(relation(graph, event, edge, graph.callee(edge)));
        callers.sort(DEAREST);
        callees.sort(DEAREST);
        return new Relations(callers, callees);
    }

    private static Relation relation(CallGraph graph, int event, int edge, int other) {
        BigInteger calls = graph.edgeCalls() == null ? null : graph.edgeCalls().exact(edge);
        return new Relation(other, calls, graph.edgeSelf(event, edge), graph.edgeTotal(event, edge));
    }

    /// From stacks: an edge that is on a stack more than once counts once in `total`.
    static Relations of(CallTree tree, int frames, int function) {
        Map<Integer, double[]> callers = new HashMap<>();
        Map<Integer, double[]> callees = new HashMap<>();
        // How often the edges from a caller, and to a callee, are on the way down to the node.
        int[] from = new int[frames];
        int[] to = new int[frames];
        int[] path = new int[tree.maxDepth() + 1];
        int depth = 0;
        for (int node = 0; node < tree.size(); node++) {
            while (depth > tree.depth(node)) count(tree, path[--depth], function, from, to, -1);
            path[depth++] = node;
            int frame = tree.frame(node);
            int parent = tree.parent(node);
            int caller = parent < 0 ? -1 : tree.frame(parent);
            if (frame < 0 || caller < 0) continue;
            if (frame == function) add(callers, caller, tree, node, from[caller] > 0);
            if (caller == function) add(callees, frame, tree, node, to[frame] > 0);
            count(tree, node, function, from, to, 1);
        }
        return new Relations(sorted(callers), sorted(callees));
    }

    private static void count(CallTree tree, int node, int function, int[] from, int[] to, int change) {
        int frame = tree.frame(node);
        int parent = tree.parent(node);
        int caller = parent < 0 ? -1 : tree.frame(parent);
        if (frame < 0 || caller < 0) return;
        if (frame == function) from[caller] += change;
        if (caller == function) to[frame] += change;
    }

    private static void add(Map<Integer, double[]> relations, int other, CallTree tree, int node, boolean again) {
        double[] sum = relations.computeIfAbsent(other, _ -> new double[2]);
        if (tree.kind(node) == CallTree.FUNCTION) sum[0] += tree.self(node);
        if (!again) sum[1] += tree.total(node);
    }

    private static List<Relation> sorted(Map<Integer, double[]> relations) {
        var list = new ArrayList<Relation>();
        relations.forEach((function, sum) -> list.add(new Relation(function, null, sum[0], sum[1])));
        list.sort(DEAREST.thenComparing(Relation::function));
        return List.copyOf(list);
    }
}
