package serpentarium.log.analysis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.analysis.LogFilter.TextTest;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;

/// Applies a filter to records, the cheap parts first. ASCII texts are looked for in the bytes, whatever the case of their letters.
public final class LogFilterRun {
    private LogFilterRun() {}

    /// The test of a filter.
    ///
    /// @param context stops a pattern that takes too long
    public static Predicate<RecordView> of(LogFilter filter, TaskContext context) {
        return switch (filter) {
            case LogFilter.All() -> _ -> true;
            case LogFilter.Not(LogFilter part) -> of(part, context).negate();
            case LogFilter.And(List<LogFilter> parts) -> {
                List<Predicate<RecordView>> tests = sorted(parts, context);
                yield view -> {
                    for (Predicate<RecordView> test : tests) if (!test.test(view)) return false;
                    return true;
                };
            }
            case LogFilter.Or(List<LogFilter> parts) -> {
                List<Predicate<RecordView>> tests = sorted(parts, context);
                yield view -> {
                    for (Predicate<RecordView> test : tests) if (test.test(view)) return true;
                    return false;
                };
            }
            case LogFilter.LevelOf(LogFilter.Comparison comparison, int number) -> view ->
                    view.severity() == Level.UNKNOWN ? comparison == LogFilter.Comparison.DIFFERENT : comparison.holds(Integer.compare(view.severity(), number));
            case LogFilter.TimeOf(LogFilter.Comparison comparison, long nanos) -> view -> view.time() != RecordView.NO_TIME && comparison.holds(Long.compare(view.time(), nanos));
            case LogFilter.Failed() -> RecordView::traceback;
            case LogFilter.NumberOf(String field, LogFilter.Comparison comparison, double value) -> view -> {
                double number = FieldNumber.of(view, field);
                return !Double.isNaN(number) && comparison.holds(Double.compare(number, value));
            };
            case LogFilter.TextOf(String field, TextTest test) -> text(field, test, context);
        };
    }

    private static List<Predicate<RecordView>> sorted(List<LogFilter> parts, TaskContext context) {
        var cheap = new ArrayList<Predicate<RecordView>>();
        var dear = new ArrayList<Predicate<RecordView>>();
        for (LogFilter part : parts) (cheap(part) ? cheap : dear).add(of(part, context));
        cheap.addAll(dear);
        return cheap;
    }

    private static boolean cheap(LogFilter filter) {
        return switch (filter) {
            case LogFilter.All _, LogFilter.LevelOf _, LogFilter.TimeOf _, LogFilter.Failed _ -> true;
            case LogFilter.Not(LogFilter part) -> cheap(part);
            case LogFilter.TextOf(String field, TextTest test) -> field == null && test instanceof TextTest.Contains;
            default -> false;
        };
    }

    private static Predicate<RecordView> text(String field, TextTest test, TaskContext context) {
        if (field != null) {
            return view -> {
                String text = view.text(field);
                return text != null && holds(test, text, context);
            };
        }
        if (test instanceof TextTest.Contains(String wanted) && ascii(wanted)) {
            byte[] small = wanted.toLowerCase(java.util.Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            return view -> contains(view.bytes(), view.from(), view.to(), small);
        }
        return view -> holds(test, view.whole(), context);
    }

    private static boolean holds(TextTest test, String text, TaskContext context) {
        return switch (test) {
            case TextTest.Contains(String wanted) -> {
                int last = text.length() - wanted.length();
                for (int i = 0; i <= last; i++) if (text.regionMatches(true, i, wanted, 0, wanted.length())) yield true;
                yield false;
            }
            case TextTest.Equals(String wanted) -> wanted.equalsIgnoreCase(text);
            case TextTest.Matches(java.util.regex.Pattern pattern) -> pattern.matcher(new WatchedText(text, context)).find();
            case TextTest.Present() -> !text.isEmpty();
        };
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }

    private static boolean contains(byte[] b, int from, int to, byte[] small) {
        if (small.length == 0) return true;
        int last = to - small.length;
        byte first = small[0];
        byte other = first >= 'a' && first <= 'z' ? (byte) (first - 32) : first;
        for (int at = from; at <= last; at++) {
            if (b[at] != first && b[at] != other) continue;
            int i = 1;
            while (i < small.length && (b[at + i] == small[i] || b[at + i] >= 'A' && b[at + i] <= 'Z' && b[at + i] + 32 == small[i])) i++;
            if (i == small.length) return true;
        }
        return false;
    }
}
