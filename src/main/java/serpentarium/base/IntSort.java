package serpentarium.base;

import java.util.Arrays;

/// Sorts numbers of rows by what the rows hold, without an object a row: a stable merge sort, bottom up, after runs of insertion sort.
public final class IntSort {
    private static final int RUN = 16;

    private IntSort() {}

    /// Compares two rows.
    @FunctionalInterface
    public interface Order {
        /// Negative, zero or positive as `a` comes before, with or after `b`.
        int compare(int a, int b);
    }

    /// The rows 0…`size` - 1 in order.
    public static int[] rows(int size, Order order) {
        int[] rows = new int[size];
        Arrays.setAll(rows, i -> i);
        sort(rows, 0, size, order);
        return rows;
    }

    /// Sorts `rows[from…to - 1]` in place.
    public static void sort(int[] rows, int from, int to, Order order) {
        int size = to - from;
        for (int start = from; start < to; start += RUN) insertion(rows, start, Math.min(start + RUN, to), order);
        if (size <= RUN) return;
        int[] source = rows;
        int[] target = new int[size];
        int sourceBase = from;
        int targetBase = 0;
        for (long width = RUN; width < size; width *= 2) {
            for (long start = 0; start < size; start += 2 * width) {
                int left = (int) start;
                int middle = (int) Math.min(start + width, size);
                int right = (int) Math.min(start + 2 * width, size);
                merge(source, sourceBase, target, targetBase, left, middle, right, order);
            }
            int[] swap = source;
            source = target;
            target = swap;
            int swapBase = sourceBase;
            sourceBase = targetBase;
            targetBase = swapBase;
        }
        if (source != rows) System.arraycopy(source, sourceBase, rows, from, size);
    }

    private static void insertion(int[] rows, int from, int to, Order order) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && order.compare(rows[at - 1], row) > 0) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private static void merge(int[] source, int sourceBase, int[] target, int targetBase, int left, int middle, int right, Order order) {
        int a = left;
        int b = middle;
        for (int out = left; out < right; out++) {
            boolean takeLeft = a < middle && (b >= right || order.compare(source[sourceBase + a], source[sourceBase + b]) <= 0);
            target[targetBase + out] = source[sourceBase + (takeLeft ? a++ : b++)];
        }
    }
}
