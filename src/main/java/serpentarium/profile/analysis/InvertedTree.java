package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.task.TaskContext;

/// Makes the tree of a slice from the leaves up: on the root stand the functions by their own cost, on each its callers, by the part of that cost
/// that came by way of them.
///
/// Every stack stands here backwards, so that the whole tree can have as many nodes as all stacks have frames: it is made from the dearest node
/// on, and ends at a share of the whole, at [#MOST_NODES], or when [#MOST_STEPS] steps were gone; what is left of a node then is a
/// [CallTree#SMALL] leaf. The nodes that a group was reached by are kept in one array, of which each group has a range: its callers
/// take the same range again, so that no more memory is needed than for the leaves.
///
/// Of an estimate, the own cost of a node lies between what its callees cannot take of the least total, and what is left of the greatest; a group's
/// interval is the sum of its nodes', and at most that of the group below it.
final class InvertedTree {
    static final int MOST_NODES = 600_000;
    private static final long MOST_STEPS = 60_000_000;
    private static final double LEAST_SHARE = 5e-6;

    private final CallTree tree;
    private final int functions;
    private final double[] known;
    private final TreeColumns nodes;
    private final TaskContext context;
    private int[] at;
    private double[] cost;
    private double[] lower;
    private double[] upper;
    private int[] otherAt;
    private double[] otherCost;
    private double[] otherLower;
    private double[] otherUpper;
    /// For each group its range of `at`.
    private int[] from = new int[1024];
    private int[] to = new int[1024];
    private int[] like = new int[1024];
    private int[] heap = new int[1024];
    private int heapSize;
    /// By what a node stands for: how many nodes of the group being opened do, then where they end.
    private final int[] slot;
    private int[] keys = new int[256];
    /// One more than the place of a node among the callers of the group being opened; 0 for the others.
    private final int[] place;
    private long steps;
    private int opened;

    private InvertedTree(CallTree tree, int functions, double[] known, TaskContext context) {
        this.tree = tree;
        this.functions = functions;
        this.known = known;
        this.context = context;
        nodes = new TreeColumns(1024, tree.estimated());
        int keys = 2 * functions + 3;
        for (int node = 1; node < tree.size(); node++) if (tree.frame(node) < 0) keys = Math.max(keys, key(node) + 1);
        slot = new int[keys];
        place = new int[tree.size()];
    }

    /// The tree of the same costs from the leaves up.
    ///
    /// @param functions how many functions the numbers go to
    /// @param known     what each function cost by itself, where the tree is an estimate and this is known for sure; else null
    static DerivedTree of(CallTree tree, int functions, double[] known, TaskContext context) {
        return new InvertedTree(tree, functions, known, context).build();
    }

    /// The ways by which a function was reached: the root is the function, on it stand its callers.
    ///
    /// @param outermost where it stands, none below another
    static DerivedTree ofCallers(CallTree tree, int functions, int function, int[] outermost, TaskContext context) {
        var inverted = new InvertedTree(tree, functions, null, context);
        inverted.room(outermost.length);
        double whole = 0;
        double least = 0;
        double most = 0;
        for (int i = 0; i < outermost.length; i++) {
            inverted.at[i] = outermost[i];
            whole += inverted.cost[i] = tree.total(outermost[i]);
            if (!tree.estimated()) continue;
            least += inverted.lower[i] = tree.lower(outermost[i]);
            most += inverted.upper[i] = tree.upper(outermost[i]);
        }
        inverted.bounds(inverted.add(-1, function, whole, CallTree.FUNCTION, 0, outermost.length), least, most);
        return inverted.grow(whole, false);
    }

    private DerivedTree build() {
        collect();
        double whole = tree.total(0);
        bounds(add(-1, -1, whole, CallTree.FUNCTION, 0, at.length), whole, whole);
        return grow(whole, true);
    }

    private DerivedTree grow(double whole, boolean leaves) {
        open(0, leaves, Math.abs(whole) * LEAST_SHARE);
        while (heapSize > 0) {
            int node = pop();
            if (nodes.size >= MOST_NODES || steps > MOST_STEPS) fold(node);
            else open(node, false, Math.abs(whole) * LEAST_SHARE);
        }
        CallTree built = nodes.build();
        int[] placed = new int[nodes.size];
        for (int node = 0; node < nodes.size; node++) placed[nodes.place(node)] = like[node];
        return new DerivedTree(built, placed);
    }

