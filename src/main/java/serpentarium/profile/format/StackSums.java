package serpentarium.profile.format;

import java.util.Arrays;
import serpentarium.profile.CallGraph;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// What whole stacks say of functions and of the calls between them. A function or a call that is on a stack more than once counts once, so
/// that recursion is not counted twice.
final class StackSums {
    private static final int CHECK_EVERY = 1 << 16;

    private final StackTree tree;
    private final double[][] total;
    private final CallGraph.Builder graph;
    private final int[] caller;
    private final int[] callee;
    private int[] functionOpen;
    private int[] edgeOpen = new int[256];

    private StackSums(StackTree tree, int functions, int[] caller, int[] callee) {
        this.tree = tree;
        this.caller = caller;
        this.callee = callee;
        graph = new CallGraph.Builder(tree.events(), false, false, false);
        functionOpen = new int[functions];
        total = new double[tree.events()][tree.size()];
        for (int e = 0; e < total.length; e++) {
            for (int node = tree.size() - 1; node >= 0; node--) {
                total[e][node] += tree.self(e, node);
                if (node > 0) total[e][tree.parent(node)] += total[e][node];
            }
        }
    }

    /// The graph of a tree over functions 0…`functions` - 1. Calls are not known.
    static CallGraph of(StackTree tree, int functions, TaskContext context) {
        return new StackSums(tree, functions, null, null).walk(functions, context);
    }

    /// The same where the tree's frames stand for others.
    ///
    /// @param caller for each frame whose costs and calls it has
    /// @param callee for each frame what is called there
    static CallGraph of(StackTree tree, int functions, int[] caller, int[] callee, TaskContext context) {
        return new StackSums(tree, functions, caller, callee).walk(functions, context);
    }

    /// Goes through the tree in depth, for which each node's children are linked.
    private CallGraph walk(int functions, TaskContext context) {
        int size = tree.size();
        int[] firstChild = new int[size];
        int[] sibling = new int[size];
        int[] edge = new int[size];
        Arrays.fill(edge, -1);
        for (int node = size - 1; node > 0; node--) {
            sibling[node] = firstChild[tree.parent(node)];
            firstChild[tree.parent(node)] = node;
        }
        int at = 0;
        int seen = 0;
        while (true) {
            int next = firstChild[at];
            while (next == 0 && at != 0) {
                leave(at, edge[at]);
                next = sibling[at];
                at = tree.parent(at);
            }
            if (next == 0) break;
            if ((++seen & CHECK_EVERY - 1) == 0) context.checkpoint();
            edge[next] = enter(next, at);
            at = next;
        }
        return graph.build(functions);
    }

    private int enter(int node, int parent) {
        int function = caller(node);
        boolean outermost = functionOpen[function]++ == 0;
        int edge = -1;
        boolean first = false;
        if (parent > 0) {
            edge = graph.edge(caller(parent), callee == null ? function : callee[tree.frame(node)]);
            if (edge >= edgeOpen.length) edgeOpen = Arrays.copyOf(edgeOpen, Math.max(edge + 1, edgeOpen.length * 2));
            first = edgeOpen[edge]++ == 0;
        }
        for (int e = 0; e < total.length; e++) {
            graph.addSelf(e, function, tree.self(e, node));
            if (outermost) graph.addTotal(e, function, total[e][node]);
            if (first) graph.addEdgeTotal(e, edge, total[e][node]);
        }
        return edge;
    }

    private void leave(int node, int edge) {
        functionOpen[caller(node)]--;
        if (edge >= 0) edgeOpen[edge]--;
    }

    private int caller(int node) {
        return caller == null ? tree.frame(node) : caller[tree.frame(node)];
    }
}
