package serpentarium.log.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import serpentarium.base.JsonEscapes;
import serpentarium.log.Level;
import serpentarium.log.LogFormat;
import serpentarium.log.RecordView;

/// Reads a JSON object a line, of any schema: what its keys mean says [JsonKeys].
final class JsonReader implements LineReader, JsonSkim.Sink {
    private static final int DEEPEST = 100;
    private static final int ROLES = JsonKeys.Role.values().length;
    /// Python writes what is no number as NaN.
    private static final JsonFactory FACTORY = new JsonFactoryBuilder().configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false).enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    /// The meanings of paths by their hash; those of two known ones never fall together, which a test sees to.
    private static final Map<Integer, Known> KNOWN = byHash();

    private record Known(byte[] path, JsonKeys.Meaning meaning) {}

    private final LogFormat format;
    private final JsonSkim skim = new JsonSkim();
    private final TimeReader times;
    private final int[] order = new int[ROLES];
    private final int[] from = new int[ROLES];
    private final int[] to = new int[ROLES];
    private final int[] type = new int[ROLES];
    private int values;
    private boolean bunyan;

    JsonReader(LogFormat format, Clock clock) {
        this.format = format;
        times = new TimeReader(clock);
    }

    private static Map<Integer, Known> byHash() {
        var map = new HashMap<Integer, Known>();
        JsonKeys.all().forEach((key, meaning) -> map.put(JsonSkim.hash(key), new Known(key.getBytes(StandardCharsets.UTF_8), meaning)));
        return Map.copyOf(map);
    }

    @Override public LineReader copy(Clock clock) {
        return new JsonReader(format, clock);
    }

    @Override public LogFormat format() {
        return format;
    }

    @Override public boolean escapes() {
        return true;
    }

    @Override public boolean read(byte[] bytes, int begin, int end, Spans spans) {
        if (end - begin < 2 || !skimmed(bytes, begin, end)) return false;
        for (JsonKeys.Role role : JsonKeys.Role.values()) {
            int r = role.ordinal();
            if (order[r] == Integer.MAX_VALUE) continue;
            int field = JsonKeys.field(role);
            if (field >= 0 && (role != JsonKeys.Role.ERROR || !spans.has(Spans.EXCEPTION))) spans.set(field, from[r], to[r]);
        }
        time(bytes, spans);
        level(bytes, spans);
        exception(bytes, spans);
        return values > 0;
    }

    private boolean skimmed(byte[] bytes, int begin, int end) {
        Arrays.fill(order, Integer.MAX_VALUE);
        values = 0;
        bunyan = false;
        return skim.skim(bytes, begin, end, this);
    }

    @Override public void value(byte[] path, int length, int hash, int kind, int begin, int end) {
        values++;
        if (length == 1 && path[0] == 'v' && kind == '0') bunyan = true;
        Known known = KNOWN.get(hash);
        if (known == null || !JsonSkim.same(path, length, known.path)) return;
        JsonKeys.Meaning meaning = known.meaning;
        int r = meaning.role().ordinal();
        if (meaning.order() >= order[r] || kind == 'n' || kind == '{' && meaning.role() != JsonKeys.Role.MESSAGE) return;
        // An empty text says nothing where another key may.
        if (begin == end && meaning.role() != JsonKeys.Role.MESSAGE) return;
        order[r] = meaning.order();
        type[r] = kind;
        from[r] = begin;
        to[r] = end;
    }

    private boolean found(JsonKeys.Role role) {
        return order[role.ordinal()] != Integer.MAX_VALUE;
    }

    private void time(byte[] bytes, Spans spans) {
        if (found(JsonKeys.Role.TIME)) {
            int r = JsonKeys.Role.TIME.ordinal();
            if (times.read(bytes, from[r], to[r]) >= 0) spans.time = times.time();
        }
        if (spans.time == RecordView.NO_TIME && found(JsonKeys.Role.MICROS)) {
            int r = JsonKeys.Role.MICROS.ordinal();
            if (times.read(bytes, from[r], to[r]) >= 0) spans.time = times.time();
        }
    }

    private void level(byte[] bytes, Spans spans) {
        if (found(JsonKeys.Role.LEVEL)) {
            int r = JsonKeys.Role.LEVEL.ordinal();
            spans.number = Level.number(bytes, from[r], to[r]);
            if (spans.number == Level.UNKNOWN) spans.number = whole(bytes, r) - (bunyan || found(JsonKeys.Role.TIME) && pino(bytes, r) ? 10 : 0);
        }
        if (spans.number < 0 && found(JsonKeys.Role.NUMBER)) spans.number = whole(bytes, JsonKeys.Role.NUMBER.ordinal());
        if (spans.number < 0 && !found(JsonKeys.Role.LEVEL) && found(JsonKeys.Role.SYSLOG)) {
            int priority = whole(bytes, JsonKeys.Role.SYSLOG.ordinal());
            if (priority >= 0 && priority < 192) {
                spans.number = Level.ofSyslog(priority & 7);
                spans.set(Spans.LEVEL, -1, -1);
            }
        }
        if (spans.number < 0) spans.number = Level.UNKNOWN;
    }

    /// pino writes its levels as numbers ten above Python's, and its times in milliseconds.
    private boolean pino(byte[] bytes, int level) {
        int r = JsonKeys.Role.TIME.ordinal();
        return type[level] != '"' && type[r] != '"' && to[r] - from[r] == 13 && TimeReader.run(bytes, from[r], to[r]) == 13;
    }

    private int whole(byte[] bytes, int role) {
        int n = TimeReader.run(bytes, from[role], to[role]);
        return n < 1 || n > 5 || n != to[role] - from[role] ? Level.UNKNOWN : TimeReader.number(bytes, from[role], n);
    }

    private void exception(byte[] bytes, Spans spans) {
        if (found(JsonKeys.Role.EXCEPTION)) {
            int r = JsonKeys.Role.EXCEPTION.ordinal();
            spans.failed = type[r] == '"' || type[r] == '[' && to[r] - from[r] > 2;
        } else if (found(JsonKeys.Role.ERROR)) {
            int r = JsonKeys.Role.ERROR.ordinal();
            spans.failed = type[r] == '"' && TracebackLines.namesException(bytes, from[r], to[r]);
        }
        if (!spans.failed) spans.set(Spans.EXCEPTION, -1, -1);
    }

    @Override public String own(int field, byte[] bytes, Spans spans, Charset charset) {
        if (!spans.has(field)) return null;
        String listed = listed(field, bytes, spans);
        return listed != null ? listed : unescaped(bytes, spans.from[field], spans.to[field], charset);
    }

    /// An exception may be a list of lines, a message (of the journal) a list of bytes; null where it is neither.
    private static String listed(int field, byte[] bytes, Spans spans) {
        int begin = spans.from[field];
        boolean text = bytes[begin - 1] == '"';
        if (text || bytes[begin] != '[' || field != Spans.EXCEPTION && field != Spans.MESSAGE || !(parse(bytes, begin, spans.to[field]) instanceof List<?> list)) return null;
        if (field == Spans.EXCEPTION) return JsonFrames.text(list);
        byte[] letters = new byte[list.size()];
        for (int i = 0; i < letters.length; i++) {
            if (!(list.get(i) instanceof Number number)) return null;
            letters[i] = number.byteValue();
        }
        return new String(letters, StandardCharsets.UTF_8);
    }

    @Override public String text(String name, byte[] bytes, int begin, int end, Spans spans, Charset charset) {
        var found = new String[1];
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        skim.skim(bytes, begin, end, (path, length, _, kind, valueFrom, valueTo) -> {
            if (found[0] == null && kind != 'n' && JsonSkim.same(path, length, wanted)) found[0] = unescaped(bytes, valueFrom, valueTo, charset);
        });
        return found[0];
    }

    @Override public void fields(byte[] bytes, int begin, int end, Spans spans, Charset charset, Map<String, Object> fields) {
        // Which keys were taken is known of the line that was read last.
        if (!skimmed(bytes, begin, end) || !(parse(bytes, begin, end) instanceof Map<?, ?> map)) return;
        map.forEach((key, value) -> {
            JsonKeys.Meaning meaning = JsonKeys.meaning(String.valueOf(key).toLowerCase(Locale.ROOT));
            boolean taken = meaning != null && order[meaning.role().ordinal()] == meaning.order() && meaning.role() != JsonKeys.Role.SYSLOG
                    && meaning.role() != JsonKeys.Role.NUMBER && !(value instanceof Map) && (meaning.role() != JsonKeys.Role.ERROR || spans.failed);
            if (!taken || meaning.role() == JsonKeys.Role.FUNCTION) fields.put(String.valueOf(key), value);
        });
    }

    /// A text without its escapes.
    static String unescaped(byte[] bytes, int from, int to, Charset charset) {
        return JsonEscapes.undone(new String(bytes, from, to - from, charset), false);
    }

    /// A value as maps, lists, texts, numbers and booleans; null where it is none or too deep.
    static Object parse(byte[] bytes, int from, int to) {
        try (JsonParser json = FACTORY.createParser(bytes, from, to - from)) {
            var open = new ArrayDeque<Object>();
            String key = null;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    key = json.currentName();
                    continue;
                }
                if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                    Object closed = open.pop();
                    if (open.isEmpty()) return closed;
                    continue;
                }
                Object value = switch (token) {
                    case START_OBJECT -> new LinkedHashMap<String, Object>();
                    case START_ARRAY -> new ArrayList<>();
                    case VALUE_STRING -> json.getText();
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> json.getNumberValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> null;
                };
                if (open.isEmpty() && !token.isStructStart()) return value;
                if (!open.isEmpty()) add(open.peek(), key, value);
                if (token.isStructStart()) {
                    if (open.size() == DEEPEST) return null;
                    open.push(value);
                }
            }
            return null;
        } catch (IOException _) {
            return null;
        }
    }

    @SuppressWarnings("unchecked")
    private static void add(Object to, String key, Object value) {
        if (to instanceof List<?>) ((List<Object>) to).add(value);
        else ((Map<String, Object>) to).put(key, value);
    }
}