    /// All nodes with a cost of their own.
    private void collect() {
        int size = 0;
        for (int node = 1; node < tree.size(); node++) if (tree.self(node) != 0) size++;
        room(size);
        double[] least = null;
        double[] most = null;
        if (tree.estimated()) {
            least = new double[tree.size()];
            most = new double[tree.size()];
            for (int node = 0; node < tree.size(); node++) {
                least[node] += tree.lower(node);
                most[node] += tree.upper(node);
                if (node == 0) continue;
                least[tree.parent(node)] -= tree.upper(node);
                most[tree.parent(node)] -= tree.lower(node);
            }
        }
        size = 0;
        for (int node = 1; node < tree.size(); node++) {
            double self = tree.self(node);
            if (self == 0) continue;
            at[size] = node;
            cost[size] = self;
            if (lower != null) {
                lower[size] = Math.clamp(least[node], 0, Math.max(0, self));
                upper[size] = Math.max(self, most[node]);
            }
            size++;
        }
    }

    private void room(int size) {
        at = new int[size];
        cost = new double[size];
        otherAt = new int[size];
        otherCost = new double[size];
        if (!tree.estimated()) return;
        lower = new double[size];
        upper = new double[size];
        otherLower = new double[size];
        otherUpper = new double[size];
    }

    private int key(int node) {
        return key(tree, functions, node);
    }

    /// A number for what a node stands for, as [NodeKeys] gives them: two nodes of one number are shown as one where they meet.
    static int key(CallTree tree, int functions, int node) {
        return switch (tree.kind(node)) {
            case CallTree.RECURSION -> functions + tree.frame(node);
            case CallTree.UNATTRIBUTED -> 2 * functions;
            case CallTree.SMALL -> 2 * functions + 1;
            case CallTree.UNKNOWN -> 2 * functions + 2;
            default -> tree.identity(node);
        };
    }

    /// Makes the nodes on top of a node: of the root the leaves themselves, else their callers.
    private void open(int node, boolean leaves, double floor) {
        int begin = from[node];
        int size = leaves ? to[node] - begin : toCallers(node);
        steps += to[node] - begin;
        if ((opened++ & 0xff) == 0) context.checkpoint();
        int distinct = 0;
        for (int i = begin; i < begin + size; i++) {
            int key = key(at[i]);
            if (slot[key]++ > 0) continue;
            if (distinct == keys.length) keys = Arrays.copyOf(keys, distinct * 2);
            keys[distinct++] = key;
        }
        if (distinct > 1) sort(begin, size, distinct);
        int next = begin;
        double small = 0;
        double smallLower = 0;
        double smallUpper = 0;
        for (int k = 0; k < distinct; k++) {
            // Sorting leaves the end of each range in its slot.
            int end = distinct > 1 ? slot[keys[k]] : begin + size;
            slot[keys[k]] = 0;
            double sum = 0;
            double least = 0;
            double most = 0;
            for (int i = next; i < end; i++) {
                sum += cost[i];
                if (lower == null) continue;
                least += lower[i];
                most += upper[i];
            }
            most = Math.max(sum, Math.min(most, lower == null ? sum : nodes.upper[node]));
            if (Math.abs(sum) < floor) {
                small += sum;
                smallLower += least;
                smallUpper += most;
            } else {
                group(node, sum, least, most, next, end, leaves);
            }
            next = end;
        }
        if (small != 0) bounds(add(node, -1, small, CallTree.SMALL, 0, 0), smallLower, Math.max(small, Math.min(smallUpper, most(node, smallUpper))));
    }

    private double most(int node, double otherwise) {
        return nodes.upper == null ? otherwise : nodes.upper[node];
    }

