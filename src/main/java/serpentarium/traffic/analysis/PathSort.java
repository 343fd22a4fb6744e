package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import serpentarium.base.IntSort;
import serpentarium.task.Abreast;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Sorts rows by path and query, by their bytes where they are kept: eight at a time as one number, on all cores. A quicksort in three parts: what is
/// equal in eight bytes is sorted by the next eight.
final class PathSort {
    private static final int FEW = 16;
    private static final int PART = 1 << 15;
    private static final byte[] NONE = {};

    private final FlowTable table;
    private final boolean descending;
    private final TaskContext context;
    private final int[] rows;
    private final long[] keys;

    private PathSort(FlowTable table, int[] rows, boolean descending, TaskContext context) {
        this.table = table;
        this.rows = rows;
        this.descending = descending;
        this.context = context;
        keys = new long[rows.length];
    }

    /// The rows in order of their paths; those without one last, equal ones in ascending order.
    static int[] sort(FlowTable table, int[] rows, boolean descending, TaskContext context) {
        int[] sorted = new int[rows.length];
        int known = 0;
        int empty = rows.length;
        for (int i = 0; i < rows.length; i++) {
            if (i % PART == 0) context.checkpoint();
            if (table.pathBytes(rows[i], 0) == 0 && length(table, rows[i]) == 0) sorted[--empty] = rows[i];
            else sorted[known++] = rows[i];
        }
        Arrays.sort(sorted, known, sorted.length);
        int[] some = known == sorted.length ? sorted : Arrays.copyOf(sorted, known);
        new PathSort(table, some, descending, context).run();
        System.arraycopy(some, 0, sorted, 0, known);
        return sorted;
    }

    private static int length(FlowTable table, int row) {
        return table.path(row, NONE, 0);
    }

    private void run() {
        load(0, rows.length, 0);
        var parts = new Ranges();
        var large = new Ranges();
        large.push(0, rows.length, 0);
        // Large ranges are parted here, then each thread sorts small ones on its own.
        sort(large, parts);
        try (var abreast = new Abreast<>(parts.count(), number -> {
            var own = new Ranges();
            own.push(parts.from(number), parts.to(number), parts.depth(number));
            sort(own, null);
            return true;
        })) {
            while (abreast.next() != null) context.checkpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void load(int from, int to, int depth) {
        if (to - from < 2 * PART) {
            loadHere(from, to, depth);
            return;
        }
        try (var abreast = new Abreast<>((to - from + PART - 1) / PART, number -> {
            loadHere(from + number * PART, Math.min(to, from + (number + 1) * PART), depth);
            return true;
        })) {
            while (abreast.next() != null) context.checkpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void loadHere(int from, int to, int depth) {
        for (int i = from; i < to; i++) keys[i] = key(rows[i], depth);
    }

    /// Compares as the bytes do, in the order asked for.
    private long key(int row, int depth) {
        long key = table.pathBytes(row, depth) ^ Long.MIN_VALUE;
        return descending ? ~key : key;
    }

    /// Whether a text may end in these eight bytes.
    private boolean ends(long key) {
        return ((descending ? ~key : key) & 0xff) == 0;
    }

    /// @param later takes ranges that are small enough for one thread; null to sort them here
    private void sort(Ranges stack, Ranges later) {
        while (stack.count() > 0) {
            int top = stack.count() - 1;
            int from = stack.from(top);
            int to = stack.to(top);
            int depth = stack.depth(top);
            stack.pop();
            if (to - from < 2) continue;
            if (later != null && to - from <= PART) {
                later.push(from, to, depth);
                continue;
            }
            if (to - from <= FEW) {
                insertion(from, to, depth);
                continue;
            }
            context.checkpoint();
            long pivot = pivot(from, to);
            int less = from;
            int more = to;
            for (int i = from; i < more; ) {
                long key = keys[i];
                if (key < pivot) swap(less++, i++);
                else if (key > pivot) swap(i, --more);
                else i++;
            }
            stack.push(from, less, depth);
            stack.push(more, to, depth);
            if (more - less < 2) continue;
            if (ends(pivot)) {
                ended(less, more, depth);
            } else {
                load(less, more, depth + Long.BYTES);
                stack.push(less, more, depth + Long.BYTES);
            }
        }
    }

    /// Mostly these are all the same text; a text with zeros in it may go on.
    private void ended(int from, int to, int depth) {
        int length = length(table, rows[from]);
        boolean same = length <= depth + Long.BYTES;
        for (int i = from + 1; i < to && same; i++) same = length(table, rows[i]) == length;
        if (same) Arrays.sort(rows, from, to);
        else IntSort.sort(rows, from, to, (a, b) -> compare(a, b, depth));
    }

    private void swap(int a, int b) {
        long key = keys[a];
        keys[a] = keys[b];
        keys[b] = key;
        int row = rows[a];
        rows[a] = rows[b];
        rows[b] = row;
    }

    private long pivot(int from, int to) {
        int step = (to - from) / 9;
        return middle(middle(keys[from], keys[from + step], keys[from + 2 * step]), middle(keys[from + 3 * step], keys[from + 4 * step], keys[from + 5 * step]),
                middle(keys[from + 6 * step], keys[from + 7 * step], keys[from + 8 * step]));
    }

    private static long middle(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    private void insertion(int from, int to, int depth) {
        for (int i = from + 1; i < to; i++) {
            long key = keys[i];
            int row = rows[i];
            int at = i;
            while (at > from && (keys[at - 1] > key || keys[at - 1] == key && compare(rows[at - 1], row, depth) > 0)) {
                keys[at] = keys[at - 1];
                rows[at] = rows[at - 1];
                at--;
            }
            keys[at] = key;
            rows[at] = row;
        }
    }

    /// Two rows whose texts are equal before `depth`, in the order asked for.
    private int compare(int a, int b, int depth) {
        for (int d = depth; ; d += Long.BYTES) {
            long left = key(a, d);
            long right = key(b, d);
            if (left != right) return left < right ? -1 : 1;
            if (!ends(left)) continue;
            int lengthA = length(table, a);
            int lengthB = length(table, b);
            if (Math.max(lengthA, lengthB) > d + Long.BYTES) continue;
            int way = Integer.compare(lengthA, lengthB);
            return way == 0 ? Integer.compare(a, b) : descending ? -way : way;
        }
    }

    /// Ranges with how many bytes their texts have in common.
    private static final class Ranges {
        private int[] values = new int[96];
        private int count;

        void push(int from, int to, int depth) {
            if (count * 3 == values.length) values = Arrays.copyOf(values, values.length * 2);
            values[count * 3] = from;
            values[count * 3 + 1] = to;
            values[count++ * 3 + 2] = depth;
        }

        void pop() {
            count--;
        }

        int count() {
            return count;
        }

        int from(int range) {
            return values[range * 3];
        }

        int to(int range) {
            return values[range * 3 + 1];
        }

        int depth(int range) {
            return values[range * 3 + 2];
        }
    }
}
