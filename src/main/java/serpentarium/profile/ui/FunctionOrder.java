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

    private static void byNumber(int[] rows, FunctionTable table, Key key) {
        long[] bits = new long[rows.length];
        for (int i = 0; i < rows.length; i++) bits[i] = sortable(key.column.number(table, rows[i]), key.descending);
        radix(rows, bits);
    }

    /// Sorts rows by unsigned numbers, one a row, and gives these in their new order. Stable, in a fixed number of passes: a million rows in some
    /// tens of milliseconds.
    private static long[] radix(int[] rows, long[] numbers) {
        int n = rows.length;
        int[] from = rows;
        long[] bits = numbers;
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
        return bits;
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

    /// By the first characters that are not the same in all texts; only rows that these do not tell apart are compared as texts.
    private static void byText(int[] rows, Analysis analysis, Key key) {
        String[] texts = new String[analysis.frames().size()];
        for (int function : rows) texts[function] = text(analysis, key.column, function);
        int skip = sameBeginning(rows, texts);
        long[] bits = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            String text = texts[rows[i]];
            bits[i] = text.isEmpty() ? -1L : key.descending ? ~beginning(text, skip) : beginning(text, skip);
        }
        bits = radix(rows, bits);
        for (int from = 0, to; from < rows.length; from = to) {
            for (to = from + 1; to < rows.length && bits[to] == bits[from]; to++) { }
            if (to - from > 1) IntSort.sort(rows, from, to, (a, b) -> compare(texts[a], texts[b], key.descending));
        }
    }

    /// Eight characters as a number. One that does not fit into its byte ends it: what comes after must not decide before it.
    private static long beginning(String text, int skip) {
        long number = 0;
        boolean fits = true;
        for (int c = skip; c < skip + Long.BYTES; c++) {
            int next = fits && c < text.length() ? Math.min(0xff, folded(text.charAt(c))) : 0;
            fits &= next != 0xff;
            number = number << 8 | next;
        }
        return number;
    }

    /// A character as [String#CASE_INSENSITIVE_ORDER] compares it.
    private static char folded(char c) {
        return Character.toLowerCase(Character.toUpperCase(c));
    }

    private static int sameBeginning(int[] rows, String[] texts) {
        String first = null;
        int same = 0;
        for (int row : rows) {
            String text = texts[row];
            if (text.isEmpty()) continue;
            if (first == null) {
                first = text;
                same = text.length();
            }
            int i = 0;
            while (i < same && i < text.length() && text.charAt(i) == first.charAt(i)) i++;
            same = i;
        }
        return same;
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
        if (file == null) return "";
        String line = String.valueOf(Math.max(0, analysis.frames().line(function)));
        return FunctionText.line(file) + ":" + "0".repeat(10 - line.length()) + line;
    }

    private static int compare(String a, String b, boolean descending) {
        if (a.isEmpty() || b.isEmpty()) return Boolean.compare(a.isEmpty(), b.isEmpty());
        int order = String.CASE_INSENSITIVE_ORDER.compare(a, b);
        return descending ? -order : order;
    }
}
