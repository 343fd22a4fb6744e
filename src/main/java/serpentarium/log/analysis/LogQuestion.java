package serpentarium.log.analysis;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A question to a log: a filter, and what becomes of the records that pass, such as `level>=ERROR logger~"app.*" | count by logger, 1m | top 10`.
///
/// @param filter  which records
/// @param measure what is worked out of each group
/// @param field   of which field; empty for a count
/// @param keys    what makes a group: fields, `template` for messages that differ in values only, `failure` for tracebacks of the same failure
/// @param step    nanoseconds of a step of time that makes a group too; 0 for none
/// @param top     how many groups are shown; 0 for all
public record LogQuestion(LogFilter filter, Measure measure, String field, List<String> keys, long step, int top) {
    private static final long SECOND = 1_000_000_000L;

    public LogQuestion {
        keys = List.copyOf(keys);
    }

    /// The same question about the records of a filter only.
    public LogQuestion of(LogFilter more) {
        LogFilter both = more instanceof LogFilter.All ? filter : filter instanceof LogFilter.All ? more : new LogFilter.And(List.of(more, filter));
        return new LogQuestion(both, measure, field, keys, step, top);
    }

    /// What is worked out.
    public enum Measure { COUNT, SUM, AVERAGE, LARGEST, SMALLEST }

    /// What became of a text.
    public sealed interface Result {
        /// It is a question.
        record Parsed(LogQuestion question) implements Result {}

        /// It is none.
        record Wrong(LogFilterParser.Result.Wrong wrong) implements Result {}
    }

    /// Reads a question. One without a bar counts the records of its filter.
    ///
    /// @param zone of times that do not say theirs
    public static Result parse(String text, ZoneId zone) {
        try {
            List<LogToken> tokens = LogToken.of(text, true);
            var parser = new LogFilterParser(tokens, 0, zone);
            LogFilter filter = parser.filter();
            return new Result.Parsed(new Stages(tokens, parser.at()).read(filter));
        } catch (LogFilterParser.WrongException e) {
            return new Result.Wrong(e.wrong());
        }
    }

    /// Reads what stands behind the filter.
    private static final class Stages {
        private final List<LogToken> tokens;
        private int at;
        private Measure measure;
        private String field = "";
        private final List<String> keys = new ArrayList<>();
        private long step;
        private int top;

        Stages(List<LogToken> tokens, int at) {
            this.tokens = tokens;
            this.at = at;
        }

        private LogToken take() {
            LogToken token = tokens.get(at);
            if (token.kind() != LogToken.Kind.END) at++;
            return token;
        }

        private LogToken.Kind kind() {
            return tokens.get(at).kind();
        }

        LogQuestion read(LogFilter filter) {
            while (kind() != LogToken.Kind.END) {
                LogToken pipe = take();
                if (pipe.kind() != LogToken.Kind.PIPE) throw new LogFilterParser.WrongException(pipe, "unexpected", pipe.text());
                stage(take());
            }
            return new LogQuestion(filter, measure == null ? Measure.COUNT : measure, field, keys, step, top);
        }

        private void stage(LogToken name) {
            String word = name.text().toLowerCase(Locale.ROOT);
            switch (word) {
                case "count" -> measure(name, Measure.COUNT);
                case "sum" -> measure(name, Measure.SUM);
                case "average" -> measure(name, Measure.AVERAGE);
                case "largest" -> measure(name, Measure.LARGEST);
                case "smallest" -> measure(name, Measure.SMALLEST);
                case "top" -> {
                    if (measure == null) throw new LogFilterParser.WrongException(name, "top-first");
                    LogToken number = take();
                    if (!number.text().matches("[1-9]\\d{0,5}")) throw new LogFilterParser.WrongException(number, "top");
                    top = Integer.parseInt(number.text());
                }
                default -> throw new LogFilterParser.WrongException(name, "stage", name.text());
            }
        }

        private void measure(LogToken name, Measure wanted) {
            if (measure != null) throw new LogFilterParser.WrongException(name, "unexpected", name.text());
            measure = wanted;
            if (wanted != Measure.COUNT) field = field(name);
            if (kind() != LogToken.Kind.WORD) return;
            LogToken by = take();
            if (!by.text().equalsIgnoreCase("by")) throw new LogFilterParser.WrongException(by, "unexpected", by.text());
            do {
                String key = field(by);
                if (Character.isDigit(key.charAt(0))) step = step(tokens.get(at - 1));
                else keys.add(key);
            } while (kind() == LogToken.Kind.COMMA && take() != null);
        }

        private String field(LogToken before) {
            LogToken token = take();
            if (token.kind() != LogToken.Kind.WORD && token.kind() != LogToken.Kind.QUOTED || token.text().isEmpty())
                throw new LogFilterParser.WrongException(token, "field", before.text());
            return token.text();
        }

        private static long step(LogToken token) {
            String text = token.text().toLowerCase(Locale.ROOT);
            int end = 0;
            while (end < text.length() && Character.isDigit(text.charAt(end))) end++;
            long unit = switch (text.substring(end)) {
                case "ms" -> 1_000_000L;
                case "s" -> SECOND;
                case "m", "min" -> 60 * SECOND;
                case "h" -> 3600 * SECOND;
                case "d" -> 86_400 * SECOND;
                default -> 0;
            };
            if (end > 5 || unit == 0 || Long.parseLong(text.substring(0, end)) == 0) throw new LogFilterParser.WrongException(token, "step", token.text());
            return unit * Long.parseLong(text.substring(0, end));
        }
    }
}
