package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.profile.CallGraph;
import serpentarium.task.TaskContext;

/// Estimates a call tree from a call graph, and says for each node what is known for sure.
///
/// A file of this kind knows, of function `p`, its inclusive cost `I(p)` and of each edge its inclusive cost `E(p,c)`, but not which of the
/// ways that lead to `p` an edge's cost belongs to. For a node `n` of function `p` with estimated cost `Î(n)`, a child `c` gets
///
/// - estimate `E(p,c) · Î(n) / I(p)`: the edge is shared out as `p` itself is;
/// - at most `min(E(p,c), upper(n))`;
/// - at least `max(0, E(p,c) − (I(p) − lower(n)))`: what cannot fit into the other ways to `p`.
///
/// A function that is reached by one way only is therefore exact. Direct recursion is folded into the function. A longer way back into a
/// function that is on the path ends in a [CallTree#RECURSION] leaf, and inside such a cycle nothing is known below. What no root explains
/// is shown as [CallTree#UNATTRIBUTED], never scaled away. The tree grows from the dearest node on and ends at a share of the whole, so a
/// graph with very many paths does not explode.
///
/// Files are not always consistent. Where callers account for more than a function's own sum (a profiler that mixed threads), the edges are
/// shared out over what the callers say; where a function's parts are more than the whole, they are scaled and none is called certain. An
/// edge without a cost (`python -m profile` counts calls only) is guessed from the calls. Negative and infinite costs count as nothing.
final class GraphEstimate {
    private static final int MAX_NODES = 400_000;
    private static final int MAX_RING_DEPTH = 1_000;
    private static final double MIN_SHARE = 2e-5;
    private static final double NOISE = 1e-6;

    private final CallGraph graph;
    private final int event;
    private final int[] cycle;
    private final int[] cycleSize;
    private final double[] self;
    private final double[] inclusive;
    private final double[] outside;
    private final double[] edgeCost;
    private final boolean[] edgeGuessed;
    private final boolean[] guessedInto;
    private final TreeColumns nodes = new TreeColumns(1024, true);
    private int[] heap = new int[1024];
    private int heapSize;

    GraphEstimate(CallGraph graph, int event) {
        this.graph = graph;
        this.event = event;
        this.cycle = Cycles.of(graph);
        this.cycleSize = Cycles.sizes(cycle);
        int functions = graph.functions();
        self = new double[functions];
        inclusive = new double[functions];
        outside = new double[functions];
        guessedInto = new boolean[functions];
        for (int f = 0; f < functions; f++) {
            self[f] = usable(graph.self(event, f));
            inclusive[f] = Math.max(usable(graph.total(event, f)), self[f]);
        }
        edgeCost = new double[graph.edges()];
        edgeGuessed = new boolean[graph.edges()];
        for (int edge = 0; edge < edgeCost.length; edge++) {
            double cost = graph.edgeTotal(event, edge);
            edgeGuessed[edge] = Double.isNaN(cost);
            edgeCost[edge] = edgeGuessed[edge] ? shareByCalls(edge) : usable(cost);
            int callee = graph.callee(edge);
            if (cycle[graph.caller(edge)] == cycle[callee]) continue;
            outside[callee] += edgeCost[edge];
            guessedInto[callee] |= edgeGuessed[edge];
        }
    }

    private static double usable(double cost) {
        return cost > 0 && cost < Double.POSITIVE_INFINITY ? cost : 0;
    }

    /// Where the file counts an edge's calls and not its cost, each call is taken to cost the same.
    private double shareByCalls(int edge) {
        int callee = graph.callee(edge);
        double all = callsInto(callee);
        return all <= 0 ? 0 : inclusive[callee] * calls(edge) / all;
    }

    /// The calls of a function that are not its own recursion: what its callers account for, or more where the file says more.
    private double callsInto(int function) {
        double all = 0;
        for (int i = 0; i < graph.callerCount(function); i++) {
            int edge = graph.callerEdge(function, i);
            if (graph.caller(edge) != function) all += calls(edge);
        }
        return graph.primitiveCalls() == null ? all : Math.max(all, graph.primitiveCalls().exact(function).doubleValue());
    }

    private double calls(int edge) {
        return graph.edgeCalls() == null ? 1 : usable(graph.edgeCalls().exact(edge).doubleValue());
    }

    /// Whether a guessed edge is the one way into its function, so that the guess is the truth.
    private boolean onlyWayIn(int edge) {
        int callee = graph.callee(edge);
        return graph.callerCount(callee) == 1 && calls(edge) >= callsInto(callee);
    }

    CallTree tree(TaskContext context) {
        double whole = 0;
        for (double cost : self) whole += cost;
        nodes.add(-1, -1, 0, 0, CallTree.FUNCTION);
        double floor = whole * MIN_SHARE;
        double rooted = roots(floor);
        double rest = whole - rooted;
        if (rest > 1e-9 * whole) leaf(0, -1, rest, CallTree.UNATTRIBUTED, rest, rest);
        nodes.total[0] = nodes.lower[0] = nodes.upper[0] = Math.max(whole, rooted);
        int seen = 0;
        while (heapSize > 0) {
            if ((seen++ & 0xff) == 0) context.checkpoint();
            expand(pop(), floor);
        }
        return nodes.build();
    }

