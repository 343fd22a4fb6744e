package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowFilter.Sides;
import serpentarium.traffic.analysis.FlowFilter.TextField;
import serpentarium.traffic.analysis.FlowFilter.TextTest;

/// Applies a filter to the rows of one picture of a session. Texts that repeat are looked at once; parts of an `and` are asked the cheapest
/// first; a flow's record is read once for all parts that need it.
public final class FilterRun {
    private static final int STEP = 4096;
    private static final List<String> ASSETS = List.of("image", "font", "css", "javascript", "ecmascript", "flash", "wasm");

    private final FlowTable table;
    private final FlowContent content;
    private final TaskContext context;
    private final RowTest test;
    private int flowRow = -1;
    private Flow flow;

    /// Whether a row matches.
    private interface RowTest {
        boolean test(int row) throws IOException;
    }

    /// Over a filter that was parsed.
    public FilterRun(FlowFilter filter, FlowTable table, FlowContent content, TaskContext context) {
        this.table = table;
        this.content = content;
        this.context = context;
        test = compile(filter);
    }

    /// Whether a row matches.
    ///
    /// @throws IOException when the session cannot be read
    public boolean test(int row) throws IOException {
        return test.test(row);
    }

    /// Is told of the rows that matched so far.
    public interface Found {
        /// @param rows in ascending order, from `begin` to `end` - 1
        void found(int[] rows, int begin, int end);
    }

    /// Looks at rows `from`…`to` - 1 that are not deleted, and tells of what it found at least every 50 milliseconds.
    ///
    /// @throws IOException when the session cannot be read
    public void run(int from, int to, Found found) throws IOException {
        int[] rows = new int[Math.max(1, Math.min(to - from, 1 << 20))];
        int size = 0;
        int told = 0;
        long last = System.nanoTime();
        for (int row = from; row < to; row++) {
            if ((row & STEP - 1) == 0) {
                context.checkpoint();
                context.progress(row - from, to - from, serpentarium.task.Progress.Unit.ITEMS);
            }
            if (!table.deleted(row) && test.test(row)) {
                if (size == rows.length) {
                    found.found(rows, told, size);
                    rows = new int[rows.length];
                    size = 0;
                    told = 0;
                }
                rows[size++] = row;
            }
            if (size > told && System.nanoTime() - last > 50_000_000L) {
                found.found(rows, told, size);
                told = size;
                last = System.nanoTime();
            }
        }
        if (size > told) found.found(rows, told, size);
    }

    private RowTest compile(FlowFilter filter) {
        return switch (filter) {
            case FlowFilter.All _ -> _ -> true;
            case FlowFilter.Not(FlowFilter part) -> {
                RowTest inner = compile(part);
                yield row -> !inner.test(row);
            }
            case FlowFilter.And(List<FlowFilter> parts) -> {
                RowTest[] tests = cheapestFirst(parts);
                yield row -> {
                    for (RowTest one : tests) if (!one.test(row)) return false;
                    return true;
                };
            }
            case FlowFilter.Or(List<FlowFilter> parts) -> {
                RowTest[] tests = cheapestFirst(parts);
                yield row -> {
                    for (RowTest one : tests) if (one.test(row)) return true;
                    return false;
                };
            }
            case FlowFilter.KindOf(var kinds) -> row -> kinds.contains(table.kind(row));
            case FlowFilter.SourceOf(var source) -> row -> table.source(row) == source;
            case FlowFilter.Is(var property) -> property(property);
            // Lists hold times as floats: 0.1 s must be at most 0.1 s.
            case FlowFilter.NumberOf(var field, var comparison, double value) -> switch (field) {
                case DURATION, FIRST_BYTE -> row -> comparison.holds((float) number(field, row), (float) value);
                case STATUS, SIZE, REQUEST_SIZE, RESPONSE_SIZE, MESSAGES, PORT -> row -> comparison.holds(number(field, row), value);
            };
            case FlowFilter.TextOf(TextField field, TextTest textTest) -> text(field, predicate(textTest));
            case FlowFilter.HeaderOf(Sides sides, String name, TextTest textTest) -> header(sides, name, textTest);
            case FlowFilter.BodyOf(Sides sides, TextTest textTest) -> body(sides, textTest);
        };
    }

