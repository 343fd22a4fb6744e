package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// A tree while it is being made and filtered, in columns: parents before children, siblings in any order and of different keys. Node 0 is
/// the root, its key is -1.
///
/// @param size   how many nodes there are; the columns may be longer
/// @param parent the node above; -1 for the root
/// @param key    what the node is, see [NodeKeys]
/// @param self   cost without what is below
/// @param bounds totals with their intervals where the tree is an estimate; null where stacks are known and totals follow from `self`
/// @param folded how many frames a fold stands for, at most; null where there are no folds
/// @param runs   what a fold is opened by; null where there are no folds
record Stage(int size, int[] parent, int[] key, double[] self, Bounds bounds, int[] folded, long[] runs) {
    /// Totals of an estimate, and what they lie between.
    ///
    /// @param unlisted the most that stacks cost for which no node stands: they begin with none of those below the root, or a filter dropped
    ///                 the node that may have held them
    record Bounds(double[] total, double[] lower, double[] upper, double unlisted) {}

    /// Known stacks for one event.
    static Stage of(StackTree stacks, int event) {
        int size = stacks.size();
        int[] parent = new int[size];
        int[] key = new int[size];
        double[] self = new double[size];
        for (int node = 0; node < size; node++) {
            parent[node] = stacks.parent(node);
            key[node] = stacks.frame(node);
            self[node] = stacks.self(event, node);
        }
        return new Stage(size, parent, key, self, null, null, null);
    }

    /// An estimate.
    static Stage of(GraphEstimate estimate, NodeKeys keys, TaskContext context) {
        TreeColumns nodes = estimate.columns(context);
        int[] key = new int[nodes.size];
        for (int node = 0; node < key.length; node++) key[node] = node == 0 ? -1 : keys.of(nodes.frame[node], nodes.kind[node]);
        return new Stage(nodes.size, nodes.parent, key, nodes.self, new Bounds(nodes.total, nodes.lower, nodes.upper, estimate.unlisted()), null, null);
    }

    /// The columns for the tree that is shown.
    TreeColumns columns(NodeKeys keys) {
        var columns = new TreeColumns(size, parent, new int[size], total(), self, new byte[size]);
        if (bounds != null) {
            columns.lower = bounds.lower;
            columns.upper = bounds.upper;
        }
        boolean special = false;
        for (int node = 0; node < size; node++) {
            columns.frame[node] = keys.frame(key[node]);
            columns.kind[node] = keys.kind(key[node]);
            special |= columns.kind[node] >= CallTree.FOLDED;
        }
        if (special) columns.marks = new CallTree.Marks(keys, key, folded, runs);
        return columns;
    }

    private double[] total() {
        if (bounds != null) return bounds.total;
        double[] total = Arrays.copyOf(self, size);
        for (int node = size - 1; node > 0; node--) total[parent[node]] += total[node];
        return total;
    }

    /// The sum of all own costs.
    double whole() {
        if (bounds != null) return bounds.total[0];
        double sum = 0;
        for (int node = 0; node < size; node++) sum += self[node];
        return sum;
    }
}
