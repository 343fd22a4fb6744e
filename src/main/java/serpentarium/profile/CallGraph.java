package serpentarium.profile;

import java.util.Arrays;

/// What a file of the caller-callee kind knows of one thread: costs of functions, and of the calls between them, in columns.
///
/// Functions have the numbers of the [FrameTable]; a function that this thread never ran has zeros. Edges are numbered so that those
/// of one caller lie together, in the order of the callee's number.
public final class CallGraph {
    private final double[][] self;
    private final double[][] total;
    private final CountColumn calls;
    private final CountColumn primitiveCalls;
    private final int[] edgeStart;
    private final int[] edgeCaller;
    private final int[] edgeCallee;
    private final CountColumn edgeCalls;
    private final double[][] edgeTotal;
    private final double[][] edgeSelf;
    private final int[] callerStart;
    private final int[] callerEdge;
    private final int entries;
    private final EventFormulas formulas;

    private CallGraph(Builder b, int functions, int entries, int[] order) {
        this.entries = entries;
        formulas = b.formulas;
        self = b.self;
        total = b.total;
        for (int e = 0; e < self.length; e++) {
            self[e] = Arrays.copyOf(self[e], functions);
            total[e] = Arrays.copyOf(total[e], functions);
        }
        calls = b.calls;
        primitiveCalls = b.primitiveCalls;
        int n = order.length;
        edgeStart = new int[functions + 1];
        callerStart = new int[functions + 1];
        edgeCaller = new int[n];
        edgeCallee = new int[n];
        edgeCalls = b.hasCalls ? new CountColumn() : null;
        edgeTotal = new double[self.length][n];
        edgeSelf = b.edgeSelf == null ? null : new double[self.length][n];
        for (int i = 0; i < n; i++) {
            int from = order[i];
            edgeCaller[i] = b.caller(from);
            edgeCallee[i] = b.callee(from);
            edgeStart[edgeCaller[i] + 1]++;
            callerStart[edgeCallee[i] + 1]++;
            if (edgeCalls != null) edgeCalls.set(i, b.edgeCalls, from);
            for (int e = 0; e < self.length; e++) {
                edgeTotal[e][i] = b.edgeTotal[e][from];
                if (edgeSelf != null) edgeSelf[e][i] = b.edgeSelf[e][from];
            }
        }
        for (int f = 0; f < functions; f++) {
            edgeStart[f + 1] += edgeStart[f];
            callerStart[f + 1] += callerStart[f];
        }
        callerEdge = new int[n];
        int[] next = callerStart.clone();
        for (int i = 0; i < n; i++) callerEdge[next[edgeCallee[i]]++] = i;
    }

    /// How many functions the columns cover.
    public int functions() {
        return edgeStart.length - 1;
    }

    /// How many functions the file has an entry for: 0…`entries()` - 1. Those beyond only occur as callers; they have no cost.
    public int entries() {
        return entries;
    }

    /// How many events have a cost.
    public int events() {
        return self.length + formulas.size();
    }

    /// How many of them have columns of their own: the first ones.
    public int measured() {
        return self.length;
    }

    /// How the others follow from them.
    public EventFormulas formulas() {
        return formulas;
    }

    /// The cost of the function itself.
    public double self(int event, int function) {
        return event < self.length ? self[event][function] : formulas.of(event - self.length, self, function);
    }

    /// The cost of the function with all that it called, a recursive call not counted twice.
    public double total(int event, int function) {
        return event < total.length ? total[event][function] : formulas.of(event - total.length, total, function);
    }

    /// How often each function was called, recursive calls included; null where the file does not say.
    public CountColumn calls() {
        return calls;
    }

    /// How often each function was called, recursive calls left out; null where the file does not say.
    public CountColumn primitiveCalls() {
        return primitiveCalls;
    }

    /// How many edges there are.
    public int edges() {
        return edgeCaller.length;
    }

