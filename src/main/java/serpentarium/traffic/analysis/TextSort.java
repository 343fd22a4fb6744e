package serpentarium.traffic.analysis;

import java.util.Arrays;
import serpentarium.base.IntSort;
import serpentarium.task.TaskContext;

/// Sorts rows by a text each: four characters at a time as one number, so that a million texts that begin alike are not compared letter by
/// letter again and again.
final class TextSort {
    private static final int FEW = 24;
    private static final int WIDTH = 4;

    private final String[] texts;
    private final int[] order;
    private final TaskContext context;

    private TextSort(String[] texts, TaskContext context) {
        this.texts = texts;
        this.context = context;
        order = new int[texts.length];
        Arrays.setAll(order, i -> i);
    }

    /// The rows in order of their texts; empty ones last, equal ones as they stood.
    static int[] sort(int[] rows, String[] texts, boolean descending, TaskContext context) {
        var sort = new TextSort(texts, context);
        sort.run();
        int[] sorted = new int[rows.length];
        int empty = 0;
        while (empty < rows.length && texts[sort.order[empty]].isEmpty()) empty++;
        int known = rows.length - empty;
        if (!descending) {
            for (int i = 0; i < known; i++) sorted[i] = rows[sort.order[empty + i]];
        } else {
            int at = 0;
            for (int end = rows.length; end > empty; ) {
                int begin = end - 1;
                while (begin > empty && texts[sort.order[begin - 1]].equals(texts[sort.order[begin]])) begin--;
                for (int i = begin; i < end; i++) sorted[at++] = rows[sort.order[i]];
                end = begin;
            }
        }
        for (int i = 0; i < empty; i++) sorted[known + i] = rows[sort.order[i]];
        return sorted;
    }

    private void run() {
        int[] stack = new int[300];
        int top = 0;
        stack[top++] = 0;
        stack[top++] = order.length;
        stack[top++] = 0;
        while (top > 0) {
            int depth = stack[--top];
            int to = stack[--top];
            int from = stack[--top];
            if (to - from <= FEW) {
                IntSort.sort(order, from, to, (a, b) -> texts[a].compareTo(texts[b]));
                continue;
            }
            context.checkpoint();
            int skip = shared(from, to, depth);
            long[] keys = new long[to - from];
            for (int i = 0; i < keys.length; i++) keys[i] = key(texts[order[from + i]], skip);
            long[] used = keys.clone();
            int[] sorted = LongSort.sort(used, Arrays.copyOfRange(order, from, to));
            System.arraycopy(sorted, 0, order, from, sorted.length);
            for (int begin = from; begin < to; ) {
                long key = key(texts[order[begin]], skip);
                int end = begin + 1;
                while (end < to && key(texts[order[end]], skip) == key) end++;
                if (end - begin > 1 && (key & 0xffff) != 0) {
                    if (top + 3 > stack.length) stack = Arrays.copyOf(stack, stack.length * 2);
                    stack[top++] = begin;
                    stack[top++] = end;
                    stack[top++] = skip + WIDTH;
                }
                begin = end;
            }
        }
    }

    /// How many characters all texts of a range have in common.
    private int shared(int from, int to, int depth) {
        String first = texts[order[from]];
        int shared = first.length();
        for (int i = from + 1; i < to && shared > depth; i++) {
            String text = texts[order[i]];
            int end = Math.min(shared, text.length());
            int at = depth;
            while (at < end && text.charAt(at) == first.charAt(at)) at++;
            shared = at;
        }
        return Math.max(depth, shared);
    }

    /// Four characters as a number that compares as they do; where the text ends there are zeros.
    private static long key(String text, int from) {
        long key = 0;
        for (int i = 0; i < WIDTH; i++) {
            key = key << 16 | (from + i < text.length() ? text.charAt(from + i) : 0);
        }
        return key ^ Long.MIN_VALUE;
    }
}
