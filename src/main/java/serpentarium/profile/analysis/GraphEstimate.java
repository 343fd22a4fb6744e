package serpentarium.profile.analysis;

import java.math.BigInteger;
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
/// A function that is reached by one way only is therefore exact. An edge of a single call lies in one context whole: where some of it is
/// certain, all of it is. Direct recursion is folded into the function. A longer way back into a function that is on the path ends in a
/// [CallTree#RECURSION] leaf. A function of such a ring may be below itself: from the node where the ring is entered, what its callers
/// within the ring account for is taken off the least; deeper within the ring nothing is certain. Calls that equal primitive calls say that
/// the function was never below itself, whatever rings the graph has (imports run through `exec` make one of nearly every program).
///
/// What no root explains is shown as [CallTree#UNATTRIBUTED], never scaled away. The tree grows from the dearest node on and ends at a
/// share of the whole, so a graph with very many paths does not explode.
///
/// Files are not always consistent. Where callers account for more than a function's own sum (a profiler that mixed threads), the edges are
/// shared out over what the callers say; where a function's parts are more than the whole, they are scaled and none is called certain. An
/// edge without a cost (`python -m profile` counts calls only) is guessed from the calls, and is at most its caller's own sum. A function
/// that others were called by and that has no costs itself (its row is lost) is taken to cost what they did. Negative and infinite costs
/// count as nothing.
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
    private final double[] withinRing;
    private double[] estimates = new double[16];
    private double[] lowers = new double[16];
    private double unlisted;
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
        withinRing = new double[functions];
        boolean flat = flat();
        for (int f = 0; f < functions; f++) {
            self[f] = usable(graph.self(event, f));
            inclusive[f] = flat ? self[f] : Math.max(usable(graph.total(event, f)), self[f]);
        }
        edgeCost = new double[graph.edges()];
        edgeGuessed = new boolean[graph.edges()];
        lostRows();
        for (int edge = 0; edge < edgeCost.length; edge++) {
            double cost = graph.edgeTotal(event, edge);
            int caller = graph.caller(edge);
            int callee = graph.callee(edge);
            // A caller without cost (the profiler's own entry) is no way for a cost to come: that is not a guess.
            edgeGuessed[edge] = Double.isNaN(cost) && inclusive[caller] > 0;
            edgeCost[edge] = Double.isNaN(cost) ? Math.min(shareByCalls(edge), inclusive[caller]) : usable(cost);
            if (caller == callee) continue;
            if (cycle[caller] == cycle[callee]) {
                withinRing[callee] += edgeGuessed[edge] ? Double.POSITIVE_INFINITY : edgeCost[edge];
            } else {
                outside[callee] += edgeCost[edge];
                guessedInto[callee] |= edgeGuessed[edge];
            }
        }
    }

    /// Whether not one call is known among several functions: each then stands for itself alone, or costs would be there many times.
    private boolean flat() {
        int present = 0;
        for (int f = 0; f < graph.functions() && present < 2; f++) if (usable(graph.total(event, f)) > 0) present++;
        return graph.edges() == 0 && present > 1;
    }

    private void lostRows() {
        for (int f = 0; f < inclusive.length; f++) {
            if (inclusive[f] > 0 || inCycle(f)) continue;
            double sum = 0;
            for (int edge = graph.calleesBegin(f); edge < graph.calleesEnd(f); edge++)
                if (graph.callee(edge) != f) sum += usable(graph.edgeTotal(event, edge));
            inclusive[f] = sum;
            guessedInto[f] = sum > 0;
        }
    }

    private static double usable(double cost) {
        return cost > 0 && cost < Double.POSITIVE_INFINITY ? cost : 0;
    }

    /// Where the file counts an edge's calls and not its cost, each call from outside the callee's ring is taken to cost the same; those from
    /// within are part of them, and share the cost among all calls.
    private double shareByCalls(int edge) {
        int callee = graph.callee(edge);
        boolean within = cycle[graph.caller(edge)] == cycle[callee];
        double all = within ? callsInto(callee) : Math.max(0, callsFromNowhere(callee).doubleValue());
        if (!within) {
            for (int i = 0; i < graph.callerCount(callee); i++) {
                int other = graph.callerEdge(callee, i);
                if (cycle[graph.caller(other)] != cycle[callee]) all += calls(other);
            }
        }
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
        return graph.callerCount(callee) == 1 && calls(edge) >= callsInto(callee) && edgeCost[edge] >= inclusive[callee] * (1 - NOISE);
    }

    CallTree tree(TaskContext context) {
        return columns(context).build();
    }

    /// The most that may have begun in functions which the tree does not begin with, where no node stands for them: known after [#columns].
    double unlisted() {
        return unlisted;
    }

    /// The nodes in the order in which they were found.
    TreeColumns columns(TaskContext context) {
        double whole = 0;
        for (double cost : self) whole += cost;
        nodes.add(-1, -1, 0, 0, CallTree.FUNCTION);
        double floor = whole * MIN_SHARE;
        double rooted = roots(floor);
        double rest = whole - rooted;
        double proven = 0;
        double possible = 0;
        for (int node = 1; node < nodes.size; node++) {
            proven += nodes.lower[node];
            possible += nodes.upper[node];
        }
        boolean exact = possible - proven <= NOISE * possible;
        unlisted = exact ? 0 : Math.max(rest, whole - proven);
        if (rest > 1e-9 * whole) {
            if (exact) leaf(0, -1, rest, CallTree.UNATTRIBUTED, rest, rest);
            else leaf(0, -1, rest, CallTree.UNATTRIBUTED, Math.max(0, Math.min(rest, whole - possible)), unlisted);
            unlisted = 0;
        }
        nodes.total[0] = nodes.lower[0] = nodes.upper[0] = Math.max(whole, rooted);
        int seen = 0;
        while (heapSize > 0) {
            if ((seen++ & 0xff) == 0) context.checkpoint();
            expand(pop(), floor);
        }
        return nodes;
    }

    /// What a function calls in all its places together: a tree whose root has the function as its only child.
    TreeColumns columnsOf(int function, TaskContext context) {
        double cost = inclusive[function];
        nodes.add(-1, -1, cost, 0, CallTree.FUNCTION);
        nodes.lower[0] = nodes.upper[0] = cost;
        branch(0, function, cost, cost, cost);
        for (int seen = 0; heapSize > 0; seen++) {
            if ((seen & 0xff) == 0) context.checkpoint();
            expand(pop(), cost * MIN_SHARE);
        }
        return nodes;
    }

    /// What it is made of.
    CallerEstimate.Sums sums() {
        return new CallerEstimate.Sums(inclusive, edgeCost, edgeGuessed, cycle);
    }

    /// Adds the functions that something unknown calls: those without callers outside their own ring, and those whose callers do not
    /// account for all of their cost (frames entered before recording began, other threads). Gives their sum.
    private double roots(double floor) {
        double sum = 0;
        boolean[] entered = new boolean[inclusive.length + 1];
        for (int f = 0; f < inclusive.length; f++) if (outside[f] > 0) entered[cycle[f]] = true;
        int[] entry = new int[inclusive.length + 1];
        int[] entries = new int[inclusive.length + 1];
        Arrays.fill(entry, -1);
        for (int f = 0; f < inclusive.length; f++) {
            int ring = cycle[f];
            boolean called = callsFromNowhere(f).signum() > 0;
            if (called) entries[ring]++;
            boolean first = entry[ring] < 0 || called && entries[ring] == 1;
            if (first || called == entries[ring] > 0 && inclusive[f] > inclusive[entry[ring]]) entry[ring] = f;
        }
        for (int f = 0; f < inclusive.length; f++) {
            int ring = cycle[f];
            double cost;
            if (!entered[ring]) cost = entry[ring] == f ? inclusive[f] : 0;
            else cost = inCycle(f) ? 0 : inclusive[f] - outside[f];
            if (cost <= 0 || entered[ring] && (cost < NOISE * inclusive[f] || cost < floor)) continue;
            sum += cost;
            // Where every way into a ring is counted and one is left over, all stacks of the ring begin there.
            double others = inCycle(f) && entries[ring] != 1 ? withinRing[f] : 0;
            branch(0, f, cost, guessedInto[f] ? 0 : Math.max(0, cost - others), guessedInto[f] ? inclusive[f] : cost);
        }
        return sum;
    }

    /// How many more calls of a function the file counts than its callers made; 0 where it does not count.
    private BigInteger callsFromNowhere(int function) {
        if (graph.calls() == null || graph.edgeCalls() == null) return BigInteger.ZERO;
        BigInteger rest = graph.calls().exact(function);
        for (int i = 0; i < graph.callerCount(function); i++)
            rest = rest.subtract(graph.edgeCalls().exact(graph.callerEdge(function, i)));
        return rest;
    }

    private boolean inCycle(int function) {
        return cycleSize[cycle[function]] > 1;
    }

    /// Whether a function may be below itself with others between.
    private boolean mayNest(int function) {
        if (!inCycle(function)) return false;
        if (graph.calls() == null || graph.primitiveCalls() == null) return true;
        BigInteger calls = graph.calls().exact(function);
        return calls.signum() <= 0 || !calls.equals(graph.primitiveCalls().exact(function));
    }

    private boolean calledOnce(int edge) {
        return graph.edgeCalls() != null && graph.edgeCalls().exact(edge).equals(BigInteger.ONE);
    }

    private void expand(int node, double floor) {
        int function = nodes.frame[node];
        double ownPart = shareOut(node);
        nodes.self[node] = ownPart;
        int begin = graph.calleesBegin(function);
        boolean full = nodes.size >= MAX_NODES;
        double small = 0;
        double smallLower = 0;
        double smallUpper = 0;
        for (int edge = begin; edge < graph.calleesEnd(function); edge++) {
            int callee = graph.callee(edge);
            double estimate = estimates[edge - begin];
            if (callee == function || !(estimate > 0)) continue;
            double lower = Math.min(estimate, lowers[edge - begin]);
            double upper = Math.max(estimate, most(edge, node));
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

    private double most(int edge, int node) {
        return Math.min(edgeGuessed[edge] ? inclusive[graph.callee(edge)] : edgeCost[edge], nodes.upper[node]);
    }

    /// Shares a node's cost out among its function's edges: fills `estimates` and `lowers`, and gives what is left for the function itself.
    /// Where the parts are more than the whole, what is not certain of each is scaled down.
    private double shareOut(int node) {
        int function = nodes.frame[node];
        int begin = graph.calleesBegin(function);
        int count = graph.calleesEnd(function) - begin;
        if (count > estimates.length) {
            estimates = new double[count * 2];
            lowers = new double[count * 2];
        }
        double cost = nodes.total[node];
        double spread = Math.max(inclusive[function], outside[function]);
        double share = spread > 0 ? Math.min(1, cost / spread) : 0;
        double elsewhere = elsewhere(node, spread);
        double own = self[function] * share;
        double sum = own;
        for (int i = 0; i < count; i++) if (graph.callee(begin + i) != function) sum += edgeCost[begin + i] * share;
        // Only a function that is below itself can have parts that overlap; else the file contradicts itself, and nothing is certain.
        boolean certain = mayNest(function) || sum <= cost * (1 + NOISE);
        double least = 0;
        sum = own;
        for (int i = 0; i < count; i++) {
            int edge = begin + i;
            boolean itself = graph.callee(edge) == function;
            double upper = most(edge, node);
            lowers[i] = certain && !itself ? Math.min(upper, certainly(edge, elsewhere)) : 0;
            estimates[i] = itself ? 0 : Math.max(lowers[i], Math.min(upper, edgeCost[edge] * share));
            least += lowers[i];
            sum += estimates[i];
        }
        if (sum <= cost) return own;
        if (least > cost) {
            Arrays.fill(lowers, 0, count, 0);
            least = 0;
        }
        double scale = (cost - least) / (sum - least);
        for (int i = 0; i < count; i++) estimates[i] = lowers[i] + (estimates[i] - lowers[i]) * scale;
        return own * scale;
    }

    /// What of an edge cannot lie in other contexts, which hold at most `elsewhere`.
    private double certainly(int edge, double elsewhere) {
        if (edgeGuessed[edge] && !onlyWayIn(edge)) return 0;
        double lower = Math.max(0, edgeCost[edge] - elsewhere);
        return calledOnce(edge) && lower > NOISE * edgeCost[edge] ? edgeCost[edge] : lower;
    }

    /// The most that a node's function can cost in other contexts than this node.
    private double elsewhere(int node, double spread) {
        int function = nodes.frame[node];
        double others = Math.max(0, spread - nodes.lower[node]);
        if (others <= NOISE * spread) others = 0;
        if (!mayNest(function)) return others;
        int parent = nodes.parent[node];
        boolean entry = parent == 0 || cycle[nodes.frame[parent]] != cycle[function];
        return entry ? others + withinRing[function] : Double.POSITIVE_INFINITY;
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