    /// Adds the functions that something unknown calls: those without callers outside their own cycle, and those whose callers do not
    /// account for all of their cost (frames entered before recording began, other threads). Gives their sum.
    private double roots(double floor) {
        double sum = 0;
        boolean[] entered = new boolean[inclusive.length + 1];
        for (int f = 0; f < inclusive.length; f++) if (outside[f] > 0) entered[cycle[f]] = true;
        int[] dearest = new int[inclusive.length + 1];
        Arrays.fill(dearest, -1);
        for (int f = 0; f < inclusive.length; f++)
            if (dearest[cycle[f]] < 0 || inclusive[f] > inclusive[dearest[cycle[f]]]) dearest[cycle[f]] = f;
        for (int f = 0; f < inclusive.length; f++) {
            double cost;
            if (!entered[cycle[f]]) cost = dearest[cycle[f]] == f ? inclusive[f] : 0;
            else cost = inCycle(f) ? 0 : inclusive[f] - outside[f];
            if (cost <= 0 || entered[cycle[f]] && (cost < NOISE * inclusive[f] || cost < floor)) continue;
            sum += cost;
            branch(0, f, cost, guessedInto[f] ? 0 : cost, guessedInto[f] ? inclusive[f] : cost);
        }
        return sum;
    }

    private boolean inCycle(int function) {
        return cycleSize[cycle[function]] > 1;
    }

    private void expand(int node, double floor) {
        int function = nodes.frame[node];
        double cost = nodes.total[node];
        double spread = Math.max(inclusive[function], outside[function]);
        double share = spread > 0 ? Math.min(1, cost / spread) : 0;
        double own = self[function] * share;
        double sum = own;
        for (int edge = graph.calleesBegin(function); edge < graph.calleesEnd(function); edge++)
            if (graph.callee(edge) != function) sum += edgeCost[edge] * share;
        double fit = sum > cost && sum > 0 ? cost / sum : 1;
        nodes.self[node] = own * fit;
        double elsewhere = Math.max(0, spread - nodes.lower[node]);
        if (elsewhere <= NOISE * spread) elsewhere = 0;
        boolean doubtful = inCycle(function) || fit < 1 - NOISE;
        boolean full = nodes.size >= MAX_NODES;
        double small = 0;
        double smallLower = 0;
        double smallUpper = 0;
        for (int edge = graph.calleesBegin(function); edge < graph.calleesEnd(function); edge++) {
            int callee = graph.callee(edge);
            double estimate = edgeCost[edge] * share * fit;
            if (callee == function || !(estimate > 0)) continue;
            boolean known = !doubtful && (!edgeGuessed[edge] || onlyWayIn(edge));
            double lower = known ? Math.min(estimate, Math.max(0, edgeCost[edge] - elsewhere)) : 0;
            double most = edgeGuessed[edge] ? inclusive[callee] : edgeCost[edge];
            double upper = Math.max(estimate, Math.min(most, nodes.upper[node]));
            if (estimate < floor || full) {
                small += estimate;
                smallLower += lower;
                smallUpper += upper;
            } else if (cycle[callee] == cycle[function] && loops(node, callee)) {
                leaf(node, callee, estimate, CallTree.RECURSION, lower, upper);
            } else {
                branch(node, callee, estimate, lower, upper);
            }
        }
        if (small > 0)
            leaf(node, -1, small, CallTree.SMALL, Math.min(small, smallLower), Math.max(small, Math.min(smallUpper, nodes.upper[node])));
    }

    /// Whether a function of the node's own ring is on the path already. The way back lies within the ring, so that the search ends where
    /// the path enters it; a path of a thousand different functions of one ring is taken for a loop, to bound the search.
    private boolean loops(int node, int function) {
        int steps = 0;
        for (int at = node; at > 0 && cycle[nodes.frame[at]] == cycle[function]; at = nodes.parent[at])
            if (nodes.frame[at] == function || ++steps > MAX_RING_DEPTH) return true;
        return false;
    }

    private void leaf(int parent, int function, double cost, byte kind, double lower, double upper) {
        int node = nodes.add(parent, function, cost, cost, kind);
        nodes.lower[node] = lower;
        nodes.upper[node] = upper;
    }

    private void branch(int parent, int function, double cost, double lower, double upper) {
        int node = nodes.add(parent, function, cost, cost, CallTree.FUNCTION);
        nodes.lower[node] = lower;
        nodes.upper[node] = upper;
        push(node);
    }

    private void push(int node) {
        if (heapSize == heap.length) heap = Arrays.copyOf(heap, heapSize * 2);
        int at = heapSize++;
        while (at > 0 && nodes.total[heap[(at - 1) / 2]] < nodes.total[node]) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = node;
    }

    private int pop() {
        int top = heap[0];
        int last = heap[--heapSize];
        int at = 0;
        while (2 * at + 1 < heapSize) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && nodes.total[heap[child + 1]] > nodes.total[heap[child]]) child++;
            if (nodes.total[heap[child]] <= nodes.total[last]) break;
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = last;
        return top;
    }
}
