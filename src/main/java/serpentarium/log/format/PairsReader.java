package serpentarium.log.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;

/// Reads lines of `key=value` pairs: logfmt, structlog's key-value renderer, rsyslog templates of that shape. A value is bare, in double quotes with
/// backslashes, or a Python text in single quotes.
final class PairsReader implements LineReader {
    private static final int ROLES = JsonKeys.Role.values().length;
    private static final int LEAST_PAIRS = 2;

    /// Who gets the pairs.
    private interface Sink {
        void pair(int keyFrom, int keyTo, int from, int to);
    }

    private final LogFormat format;
    private final TimeReader times;
    private final int[] order = new int[ROLES];
    private final int[] from = new int[ROLES];
    private final int[] to = new int[ROLES];
    private int pairs;

    PairsReader(LogFormat format, Clock clock) {
        this.format = format;
        times = new TimeReader(clock);
    }

    @Override public LineReader copy(Clock clock) {
        return new PairsReader(format, clock);
    }

    @Override public LogFormat format() {
        return format;
    }

    @Override public boolean escapes() {
        return true;
    }

    @Override public boolean read(byte[] bytes, int begin, int end, Spans spans) {
        if (begin >= end || !letter(bytes[begin])) return false;
        Arrays.fill(order, Integer.MAX_VALUE);
        pairs = 0;
        int plain = walk(bytes, begin, end, (keyFrom, keyTo, valueFrom, valueTo) -> {
            pairs++;
            take(bytes, keyFrom, keyTo, valueFrom, valueTo);
        });
        // The first word must be a pair, and loose words must be few.
        if (pairs < LEAST_PAIRS || plain > pairs) return false;
        for (JsonKeys.Role role : JsonKeys.Role.values()) {
            int r = role.ordinal();
            int field = JsonKeys.field(role);
            if (order[r] != Integer.MAX_VALUE && field >= 0 && (role != JsonKeys.Role.ERROR || !spans.has(Spans.EXCEPTION))) spans.set(field, from[r], to[r]);
        }
        int r = JsonKeys.Role.TIME.ordinal();
        if (order[r] != Integer.MAX_VALUE && times.read(bytes, from[r], to[r]) >= 0) spans.time = times.time();
        level(bytes, spans);
        if (spans.has(Spans.EXCEPTION)) {
            spans.failed = order[JsonKeys.Role.EXCEPTION.ordinal()] != Integer.MAX_VALUE || TracebackLines.namesException(bytes, spans.from[Spans.EXCEPTION], spans.to[Spans.EXCEPTION]);
            if (!spans.failed) spans.set(Spans.EXCEPTION, -1, -1);
        }
        return true;
    }

    private void level(byte[] bytes, Spans spans) {
        if (spans.has(Spans.LEVEL)) {
            spans.number = Level.number(bytes, spans.from[Spans.LEVEL], spans.to[Spans.LEVEL]);
            int n = TimeReader.run(bytes, spans.from[Spans.LEVEL], spans.to[Spans.LEVEL]);
            if (spans.number == Level.UNKNOWN && n > 0 && n < 4) spans.number = TimeReader.number(bytes, spans.from[Spans.LEVEL], n);
            return;
        }
        spans.number = number(bytes, JsonKeys.Role.NUMBER);
        int syslog = number(bytes, JsonKeys.Role.SYSLOG);
        if (spans.number == Level.UNKNOWN && syslog != Level.UNKNOWN) spans.number = Level.ofSyslog(syslog & 7);
    }

    private int number(byte[] bytes, JsonKeys.Role role) {
        int r = role.ordinal();
        int n = order[r] == Integer.MAX_VALUE ? 0 : TimeReader.run(bytes, from[r], to[r]);
        return n > 0 && n < 4 ? TimeReader.number(bytes, from[r], n) : Level.UNKNOWN;
    }

