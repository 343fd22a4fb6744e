package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import serpentarium.base.IntSort;
import serpentarium.profile.analysis.Analysis;

/// Which functions the function table shows, and in which order. Pure: work for any thread.
final class FunctionOrder {
    private FunctionOrder() {}

    /// One column to sort by.
    ///
    /// @param column     the column
    /// @param descending the greatest first
    record Key(FunctionColumn column, boolean descending) {}

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
        for (Key key : keys.reversed()) IntSort.sort(rows, 0, n, order(analysis, rows, key));
        return rows;
    }

    private static IntSort.Order order(Analysis analysis, int[] rows, Key key) {
        int size = analysis.frames().size();
        if (key.column.number()) {
            double[] numbers = new double[size];
            for (int function : rows) numbers[function] = key.column.number(analysis, function);
            return (a, b) -> compare(numbers[a], numbers[b], key.descending);
        }
        String[] texts = new String[size];
        for (int function : rows) texts[function] = text(analysis, key.column, function);
        return (a, b) -> compare(texts[a], texts[b], key.descending);
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

    private static int compare(double a, double b, boolean descending) {
        if (Double.isNaN(a) || Double.isNaN(b)) return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
        return descending ? Double.compare(b, a) : Double.compare(a, b);
    }

    private static int compare(String a, String b, boolean descending) {
        if (a.isEmpty() || b.isEmpty()) return Boolean.compare(a.isEmpty(), b.isEmpty());
        int order = String.CASE_INSENSITIVE_ORDER.compare(a, b);
        return descending ? -order : order;
    }
}
