package serpentarium.profile.format;

import java.util.Arrays;
import serpentarium.profile.StackTree;

/// The way from the root down to nodes of a tree of stacks, without an object a step.
final class StackWalk {
    private final StackTree tree;
    private int[] path = new int[64];
    private int depth;

    StackWalk(StackTree tree) {
        this.tree = tree;
    }

    /// Goes to a node: its way from the root is then in `frame(0)` … `frame(depth() - 1)`.
    void to(int node) {
        depth = 0;
        for (int at = node; at > 0; at = tree.parent(at)) {
            if (depth == path.length) path = Arrays.copyOf(path, depth * 2);
            path[depth++] = tree.frame(at);
        }
    }

    /// How many functions there are on the way.
    int depth() {
        return depth;
    }

    /// A function on the way, the outermost first.
    int frame(int index) {
        return path[depth - 1 - index];
    }
}
