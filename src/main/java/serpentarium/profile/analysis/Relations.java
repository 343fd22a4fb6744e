package serpentarium.profile.analysis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import serpentarium.profile.CallGraph;

/// The direct callers and callees of one function.
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
    public record Relation(int function, BigInteger calls, double self, double total) {}

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
        var path = new Path(tree, frames);
        for (int node = 0; node < tree.size(); node++) {
            int frame = tree.frame(node);
            boolean again = path.enter(node);
            if (frame < 0) continue;
            int parent = tree.parent(node);
            int caller = tree.frame(parent);
            if (caller < 0) continue;
            if (frame == function) add(callers, caller, tree, node, again && edgeAbove(tree, parent, caller, function));
            if (caller == function) add(callees, frame, tree, node, again && edgeAbove(tree, parent, function, frame));
        }
        return new Relations(sorted(callers), sorted(callees));
    }

    private static boolean edgeAbove(CallTree tree, int node, int caller, int callee) {
        for (int at = node; at > 0; at = tree.parent(at))
            if (tree.frame(at) == callee && tree.frame(tree.parent(at)) == caller) return true;
        return false;
    }

    private static void add(Map<Integer, double[]> relations, int other, CallTree tree, int node, boolean again) {
        double[] sum = relations.computeIfAbsent(other, _ -> new double[2]);
        sum[0] += tree.self(node);
        if (!again) sum[1] += tree.total(node);
    }

    private static List<Relation> sorted(Map<Integer, double[]> relations) {
        var list = new ArrayList<Relation>();
        relations.forEach((function, sum) -> list.add(new Relation(function, null, sum[0], sum[1])));
        list.sort(DEAREST.thenComparing(Relation::function));
        return List.copyOf(list);
    }
}
