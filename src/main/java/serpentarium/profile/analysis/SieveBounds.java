package serpentarium.profile.analysis;

import java.util.BitSet;

/// What is known of an estimate after a [Filter]: totals and the intervals that hold them.
///
/// A node's new total is the sum of the old totals of the nodes whose part enters its part of the tree, less those whose part leaves it. Where
/// a part enters, both its bounds are added; where one leaves, its upper bound is taken off the lower one and the other way round.
///
/// Some nodes hide functions that the tree does not list: ways back, small callees, cost without a caller. If the graph has a way from there
/// to a function that the filter is about, their cost may belong elsewhere than where the filter left it: see [Hidden]. Nothing costs more
/// than its function in all.
final class SieveBounds {
    private static final double NOISE = 1e-12;

    private final Stage in;
    private final NodeKeys keys;
    private final GraphFacts graph;
    private final int[] at;
    private final BitSet kept;
    private double unlisted;

    /// What a node that hides functions may do to the bounds of others.
    enum Hidden {
        /// It was dropped and may have matched: more for all above it.
        UPWARD,
        /// It was kept and may not have matched: less for itself and all above it.
        LOST,
        /// It was dropped and may match: more for everything.
        ANYWHERE,
        /// It may continue what stands beside it: more for all that is below the same caller.
        BESIDE,
        /// It may continue anything that is above or beside it: more for all below the same root.
        BACK
    }

    /// The new tree before anything is left out.
    record Shape(int size, int[] parent, int[] key) {}

    SieveBounds(Stage in, NodeKeys keys, GraphFacts graph, int[] at, BitSet kept) {
        this.in = in;
        this.keys = keys;
        this.graph = graph;
        this.at = at;
        this.kept = kept;
        unlisted = in.bounds().unlisted();
    }

    /// The bounds of a new tree.
    ///
    /// @param functions what the filter is about; null for all that can come back to itself
    Stage.Bounds of(Shape to, Hidden hidden, BitSet functions) {
        int size = to.size();
        double[][] local = new double[3][size];
        double[][] enters = new double[3][size];
        double[][] leaves = new double[3][size];
        if (kept.get(0)) add(local, 0, 0);
        for (int node = 1; node < in.size(); node++) {
            int a = kept.get(node) ? at[node] : -1;
            int b = kept.get(in.parent()[node]) ? at[in.parent()[node]] : -1;
            if (a == b) continue;
            if (a >= 0 && b >= 0 && to.parent()[a] == b) {
                add(local, a, node);
            } else if (a >= 0 && b >= 0) {
                // Only a way back does this: its part leaves all between.
                add(leaves, b, node);
                take(leaves, a, node);
            } else if (a >= 0) {
                add(enters, a, node);
            } else {
                add(leaves, b, node);
            }
        }
        for (int node = size - 1; node > 0; node--) {
            int parent = to.parent()[node];
            for (int i = 0; i < 3; i++) {
                enters[i][parent] += enters[i][node];
                leaves[i][parent] += leaves[i][node];
            }
        }
        double[] more = new double[size];
        double[] less = new double[size];
        hidden(to, hidden, functions, more, less);
        return sum(to, local, enters, leaves, more, less, hidden);
    }

    private Stage.Bounds sum(Shape to, double[][] local, double[][] enters, double[][] leaves, double[] more, double[] less, Hidden hidden) {
        int size = to.size();
        double[] total = new double[size];
        double[] lower = new double[size];
        double[] upper = new double[size];
        boolean same = hidden == Hidden.UPWARD || hidden == Hidden.LOST;
        for (int node = 0; node < size; node++) {
            total[node] = less(local[0][node] + enters[0][node], leaves[0][node]);
            double least = less(local[1][node] + enters[1][node], leaves[2][node] + less[node]);
            double most = less(local[2][node] + enters[2][node] + more[node], leaves[1][node]);
            most = Math.min(most, most(to.key()[node]));
            if (same) most = Math.min(most, in.bounds().upper()[node]);
            lower[node] = Math.min(least, total[node]);
            upper[node] = Math.max(most, total[node]);
        }
        return new Stage.Bounds(total, lower, upper, unlisted);
    }

    private static double less(double whole, double part) {
        double rest = whole - part;
        return rest > NOISE * whole ? rest : 0;
    }

    private void add(double[][] sums, int to, int node) {
        sums[0][to] += in.bounds().total()[node];
        sums[1][to] += in.bounds().lower()[node];
        sums[2][to] += in.bounds().upper()[node];
    }

    private void take(double[][] sums, int to, int node) {
        sums[0][to] -= in.bounds().total()[node];
        sums[1][to] -= in.bounds().lower()[node];
        sums[2][to] -= in.bounds().upper()[node];
    }

    /// The most that a node can cost; infinite where nothing says.
    private double most(int key) {
        return key >= 0 && keys.kind(key) == CallTree.FUNCTION ? graph.most(key) : Double.POSITIVE_INFINITY;
    }

    private void hidden(Shape to, Hidden hidden, BitSet functions, double[] more, double[] less) {
        BitSet about = functions == null ? graph.rings() : functions;
        BitSet reaching = graph.reaching(about);
        if (about.isEmpty()) return;
        double dropped = 0;
        int[] top = hidden == Hidden.BACK ? tops(to) : null;
        double[] beside = new double[to.size()];
        if (hidden == Hidden.LOST) less[0] = unlisted;
        if (hidden == Hidden.BESIDE || hidden == Hidden.BACK) beside[0] = unlisted;
        for (int node = 1; node < in.size(); node++) {
            byte kind = keys.kind(in.key()[node]);
            if (kind == CallTree.FUNCTION || kind == CallTree.FOLDED || kind == CallTree.THREAD || !mayHide(node, kind, reaching)) continue;
            double cost = in.bounds().upper()[node];
            boolean stays = kept.get(node);
            switch (hidden) {
                case UPWARD -> {
                    if (!stays) {
                        more[at[node]] += cost;
                        dropped += cost;
                    }
                }
                case LOST -> {
                    if (stays) less[at[node]] += cost;
                }
                case ANYWHERE -> {
                    if (!stays) dropped += cost;
                }
                case BESIDE -> beside[at[in.parent()[node]]] += cost;
                case BACK -> beside[top[at[node]]] += cost;
            }
        }
        if (hidden == Hidden.UPWARD || hidden == Hidden.LOST) {
            double[] sums = hidden == Hidden.UPWARD ? more : less;
            for (int node = to.size() - 1; node > 0; node--) sums[to.parent()[node]] += sums[node];
            if (hidden == Hidden.UPWARD) for (int node = 0; node < to.size(); node++) more[node] += unlisted;
            unlisted += dropped;
        } else if (hidden == Hidden.ANYWHERE) {
            unlisted += dropped;
            java.util.Arrays.fill(more, unlisted);
        } else {
            for (int node = 1; node < to.size(); node++) {
                if (hidden == Hidden.BACK) more[node] = beside[0] + beside[top[node]];
                else more[node] = more[to.parent()[node]] + beside[to.parent()[node]];
            }
        }
    }

    /// Whether what a node does not list may hold a function that the filter is about.
    private boolean mayHide(int node, byte kind, BitSet reaching) {
        int frame = keys.frame(in.key()[kind == CallTree.RECURSION ? node : in.parent()[node]]);
        return frame < 0 || reaching.get(frame);
    }

    private static int[] tops(Shape to) {
        double dropped = 0;
        int[] top = new int[to.size()];
        for (int node = 1; node < top.length; node++) top[node] = to.parent()[node] == 0 ? node : top[to.parent()[node]];
        return top;
    }
}
