package serpentarium.traffic.analysis;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowFilter.Sides;
import serpentarium.traffic.analysis.FlowFilter.TextField;
import serpentarium.traffic.analysis.FlowFilter.TextTest;

/// Makes tests of rows of a filter, for one picture of a session. Texts that repeat are looked at once; parts of an `and` are asked the cheapest first;
/// what texts must hold is looked for in bytes before anything is decoded.
final class RowTests {
    private static final int STEP = 4096;

    private final FlowTable table;
    private final TaskContext context;
    private final List<TextTest> bodies = new ArrayList<>();

    RowTests(FlowTable table, TaskContext context) {
        this.table = table;
        this.context = context;
    }

    /// What bodies are asked for by the tests made so far.
    List<TextTest> bodies() {
        return bodies;
    }

    /// The test of a filter.
    RowTest of(FlowFilter filter) {
        return switch (filter) {
            case FlowFilter.All _ -> (_, _) -> true;
            case FlowFilter.Not(FlowFilter part) -> {
                RowTest inner = of(part);
                yield (row, in) -> !inner.test(row, in);
            }
            case FlowFilter.And(List<FlowFilter> parts) -> {
                RowTest[] tests = cheapestFirst(parts);
                yield (row, in) -> {
                    for (RowTest one : tests) if (!one.test(row, in)) return false;
                    return true;
                };
            }
            case FlowFilter.Or(List<FlowFilter> parts) -> {
                RowTest[] tests = cheapestFirst(parts);
                yield (row, in) -> {
                    for (RowTest one : tests) if (one.test(row, in)) return true;
                    return false;
                };
            }
            case FlowFilter.KindOf(var kinds) -> (row, _) -> kinds.contains(table.kind(row));
            case FlowFilter.SourceOf(var source) -> (row, _) -> table.source(row) == source;
            case FlowFilter.Is(var property) -> property(property);
            case FlowFilter.NumberOf(var field, var comparison, double value) -> number(field, comparison, value);
            case FlowFilter.TextOf(TextField field, TextTest test) -> text(field, test);
            case FlowFilter.HeaderOf(Sides sides, String name, TextTest test) -> header(sides, name, test);
            case FlowFilter.BodyOf(Sides sides, TextTest test) -> body(sides, test);
        };
    }

    private RowTest[] cheapestFirst(List<FlowFilter> parts) {
        var sorted = new ArrayList<>(parts);
        sorted.sort(Comparator.comparing(FlowFilter::price));
        return sorted.stream().map(this::of).toArray(RowTest[]::new);
    }

    private RowTest property(FlowFilter.Property property) {
        return switch (property) {
            case ERROR -> (row, _) -> table.failed(row);
            case RESPONSE -> (row, _) -> table.status(row) != 0;
            case NO_RESPONSE -> (row, _) -> table.status(row) == 0;
            case MARKED -> (row, _) -> !table.mark(row).isEmpty();
            case COMMENTED -> (row, _) -> !table.comment(row).isEmpty();
            case OPEN -> (row, _) -> table.open(row);
            case ASSET -> dictionary(table::contentType, FlowFilter::asset, false);
        };
    }

    private RowTest number(FlowFilter.NumberField field, FlowFilter.Comparison comparison, double value) {
        // Lists hold times as floats: 0.1 s must be at most 0.1 s.
        float time = (float) value;
        return switch (field) {
            case STATUS -> (row, _) -> table.status(row) != 0 && comparison.holds(table.status(row), value);
            case DURATION -> (row, _) -> comparison.holds((float) table.duration(row), time);
            case FIRST_BYTE -> (row, _) -> comparison.holds((float) table.firstByte(row), time);
            case SIZE -> (row, _) -> comparison.holds(Math.max(0, table.requestSize(row)) + Math.max(0, table.responseSize(row)), value);
            case REQUEST_SIZE -> (row, _) -> table.requestSize(row) >= 0 && comparison.holds(table.requestSize(row), value);
            case RESPONSE_SIZE -> (row, _) -> table.responseSize(row) >= 0 && comparison.holds(table.responseSize(row), value);
            case MESSAGES -> (row, _) -> comparison.holds(table.messages(row), value);
            case PORT -> dictionary(table::origin, origin -> comparison.holds(port(origin), value), false);
        };
    }

    private static double port(String origin) {
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
        return (row, _) -> {
            int number = column.number(row);
            if (number < 0) return absent;
            return number < known ? matching.get(number) : test.test(table.text(number));
        };
    }

