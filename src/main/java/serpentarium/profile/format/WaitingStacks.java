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
    /// That a branch starts at a place.
    private static final long BRANCH = 1L << 31;
    private static final long LAST = BRANCH - 1;
    /// So many keys and more are sorted by their digits.
    private static final int MANY = 1 << 10;
    private static final int DIGIT = 11;

    /// For each place its frame and, below it, the branch on it found last: 0 where there is none; then the costs as [Double#doubleToRawLongBits].
    private long[] places;
    private final int wide;
    private int size = 1;
    /// For each branch its first place and, below it, the branch before on the same place.
    private long[] branch = new long[64];
    private int branches = 1;
    /// The places of the last stack's frames.
    private int[] path = new int[64];
    private int depth;

    /// Frames, with their places below: those that are below the node of each level.
    private long[] keys = new long[256];
    private long[] others = new long[0];
    private final int[] counts = new int[1 << DIGIT];
    private int[] node = new int[64];
    private int[] at = new int[64];
    private int[] end = new int[64];

    WaitingStacks(int events) {
        wide = 1 + events;
        places = new long[256 * wide];
    }

    /// How many places there are.
    int size() {
        return size;
    }

    /// Forgets all stacks but for the frames of the last one, on which the next may go on.
    void clear() {
        for (int i = 0; i < depth; i++) {
            places[(1 + i) * wide] = places[path[i] * wide] & ~(BRANCH | LAST);
            path[i] = 1 + i;
        }
        for (int i = 0; i <= depth; i++) Arrays.fill(places, i * wide + 1, (i + 1) * wide, 0);
        places[0] = 0;
        size = 1;
        branches = 1;
        if (depth > 0) branch(0);
        size += depth;
    }

    /// Adds a stack that has its first `kept` frames in common with the last one; the place where it ends.
    int add(int thread, int kept, int[] frames, int from, int added) {
        boolean same = depth > 0 && frame(path[0]) == thread;
        if ((size + added + 2) * wide > places.length) places = Arrays.copyOf(places, Math.max((size + added + 2) * wide, places.length / 2 * 3));
        if (1 + kept + added > path.length) path = Arrays.copyOf(path, Math.max(1 + kept + added, path.length * 2));
        if (!same) {
            path[0] = place(thread);
            branch(0);
            size++;
        }
        if (added > 0) {
            path[kept + 1] = place(frames[from]);
            if (path[kept] != size - 1) branch(path[kept]);
            size++;
        }
        for (int i = 1; i < added; i++) {
            path[kept + 1 + i] = place(frames[from + i]);
            size++;
        }
        depth = 1 + kept + added;
        return path[kept + added];
    }

    /// Writes the frame of the next place.
    private int place(int frame) {
        int at = size * wide;
        places[at] = (long) frame << 32;
        for (int i = 1; i < wide; i++) places[at + i] = 0;
        return size;
    }

    /// Lets a branch start at the next place.
    private void branch(int on) {
        if (branches == branch.length) branch = Arrays.copyOf(branch, branches * 2);
        long place = places[on * wide];
        branch[branches] = (long) size << 32 | place & LAST;
        places[on * wide] = place & ~LAST | branches++;
        places[size * wide] |= BRANCH;
    }

    private int frame(int place) {
        return (int) (places[place * wide] >>> 32);
    }

    /// Adds to the cost of the stacks that end at a place.
    void addSelf(int event, int place, double cost) {
        int at = place * wide + 1 + event;
        places[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(places[at]) + cost);
    }

    /// Makes the trees.
    void plant(StackForest forest, TaskContext context) {
        forest.clear();
        places[size * wide] = BRANCH;
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
                while ((places[last * wide] & LAST) == 0 && (places[(last + 1) * wide] & BRANCH) == 0) last++;
                made = forest.chain(node[level], places, wide, place, last + 1);
                top = below(last, top);
            } else {
                made = forest.node(node[level], code);
                for (int i = from; i < to; i++) {
                    int place = (int) keys[i];
                    for (int e = 1; e < wide; e++) forest.addSelf(e - 1, made, Double.longBitsToDouble(places[place * wide + e]));
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

    /// Adds the frames below a place to the keys; the end of these.
    private int below(int place, int from) {
        int top = from;
        if (top == keys.length) keys = Arrays.copyOf(keys, top * 2);
        if ((places[(place + 1) * wide] & BRANCH) == 0) keys[top++] = key(place + 1);
        for (int b = (int) (places[place * wide] & LAST); b != 0; b = (int) branch[b]) {
            if (top == keys.length) keys = Arrays.copyOf(keys, top * 2);
            keys[top++] = key((int) (branch[b] >>> 32));
        }
        return top;
    }

    private long key(int place) {
        return places[place * wide] & ~(BRANCH | LAST) | place;
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