    /// The first edge out of `caller`; they end where [#calleesEnd(int)] says.
    public int calleesBegin(int caller) {
        return edgeStart[caller];
    }

    /// One past the last edge out of `caller`.
    public int calleesEnd(int caller) {
        return edgeStart[caller + 1];
    }

    /// How many edges lead to `callee`.
    public int callerCount(int callee) {
        return callerStart[callee + 1] - callerStart[callee];
    }

    /// The `index`-th edge that leads to `callee`.
    public int callerEdge(int callee, int index) {
        return callerEdge[callerStart[callee] + index];
    }

    /// The function that calls.
    public int caller(int edge) {
        return edgeCaller[edge];
    }

    /// The function that is called.
    public int callee(int edge) {
        return edgeCallee[edge];
    }

    /// How many calls each edge stands for; null where the file does not say.
    public CountColumn edgeCalls() {
        return edgeCalls;
    }

    /// The cost of an edge's calls with all below them. NaN where the file has no cost for this edge.
    public double edgeTotal(int event, int edge) {
        return event < edgeTotal.length ? edgeTotal[event][edge] : formulas.of(event - edgeTotal.length, edgeTotal, edge);
    }

    /// Whether the file says what the callee itself cost under each caller.
    public boolean hasEdgeSelf() {
        return edgeSelf != null;
    }

    /// The callee's own cost under this caller. NaN where the file does not say.
    public double edgeSelf(int event, int edge) {
        if (edgeSelf == null) return Double.NaN;
        return event < edgeSelf.length ? edgeSelf[event][edge] : formulas.of(event - edgeSelf.length, edgeSelf, edge);
    }

    /// Collects functions and edges in any order.
    public static final class Builder {
        private double[][] self;
        private double[][] total;
        private final boolean hasCalls;
        private final CountColumn calls;
        private final CountColumn primitiveCalls;
        // Caller and callee: together, as they are always looked at together and mostly far from the processor's cache.
        private long[] edgeKey = new long[64];
        private final CountColumn edgeCalls = new CountColumn();
        private double[][] edgeTotal;
        private double[][] edgeSelf;
        private int edges;
        private EventFormulas formulas = EventFormulas.NONE;
        private int[] table = new int[256];

        /// @param events            how many events have a cost
        /// @param hasCalls          whether calls are counted
        /// @param hasPrimitiveCalls whether calls without recursive ones are counted
        /// @param hasEdgeSelf       whether an edge has a self cost
        public Builder(int events, boolean hasCalls, boolean hasPrimitiveCalls, boolean hasEdgeSelf) {
            self = new double[events][64];
            total = new double[events][64];
            edgeTotal = new double[events][64];
            edgeSelf = hasEdgeSelf ? new double[events][64] : null;
            this.hasCalls = hasCalls;
            calls = hasCalls ? new CountColumn() : null;
            primitiveCalls = hasPrimitiveCalls ? new CountColumn() : null;
        }

        /// Adds events that are computed from those of the columns; they have the numbers after them.
        public void formulas(EventFormulas derived) {
            formulas = derived;
        }

        /// Adds to a function's own cost.
        public void addSelf(int event, int function, double cost) {
            reach(function);
            self[event][function] += cost;
        }

        /// Adds to a function's cost with all below it.
        public void addTotal(int event, int function, double cost) {
            reach(function);
            total[event][function] += cost;
        }

        /// The function's own cost so far.
        public double self(int event, int function) {
            return function < self[event].length ? self[event][function] : 0;
        }

        /// The function's cost with all below it so far.
        public double total(int event, int function) {
            return function < total[event].length ? total[event][function] : 0;
        }

        /// The calls so far; null where they are not counted.
        public CountColumn calls() {
            return calls;
        }

        /// The primitive calls so far; null where they are not counted.
        public CountColumn primitiveCalls() {
            return primitiveCalls;
        }

