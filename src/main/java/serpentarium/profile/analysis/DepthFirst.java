package serpentarium.profile.analysis;

import java.util.Arrays;

/// The order in which a tree's nodes are met when each node's whole part is finished before the next sibling's begins.
final class DepthFirst {
    private DepthFirst() {}

    /// All nodes in that order, the root first.
    static int[] order(Stage tree) {
        int size = tree.size();
        int[] below = new int[size];
        Arrays.fill(below, 1);
        for (int node = size - 1; node > 0; node--) below[tree.parent()[node]] += below[node];
        int[] next = new int[size];
        int[] order = new int[size];
        next[0] = 1;
        for (int node = 1; node < size; node++) {
            int parent = tree.parent()[node];
            int place = next[parent];
            next[parent] += below[node];
            next[node] = place + 1;
            order[place] = node;
        }
        return order;
    }

    /// How deep each node lies; 0 for the root.
    static int[] depths(Stage tree) {
        int[] depth = new int[tree.size()];
        for (int node = 1; node < depth.length; node++) depth[node] = depth[tree.parent()[node]] + 1;
        return depth;
    }
}
