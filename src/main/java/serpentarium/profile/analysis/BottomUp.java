package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The tree read from the leaves up: who is responsible for a function's own cost. Grows only where it is opened.
public final class BottomUp {
    private final CallTree tree;

    /// Over a tree from the roots down. Where that is an estimate, so is this.
    public BottomUp(CallTree tree) {
        this.tree = tree;
    }

    /// A function, reached from a leaf by a way of callers.
    ///
    /// @param frame the function, or -1 where the caller is unknown
    /// @param kind  the kind of the tree's nodes that it stands for
    /// @param cost  the part of the leaf's own cost that came this way
    /// @param at    nodes of the tree from the roots down at which this function, or the same fold or thread, stands
    /// @param costs what each of them contributes
    public record Node(int frame, byte kind, double cost, int[] at, double[] costs) {}

    /// All leaves: functions by their own cost, dearest first.
    public List<Node> leaves() {
        var groups = new HashMap<Long, Group>();
        for (int node = 1; node < tree.size(); node++) if (tree.self(node) != 0) group(groups, node).add(node, tree.self(node));
        return sorted(groups);
    }

    /// The callers of a node, dearest first; empty at the roots.
    public List<Node> callers(Node node) {
        var groups = new HashMap<Long, Group>();
        for (int i = 0; i < node.at.length; i++) {
            int parent = tree.parent(node.at[i]);
            if (parent > 0) group(groups, parent).add(parent, node.costs[i]);
        }
        return sorted(groups);
    }

    /// Whether a node has callers.
    public boolean hasCallers(Node node) {
        for (int at : node.at) if (tree.parent(at) > 0) return true;
        return false;
    }

    private Group group(Map<Long, Group> groups, int node) {
        long key = (long) tree.kind(node) << 32 | tree.identity(node) & 0xffffffffL;
        return groups.computeIfAbsent(key, _ -> new Group(tree.frame(node), tree.kind(node)));
    }

    private static List<Node> sorted(Map<Long, Group> groups) {
        var nodes = new ArrayList<Node>(groups.size());
        for (Group group : groups.values()) nodes.add(group.node());
        nodes.sort(Comparator.comparingDouble((Node n) -> -n.cost).thenComparingInt(Node::frame));
        return nodes;
    }

    private static final class Group {
        private final int frame;
        private final byte kind;
        private int[] at = new int[4];
        private double[] costs = new double[4];
        private int size;
        private double cost;

        Group(int frame, byte kind) {
            this.frame = frame;
            this.kind = kind;
        }

        void add(int node, double part) {
            cost += part;
            if (size > 0 && at[size - 1] == node) {
                costs[size - 1] += part;
                return;
            }
            if (size == at.length) {
                at = Arrays.copyOf(at, size * 2);
                costs = Arrays.copyOf(costs, size * 2);
            }
            at[size] = node;
            costs[size++] = part;
        }

        Node node() {
            return new Node(frame, kind, cost, Arrays.copyOf(at, size), Arrays.copyOf(costs, size));
        }
    }
}
