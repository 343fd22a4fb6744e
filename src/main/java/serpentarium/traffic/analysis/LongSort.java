package serpentarium.traffic.analysis;

import serpentarium.base.IntSort;

/// Sorts rows by a number each: stable, by digits, without a comparison.
final class LongSort {
    private static final int BITS = 11;
    private static final int DIGITS = 1 << BITS;
    private static final int FEW = 256;

    private LongSort() {}

    /// The rows in ascending order of their keys.
    ///
    /// @param keys of each row; used up
    static int[] sort(long[] keys, int[] rows) {
        if (rows.length < FEW) {
            int[] places = IntSort.rows(rows.length, (a, b) -> Long.compare(keys[a], keys[b]));
            int[] sorted = new int[rows.length];
            for (int i = 0; i < sorted.length; i++) sorted[i] = rows[places[i]];
            return sorted;
        }
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        long mostKnown = Long.MIN_VALUE;
        for (long key : keys) {
            least = Math.min(least, key);
            most = Math.max(most, key);
            if (key != Long.MAX_VALUE) mostKnown = Math.max(mostKnown, key);
        }
        // What is not known would stretch the range to all 64 bits: it comes just after what is.
        if (most == Long.MAX_VALUE && mostKnown < most - 1 && mostKnown >= least) {
            for (int i = 0; i < keys.length; i++) if (keys[i] == Long.MAX_VALUE) keys[i] = mostKnown + 1;
            most = mostKnown + 1;
        }
        long range = most - least;
        int[] sorted = rows;
        long[] from = keys;
        long[] to = new long[keys.length];
        int[] target = new int[rows.length];
        for (int i = 0; i < from.length; i++) from[i] -= least;
        for (int shift = 0; shift < 64 && (shift == 0 || range >>> shift != 0); shift += BITS) {
            int[] starts = new int[DIGITS + 1];
            for (long key : from) starts[(int) (key >>> shift & DIGITS - 1) + 1]++;
            for (int digit = 0; digit < DIGITS; digit++) starts[digit + 1] += starts[digit];
            for (int i = 0; i < from.length; i++) {
                int at = starts[(int) (from[i] >>> shift & DIGITS - 1)]++;
                to[at] = from[i];
                target[at] = sorted[i];
            }
            long[] swap = from;
            from = to;
            to = swap;
            int[] swapRows = sorted;
            sorted = target;
            target = swapRows;
        }
        return sorted;
    }
}