    private RowTest[] cheapestFirst(List<FlowFilter> parts) {
        var sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparing(FlowFilter::price));
        return sorted.stream().map(this::compile).toArray(RowTest[]::new);
    }

    private RowTest property(FlowFilter.Property property) {
        return switch (property) {
            case ERROR -> row -> table.failed(row);
            case RESPONSE -> row -> table.status(row) != 0;
            case NO_RESPONSE -> row -> table.status(row) == 0;
            case MARKED -> row -> !table.mark(row).isEmpty();
            case COMMENTED -> row -> !table.comment(row).isEmpty();
            case OPEN -> row -> table.open(row);
            case ASSET -> dictionary(table::contentType, text -> ASSETS.stream().anyMatch(text::contains), false);
        };
    }

    private double number(FlowFilter.NumberField field, int row) {
        return switch (field) {
            case STATUS -> table.status(row) == 0 ? Double.NaN : table.status(row);
            case DURATION -> table.duration(row);
            case FIRST_BYTE -> table.firstByte(row);
            case SIZE -> Math.max(0, table.requestSize(row)) + Math.max(0, table.responseSize(row));
            case REQUEST_SIZE -> table.requestSize(row) < 0 ? Double.NaN : table.requestSize(row);
            case RESPONSE_SIZE -> table.responseSize(row) < 0 ? Double.NaN : table.responseSize(row);
            case MESSAGES -> table.messages(row);
            case PORT -> port(row);
        };
    }

    private double port(int row) {
        if (table.origin(row) < 0) return Double.NaN;
        String origin = table.text(table.origin(row));
        int colon = origin.lastIndexOf(':');
        if (colon > origin.indexOf("://") && colon > origin.lastIndexOf(']')) {
            try {
                return Integer.parseInt(origin.substring(colon + 1));
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return origin.startsWith("https:") ? 443 : origin.startsWith("http:") ? 80 : Double.NaN;
    }

    private interface Column {
        int number(int row);
    }

    /// A test of a text of the dictionary, made once for each text.
    private RowTest dictionary(Column column, Predicate<String> test, boolean absent) {
        var matching = new BitSet();
        for (int text = 0; text < table.texts(); text++) {
            if ((text & STEP - 1) == 0) context.checkpoint();
            if (test.test(table.text(text))) matching.set(text);
        }
        int known = table.texts();
        return row -> {
            int number = column.number(row);
            if (number < 0) return absent;
            return number < known ? matching.get(number) : test.test(table.text(number));
        };
    }

    private RowTest text(TextField field, Predicate<String> test) {
        IntPredicate noText = _ -> test.test("");
        boolean absent = noText.test(0);
        return switch (field) {
            case METHOD -> dictionary(table::method, test, absent);
            case HOST -> dictionary(table::origin, origin -> test.test(host(origin)), absent);
            case TYPE -> dictionary(table::contentType, test, absent);
            case VERSION -> dictionary(table::httpVersion, test, absent);
            case PROCESS -> dictionary(table::process, test, absent);
            case MARK -> row -> test.test(table.mark(row));
            case COMMENT -> row -> test.test(table.comment(row));
            case PATH -> row -> test.test(table.path(row));
            case URL -> row -> test.test(url(row));
            case ANYWHERE -> row -> test.test(table.title(row)) || test.test(table.comment(row));
            case CLIENT -> row -> test.test(String.valueOf(flow(row).connection().client()));
            case SERVER -> row -> test.test(String.valueOf(flow(row).connection().server()));
        };
    }

    private String url(int row) {
        return table.origin(row) < 0 ? table.path(row) : table.text(table.origin(row)) + table.path(row);
    }

    /// The host of an origin, without scheme and port.
    static String host(String origin) {
        int scheme = origin.indexOf("://");
        String rest = scheme < 0 ? origin : origin.substring(scheme + 3);
        if (rest.startsWith("[")) return rest.substring(1, Math.max(1, rest.indexOf(']')));
        int colon = rest.lastIndexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }

    private Predicate<String> predicate(TextTest test) {
        return switch (test) {
            case TextTest.Contains(String text) -> {
                String small = text.toLowerCase(Locale.ROOT);
                yield value -> contains(value, small);
            }
            case TextTest.Equals(String text) -> text::equalsIgnoreCase;
            case TextTest.Matches(var pattern) -> value -> pattern.matcher(new WatchedText(value, context)).find();
        };
    }

    private static boolean contains(String value, String small) {
        int last = value.length() - small.length();
        for (int i = 0; i <= last; i++) if (value.regionMatches(true, i, small, 0, small.length())) return true;
        return false;
    }

    private Flow flow(int row) throws IOException {
        if (flowRow != row) {
            flow = content.flow(row);
            flowRow = row;
        }
        return flow;
    }

    private RowTest header(Sides sides, String name, TextTest textTest) {
        Predicate<String> test = textTest == null ? _ -> true : predicate(textTest);
        return row -> {
            Flow now = flow(row);
            return sides != Sides.RESPONSE && matches(now.headers(Side.REQUEST), name, test)
                    || sides != Sides.REQUEST && matches(now.headers(Side.RESPONSE), name, test);
        };
    }

    private static boolean matches(Headers headers, String name, Predicate<String> test) {
        for (Headers.Field field : headers.fields()) {
            if (name == null ? test.test(field.name() + ": " + field.value()) : field.name().equalsIgnoreCase(name) && test.test(field.value())) return true;
        }
        return false;
    }

    private RowTest body(Sides sides, TextTest textTest) {
        BodyTest test = BodyTest.of(textTest, context);
        return row -> {
            if (sides != Sides.RESPONSE && table.requestSize(row) != 0 && inBody(row, Side.REQUEST, test)) return true;
            if (sides != Sides.REQUEST && table.responseSize(row) != 0 && inBody(row, Side.RESPONSE, test)) return true;
            for (int message = 0; message < table.messages(row); message++) {
                if ((message & 63) == 0) context.checkpoint();
                if (test.matches(content.message(row, message))) return true;
            }
            return false;
        };
    }

    private boolean inBody(int row, Side side, BodyTest test) throws IOException {
        context.checkpoint();
        try (InputStream in = content.body(row, side)) {
            return test.matches(in);
        }
    }
}
