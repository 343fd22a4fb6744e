package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.task.TaskContext;

/// Stacks as they come, each a branch of new frames on one before; nothing is looked up in memory that is far from the processor. Branches
/// that turn out to be the same become one when the trees are made.
///
/// A frame's place is its number in the order of coming; the frame at the next place is below it unless a branch starts there. Place 0 is
/// above all threads; a thread is the outermost frame of its stacks.
final class WaitingStacks {
    private static final int CHECK_EVERY = 1 << 12;
    private static final int BRANCH = Integer.MIN_VALUE;
    /// So many keys and more are sorted by their digits.
    private static final int MANY = 1 << 10;
    private static final int DIGIT = 11;

    private int[] frame = new int[256];
    private final double[][] self;
    private int size = 1;
    private int[] start = new int[64];
    private int[] above = new int[64];
    private int branches;
    /// The places of the last stack's frames.
    private int[] path = new int[64];
    private int depth;

    /// For each place where the branches on it begin in `on`, and whether one starts there.
    private int[] first = new int[0];
    private int[] on = new int[0];
    /// Frames, with their places below: those that are below the node of each level.
    private long[] keys = new long[256];
    private long[] others = new long[0];
    private final int[] counts = new int[1 << DIGIT];
    private int[] node = new int[64];
    private int[] at = new int[64];
    private int[] end = new int[64];

    WaitingStacks(int events) {
        self = new double[events][256];
    }

    /// How many places there are.
    int size() {
        return size;
    }

    /// Forgets all stacks but for the frames of the last one, on which the next may go on.
    void clear() {
        for (int i = 0; i < depth; i++) {
            frame[1 + i] = frame[path[i]];
            path[i] = 1 + i;
        }
        for (double[] costs : self) Arrays.fill(costs, 0, 1 + depth, 0);
        size = 1 + depth;
        start[0] = 1;
        above[0] = 0;
        branches = depth > 0 ? 1 : 0;
    }

    /// Adds a stack that has its first `kept` frames in common with the last one; the place where it ends.
    int add(int thread, int kept, int[] frames, int from, int added) {
        boolean same = depth > 0 && frame[path[0]] == thread;
        int more = same ? added : added + 1;
        if (size + more > frame.length) grow(Math.max(size + more, size + (size >> 1)));
        if (1 + kept + added > path.length) path = Arrays.copyOf(path, Math.max(1 + kept + added, path.length * 2));
        if (!same) {
            branch(0);
            frame[size] = thread;
            path[0] = size++;
        } else if (added > 0 && path[kept] != size - 1) branch(path[kept]);
        System.arraycopy(frames, from, frame, size, added);
        for (int i = 1; i <= added; i++) path[kept + i] = size++;
        for (double[] costs : self) Arrays.fill(costs, size - more, size, 0);
        depth = 1 + kept + added;
        return path[kept + added];
    }

    private void branch(int place) {
        if (branches == start.length) {
            start = Arrays.copyOf(start, branches * 2);
            above = Arrays.copyOf(above, branches * 2);
        }
        start[branches] = size;
        above[branches++] = place;
    }

    private void grow(int room) {
        frame = Arrays.copyOf(frame, room);
        for (int e = 0; e < self.length; e++) self[e] = Arrays.copyOf(self[e], room);
    }

    /// Adds to the cost of the stacks that end at a place.
    void addSelf(int event, int place, double cost) {
        self[event][place] += cost;
    }

    /// Makes the trees.
    void plant(StackForest forest, TaskContext context) {
        forest.clear();
        link();
        int level = 0;
        node[0] = -1;
        at[0] = 0;
        end[0] = below(0, 0);
        sort(0, end[0]);
        for (int seen = 1; level >= 0; seen++) {
            if ((seen & CHECK_EVERY - 1) == 0) context.checkpoint();
            int from = at[level];
            int base = end[level];
            if (from == base) {
                level--;
                continue;
            }
            int code = (int) (keys[from] >>> 32);
            int to = from + 1;
            while (to < base && (int) (keys[to] >>> 32) == code) to++;
            at[level] = to;
            int made;
            int top = base;
            if (to == from + 1) {
                int place = (int) keys[from];
                int last = place;
                while (first[last + 1] == (first[last] & ~BRANCH)) last++;
                made = forest.chain(node[level], frame, self, place, last + 1);
                top = below(last, top);
            } else {
                made = forest.node(node[level], code);
                for (int i = from; i < to; i++) {
                    int place = (int) keys[i];
                    for (int e = 0; e < self.length; e++) forest.addSelf(e, made, self[e][place]);
                    top = below(place, top);
                }
            }
            if (top == base) continue;
            sort(base, top);
            if (++level == node.length) {
                node = Arrays.copyOf(node, level * 2);
                at = Arrays.copyOf(at, level * 2);
                end = Arrays.copyOf(end, level * 2);
            }
            node[level] = made;
            at[level] = base;
            end[level] = top;
        }
    }

    /// Finds the branches on each place.
    private void link() {
        if (first.length <= size) first = new int[frame.length + 1];
        if (on.length < branches) on = new int[start.length];
        Arrays.fill(first, 0, size + 1, 0);
        for (int b = 0; b < branches; b++) first[above[b]]++;
        for (int place = 0, sum = 0; place <= size; place++) first[place] = sum += first[place];
        for (int b = branches - 1; b >= 0; b--) on[--first[above[b]]] = start[b];
        for (int b = 0; b < branches; b++) first[start[b]] |= BRANCH;
        first[size] |= BRANCH;
    }

    /// Adds the frames below a place to the keys; the end of these.
    private int below(int place, int from) {
        int next = first[place + 1];
        int on = first[place] & ~BRANCH;
        int stop = next & ~BRANCH;
        if (keys.length - from <= stop - on) keys = Arrays.copyOf(keys, Math.max(from + stop - on + 1, keys.length * 2));
        int top = from;
        if (next >= 0) keys[top++] = key(place + 1);
        for (; on < stop; on++) keys[top++] = key(this.on[on]);
        return top;
    }

    private long key(int place) {
        return (long) frame[place] << 32 | place;
    }

    private void sort(int from, int to) {
        if (to - from < MANY) {
            Arrays.sort(keys, from, to);
            return;
        }
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = from; i < to; i++) {
            int code = (int) (keys[i] >>> 32);
            least = Math.min(least, code);
            most = Math.max(most, code);
        }
        if (others.length < to - from) others = new long[Math.max(to - from, others.length * 2)];
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(most - least);
        for (int shift = 0; shift < bits; shift += DIGIT) digit(from, to, least, shift);
    }

    /// Sorts by a digit of the code; what is equal there stays in its order.
    private void digit(int from, int to, int least, int shift) {
        Arrays.fill(counts, 0);
        int mask = counts.length - 1;
        for (int i = from; i < to; i++) counts[(int) (keys[i] >>> 32) - least >>> shift & mask]++;
        for (int digit = 0, sum = 0; digit <= mask; digit++) {
            int count = counts[digit];
            counts[digit] = sum;
            sum += count;
        }
        for (int i = from; i < to; i++) others[counts[(int) (keys[i] >>> 32) - least >>> shift & mask]++] = keys[i];
        System.arraycopy(others, 0, keys, from, to - from);
    }
}
