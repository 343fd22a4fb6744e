package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import serpentarium.base.IntSort;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FunctionTable;

/// Which functions the function table shows, and in which order. Pure: work for any thread.
final class FunctionOrder {
    private static final int DIGIT = 16;

    private FunctionOrder() {}

    /// One column to sort by.
    ///
    /// @param column     the column
    /// @param of         where its numbers are; null for those of the slice
    /// @param descending the greatest first
    record Key(FunctionColumn column, FunctionTable of, boolean descending) {
        /// By a column of the slice itself.
        Key(FunctionColumn column, boolean descending) {
            this(column, null, descending);
        }
    }

    /// The functions of a slice in an order; what has no value comes last either way, equals by their number.
    ///
    /// @param shown the functions to keep, or null for all
    /// @param keys  the first matters most
    static int[] of(Analysis analysis, BitSet shown, List<Key> keys) {
        int[] functions = analysis.functions().functions();
        int[] kept = new int[functions.length];
        int n = 0;
        for (int function : functions) if (shown == null || shown.get(function)) kept[n++] = function;
        int[] rows = Arrays.copyOf(kept, n);
        // Stable, so that sorting by the last key first gives the order by all of them.
        for (Key key : keys.reversed()) {
            if (key.column.number()) byNumber(rows, key.of == null ? analysis.functions() : key.of, key);
            else byText(rows, analysis, key);
        }
        return rows;
    }

    /// A radix sort, which is stable and takes a fixed number of passes: a million rows in some tens of milliseconds.
    private static void byNumber(int[] rows, FunctionTable table, Key key) {
        int n = rows.length;
        int[] from = rows;
        long[] bits = new long[n];
        for (int i = 0; i < n; i++) bits[i] = sortable(key.column.number(table, rows[i]), key.descending);
        int[] to = new int[n];
        long[] toBits = new long[n];
        int[] count = new int[(1 << DIGIT) + 1];
        for (int shift = 0; shift < Long.SIZE; shift += DIGIT) {
            Arrays.fill(count, 0);
            for (int i = 0; i < n; i++) count[digit(bits[i], shift) + 1]++;
            if (n > 0 && count[digit(bits[0], shift) + 1] == n) continue;
            for (int i = 0; i < 1 << DIGIT; i++) count[i + 1] += count[i];
            for (int i = 0; i < n; i++) {
                int at = count[digit(bits[i], shift)]++;
                to[at] = from[i];
                toBits[at] = bits[i];
            }
            int[] swap = from;
            from = to;
            to = swap;
            long[] swapBits = bits;
            bits = toBits;
            toBits = swapBits;
        }
        if (from != rows) System.arraycopy(from, 0, rows, 0, n);
    }

    private static int digit(long bits, int shift) {
        return (int) (bits >>> shift) & (1 << DIGIT) - 1;
    }

    /// A number whose unsigned order is the one that is wanted; what is no number comes last either way.
    private static long sortable(double value, boolean descending) {
        if (Double.isNaN(value)) return -1L;
        long bits = Double.doubleToRawLongBits(value + 0.0);
        long ascending = bits ^ (bits >> 63 | Long.MIN_VALUE);
        return descending ? ~ascending : ascending;
    }

    private static void byText(int[] rows, Analysis analysis, Key key) {
        String[] texts = new String[analysis.frames().size()];
        for (int function : rows) texts[function] = text(analysis, key.column, function);
        IntSort.sort(rows, 0, rows.length, (a, b) -> compare(texts[a], texts[b], key.descending));
    }

    private static String text(Analysis analysis, FunctionColumn column, int function) {
        return switch (column) {
            case FUNCTION -> FunctionText.name(analysis.frames(), function);
            case MODULE -> FunctionText.module(analysis.frames(), function);
            case PLACE -> place(analysis, function);
            case SELF, TOTAL, CALLS, SELF_PER_CALL, TOTAL_PER_CALL -> "";
        };
    }

    /// Lines of one file in the order of the lines: the number is padded to the width of the greatest `int`.
    private static String place(Analysis analysis, int function) {
        String file = analysis.frames().file(function);
        return file == null ? "" : String.format("%s:%010d", FunctionText.line(file), analysis.frames().line(function));
    }

    private static int compare(String a, String b, boolean descending) {
        if (a.isEmpty() || b.isEmpty()) return Boolean.compare(a.isEmpty(), b.isEmpty());
        int order = String.CASE_INSENSITIVE_ORDER.compare(a, b);
        return descending ? -order : order;
    }
}