    private RowTest text(TextField field, TextTest textTest) {
        Predicate<String> test = text -> textTest.holds(text, context);
        boolean absent = test.test("");
        return switch (field) {
            case METHOD -> dictionary(table::method, test, absent);
            case HOST -> dictionary(table::origin, origin -> test.test(host(origin)), absent);
            case TYPE -> dictionary(table::contentType, test, absent);
            case VERSION -> dictionary(table::httpVersion, test, absent);
            case PROCESS -> dictionary(table::process, test, absent);
            case MARK -> (row, _) -> test.test(table.mark(row));
            case COMMENT -> (row, _) -> test.test(table.comment(row));
            case PATH -> line(RowReader.Line.PATH, textTest, test);
            case URL -> line(RowReader.Line.URL, textTest, test);
            case ANYWHERE -> {
                RowTest title = line(RowReader.Line.TITLE, textTest, test);
                yield (row, in) -> title.test(row, in) || test.test(table.comment(row));
            }
            case CLIENT -> (row, in) -> test.test(String.valueOf(in.flow(row).connection().client()));
            case SERVER -> (row, in) -> test.test(String.valueOf(in.flow(row).connection().server()));
        };
    }

    /// The host of an origin, without scheme and port.
    private static String host(String origin) {
        int scheme = origin.indexOf("://");
        String rest = scheme < 0 ? origin : origin.substring(scheme + 3);
        if (rest.startsWith("[")) return rest.substring(1, Math.max(1, rest.indexOf(']')));
        int colon = rest.lastIndexOf(':');
        return colon < 0 ? rest : rest.substring(0, colon);
    }

    private static RowTest line(RowReader.Line which, TextTest textTest, Predicate<String> test) {
        Needle needle = needle(textTest).orElse(null);
        boolean sure = needle != null && needle.exact() && !(textTest instanceof TextTest.Equals);
        Pattern pattern = textTest instanceof TextTest.Matches(Pattern one) ? one : null;
        return (row, in) -> {
            int size = in.line(row, which);
            if (needle != null && !needle.in(in.line(), 0, size)) return false;
            return sure || (pattern != null ? in.matches(pattern, size) : test.test(in.decoded(size)));
        };
    }

    /// What a text must hold to pass the test.
    private static Optional<Needle> needle(TextTest test) {
        return switch (test) {
            case TextTest.Contains(String text) -> Needle.ofText(text);
            case TextTest.Equals(String text) -> Needle.ofText(text);
            case TextTest.Matches(var pattern) -> Needle.of(pattern);
        };
    }

    private RowTest header(Sides sides, String name, TextTest textTest) {
        Predicate<String> test = text -> textTest == null || textTest.holds(text, context);
        int heads = (sides == Sides.RESPONSE ? 0 : FlowContent.REQUEST_HEAD) | (sides == Sides.REQUEST ? 0 : FlowContent.RESPONSE_HEAD);
        Needle needle = (textTest == null ? Needle.ofText(name) : needle(textTest)).orElse(null);
        return (row, in) -> {
            if (needle != null && in.content.mayHold(row, heads, needle) == 0) return false;
            Flow now = in.flow(row);
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
        int number = bodies.size();
        bodies.add(textTest);
        Needle needle = BodyTest.needle(textTest).orElse(null);
        return (row, in) -> {
            int parts = table.messages(row) > 0 ? FlowContent.MESSAGES : 0;
            if (sides != Sides.RESPONSE && table.requestSize(row) != 0) parts |= FlowContent.REQUEST_BODY;
            if (sides != Sides.REQUEST && table.responseSize(row) != 0) parts |= FlowContent.RESPONSE_BODY;
            if (parts == 0) return false;
            context.checkpoint();
            if (needle != null) parts = in.content.mayHold(row, parts, needle);
            if (parts == 0) return false;
            BodyTest test = in.body(number);
            if ((parts & FlowContent.REQUEST_BODY) != 0 && test.matches(in.content, row, Side.REQUEST)) return true;
            if ((parts & FlowContent.RESPONSE_BODY) != 0 && test.matches(in.content, row, Side.RESPONSE)) return true;
            if ((parts & FlowContent.MESSAGES) == 0) return false;
            for (int message = 0; message < table.messages(row); message++) {
                if ((message & 63) == 0) context.checkpoint();
                if (test.matches(in.content.message(row, message))) return true;
            }
            return false;
        };
    }
}