        /// The number, for this builder only, of the edge between two functions; a new one where there was none.
        public int edge(int caller, int callee) {
            long key = (long) caller << 32 | callee;
            int mask = table.length - 1;
            int slot = hash(key) & mask;
            for (int known; (known = table[slot]) != 0; slot = slot + 1 & mask) if (edgeKey[known - 1] == key) return known - 1;
            if (edges == edgeKey.length) {
                int more = edges + (edges >> 1);
                edgeKey = Arrays.copyOf(edgeKey, more);
                for (int e = 0; e < edgeTotal.length; e++) {
                    edgeTotal[e] = Arrays.copyOf(edgeTotal[e], more);
                    if (edgeSelf != null) edgeSelf[e] = Arrays.copyOf(edgeSelf[e], more);
                }
            }
            reach(Math.max(caller, callee));
            edgeKey[edges] = key;
            table[slot] = ++edges;
            if (edges * 2 > table.length) rehash();
            return edges - 1;
        }

        /// The calls of edges so far, by this builder's numbers.
        public CountColumn edgeCalls() {
            return edgeCalls;
        }

        /// Adds to an edge's cost; NaN says that it is not known.
        public void addEdgeTotal(int event, int edge, double cost) {
            edgeTotal[event][edge] += cost;
        }

        /// Adds to an edge's self cost; NaN says that it is not known.
        public void addEdgeSelf(int event, int edge, double cost) {
            edgeSelf[event][edge] += cost;
        }

        /// How many edges there are so far.
        public int edges() {
            return edges;
        }

        /// An edge's caller.
        public int caller(int edge) {
            return (int) (edgeKey[edge] >>> 32);
        }

        /// An edge's callee.
        public int callee(int edge) {
            return (int) edgeKey[edge];
        }

        /// An edge's cost so far.
        public double edgeTotal(int event, int edge) {
            return edgeTotal[event][edge];
        }

        private void reach(int function) {
            if (function < self[0].length) return;
            int more = Math.max(function + 1, self[0].length + (self[0].length >> 1));
            for (int e = 0; e < self.length; e++) {
                self[e] = Arrays.copyOf(self[e], more);
                total[e] = Arrays.copyOf(total[e], more);
            }
        }

        private void rehash() {
            table = new int[table.length * 2];
            int mask = table.length - 1;
            for (int edge = 0; edge < edges; edge++) {
                int slot = hash(edgeKey[edge]) & mask;
                while (table[slot] != 0) slot = slot + 1 & mask;
                table[slot] = edge + 1;
            }
        }

        private static int hash(long key) {
            long h = (key ^ key >>> 32) * 0x9E3779B97F4A7C15L ^ key * 0xC2B2AE3D27D4EB4FL;
            return (int) (h ^ h >>> 29 ^ h >>> 47);
        }

        /// The graph over functions 0…`functions` - 1. The builder must not be used after this.
        public CallGraph build(int functions) {
            return build(functions, functions);
        }

        /// The same where the functions from `entries` on have no entry of their own and only occur as callers.
        public CallGraph build(int functions, int entries) {
            int[] order = sortedOrder(edgeKey, edges);
            return new CallGraph(this, functions, entries, order);
        }

        private static int[] sortedOrder(long[] keys, int n) {
            // Two stable counting passes need no object per edge: by callee, then by caller.
            int top = 0;
            for (int i = 0; i < n; i++) top = Math.max(top, Math.max((int) (keys[i] >>> 32), (int) keys[i]));
            int[] order = new int[n];
            for (int i = 0; i < n; i++) order[i] = i;
            for (int shift = 0; shift <= 32; shift += 32) {
                int[] count = new int[top + 2];
                for (int i = 0; i < n; i++) count[(int) (keys[order[i]] >>> shift) + 1]++;
                for (int i = 0; i <= top; i++) count[i + 1] += count[i];
                int[] sorted = new int[n];
                for (int i = 0; i < n; i++) sorted[count[(int) (keys[order[i]] >>> shift)]++] = order[i];
                order = sorted;
            }
            return order;
        }
    }
}
