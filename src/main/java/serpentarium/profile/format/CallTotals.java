package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.profile.CallGraph;

/// Total costs of functions, made from self costs and the costs of calls. A callgrind file does not say them.
///
/// The rule, event by event. A function that is in no cycle (a direct call of itself is none): its self cost and the costs of its calls of
/// others, or the costs of the calls of it where those are more. No two of the latter can be active at once, so that it cost at least that;
/// it is more where the file leaves out what the function called, as profilers of Python do with generators and other threads.
///
/// A function in a cycle, that is in a strongly connected component of several functions: the costs of calls inside the component count
/// nested activations again, so that their sum says too much. What is certain is that its total is
///
/// - at least its self cost and its calls out of the component, and at least the cost of the calls from outside the component (no two of
///   those can be active at once);
/// - at most the whole component's cost (all self costs in it and all calls out of it), at most its self cost and all its calls, and, where
///   the component is entered from outside at all, at most the sum of all calls of it.
///
/// The total is the least upper bound of these, not below the greatest lower bound and never above the event's total. Where a cycle is
/// entered at one function only, that function's total is exact.
///
/// Components by R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972), with an explicit stack.
final class CallTotals {
    private final CallGraph.Builder graph;
    private final int functions;
    private final int[] start;
    private final int[] edge;
    private final int[] component;
    private final int[] componentSize;
    private int components;

    /// @param functions how many there are
    CallTotals(CallGraph.Builder graph, int functions) {
        this.graph = graph;
        this.functions = functions;
        start = new int[functions + 1];
        int edges = graph.edges();
        for (int i = 0; i < edges; i++) start[graph.caller(i) + 1]++;
        for (int f = 0; f < functions; f++) start[f + 1] += start[f];
        edge = new int[edges];
        int[] next = start.clone();
        for (int i = 0; i < edges; i++) edge[next[graph.caller(i)]++] = i;
        component = new int[functions];
        Arrays.fill(component, -1);
        componentSize = new int[functions];
        findComponents();
    }

    private void findComponents() {
        int[] order = new int[functions];
        int[] low = new int[functions];
        int[] at = new int[functions];
        int[] open = new int[functions];
        int[] path = new int[functions];
        int opened = 0;
        int count = 0;
        for (int root = 0; root < functions; root++) {
            if (order[root] != 0) continue;
            int depth = 0;
            path[depth++] = root;
            order[root] = low[root] = ++count;
            at[root] = start[root];
            open[opened++] = root;
            while (depth > 0) {
                int f = path[depth - 1];
                if (at[f] < start[f + 1]) {
                    int callee = graph.callee(edge[at[f]++]);
                    if (order[callee] == 0) {
                        path[depth++] = callee;
                        order[callee] = low[callee] = ++count;
                        at[callee] = start[callee];
                        open[opened++] = callee;
                    } else if (component[callee] < 0) low[f] = Math.min(low[f], order[callee]);
                    continue;
                }
                depth--;
                if (depth > 0) low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[f]);
                if (low[f] != order[f]) continue;
                int member;
                do {
                    member = open[--opened];
                    component[member] = components;
                    componentSize[components]++;
                } while (member != f);
                components++;
            }
        }
    }

    /// Sets the totals of one event; they must be zero before.
    ///
    /// @param whole the event's total
    void fill(int event, double whole) {
        double[] out = new double[functions];
        double[] outside = new double[functions];
        double[] in = new double[functions];
        double[] entered = new double[functions];
        double[] cycle = new double[components];
        boolean[] hasEntry = new boolean[components];
        for (int f = 0; f < functions; f++) cycle[component[f]] += graph.self(event, f);
        for (int i = 0; i < graph.edges(); i++) {
            int caller = graph.caller(i);
            int callee = graph.callee(i);
            if (caller == callee) continue;
            double cost = graph.edgeTotal(event, i);
            if (Double.isNaN(cost)) continue;
            out[caller] += cost;
            in[callee] += cost;
            if (component[caller] == component[callee]) continue;
            outside[caller] += cost;
            entered[callee] += cost;
            cycle[component[caller]] += cost;
            hasEntry[component[callee]] = true;
        }
        for (int f = 0; f < functions; f++) {
            int c = component[f];
            double self = graph.self(event, f);
            double total = self + out[f];
            if (componentSize[c] == 1) total = Math.max(total, in[f]);
            else {
                double upper = Math.min(total, cycle[c]);
                if (hasEntry[c]) upper = Math.min(upper, in[f]);
                total = Math.min(whole, Math.max(upper, Math.max(self + outside[f], entered[f])));
            }
            graph.addTotal(event, f, total);
        }
    }
}
