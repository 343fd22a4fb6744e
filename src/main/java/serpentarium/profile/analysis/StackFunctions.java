package serpentarium.profile.analysis;

import java.util.Arrays;

import serpentarium.profile.StackTree;

/// What functions cost in trees of stacks, one tree after another as they are: threads need not be put together for it.
final class StackFunctions {
    private final int event;
    private final double[] self;
    private final double[] total;
    private final boolean[] present;
    private final int[] times;

    /// Costs of an event, of so many functions.
    StackFunctions(int event, int functions) {
        this.event = event;
        self = new double[functions];
        total = new double[functions];
        present = new boolean[functions];
        times = new int[functions];
    }

    /// Adds a thread.
    void add(StackTree tree) {
        if (inDepth(tree)) addInDepth(tree);
        else addLinked(tree);
    }

    /// Whether all that is below a node follows it.
    private static boolean inDepth(StackTree tree) {
        int above = 0;
        for (int node = 1; node < tree.size(); node++) {
            int parent = tree.parent(node);
            while (above > parent) above = tree.parent(above);
            if (above != parent) return false;
            above = node;
        }
        return true;
    }

    /// Goes through the nodes as they come; what is open is on a path.
    private void addInDepth(StackTree tree) {
        int[] path = new int[64];
        double[] costs = new double[64];
        int depth = 0;
        for (int node = 1; node < tree.size(); node++) {
            for (int parent = tree.parent(node); path[depth] != parent; depth--) costs[depth - 1] += leave(tree.frame(path[depth]), costs[depth]);
            if (++depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
                costs = Arrays.copyOf(costs, depth * 2);
            }
            int function = tree.frame(node);
            path[depth] = node;
            costs[depth] = tree.self(event, node);
            present[function] = true;
            self[function] += costs[depth];
            times[function]++;
        }
        for (; depth > 0; depth--) costs[depth - 1] += leave(tree.frame(path[depth]), costs[depth]);
    }

    /// A function that is above itself counts once. The cost, for those above it.
    private double leave(int function, double cost) {
        if (--times[function] == 0) total[function] += cost;
        return cost;
    }

    private void addLinked(StackTree tree) {
        int n = tree.size();
        double[] below = new double[n];
        int[] firstChild = new int[n];
        int[] sibling = new int[n];
        for (int node = n - 1; node > 0; node--) {
            int above = tree.parent(node);
            below[node] += tree.self(event, node);
            below[above] += below[node];
            sibling[node] = firstChild[above];
            firstChild[above] = node;
        }
        for (int node = n > 0 ? firstChild[0] : 0; node > 0;) {
            enter(tree, node, below[node]);
            if (firstChild[node] > 0) {
                node = firstChild[node];
                continue;
            }
            while (node > 0 && sibling[node] == 0) {
                times[tree.frame(node)]--;
                node = tree.parent(node);
            }
            if (node > 0) {
                times[tree.frame(node)]--;
                node = sibling[node];
            }
        }
    }

    /// A function that is above itself counts once.
    private void enter(StackTree tree, int node, double cost) {
        int function = tree.frame(node);
        present[function] = true;
        self[function] += tree.self(event, node);
        if (times[function]++ == 0) total[function] += cost;
    }

    /// What was added up.
    FunctionTable table() {
        return FunctionTable.of(self, total, present);
    }
}
