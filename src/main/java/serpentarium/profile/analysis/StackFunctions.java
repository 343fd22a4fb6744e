package serpentarium.profile.analysis;

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
