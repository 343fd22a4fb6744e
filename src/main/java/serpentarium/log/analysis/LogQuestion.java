package serpentarium.log.analysis;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// A question to a log: a filter, and what becomes of the records that pass, such as `level>=ERROR logger~"app.*" | count by logger, 1m | top 10`.
///
/// @param filter  which records
/// @param extraction what an expression finds in each record, as more fields; records without it are left out
/// @param measure what is worked out of each group
/// @param share   of a [Measure#SHARE] how many of a hundred are at most the value
/// @param field   of which field; empty for a count
/// @param keys    what makes a group: fields, `template` for messages that differ in values only, `failure` for tracebacks of the same failure
/// @param step    nanoseconds of a step of time that makes a group too; 0 for none
/// @param top     how many groups are shown; 0 for all
public record LogQuestion(LogFilter filter, Optional<Extraction> extraction, Measure measure, int share, String field, List<String> keys, long step, int top) {
    private static final long SECOND = 1_000_000_000L;
    private static final Pattern SHARE = Pattern.compile("[pP]([1-9]\\d?)");
    private static final Map<String, Measure> NAMED = Map.ofEntries(Map.entry("sum", Measure.SUM), Map.entry("avg", Measure.AVERAGE), Map.entry("average", Measure.AVERAGE),
            Map.entry("mean", Measure.AVERAGE), Map.entry("max", Measure.LARGEST), Map.entry("largest", Measure.LARGEST), Map.entry("min", Measure.SMALLEST),
            Map.entry("smallest", Measure.SMALLEST), Map.entry("median", Measure.SHARE));

    public LogQuestion {
        keys = List.copyOf(keys);
    }

    /// The same question about the records of a filter only.
    public LogQuestion of(LogFilter more) {
        LogFilter both = more instanceof LogFilter.All ? filter : filter instanceof LogFilter.All ? more : new LogFilter.And(List.of(more, filter));
        return new LogQuestion(both, extraction, measure, share, field, keys, step, top);
    }

    /// What is worked out.
    public enum Measure { COUNT, SUM, AVERAGE, LARGEST, SMALLEST, SHARE }

    /// What became of a text.
    public sealed interface Result {
        /// It is a question.
        record Parsed(LogQuestion question) implements Result {}

        /// It is none.
        record Wrong(LogFilterParser.Result.Wrong wrong) implements Result {}
    }

    /// The filter at the start of a question, as it is written.
    public static String filterOf(String text) {
        List<LogToken> tokens = LogToken.of(text, true);
        if (Stages.begins(tokens)) return "";
        for (LogToken token : tokens) if (token.kind() == LogToken.Kind.PIPE || token.kind() == LogToken.Kind.END) return text.substring(0, token.from()).strip();
        return text;
    }

    /// Reads a question. One without a bar counts the records of its filter; one that begins as in `count by logger` has none.
    ///
    /// @param zone of times that do not say theirs
    public static Result parse(String text, ZoneId zone) {
        try {
            List<LogToken> tokens = LogToken.of(text, true);
            if (Stages.begins(tokens)) return new Result.Parsed(new Stages(tokens, 0).read(new LogFilter.All()));
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
        private int share;
        private Extraction extraction;

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

        /// Whether the first words are no filter.
        static boolean begins(List<LogToken> tokens) {
            LogToken first = tokens.getFirst();
            if (first.kind() != LogToken.Kind.WORD || tokens.size() < 3) return false;
            LogToken next = tokens.get(1);
            boolean measure = first.text().equalsIgnoreCase("count") || NAMED.containsKey(first.text().toLowerCase(Locale.ROOT)) || SHARE.matcher(first.text()).matches();
            if (first.text().equalsIgnoreCase("extract")) return next.kind() == LogToken.Kind.PATTERN;
            boolean by = tokens.stream().anyMatch(token -> token.kind() == LogToken.Kind.WORD && token.text().equalsIgnoreCase("by"));
            return measure && (next.kind() == LogToken.Kind.OPEN || by && (next.text().equalsIgnoreCase("by") || tokens.get(2).text().equalsIgnoreCase("by")));
        }

        LogQuestion read(LogFilter filter) {
            if (at == 0 && kind() == LogToken.Kind.WORD) stage(take());
            while (kind() != LogToken.Kind.END) {
                LogToken pipe = take();
                if (pipe.kind() != LogToken.Kind.PIPE) throw new LogFilterParser.WrongException(pipe, "unexpected", pipe.text());
                stage(take());
            }
            return new LogQuestion(filter, Optional.ofNullable(extraction), measure == null ? Measure.COUNT : measure, share, field, keys, step, top);
        }

        private void stage(LogToken name) {
            String word = name.text().toLowerCase(Locale.ROOT);
            if (word.equals("count")) measure(name, Measure.COUNT);
            else if (NAMED.containsKey(word)) measure(name, NAMED.get(word));
            else if (SHARE.matcher(word).matches()) {
                share = Integer.parseInt(word.substring(1));
                measure(name, Measure.SHARE);
            } else if (word.equals("extract")) extract(name);
            else if (word.equals("top")) {
                if (measure == null) throw new LogFilterParser.WrongException(name, "top-first");
                LogToken number = take();
                if (!number.text().matches("[1-9]\\d{0,5}")) throw new LogFilterParser.WrongException(number, "top");
                top = Integer.parseInt(number.text());
            } else throw new LogFilterParser.WrongException(name, "stage", name.text());
        }

        private void extract(LogToken name) {
            if (measure != null || extraction != null) throw new LogFilterParser.WrongException(name, "unexpected", name.text());
            LogToken token = take();
            if (token.kind() != LogToken.Kind.PATTERN) throw new LogFilterParser.WrongException(token, "extract");
            if (!token.whole()) throw new LogFilterParser.WrongException(token, "no-slash");
            String as = null;
            if (kind() == LogToken.Kind.WORD && tokens.get(at).text().equalsIgnoreCase("as")) as = field(take());
            extraction = Extraction.of(LogFilterParser.pattern(token), as);
        }

        private void measure(LogToken name, Measure wanted) {
            if (measure != null) throw new LogFilterParser.WrongException(name, "unexpected", name.text());
            measure = wanted;
            if (wanted == Measure.SHARE && name.text().equalsIgnoreCase("median")) share = 50;
            boolean open = kind() == LogToken.Kind.OPEN;
            if (open) take();
            if (wanted != Measure.COUNT) {
                // What was extracted need not be named.
                boolean named = kind() == LogToken.Kind.QUOTED || kind() == LogToken.Kind.WORD && !(extraction != null && tokens.get(at).text().equalsIgnoreCase("by"));
                field = named || extraction == null ? field(name) : extraction.names().getFirst();
            }
            LogToken close = tokens.get(at);
            if (open && take().kind() != LogToken.Kind.CLOSE) throw new LogFilterParser.WrongException(close, "no-close");
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
