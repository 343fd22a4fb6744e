package serpentarium.log.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import serpentarium.log.LogFormat;
import serpentarium.log.TextEncoding;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilter.TextTest;
import serpentarium.log.format.Detection;
import serpentarium.log.format.Envelope;

/// Texts of which every record that passes a filter has one in one of its lines as it stands in the file, so that only records of lines with one of them
/// need be looked at. Where that is not certain, there are none.
final class FilterNeedles {
    private static final int MOST = 8;
    /// Fields that are pieces of a line, where a format is given by layouts.
    private static final Set<String> PIECES = Set.of("logger", "message", "file", "function", "thread", "process");

    private final TextEncoding encoding;
    private final boolean layouts;

    private FilterNeedles(TextEncoding encoding, boolean layouts) {
        this.encoding = encoding;
        this.layouts = layouts;
    }

    static Optional<List<ByteNeedle>> of(LogFilter filter, TextEncoding encoding, Detection detection) {
        if (encoding.unit() != 1 || detection.envelope() != Envelope.NONE) return Optional.empty();
        boolean layouts = detection.formats().stream().allMatch(format -> format.family() == LogFormat.Family.LAYOUT);
        return new FilterNeedles(encoding, layouts).needles(filter).map(texts -> texts.stream().map(Text::needle).toList());
    }

    private record Text(ByteNeedle needle, int length) {}

    private Optional<List<Text>> needles(LogFilter filter) {
        return switch (filter) {
            case LogFilter.And(List<LogFilter> parts) -> parts.stream().map(this::needles).flatMap(Optional::stream)
                    .max((a, b) -> Integer.compare(worth(a), worth(b)));
            case LogFilter.Or(List<LogFilter> parts) -> {
                var all = new ArrayList<Text>();
                for (LogFilter part : parts) {
                    Optional<List<Text>> some = needles(part);
                    if (some.isEmpty() || all.size() + some.get().size() > MOST) yield Optional.empty();
                    all.addAll(some.get());
                }
                yield all.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(all));
            }
            case LogFilter.TextOf(String field, TextTest test) -> field == null || layouts && PIECES.contains(field.toLowerCase(Locale.ROOT)) ? needle(test) : Optional.empty();
            case LogFilter.All _, LogFilter.Not _, LogFilter.LevelOf _, LogFilter.TimeOf _, LogFilter.NumberOf _, LogFilter.Failed _ -> Optional.empty();
        };
    }

    /// One long text is worth most.
    private static int worth(List<Text> texts) {
        return texts.stream().mapToInt(Text::length).min().orElse(0) * 4 / texts.size();
    }

    private Optional<List<Text>> needle(TextTest test) {
        LineQuery query = switch (test) {
            case TextTest.Contains(String text) -> text.isEmpty() ? null : new LineQuery(text, false, true);
            case TextTest.Equals(String text) -> text.isEmpty() ? null : new LineQuery(text, false, true);
            case TextTest.Matches(java.util.regex.Pattern pattern) -> pattern.pattern().isEmpty() || pattern.flags() != 0 ? null : LineQuery.expression(pattern.pattern());
            case TextTest.Present() -> null;
        };
        if (query == null) return Optional.empty();
        int length = query.expression() ? RequiredText.of(query.text()).map(String::length).orElse(0) : query.text().length();
        return query.needle(encoding).map(needle -> List.of(new Text(needle, length)));
    }
}
