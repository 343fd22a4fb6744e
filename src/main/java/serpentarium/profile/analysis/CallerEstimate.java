package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.profile.CallGraph;
import serpentarium.task.TaskContext;

/// Estimates from sums of calls by which ways a function was reached: a tree of callers whose root is the function.
///
/// It is [GraphEstimate] read backwards. The direct callers are in the file. Of a node of caller `p` with estimated cost `Ĉ`, the part that came by
/// way of `p`'s own caller `d` is, with `E` the cost of the calls from one to another and `I(p)` that of `p` with all below,
///
/// - about `E(d,p) · Ĉ / I(p)`: each way to `p` has as much of the function in it as any other;
/// - at most `E(d,p)`, and at most the node's upper bound;
/// - at least what the other ways to `p` cannot hold: `lower − (I(p) − E(d,p))`.
///
/// What no caller explains began there. A caller that is on the way already ends in a [CallTree#RECURSION] leaf; within a ring of functions nothing
/// but the upper bound is claimed.
final class CallerEstimate {
    private static final int MOST_NODES = 200_000;
    private static final int MOST_STEPS = 1_000;
    private static final double LEAST_SHARE = 2e-5;

    private final CallGraph graph;
    private final Sums sums;
    private final TreeColumns nodes = new TreeColumns(256, true);
    private final double floor;
    private final int[] ringSize;
    private int[] queue = new int[256];
    private int queued;

    /// What [GraphEstimate] takes a graph to say.
    ///
    /// @param inclusive what each function cost with all below
    /// @param cost      what each edge cost
    /// @param guessed   whether that is a guess, for the file does not say
    /// @param ring      the ring of functions that each function belongs to
    record Sums(double[] inclusive, double[] cost, boolean[] guessed, int[] ring) {}

    private CallerEstimate(CallGraph graph, Sums sums, int function) {
        this.graph = graph;
        this.sums = sums;
        floor = sums.inclusive[function] * LEAST_SHARE;
        ringSize = new int[graph.functions() + 1];
        for (int f = 0; f < graph.functions(); f++) ringSize[sums.ring[f]]++;
    }

    /// The tree of a function's callers.
    static CallTree of(CallGraph graph, Sums sums, int function, TaskContext context) {
        return new CallerEstimate(graph, sums, function).build(function, context);
    }

    /// Level by level, the widest ways of a level are not told from the others: what is too small is left out by its share.
    private CallTree build(int function, TaskContext context) {
        double cost = sums.inclusive[function];
        add(-1, function, cost, CallTree.FUNCTION, cost, cost);
        for (int next = 0; next < queued; next++) {
            if ((next & 0xff) == 0) context.checkpoint();
            open(queue[next]);
        }
        return nodes.build();
    }

    private void open(int node) {
        int callee = nodes.frame[node];
        double cost = nodes.total[node];
        double ways = 0;
        for (int i = 0; i < graph.callerCount(callee); i++) {
            int edge = graph.callerEdge(callee, i);
            if (graph.caller(edge) != callee) ways += sums.cost[edge];
        }
        double spread = Math.max(ways, sums.inclusive[callee]);
        if (!(spread > 0)) return;
        double share = Math.min(1, cost / spread);
        boolean ring = ringSize[sums.ring[callee]] > 1;
        double small = 0;
        double smallUpper = 0;
        for (int i = 0; i < graph.callerCount(callee); i++) {
            int edge = graph.callerEdge(callee, i);
            int caller = graph.caller(edge);
            double estimate = sums.cost[edge] * share;
            if (caller == callee || !(estimate > 0)) continue;
            boolean guessed = sums.guessed[edge];
            double upper = Math.max(estimate, Math.min(nodes.upper[node], guessed ? spread : sums.cost[edge]));
            double lower = ring || guessed ? 0 : Math.clamp(nodes.lower[node] - (spread - sums.cost[edge]), 0, estimate);
            // The file has the direct callers; only where they overlap, because one is below another, their boxes are narrower than that.
            if (node == 0 && !guessed && share == 1) lower = upper = estimate;
            if (estimate < floor || nodes.size >= MOST_NODES) {
                small += estimate;
                smallUpper += upper;
            } else {
                add(node, caller, estimate, above(node, caller) ? CallTree.RECURSION : CallTree.FUNCTION, lower, upper);
            }
        }
        if (small > 0) add(node, -1, small, CallTree.SMALL, 0, Math.max(small, Math.min(smallUpper, nodes.upper[node])));
    }

    /// Whether a function is on the way already. The way back lies within a ring, so that the search ends where the path leaves it.
    private boolean above(int node, int caller) {
        int steps = 0;
        for (int at = node; at >= 0 && sums.ring[nodes.frame[at]] == sums.ring[caller]; at = nodes.parent[at])
            if (nodes.frame[at] == caller || ++steps > MOST_STEPS) return true;
        return false;
    }

    private void add(int parent, int function, double cost, byte kind, double lower, double upper) {
        int node = nodes.add(parent, function, cost, cost, kind);
        nodes.lower[node] = lower;
        nodes.upper[node] = upper;
        if (parent >= 0) nodes.self[parent] = Math.max(0, nodes.self[parent] - cost);
        if (kind != CallTree.FUNCTION) return;
        if (queued == queue.length) queue = Arrays.copyOf(queue, queued * 2);
        queue[queued++] = node;
    }
}
