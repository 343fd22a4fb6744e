package serpentarium.log.analysis;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// Writes filters that [LogFilterParser] reads, of values that a person points at.
public final class FilterText {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_@][\\w.@-]*");
    private static final Pattern BARE = Pattern.compile("[\\w.@:/+-]+");
    private static final Pattern WORD = Pattern.compile("(?i)and|or|not|has:.*");
    private static final int LONGEST = 400;

    private FilterText() {}

    /// Records whose field is this value; empty where a filter cannot name the field.
    ///
    /// @param value a text, a number or a truth value
    public static Optional<String> equal(String field, Object value) {
        if (!NAME.matcher(field).matches() || value == null || String.valueOf(value).length() > LONGEST) return Optional.empty();
        // 0.10 and 1e-1 are the same number.
        if (value instanceof Double || value instanceof Float || value instanceof java.math.BigDecimal) return Optional.of("(" + field + ">=" + value + " " + field + "<=" + value + ")");
        return Optional.of(field + "=" + quoted(String.valueOf(value)));
    }

    /// Records that hold a text.
    public static String holding(String text) {
        return BARE.matcher(text).matches() && !WORD.matcher(text).matches() && text.charAt(0) != '/' ? text : always(text);
    }

    /// What does not pass a filter.
    public static String not(String filter) {
        return "not " + filter;
    }

    /// Records between two times, both included.
    ///
    /// @param from nanoseconds since 1970
    /// @param to   nanoseconds since 1970
    public static String between(long from, long to) {
        return "time>=" + time(from) + " time<=" + time(to);
    }

    /// A time as filters have it.
    ///
    /// @param nanos since 1970
    public static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)).toString();
    }

    /// Two filters, both of which must let a record pass.
    public static String both(String one, String other) {
        if (one.isBlank()) return other;
        if (other.isBlank()) return one;
        return bracketed(one) + " " + bracketed(other);
    }

    /// `or` binds less than what follows one another.
    private static String bracketed(String filter) {
        for (LogToken token : LogToken.of(filter, false)) if (token.kind() == LogToken.Kind.OR) return "(" + filter + ")";
        return filter;
    }

    private static String quoted(String text) {
        return !text.isEmpty() && BARE.matcher(text).matches() && !WORD.matcher(text).matches() ? text : always(text);
    }

    private static String always(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
