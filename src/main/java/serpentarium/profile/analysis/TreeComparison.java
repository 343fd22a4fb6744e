package serpentarium.profile.analysis;

import java.util.HashMap;
import java.util.Map;
import serpentarium.task.TaskContext;

/// What changed at each node of B's tree: A's node that is reached by the same functions is its counterpart.
public final class TreeComparison {
    private final CallTree tree;
    private final double[] before;
    private final double goneFromA;

    private TreeComparison(CallTree tree, double[] before, double goneFromA) {
        this.tree = tree;
        this.before = before;
        this.goneFromA = goneFromA;
    }

    /// Compares two trees whose functions are those of the comparison's two sides. Costs are not divided by calls.
    public static TreeComparison of(Comparison functions, CallTree a, CallTree b, TaskContext context) {
        Map<Long, Integer> children = new HashMap<>(a.size() * 2);
        for (int node = 1; node < a.size(); node++) {
            if ((node & 0xffff) == 0) context.checkpoint();
            int frame = a.frame(node);
            children.put(key(a.parent(node), frame < 0 ? -1 : functions.rowOfA(frame), a.kind(node)), node);
        }
        double factor = functions.norm() == Comparison.Norm.CALLS ? Comparison.scale(functions.a().event().unit(), functions.b().event().unit()) : functions.factor();
        int[] counterpart = new int[b.size()];
        double[] before = new double[b.size()];
        boolean[] met = new boolean[a.size()];
        before[0] = a.total(0) * factor;
        met[0] = true;
        for (int node = 1; node < b.size(); node++) {
            if ((node & 0xffff) == 0) context.checkpoint();
            int frame = b.frame(node);
            int above = counterpart[b.parent(node)];
            Integer found = above < 0 ? null : children.get(key(above, frame < 0 ? -1 : functions.rowOfB(frame), b.kind(node)));
            counterpart[node] = found == null ? -1 : found;
            before[node] = found == null ? Double.NaN : a.total(found) * factor;
            if (found != null) met[found] = true;
        }
        double gone = 0;
        for (int node = 1; node < a.size(); node++) if (!met[node] && met[a.parent(node)]) gone += a.total(node) * factor;
        return new TreeComparison(b, before, gone);
    }

    private static long key(int parent, int row, byte kind) {
        return (long) parent << 32 | (row + 2L) << 3 | kind;
    }

    /// The tree, B's.
    public CallTree tree() {
        return tree;
    }

    /// Whether A has no such node.
    public boolean isNew(int node) {
        return Double.isNaN(before[node]);
    }

    /// The total of A's node, in B's unit; 0 where A has none.
    public double before(int node) {
        return isNew(node) ? 0 : before[node];
    }

    /// What changed in the total.
    public double delta(int node) {
        return tree.total(node) - before(node);
    }

    /// What A spent in stacks that B does not have at all, in B's unit.
    public double goneFromA() {
        return goneFromA;
    }
}
