package serpentarium.log.format;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import serpentarium.log.Level;
import serpentarium.log.RecordView;

/// How a line is laid out: text and fields in braces, `[{time}: {level}/{process}] {message}`.
///
/// A field is `{name}` or `{name:kind}`. Kinds: `word` (no blanks), `int`, `quoted` (up to a quotation mark that no backslash precedes), `upper`
/// (a level in capitals), `lower` (in small letters), `prefix` (a level in capitals and a colon, ten columns wide, as uvicorn writes it), `any` (a level or a word in capitals), `name`
/// (an identifier with dots), `event` (a message and `key=value` pairs), `to-end`; for a time a `strftime` format, none for any form of time. A blank stands for one or more, `{ }` for any
/// number of them or none, which fill a field up. Braces are doubled to stand for themselves. The last field may end anywhere.
final class Layout {
    /// How much is tried on one line before it is taken for one that does not fit.
    private static final int MOST_TRIES = 4000;
    private static final int LONGEST_FIELD = 512;
    /// The field that holds an event's pairs.
    static final String PAIRS = "_pairs";
    private static final int PREFIX_WIDTH = 10;
    private static final Map<String, Integer> OWN = Map.ofEntries(Map.entry("logger", Spans.LOGGER), Map.entry("message", Spans.MESSAGE),
            Map.entry("level", Spans.LEVEL), Map.entry("levelno", Spans.LEVEL), Map.entry("file", Spans.FILE), Map.entry("line", Spans.LINE),
            Map.entry("function", Spans.FUNCTION), Map.entry("thread", Spans.THREAD), Map.entry("process", Spans.PROCESS));

    /// What a step reads.
    enum Kind { TEXT, BLANK, BLANKS, FILL, TIME, LEVEL, UPPER, LOWER, PREFIX, ANY, NUMBERED, WORD, NAME, INT, MILLIS, QUOTED, FREE, EVENT, REST }

    /// A step.
    ///
    /// @param kind    what it reads
    /// @param name    of the field, or empty
    /// @param field   where [Spans] keeps it, or -1
    /// @param literal of a text
    /// @param pattern of a time, or null for any form
    record Step(Kind kind, String name, int field, byte[] literal, String pattern) {}

    private final Step[] steps;
    private final TimePattern[] patterns;
    private final List<String> more;
    private final TimeReader times;
    private int tries;
    private long millis;

    private Layout(Step[] steps, List<String> more, Clock clock) {
        this.steps = steps;
        this.more = more;
        times = new TimeReader(clock);
        patterns = new TimePattern[steps.length];
        for (int i = 0; i < steps.length; i++) if (steps[i].pattern != null) patterns[i] = new TimePattern(steps[i].pattern, clock);
    }

    Layout copy(Clock clock) {
        var copy = new Layout(steps, more, clock);
        if (times.isDayFirst()) copy.dayFirst();
        return copy;
    }

    /// Reads a layout.
    ///
    /// @throws IllegalArgumentException where it is none; its message is the part that is wrong
    static Layout of(String text, Clock clock) {
        return of(text, clock, new ArrayList<>());
    }

