package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.task.TaskContext;

/// Stacks of which the tree is made once they are sorted: then each node comes where it belongs, and nothing is looked up in memory that is
/// far from the processor. A stack starts with its thread's number, then come its functions.
final class SortedStacks {
    private static final int CHECK_EVERY = 1 << 12;
    /// So many keys and more are sorted by their digits.
    private static final int MANY = 1 << 10;
    private static final int DIGIT = 11;

    private final int events;
    private int[] codes = new int[1 << 10];
    private int[] start = new int[(1 << 7) + 1];
    private double[] costs = new double[1 << 7];
    private long[] lines = new long[1 << 7];
    private int[] texts = new int[1 << 7];
    private int size;

    /// A stack's next code from 1, 0 at its end, above its number.
    private long[] keys = new long[0];
    private long[] others = new long[0];
    private final int[] counts = new int[1 << DIGIT];
    private int[] node = new int[64];
    private int[] end = new int[64];

    SortedStacks(int events) {
        this.events = events;
    }

    /// How many stacks there are.
    int size() {
        return size;
    }

    /// How many codes they have.
    int length() {
        return start[size];
    }

    /// Where a stack stands in the file.
    long line(int stack) {
        return lines[stack];
    }

    /// Forgets all.
    void clear() {
        size = 0;
    }

    /// Adds the stack of the first `length` codes of a path.
    ///
    /// @param stack its number in the batch
    /// @param text  the text of its innermost frame
    void add(int[] path, int length, CollapsedBatch batch, int stack, int text) {
        int from = start[size];
        if (length > codes.length - from) codes = Arrays.copyOf(codes, Math.max(from + length, from + (from >> 1)));
        System.arraycopy(path, 0, codes, from, length);
        if (size == lines.length) {
            int more = size + (size >> 1);
            lines = Arrays.copyOf(lines, more);
            texts = Arrays.copyOf(texts, more);
            start = Arrays.copyOf(start, more + 1);
        }
        if ((size + 1) * events > costs.length) costs = Arrays.copyOf(costs, (size + (size >> 1)) * events + events);
        for (int e = 0; e < events; e++) costs[size * events + e] = batch.cost(stack, e);
        lines[size] = batch.line(stack);
        texts[size] = text;
        start[++size] = from + length;
    }

    /// Tells what the stacks from one on cost.
    void costs(int from, CollapsedTrees.Costs told) {
        for (int i = from; i < size; i++) for (int e = 0; e < events; e++) told.of(texts[i], e, costs[i * events + e]);
    }

    /// Makes the trees of the stacks from one to another.
    void plant(int from, int to, StackForest forest, TaskContext context) {
        forest.clear();
        if (keys.length < to - from) {
            keys = new long[to - from];
            others = new long[to - from];
        }
        int many = to - from;
        for (int i = 0; i < many; i++) keys[i] = from + i;
        int depth = -1;
        int at = 0;
        int last = many;
        int seen = 0;
        boolean open = true;
        while (true) {
            if ((++seen & CHECK_EVERY - 1) == 0) context.checkpoint();
            if (open) {
                sort(at, last, depth + 1);
                int above = depth < 0 ? -1 : node[depth];
                for (; at < last && keys[at] >>> 32 == 0; at++) cost(forest, above, (int) keys[at]);
                open = false;
            }
            if (at == last) {
                if (depth < 0) return;
                last = end[depth--];
                continue;
            }
            int code = (int) (keys[at] >>> 32) - 1;
            int group = at + 1;
            while (group < last && (int) (keys[group] >>> 32) - 1 == code) group++;
            int above = depth < 0 ? -1 : node[depth];
            if (group == at + 1) {
                int stack = (int) keys[at++];
                cost(forest, forest.chain(above, codes, start[stack] + depth + 1, start[stack + 1]), stack);
                continue;
            }
            depth++;
            if (depth == node.length) {
                node = Arrays.copyOf(node, depth * 2);
                end = Arrays.copyOf(end, depth * 2);
            }
            node[depth] = forest.node(above, code);
            end[depth] = last;
            last = group;
            open = true;
        }
    }

    private void cost(StackForest forest, int top, int stack) {
        for (int e = 0; e < events; e++) forest.addSelf(e, top, costs[stack * events + e]);
    }

    /// Sorts keys by the code at a depth; stacks that are equal there stay in their order.
    private void sort(int from, int to, int depth) {
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int i = from; i < to; i++) {
            int stack = (int) keys[i];
            int at = start[stack] + depth;
            int code = at < start[stack + 1] ? codes[at] + 1 : 0;
            keys[i] = (long) code << 32 | stack;
            least = Math.min(least, code);
            most = Math.max(most, code);
        }
        if (least >= most) return;
        if (to - from < MANY) Arrays.sort(keys, from, to);
        else sortDigits(from, to, least, Integer.SIZE - Integer.numberOfLeadingZeros(most - least));
    }

    private void sortDigits(int from, int to, int least, int bits) {
        int passes = (bits + DIGIT - 1) / DIGIT;
        int width = (bits + passes - 1) / passes;
        int mask = (1 << width) - 1;
        for (int pass = 0; pass < passes; pass++) {
            int shift = pass * width;
            Arrays.fill(counts, 0, mask + 1, 0);
            for (int i = from; i < to; i++) counts[(int) (keys[i] >>> 32) - least >>> shift & mask]++;
            int sum = from;
            for (int digit = 0; digit <= mask; digit++) {
                int count = counts[digit];
                counts[digit] = sum;
                sum += count;
            }
            for (int i = from; i < to; i++) others[counts[(int) (keys[i] >>> 32) - least >>> shift & mask]++] = keys[i];
            System.arraycopy(others, from, keys, from, to - from);
        }
    }
}