    private void group(int parent, double sum, double least, double most, int begin, int end, boolean leaf) {
        int frame = tree.frame(at[begin]);
        int node = add(parent, frame, sum, tree.kind(at[begin]), begin, end);
        like[node] = at[begin];
        double low = least;
        double high = most;
        if (leaf && known != null && frame >= 0) {
            // What a function cost by itself is in the file; here only the way is an estimate.
            high = Math.max(sum, known[frame]);
            if (Math.abs(known[frame] - sum) <= 1e-6 * Math.abs(sum)) low = high = sum;
        }
        bounds(node, low, high);
        push(node);
    }

    private int add(int parent, int frame, double sum, byte kind, int begin, int end) {
        int node = nodes.add(parent, frame, sum, sum, kind);
        if (node >= from.length) {
            from = Arrays.copyOf(from, node * 2);
            to = Arrays.copyOf(to, node * 2);
            like = Arrays.copyOf(like, node * 2);
        }
        from[node] = begin;
        to[node] = end;
        like[node] = -1;
        if (parent >= 0) nodes.self[parent] -= sum;
        return node;
    }

    private void bounds(int node, double least, double most) {
        if (nodes.lower == null) return;
        nodes.lower[node] = least;
        nodes.upper[node] = most;
    }

    /// Puts the callers in the place of the nodes of a group, each once, and drops those that have none; gives how many there are.
    private int toCallers(int node) {
        int size = from[node];
        for (int i = from[node]; i < to[node]; i++) {
            int caller = tree.parent(at[i]);
            if (caller <= 0) continue;
            int known = place[caller] - 1;
            if (known >= 0) {
                cost[known] += cost[i];
                if (lower != null) {
                    lower[known] += lower[i];
                    upper[known] += upper[i];
                }
                continue;
            }
            at[size] = caller;
            cost[size] = cost[i];
            if (lower != null) {
                lower[size] = lower[i];
                upper[size] = upper[i];
            }
            place[caller] = ++size;
        }
        for (int i = from[node]; i < size; i++) place[at[i]] = 0;
        return size - from[node];
    }

    /// Sorts a range by what its nodes stand for, in the order of `keys`; each slot then holds the end of its part.
    private void sort(int begin, int size, int distinct) {
        int next = begin;
        for (int k = 0; k < distinct; k++) {
            int count = slot[keys[k]];
            slot[keys[k]] = next;
            next += count;
        }
        System.arraycopy(at, begin, otherAt, 0, size);
        System.arraycopy(cost, begin, otherCost, 0, size);
        if (lower != null) {
            System.arraycopy(lower, begin, otherLower, 0, size);
            System.arraycopy(upper, begin, otherUpper, 0, size);
        }
        for (int i = 0; i < size; i++) {
            int to = slot[key(otherAt[i])]++;
            at[to] = otherAt[i];
            cost[to] = otherCost[i];
            if (lower == null) continue;
            lower[to] = otherLower[i];
            upper[to] = otherUpper[i];
        }
    }

    /// What is left of a node stands on it as one leaf.
    private void fold(int node) {
        double rest = 0;
        double least = 0;
        double most = 0;
        for (int i = from[node]; i < to[node]; i++) {
            if (tree.parent(at[i]) <= 0) continue;
            rest += cost[i];
            if (lower == null) continue;
            least += lower[i];
            most += upper[i];
        }
        if (rest != 0) bounds(add(node, -1, rest, CallTree.SMALL, 0, 0), Math.min(least, rest), Math.max(rest, Math.min(most, most(node, most))));
    }

    private void push(int node) {
        if (heapSize == heap.length) heap = Arrays.copyOf(heap, heapSize * 2);
        int hole = heapSize++;
        double value = nodes.total[node];
        while (hole > 0 && nodes.total[heap[(hole - 1) / 2]] < value) {
            heap[hole] = heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        heap[hole] = node;
    }

    private int pop() {
        int top = heap[0];
        int last = heap[--heapSize];
        double value = nodes.total[last];
        int hole = 0;
        while (2 * hole + 1 < heapSize) {
            int child = 2 * hole + 1;
            if (child + 1 < heapSize && nodes.total[heap[child + 1]] > nodes.total[heap[child]]) child++;
            if (nodes.total[heap[child]] <= value) break;
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = last;
        return top;
    }
}
