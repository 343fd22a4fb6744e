package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.profile.StackTree;

/// The trees of several threads one after another in columns, each node before those below it and siblings in the order of their functions, so
/// that two forests are put together by going through both once. A thread's root has no parent, and the thread's number for a function.
final class StackForest {
    private int size;
    private int[] parent;
    private int[] frame;
    private final double[][] self;

    /// Without nodes, with room for so many.
    StackForest(int events, int room) {
        parent = new int[room];
        frame = new int[room];
        self = new double[events][room];
    }

    /// How many nodes there are, the roots among them.
    int size() {
        return size;
    }

    /// Forgets all nodes.
    void clear() {
        size = 0;
    }

    /// Adds a node without cost; its number.
    int node(int above, int function) {
        if (size == parent.length) grow(size + (size >> 1) + 256);
        parent[size] = above;
        frame[size] = function;
        for (double[] costs : self) costs[size] = 0;
        return size++;
    }

    /// Adds a chain of nodes below one; the number of the last of them.
    ///
    /// @param places of each node its frame in the upper half of a number, then its costs as numbers
    /// @param wide   how many numbers that are
    int chain(int above, long[] places, int wide, int from, int to) {
        int count = to - from;
        if (count > parent.length - size) grow(Math.max(size + (size >> 1), size + count));
        int first = size;
        for (int node = first, at = from * wide; node < first + count; node++, at += wide) {
            frame[node] = (int) (places[at] >>> 32);
            parent[node] = node - 1;
        }
        for (int e = 0; e < self.length; e++)
            for (int node = first, at = from * wide + 1 + e; node < first + count; node++, at += wide) self[e][node] = Double.longBitsToDouble(places[at]);
        parent[first] = above;
        size += count;
        return size - 1;
    }

    /// Adds to a node's self cost.
    void addSelf(int event, int node, double cost) {
        self[event][node] += cost;
    }

    private void grow(int room) {
        parent = Arrays.copyOf(parent, room);
        frame = Arrays.copyOf(frame, room);
        for (int e = 0; e < self.length; e++) self[e] = Arrays.copyOf(self[e], room);
    }

    /// How many nodes there are in both together.
    static int sizeOf(StackForest one, StackForest other) {
        return walk(one, other, null);
    }

    /// Both together, of which it is known how many nodes there are at most.
    static StackForest of(StackForest one, StackForest other, int most) {
        var both = new StackForest(one.self.length, most);
        walk(one, other, both);
        return both;
    }

    /// Goes through both, whose common nodes are pairs on a path; adds the nodes to `to`, where that is not null. How many these are.
    private static int walk(StackForest a, StackForest b, StackForest to) {
        int[] path = new int[3 * 64];
        int top = 0;
        path[0] = path[1] = path[2] = -1;
        int i = 0;
        int j = 0;
        int both = 0;
        while (true) {
            boolean moreA = i < a.size && a.parent[i] == path[top];
            boolean moreB = j < b.size && b.parent[j] == path[top + 1];
            if (!moreA && !moreB) {
                if (top == 0) return a.size + b.size - both;
                top -= 3;
            } else if (moreA && (!moreB || a.frame[i] < b.frame[j])) i = taken(a, i, path[top + 2], to);
            else if (moreB && (!moreA || b.frame[j] < a.frame[i])) j = taken(b, j, path[top + 2], to);
            else {
                both++;
                top += 3;
                if (top == path.length) path = Arrays.copyOf(path, top * 2);
                path[top] = i;
                path[top + 1] = j;
                path[top + 2] = to == null ? -1 : to.common(path[top - 1], a, i, b, j);
                i++;
                j++;
            }
        }
    }

    private int common(int above, StackForest a, int i, StackForest b, int j) {
        parent[size] = above;
        frame[size] = a.frame[i];
        for (int e = 0; e < self.length; e++) self[e][size] = a.self[e][i] + b.self[e][j];
        return size++;
    }

    /// Adds a node with all below it as they are; the number of the node after them.
    private static int taken(StackForest from, int node, int above, StackForest to) {
        int end = node + 1;
        int[] parent = from.parent;
        if (to == null) {
            while (end < from.size && parent[end] >= node) end++;
            return end;
        }
        int further = to.size - node;
        to.parent[to.size] = above;
        for (; end < from.size && parent[end] >= node; end++) to.parent[end + further] = parent[end] + further;
        System.arraycopy(from.frame, node, to.frame, to.size, end - node);
        for (int e = 0; e < to.self.length; e++) System.arraycopy(from.self[e], node, to.self[e], to.size, end - node);
        to.size += end - node;
        return end;
    }

    /// The tree of each thread up to the last one that has stacks. This forest is not to be used any more.
    List<StackTree> trees() {
        List<StackTree> trees = new ArrayList<>();
        for (int root = 0; root < size;) {
            int end = root + 1;
            while (end < size && parent[end] >= 0) end++;
            while (trees.size() < frame[root]) trees.add(new StackTree.Builder(self.length).build());
            trees.add(tree(root, end));
            root = end;
        }
        return trees;
    }

    private StackTree tree(int root, int end) {
        boolean all = end - root == parent.length;
        int[] parents = all ? parent : Arrays.copyOfRange(parent, root, end);
        int[] frames = all ? frame : Arrays.copyOfRange(frame, root, end);
        double[][] costs = new double[self.length][];
        for (int e = 0; e < costs.length; e++) costs[e] = all ? self[e] : Arrays.copyOfRange(self[e], root, end);
        if (root > 0) for (int node = 1; node < parents.length; node++) parents[node] -= root;
        frames[0] = -1;
        return StackTree.of(parents, frames, costs);
    }
}
