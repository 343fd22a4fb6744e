package serpentarium.log.analysis;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.analysis.LogFilter.Comparison;
import serpentarium.log.analysis.LogFilter.TextTest;

/// Makes a filter of text: words, `level>=ERROR`, `logger~"app.*"`, `/pattern/`, `time>=2026-11-22T07:49`, `user=ana`, `duration>100`, `has:traceback`,
/// `and or not ( )`. The words and the quoting are those of the filters of traffic.
public final class LogFilterParser {
    private static final Strings STRINGS = Strings.of(LogFilterParser.class);
    private static final int DEEPEST = 100;
    private static final int LONGEST = 20_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_@][\\w.@-]*");

    /// What became of a text.
    public sealed interface Result {
        /// It is a filter.
        record Parsed(LogFilter filter) implements Result {}

        /// It is none.
        ///
        /// @param from first character of what is wrong
        /// @param to   one past its last character; as `from` where something is missing
        /// @param text what is wrong, for a person
        record Wrong(int from, int to, String text) implements Result {}
    }

    /// Carries what is wrong up to [#parse].
    static final class WrongException extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Result.Wrong wrong;

        WrongException(LogToken token, String key, Object... arguments) {
            super(key, null, false, false);
            wrong = new Result.Wrong(token.from(), token.to(), STRINGS.get("filter." + key, arguments));
        }

        Result.Wrong wrong() {
            return wrong;
        }
    }

    private final List<LogToken> tokens;
    private final ZoneId zone;
    private int at;
    private int depth;

    LogFilterParser(List<LogToken> tokens, int at, ZoneId zone) {
        this.tokens = tokens;
        this.at = at;
        this.zone = zone;
    }

    /// Reads a filter; a blank one takes every record.
    ///
    /// @param zone of times that do not say theirs
    public static Result parse(String text, ZoneId zone) {
        if (text.length() > LONGEST) return new Result.Wrong(LONGEST, text.length(), STRINGS.get("filter.too-long", LONGEST));
        try {
            var parser = new LogFilterParser(LogToken.of(text, false), 0, zone);
            LogFilter filter = parser.filter();
            LogToken rest = parser.now();
            if (rest.kind() != LogToken.Kind.END) throw new WrongException(rest, "unexpected", rest.text());
            return new Result.Parsed(filter);
        } catch (WrongException e) {
            return e.wrong;
        }
    }

    /// Reads a filter up to its end or a pipe.
    LogFilter filter() {
        LogToken.Kind kind = now().kind();
        return kind == LogToken.Kind.END || kind == LogToken.Kind.PIPE ? new LogFilter.All() : or();
    }

    /// Where it has come to.
    int at() {
        return at;
    }

    private LogToken now() {
        return tokens.get(at);
    }

    private LogToken take() {
        LogToken token = tokens.get(at);
        if (token.kind() != LogToken.Kind.END) at++;
        return token;
    }

    private LogFilter or() {
        var parts = new ArrayList<LogFilter>();
        parts.add(and());
        while (now().kind() == LogToken.Kind.OR) {
            take();
            parts.add(and());
        }
        return parts.size() == 1 ? parts.getFirst() : new LogFilter.Or(parts);
    }

    private LogFilter and() {
        var parts = new ArrayList<LogFilter>();
        parts.add(not());
        while (true) {
            LogToken.Kind kind = now().kind();
            if (kind == LogToken.Kind.AND) take();
            else if (kind == LogToken.Kind.END || kind == LogToken.Kind.OR || kind == LogToken.Kind.CLOSE || kind == LogToken.Kind.PIPE) break;
            parts.add(not());
        }
        return parts.size() == 1 ? parts.getFirst() : new LogFilter.And(parts);
    }

    private LogFilter not() {
        boolean turned = false;
        while (now().kind() == LogToken.Kind.NOT) {
            take();
            turned = !turned;
        }
        LogFilter atom = atom();
        return turned ? new LogFilter.Not(atom) : atom;
    }

    private LogFilter atom() {
        LogToken token = take();
        return switch (token.kind()) {
            case OPEN -> {
                if (++depth > DEEPEST) throw new WrongException(token, "too-deep");
                LogFilter inner = or();
                if (now().kind() != LogToken.Kind.CLOSE) throw new WrongException(now(), "no-close");
                take();
                depth--;
                yield inner;
            }
            case QUOTED -> {
                if (!token.whole()) throw new WrongException(token, "no-quote");
                yield new LogFilter.TextOf(null, new TextTest.Contains(token.text()));
            }
            case PATTERN -> {
                if (!token.whole()) throw new WrongException(token, "no-slash");
                yield new LogFilter.TextOf(null, new TextTest.Matches(pattern(token)));
            }
            case WORD -> now().kind() == LogToken.Kind.OPERATOR ? comparison(token, take()) : word(token);
            case OPERATOR -> throw new WrongException(token, "no-field", token.text());
            case CLOSE -> throw new WrongException(token, "close");
            case AND, OR, COMMA -> throw new WrongException(token, "nothing-before", token.text());
            case NOT, END, PIPE -> throw new WrongException(token, "missing");
        };
    }

    private static LogFilter word(LogToken token) {
        String small = token.text().toLowerCase(Locale.ROOT);
        if (small.startsWith("has:") && small.length() > 4) {
            String field = token.text().substring(4);
            return small.equals("has:traceback") || small.equals("has:exception") ? new LogFilter.Failed() : new LogFilter.TextOf(field, new TextTest.Present());
        }
        return new LogFilter.TextOf(null, new TextTest.Contains(token.text()));
    }

    private LogFilter comparison(LogToken name, LogToken operator) {
        if (!NAME.matcher(name.text()).matches()) throw new WrongException(name, "name", name.text());
        LogToken value = take();
        boolean operand = value.kind() == LogToken.Kind.WORD || value.kind() == LogToken.Kind.QUOTED || value.kind() == LogToken.Kind.PATTERN;
        if (!operand) throw new WrongException(value, "no-operand", operator.text());
        if (!value.whole()) throw new WrongException(value, value.kind() == LogToken.Kind.PATTERN ? "no-slash" : "no-quote");
        boolean matching = operator.text().endsWith("~");
        String field = name.text().toLowerCase(Locale.ROOT);
        if (matching) {
            LogFilter filter = new LogFilter.TextOf(field.equals("text") ? null : name.text(), new TextTest.Matches(pattern(value)));
            return operator.text().startsWith("!") ? new LogFilter.Not(filter) : filter;
        }
        Comparison comparison = Comparison.of(operator.text());
        if (field.equals("level")) return level(comparison, value, name);
        if (field.equals("time")) return new LogFilter.TimeOf(comparison, time(value));
        if (comparison == Comparison.EQUAL || comparison == Comparison.DIFFERENT) {
            LogFilter equal = field.equals("text") ? new LogFilter.TextOf(null, new TextTest.Contains(value.text()))
                    : new LogFilter.TextOf(name.text(), new TextTest.Equals(value.text()));
            return comparison == Comparison.EQUAL ? equal : new LogFilter.Not(equal);
        }
        try {
            return new LogFilter.NumberOf(name.text(), comparison, Double.parseDouble(value.text()));
        } catch (NumberFormatException _) {
            throw new WrongException(value, "number", value.text(), operator.text());
        }
    }

    private static LogFilter level(Comparison comparison, LogToken value, LogToken name) {
        int number = Level.number(value.text());
        if (number == Level.UNKNOWN && value.text().matches("\\d{1,3}")) number = Integer.parseInt(value.text());
        if (number != Level.UNKNOWN) return new LogFilter.LevelOf(comparison, number);
        LogFilter named = new LogFilter.TextOf(name.text(), new TextTest.Equals(value.text()));
        if (comparison == Comparison.EQUAL) return named;
        if (comparison == Comparison.DIFFERENT) return new LogFilter.Not(named);
        throw new WrongException(value, "level", value.text());
    }

    private long time(LogToken value) {
        String text = value.text().strip().replace(' ', 'T').replace(',', '.');
        try {
            Instant instant;
            if (text.length() <= 10) instant = LocalDate.parse(text).atStartOfDay(zone).toInstant();
            else if (text.endsWith("Z") || text.matches(".*[+-]\\d\\d:?\\d\\d$") && text.indexOf('T') < text.length() - 6)
                instant = OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant();
            else instant = LocalDateTime.parse(text).atZone(zone).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException _) {
            throw new WrongException(value, "time", value.text());
        }
    }

    static Pattern pattern(LogToken token) {
        try {
            return Pattern.compile(token.text());
        } catch (PatternSyntaxException e) {
            throw new WrongException(token, "pattern", e.getDescription());
        }
    }
}
