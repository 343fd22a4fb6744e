package serpentarium.profile;

import java.util.Arrays;

/// The stacks of one thread as a prefix tree in columns: node 0 is the root above all stacks, every other node has a parent with a
/// smaller number, a function, and its self cost of each event. Children are in no order.
public final class StackTree {
    private final int size;
    private final int[] parent;
    private final int[] frame;
    private final double[][] self;

    private StackTree(int size, int[] parent, int[] frame, double[][] self) {
        this.size = size;
        this.parent = parent;
        this.frame = frame;
        this.self = self;
    }

    /// A tree of columns that are as said above, and as long as it has nodes; they are not copied.
    ///
    /// @param self for each event the cost of each node
    public static StackTree of(int[] parent, int[] frame, double[][] self) {
        return new StackTree(parent.length, parent, frame, self);
    }

    /// How many nodes there are, the root among them.
    public int size() {
        return size;
    }

    /// The node above; -1 for node 0.
    public int parent(int node) {
        return parent[node];
    }

    /// The function of a node; -1 for node 0.
    public int frame(int node) {
        return frame[node];
    }

    /// The cost of the node itself, without the nodes below it.
    public double self(int event, int node) {
        return self[event][node];
    }

    /// How many events have a cost.
    public int events() {
        return self.length;
    }

    /// Collects stacks.
    public static final class Builder {
        private static final int TAGGED = 1 << 26;

        private int[] parent;
        private int[] frame;
        /// 0: no child; more: the only child; less: the complement of the child found last, all children are in the table.
        private int[] lastChild;
        private double[][] self;
        private int size = 1;
        /// Node numbers, with bits of the hash above them: most nodes that are not looked for are passed without a look at them.
        private int[] table;
        private final int tagged;
        private int tags;
        private int entered;

        /// For this many events.
        public Builder(int events) {
            this(events, 0);
        }

        /// For this many events, with room for so many nodes at once.
        public Builder(int events, int expected) {
            this(events, expected, TAGGED);
        }

        /// The same with bits of the hash in the table for so many nodes, a power of two.
        Builder(int events, int expected, int tagged) {
            int room = Math.max(256, expected);
            parent = new int[room];
            frame = new int[room];
            lastChild = new int[room];
            self = new double[events][room];
            table = new int[Integer.highestOneBit(Math.max(512, Math.min(room, 1 << 28)) - 1) * 4];
            this.tagged = tagged;
            tags = -tagged;
            parent[0] = -1;
            frame[0] = -1;
        }

        /// How many nodes there are so far.
        public int size() {
            return size;
        }

        /// The child of `parentNode` with this function, a new one where there was none.
        public int child(int parentNode, int function) {
            // Most nodes have one child: that one is found without a look into the table, which is mostly far from the processor's cache.
            int only = lastChild[parentNode];
            boolean several = only < 0;
            int last = several ? ~only : only;
            if (last != 0 && frame[last] == function) return last;
            int slot = 0;
            int tag = 0;
            if (several) {
                int hash = hash(parentNode, function);
                tag = hash & tags;
                slot = free(parentNode, function, hash);
                int node = table[slot] & ~tags;
                if (node != 0) {
                    lastChild[parentNode] = ~node;
                    return node;
                }
            }
            if (size == parent.length) grow();
            parent[size] = parentNode;
            frame[size] = function;
            if (last == 0) {
                lastChild[parentNode] = size;
                return size++;
            }
            if (!several) {
                enter(last);
                int hash = hash(parentNode, function);
                tag = hash & tags;
                slot = free(parentNode, function, hash);
            }
            table[slot] = size | tag;
            entered++;
            lastChild[parentNode] = ~size++;
            if (entered * 2 >= table.length || size == tagged && tags != 0) rehash();
            return size - 1;
        }

        /// The slot of the child with this function, or the free one where it belongs.
        private int free(int parentNode, int function, int hash) {
            int mask = table.length - 1;
            int tag = hash & tags;
            int slot = hash & mask;
            for (int found; (found = table[slot]) != 0; slot = slot + 1 & mask) {
                if ((found & tags) != tag) continue;
                int node = found & ~tags;
                if (parent[node] == parentNode && frame[node] == function) break;
            }
            return slot;
        }

        private void enter(int node) {
            int hash = hash(parent[node], frame[node]);
            table[free(parent[node], frame[node], hash)] = node | hash & tags;
            entered++;
        }

        private void grow() {
            int more = size + (size >> 1);
            parent = Arrays.copyOf(parent, more);
            frame = Arrays.copyOf(frame, more);
            lastChild = Arrays.copyOf(lastChild, more);
            for (int e = 0; e < self.length; e++) self[e] = Arrays.copyOf(self[e], more);
        }

        /// Adds to a node's self cost.
        public void addSelf(int event, int node, double cost) {
            self[event][node] += cost;
        }

        private void rehash() {
            if (size >= tagged) tags = 0;
            table = new int[entered * 2 >= table.length ? table.length * 2 : table.length];
            entered = 0;
            for (int node = 1; node < size; node++) if (lastChild[parent[node]] < 0) enter(node);
        }

        private static int hash(int a, int b) {
            long h = (a * 0x9E3779B97F4A7C15L) ^ (b * 0xC2B2AE3D27D4EB4FL);
            return (int) (h ^ h >>> 29 ^ h >>> 47);
        }

        /// The tree with the costs of these events alone, in this order.
        public StackTree build(int... kept) {
            double[][] costs = new double[kept.length][];
            for (int e = 0; e < kept.length; e++) costs[e] = Arrays.copyOf(self[kept[e]], size);
            return new StackTree(size, Arrays.copyOf(parent, size), Arrays.copyOf(frame, size), costs);
        }

        /// The tree.
        public StackTree build() {
            double[][] costs = new double[self.length][];
            for (int e = 0; e < self.length; e++) costs[e] = Arrays.copyOf(self[e], size);
            return new StackTree(size, Arrays.copyOf(parent, size), Arrays.copyOf(frame, size), costs);
        }
    }
}