    /// Reads a layout of a format that has several; they share the places of their own fields.
    static Layout of(String text, Clock clock, List<String> more) {
        var steps = new ArrayList<Step>();
        var literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c == '{' || c == '}') && i + 1 < text.length() && text.charAt(i + 1) == c) {
                literal.append(c);
                i++;
            } else if (c == '{') {
                int end = text.indexOf('}', i);
                if (end < 0) throw new IllegalArgumentException(text.substring(i));
                literal(literal, steps);
                if (end == i + 2 && text.charAt(i + 1) == ' ') blank(Kind.FILL, steps);
                else steps.add(field(text.substring(i + 1, end), more));
                i = end;
            } else if (c == ' ') {
                literal(literal, steps);
                blank(Kind.BLANK, steps);
            } else literal.append(c);
        }
        literal(literal, steps);
        if (steps.stream().noneMatch(step -> step.field >= 0 || step.kind == Kind.TIME)) throw new IllegalArgumentException(text);
        int last = steps.size() - 1;
        Step end = steps.get(last);
        if (end.kind == Kind.FREE) steps.set(last, new Step(Kind.REST, end.name, end.field, null, null));
        return new Layout(steps.toArray(Step[]::new), more, clock);
    }

    /// A blank beside those that fill a field up stands for all of them; else those before a message may be its own.
    private static void blank(Kind kind, List<Step> steps) {
        Kind last = steps.isEmpty() ? Kind.TEXT : steps.getLast().kind;
        if (last == kind) return;
        boolean blanks = last == Kind.BLANK || last == Kind.BLANKS || last == Kind.FILL;
        if (blanks) steps.removeLast();
        steps.add(new Step(blanks ? Kind.BLANKS : kind, "", -1, null, null));
    }

    private static void literal(StringBuilder literal, List<Step> steps) {
        if (literal.isEmpty()) return;
        steps.add(new Step(Kind.TEXT, "", -1, literal.toString().getBytes(StandardCharsets.UTF_8), null));
        literal.setLength(0);
    }

    private static Step field(String text, List<String> more) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        String kind = colon < 0 ? "" : text.substring(colon + 1);
        if (name.isEmpty()) throw new IllegalArgumentException('{' + text + '}');
        if (name.equals("time")) return new Step(Kind.TIME, name, -1, null, kind.isEmpty() ? null : kind);
        if (name.equals("msecs")) return new Step(Kind.MILLIS, name, -1, null, null);
        Integer own = OWN.get(name);
        int field = own != null ? own : place(name, more);
        if (name.equals("levelno")) return new Step(Kind.NUMBERED, name, field, null, null);
        Kind read = switch (kind) {
            case "" -> name.equals("level") ? Kind.LEVEL : Kind.FREE;
            case "word" -> Kind.WORD;
            case "int" -> Kind.INT;
            case "quoted" -> Kind.QUOTED;
            case "upper" -> Kind.UPPER;
            case "lower" -> Kind.LOWER;
            case "any" -> Kind.ANY;
            case "name" -> Kind.NAME;
            case "prefix" -> Kind.PREFIX;
            case "event" -> {
                place(PAIRS, more);
                yield Kind.EVENT;
            }
            case "to-end" -> Kind.REST;
            default -> throw new IllegalArgumentException('{' + text + '}');
        };
        return new Step(read, name, field, null, null);
    }

    private static int place(String name, List<String> more) {
        int at = more.indexOf(name);
        if (at < 0) {
            if (more.size() == Spans.MOST - Spans.MORE) throw new IllegalArgumentException('{' + name + '}');
            at = more.size();
            more.add(name);
        }
        return Spans.MORE + at;
    }

    /// Its steps.
    List<Step> steps() {
        return List.of(steps);
    }

    /// Forms of time are read with the day before the month.
    void dayFirst() {
        times.dayFirst(true);
    }

    /// Whether a line is laid out so.
    boolean match(byte[] b, int from, int to, Spans spans) {
        tries = 0;
        millis = 0;
        if (!step(0, b, from, to, spans)) return false;
        if (millis > 0 && spans.time != RecordView.NO_TIME) spans.time += millis;
        return true;
    }

    private boolean step(int first, byte[] b, int from, int to, Spans spans) {
        int at = from;
        for (int i = first; i < steps.length; i++) {
            Step step = steps[i];
            int begin = at;
            switch (step.kind) {
                case TEXT -> {
                    if (!starts(b, at, to, step.literal)) return false;
                    at += step.literal.length;
                }
                case FILL -> at = blanks(b, at, to);
                case BLANK, BLANKS -> {
                    // The message of a record may be empty, and editors cut blanks at the end.
                    if (at == to && i + 1 == steps.length - 1 && steps[i + 1].kind == Kind.REST) break;
                    if (at >= to || b[at] != ' ' && b[at] != '\t') return false;
                    boolean one = step.kind == Kind.BLANK && i == steps.length - 2 && steps[i + 1].field == Spans.MESSAGE && !padded(i);
                    at = one ? at + 1 : blanks(b, at, to);
                }
                case TIME -> {
                    at = time(i, b, at, to, spans);
                    if (at < 0) return false;
                }
                case MILLIS -> {
                    int n = TimeReader.run(b, at, to);
                    if (n < 1 || n > 3) return false;
                    millis = TimeReader.number(b, at, n) * 1_000_000L;
                    at += n;
                    if (at + 1 < to && b[at] == '.' && TimeReader.run(b, at + 1, to) > 0) at += 1 + TimeReader.run(b, at + 1, to);
                }
                case LEVEL, UPPER, LOWER, ANY, NUMBERED -> {
                    at = level(step.kind, b, at, to, spans);
                    if (at < 0) return false;
                }
                case PREFIX -> {
                    int end = level(Kind.UPPER, b, at, to, spans);
                    if (end < 0 || end >= to || b[end++] != ':') return false;
                    while (end < to && end < begin + PREFIX_WIDTH && b[end] == ' ') end++;
                    if (end != begin + PREFIX_WIDTH || end < to && b[end] == ' ') return false;
                    at = end;
                    continue;
                }
                case EVENT -> {
                    int end = event(b, at, to);
                    if (end < to) spans.set(Spans.MORE + more.indexOf(PAIRS), end, to);
                    while (end > at && b[end - 1] == ' ') end--;
                    spans.set(Spans.MESSAGE, at, end);
                    return true;
                }
                case INT -> {
                    if (at < to && b[at] == '-') at++;
                    at += TimeReader.run(b, at, to);
                    if (at == begin) return false;
                }
                case NAME -> {
                    at = name(b, at, to);
                    if (at == begin) return false;
                }
                case QUOTED -> {
                    while (at < to && b[at] != '"') at += b[at] == '\\' ? 2 : 1;
                    if (at > to) return false;
                }
                case WORD, FREE -> {
                    return free(i, b, at, to, spans);
                }
                case REST -> at = to;
            }
            if (step.field >= 0) spans.set(step.field, begin, at);
        }
        return true;
    }

    /// Whether the blank before the message stands after a field that is filled up with blanks.
    private boolean padded(int blank) {
        if (blank == 0) return true;
        Kind before = steps[blank - 1].kind;
        return before == Kind.LEVEL || before == Kind.UPPER || before == Kind.LOWER || before == Kind.ANY || blank > 1 && before == Kind.TEXT && steps[blank - 2].kind != Kind.FREE
                && steps[blank - 2].kind != Kind.FILL;
    }

    private static int blanks(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (b[at] == ' ' || b[at] == '\t')) at++;
        return at;
    }

    private int time(int step, byte[] b, int at, int to, Spans spans) {
        int end;
        if (patterns[step] != null) {
            end = patterns[step].read(b, at, to);
            if (end >= 0) spans.time = patterns[step].time();
        } else {
            end = times.read(b, at, to);
            if (end >= 0) spans.time = times.time();
        }
        return end;
    }

    private int level(Kind kind, byte[] b, int at, int to, Spans spans) {
        int end = at;
        if (kind == Kind.NUMBERED) {
            int n = TimeReader.run(b, at, to);
            if (n < 1 || n > 4) return -1;
            end = at + n;
            spans.number = TimeReader.number(b, at, n);
        } else {
            int most = Math.min(to, at + 24);
            while (end < most && ((b[end] | 0x20) >= 'a' && (b[end] | 0x20) <= 'z' || end > at && (b[end] == '_' || b[end] >= '0' && b[end] <= '9'))) end++;
            if (end == at) return -1;
            // "Level 33": what Python writes for a number without a name.
            if (end - at == 5 && b[at] == 'L' && b[at + 1] == 'e' && end + 1 < to && b[end] == ' ' && TimeReader.run(b, end + 1, to) > 0)
                end += 1 + TimeReader.run(b, end + 1, to);
            spans.number = Level.number(b, at, end);
            if (kind == Kind.LOWER && (spans.number == Level.UNKNOWN || b[at] < 'a')) return -1;
            if (kind == Kind.UPPER || kind == Kind.ANY || spans.number == Level.UNKNOWN) {
                boolean capitals = end - at > 1;
                for (int i = at; i < end && capitals; i++) capitals = b[i] < 'a' || b[i] > 'z';
                if (kind == Kind.UPPER && (!capitals || spans.number == Level.UNKNOWN)) return -1;
                if (spans.number == Level.UNKNOWN && (kind != Kind.ANY || !capitals)) return -1;
            }
        }
        spans.set(Spans.LEVEL, at, end);
        // Names are filled up with blanks to one width: "[INFO    ]".
        int past = end;
        while (past < to && b[past] == ' ') past++;
        return past < to && past > end && (b[past] == ']' || b[past] == ')') ? past : end;
    }

    /// Where the first `key=` after a blank is, or the end.
    private static int event(byte[] b, int from, int to) {
        for (int at = from; at < to; at++) {
            if (b[at] != ' ') continue;
            int end = name(b, at + 1, to);
            if (end > at + 1 && end < to && b[end] == '=') return at;
        }
        return to;
    }

    private static int name(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (b[at] >= 'a' && b[at] <= 'z' || b[at] >= 'A' && b[at] <= 'Z' || b[at] == '_' || b[at] == '.' && at > from
                || b[at] >= '0' && b[at] <= '9' && at > from || b[at] == '<' || b[at] == '>')) at++;
        return at;
    }

    /// A text of unknown length: the shortest after which the rest of the line fits.
    private boolean free(int i, byte[] b, int at, int to, Spans spans) {
        Step step = steps[i];
        boolean word = step.kind == Kind.WORD;
        if (i + 1 == steps.length) {
            int end = at;
            while (end < to && (!word || b[end] > ' ' || b[end] < 0)) end++;
            if (end == at) return false;
            spans.set(step.field, at, end);
            return true;
        }
        int most = step.field == Spans.MESSAGE ? to : Math.min(to, at + LONGEST_FIELD);
        int next = steps[i + 1].kind == Kind.TEXT ? steps[i + 1].literal[0] : steps[i + 1].kind == Kind.BLANK || steps[i + 1].kind == Kind.BLANKS ? ' ' : -1;
        for (int end = at; end <= most; end++) {
            if (end > at && word && b[end - 1] <= ' ' && b[end - 1] >= 0) return false;
            if (end == at && step.field != Spans.MESSAGE && word || next >= 0 && (end == to ? next != ' ' : b[end] != next)) continue;
            if (++tries > MOST_TRIES) return false;
            if (step(i + 1, b, end, to, spans)) {
                int last = end;
                while (last > at && b[last - 1] == ' ' && next != ' ') last--;
                spans.set(step.field, at, last);
                return true;
            }
        }
        return false;
    }

    private static boolean starts(byte[] b, int at, int to, byte[] literal) {
        if (at + literal.length > to) return false;
        for (int i = 0; i < literal.length; i++) if (b[at + i] != literal[i]) return false;
        return true;
    }
}