    private void take(byte[] bytes, int keyFrom, int keyTo, int valueFrom, int valueTo) {
        if (keyTo - keyFrom > 32) return;
        JsonKeys.Meaning meaning = JsonKeys.meaning(new String(bytes, keyFrom, keyTo - keyFrom, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        if (meaning == null || valueFrom == valueTo) return;
        int r = meaning.role().ordinal();
        if (meaning.order() >= order[r]) return;
        order[r] = meaning.order();
        from[r] = valueFrom;
        to[r] = valueTo;
    }

    /// Puts the pairs of a part of a line into `fields`.
    static void put(byte[] bytes, int begin, int end, Charset charset, Map<String, Object> fields) {
        walk(bytes, begin, end, (keyFrom, keyTo, valueFrom, valueTo) -> fields.put(new String(bytes, keyFrom, keyTo - keyFrom, charset),
                LayoutReader.value(JsonReader.unescaped(bytes, valueFrom, valueTo, charset))));
    }

    /// Hands out the pairs; gives how many words are in none, all of them where the first is not.
    private static int walk(byte[] b, int begin, int end, Sink sink) {
        int plain = 0;
        int at = begin;
        boolean first = true;
        while (at < end) {
            while (at < end && b[at] == ' ') at++;
            int keyFrom = at;
            while (at < end && b[at] > ' ' && b[at] != '=' && b[at] != '"' && b[at] != '\'') at++;
            if (at >= end || b[at] != '=' || at == keyFrom || !letter(b[keyFrom])) {
                if (first) return Integer.MAX_VALUE;
                while (at < end && b[at] != ' ') at++;
                if (at > keyFrom) plain++;
                continue;
            }
            first = false;
            int keyTo = at++;
            if (at < end && (b[at] == '"' || b[at] == '\'')) {
                int quote = b[at];
                int from = ++at;
                while (at < end && b[at] != quote) at += b[at] == '\\' ? 2 : 1;
                at = Math.min(at, end);
                sink.pair(keyFrom, keyTo, from, at);
                at++;
            } else {
                int from = at;
                int open = 0;
                // A Python value such as KeyError('a b') or ['a', 'b'] holds blanks.
                while (at < end && (b[at] != ' ' || open > 0)) {
                    if (b[at] == '(' || b[at] == '[' || b[at] == '{') open++;
                    else if (b[at] == ')' || b[at] == ']' || b[at] == '}') open--;
                    at++;
                }
                if (open > 0) for (at = from; at < end && b[at] != ' '; ) at++;
                sink.pair(keyFrom, keyTo, from, at);
            }
        }
        return plain;
    }

    private static boolean letter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c == '_' || c == '@';
    }

    @Override public String own(int field, byte[] bytes, Spans spans, Charset charset) {
        return spans.has(field) ? JsonReader.unescaped(bytes, spans.from[field], spans.to[field], charset) : null;
    }

    @Override public String text(String name, byte[] bytes, int begin, int end, Spans spans, Charset charset) {
        return find(name, bytes, begin, end, charset);
    }

    private static boolean same(byte[] b, int from, int to, byte[] name) {
        if (to - from != name.length) return false;
        for (int i = 0; i < name.length; i++) {
            int c = b[from + i];
            int d = name[i];
            if (c != d && ((c | 0x20) != (d | 0x20) || (c | 0x20) < 'a' || (c | 0x20) > 'z')) return false;
        }
        return true;
    }

    /// The value of a pair in a part of a line, or null.
    static String find(String name, byte[] bytes, int begin, int end, Charset charset) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        var found = new String[1];
        walk(bytes, begin, end, (keyFrom, keyTo, valueFrom, valueTo) -> {
            if (found[0] == null && same(bytes, keyFrom, keyTo, wanted)) found[0] = JsonReader.unescaped(bytes, valueFrom, valueTo, charset);
        });
        return found[0];
    }

    @Override public void fields(byte[] bytes, int begin, int end, Spans spans, Charset charset, Map<String, Object> fields) {
        // What was read last may be another line.
        Arrays.fill(order, Integer.MAX_VALUE);
        walk(bytes, begin, end, (keyFrom, keyTo, valueFrom, valueTo) -> take(bytes, keyFrom, keyTo, valueFrom, valueTo));
        walk(bytes, begin, end, (keyFrom, keyTo, valueFrom, valueTo) -> {
            String key = new String(bytes, keyFrom, keyTo - keyFrom, charset);
            JsonKeys.Meaning meaning = JsonKeys.meaning(key.toLowerCase(Locale.ROOT));
            boolean taken = meaning != null && from[meaning.role().ordinal()] == valueFrom && order[meaning.role().ordinal()] == meaning.order()
                    && meaning.role() != JsonKeys.Role.SYSLOG && meaning.role() != JsonKeys.Role.NUMBER && (meaning.role() != JsonKeys.Role.ERROR || spans.failed);
            if (!taken || meaning.role() == JsonKeys.Role.FUNCTION) fields.put(key, LayoutReader.value(JsonReader.unescaped(bytes, valueFrom, valueTo, charset)));
        });
    }
}
