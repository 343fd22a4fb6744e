package serpentarium.traffic.analysis;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import serpentarium.base.IntSort;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Puts rows in the order of a column. Equal ones stay in the order in which they began; what is not known comes last either way.
public final class FlowOrder {
    private static final int STEP = 1 << 14;

    private final FlowTable table;
    private final TaskContext context;

    private FlowOrder(FlowTable table, TaskContext context) {
        this.table = table;
        this.context = context;
    }

    /// The rows in order.
    ///
    /// @param rows in ascending order; not changed
    /// @param size how many of them
    public static int[] of(FlowTable table, int[] rows, int size, FlowColumn column, boolean descending, TaskContext context) {
        int[] sorted = Arrays.copyOf(rows, size);
        var order = new FlowOrder(table, context);
        if (column == FlowColumn.STARTED) return descending ? reversed(sorted) : sorted;
        if (column == FlowColumn.PATH) return PathSort.sort(table, sorted, descending, context);
        return LongSort.sort(order.keys(sorted, column, descending), sorted);
    }

    /// The rows in the order of texts that were read for them.
    ///
    /// @param texts of each row of `rows`; null where there is none
    public static int[] byTexts(int[] rows, String[] texts, boolean descending, TaskContext context) {
        int[] places = IntSort.rows(rows.length, (a, b) -> {
            if (texts[a] == null || texts[b] == null) return Boolean.compare(texts[a] == null, texts[b] == null);
            int way = compare(texts[a], texts[b]);
            return descending ? -way : way;
        });
        context.checkpoint();
        int[] sorted = new int[rows.length];
        for (int i = 0; i < sorted.length; i++) sorted[i] = rows[places[i]];
        return sorted;
    }

    /// Numbers as numbers, other texts whatever their case.
    private static int compare(String a, String b) {
        double left = number(a);
        double right = number(b);
        if (!Double.isNaN(left) && !Double.isNaN(right)) return Double.compare(left, right);
        return a.compareToIgnoreCase(b);
    }

    private static double number(String text) {
        if (text.isEmpty() || text.length() > 25 || "-+.0123456789".indexOf(text.charAt(0)) < 0) return Double.NaN;
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static int[] reversed(int[] rows) {
        for (int i = 0, j = rows.length - 1; i < j; i++, j--) {
            int swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
        return rows;
    }

    private long[] keys(int[] rows, FlowColumn column, boolean descending) {
        return switch (column) {
            case STARTED, PATH -> throw new IllegalArgumentException(column.name());
            case STATUS -> numbers(rows, descending, row -> table.status(row) == 0 ? Double.NaN : table.status(row));
            case REQUEST_SIZE -> numbers(rows, descending, row -> table.requestSize(row) < 0 ? Double.NaN : table.requestSize(row));
            case RESPONSE_SIZE -> numbers(rows, descending, row -> table.responseSize(row) < 0 ? Double.NaN : table.responseSize(row));
            case DURATION -> numbers(rows, descending, table::duration);
            case FIRST_BYTE -> numbers(rows, descending, table::firstByte);
            case KIND -> numbers(rows, descending, row -> table.kind(row).ordinal());
            case SOURCE -> numbers(rows, descending, row -> table.source(row).ordinal());
            case CONNECTION -> numbers(rows, descending, row -> table.connection(row) < 0 ? Double.NaN : table.connection(row));
            case MESSAGES -> numbers(rows, descending, table::messages);
            case METHOD -> words(rows, descending, table::method);
            case HOST -> words(rows, descending, table::origin);
            case TYPE -> words(rows, descending, table::contentType);
            case PROCESS -> words(rows, descending, table::process);
            case VERSION -> words(rows, descending, table::httpVersion);
            case MARK -> notes(rows, descending, table::mark);
            case COMMENT -> notes(rows, descending, table::comment);
        };
    }

    private interface Number {
        double of(int row);
    }

    private long[] numbers(int[] rows, boolean descending, Number number) {
        long[] keys = new long[rows.length];
        for (int i = 0; i < keys.length; i++) {
            if (i % STEP == 0) context.checkpoint();
            double value = number.of(rows[i]);
            long bits = Double.doubleToRawLongBits(value + 0.0);
            long ascending = bits ^ bits >> 63 & Long.MAX_VALUE;
            keys[i] = Double.isNaN(value) ? Long.MAX_VALUE : descending ? ~ascending : ascending;
        }
        return keys;
    }

    /// A dictionary is put in order once; the rows go by their texts' places.
    private long[] words(int[] rows, boolean descending, IntUnaryOperator word) {
        String[] texts = new String[table.texts()];
        Arrays.setAll(texts, table::text);
        int[] places = new int[texts.length];
        int[] inOrder = IntSort.rows(texts.length, (a, b) -> texts[a].compareToIgnoreCase(texts[b]));
        for (int i = 0; i < inOrder.length; i++) places[inOrder[i]] = descending ? -i : i;
        long[] keys = new long[rows.length];
        for (int i = 0; i < keys.length; i++) {
            if (i % STEP == 0) context.checkpoint();
            int number = word.applyAsInt(rows[i]);
            keys[i] = number < 0 || number >= places.length ? Long.MAX_VALUE : places[number];
        }
        return keys;
    }

    /// Few rows have a note.
    private long[] notes(int[] rows, boolean descending, IntFunction<String> note) {
        String[] texts = new String[rows.length];
        int some = 0;
        for (int i = 0; i < texts.length; i++) {
            String text = note.apply(rows[i]);
            if (text.isEmpty()) continue;
            texts[i] = text;
            some++;
        }
        int[] noted = new int[some];
        for (int i = 0, at = 0; i < texts.length; i++) if (texts[i] != null) noted[at++] = i;
        IntSort.sort(noted, 0, some, (a, b) -> descending ? texts[b].compareToIgnoreCase(texts[a]) : texts[a].compareToIgnoreCase(texts[b]));
        long[] keys = new long[rows.length];
        Arrays.fill(keys, Long.MAX_VALUE);
        for (int i = 0, place = 0; i < some; i++) {
            if (i > 0 && !texts[noted[i]].equalsIgnoreCase(texts[noted[i - 1]])) place++;
            keys[noted[i]] = place;
        }
        return keys;
    }
}
