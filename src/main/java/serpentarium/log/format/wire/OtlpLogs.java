package serpentarium.log.format.wire;

import java.util.List;
import java.util.Map;
import java.util.Set;
import serpentarium.log.Level;
import serpentarium.log.format.wire.ProtoValues.Field;
import serpentarium.log.format.wire.ProtoValues.Kind;
import serpentarium.pickle.PickleValue;

/// Logs of OpenTelemetry (OTLP/HTTP, protobuf or JSON) as lines of JSON under Python's names.
///
/// Format: `opentelemetry/proto/logs/v1/logs.proto` and the OTLP specification.
public final class OtlpLogs {
    private static final Map<String, Map<Integer, Field>> TYPES = Map.of(
            "Request", Map.of(1, message("resourceLogs", "ResourceLogs")),
            "ResourceLogs", Map.of(1, one("resource", "Resource"), 2, message("scopeLogs", "ScopeLogs")),
            "Resource", Map.of(1, message("attributes", "KeyValue")),
            "ScopeLogs", Map.of(1, one("scope", "Scope"), 2, message("logRecords", "LogRecord")),
            "Scope", Map.of(1, plain("name", Kind.TEXT), 2, plain("version", Kind.TEXT)),
            "LogRecord", Map.of(1, plain("timeUnixNano", Kind.FIXED64), 2, plain("severityNumber", Kind.VARINT), 3, plain("severityText", Kind.TEXT), 5, one("body", "AnyValue"),
                    6, message("attributes", "KeyValue"), 9, plain("traceId", Kind.HEX), 10, plain("spanId", Kind.HEX), 11, plain("observedTimeUnixNano", Kind.FIXED64),
                    12, plain("eventName", Kind.TEXT)),
            "KeyValue", Map.of(1, plain("key", Kind.TEXT), 2, one("value", "AnyValue")),
            "AnyValue", Map.of(1, plain("stringValue", Kind.TEXT), 2, plain("boolValue", Kind.BOOL), 3, plain("intValue", Kind.VARINT), 4, plain("doubleValue", Kind.DOUBLE),
                    5, one("arrayValue", "ArrayValue"), 6, one("kvlistValue", "KeyValueList"), 7, plain("bytesValue", Kind.BYTES)),
            "ArrayValue", Map.of(1, message("values", "AnyValue")),
            "KeyValueList", Map.of(1, message("values", "KeyValue")));
    private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("code.file.path", "pathname"), Map.entry("code.filepath", "pathname"),
            Map.entry("code.function.name", "funcName"), Map.entry("code.function", "funcName"), Map.entry("code.line.number", "lineno"), Map.entry("code.lineno", "lineno"),
            Map.entry("exception.stacktrace", "exc_text"), Map.entry("thread.name", "threadName"), Map.entry("thread.id", "thread"));
    private static final Set<String> OWN = Set.of("received", "via", "from", "created", "levelname", "levelno", "name", "message", "trace_id", "span_id", "resource");

    private final PickledJson json = new PickledJson();

    private static Field message(String name, String type) {
        return new Field(name, Kind.MESSAGE, true, type);
    }

    private static Field one(String name, String type) {
        return new Field(name, Kind.MESSAGE, false, type);
    }

    private static Field plain(String name, Kind kind) {
        return new Field(name, kind, false, null);
    }

    /// The request in a body; null where it is none.
    public static PickleValue.Dict request(byte[] body, int from, int to, boolean isJson) {
        if (!isJson) return ProtoValues.read(TYPES, "Request", body, from, to);
        return JsonValues.read(body, from, to) instanceof PickleValue.Dict dict ? dict : null;
    }

    /// Writes all records of a request.
    public void write(PickleValue.Dict request, long received, Arrivals out) {
        for (PickleValue.Dict resourceLogs : dicts(request, "resourceLogs")) {
            PickleValue.Dict resource = dict(resourceLogs, "resource");
            for (PickleValue.Dict scopeLogs : dicts(resourceLogs, "scopeLogs")) {
                PickleValue.Dict scope = dict(scopeLogs, "scope");
                for (PickleValue.Dict log : dicts(scopeLogs, "logRecords")) record(resource, scope, log, received, out);
            }
        }
    }

    private void record(PickleValue.Dict resource, PickleValue.Dict scope, PickleValue.Dict log, long received, Arrivals out) {
        out.begin();
        json.start(out);
        long time = whole(log.get("timeUnixNano"));
        if (time <= 0) time = whole(log.get("observedTimeUnixNano"));
        if (time > 0) out.time(time);
        int severity = Math.clamp(whole(log.get("severityNumber")), 0, 24);
        int level = severity == 0 ? Level.number(text(log, "severityText")) : new int[] {5, 10, 20, 30, 40, 50}[(severity - 1) / 4];
        out.level(Level.title(level, text(log, "severityText")), level);
        if (scope != null) out.field("name", text(scope, "name"));
        if (log.get("body") instanceof PickleValue.Dict body) {
            out.key("message");
            any(body, out, 0);
        }
        String type = null;
        String said = null;
        boolean stack = false;
        for (PickleValue.Dict attribute : dicts(log, "attributes")) {
            String key = text(attribute, "key");
            if (key == null || !(attribute.get("value") instanceof PickleValue.Dict value)) continue;
            if (key.equals("exception.type")) type = text(value, "stringValue");
            if (key.equals("exception.message")) said = text(value, "stringValue");
            stack |= key.equals("exception.stacktrace");
            String name = NAMES.getOrDefault(key, key);
            out.key(OWN.contains(name) ? name + "_" : name);
            any(value, out, 0);
        }
        if (!stack && type != null) out.field("exc_text", said == null || said.isEmpty() ? type : type + ": " + said);
        hex("trace_id", text(log, "traceId"), out);
        hex("span_id", text(log, "spanId"), out);
        if (text(log, "eventName") instanceof String event && !event.isEmpty()) out.field("event_name", event);
        if (resource != null) resource(resource, out);
        if (out.full()) out.drop(Refusal.TOO_LARGE);
        else out.end(received);
    }

    private void resource(PickleValue.Dict resource, Arrivals out) {
        out.key("resource");
        out.open('{');
        for (PickleValue.Dict attribute : dicts(resource, "attributes")) {
            if (!(attribute.get("value") instanceof PickleValue.Dict value) || text(attribute, "key") == null) continue;
            if (text(attribute, "key").equals("process.pid")) out.by(whole(value.get("intValue")));
            out.key(text(attribute, "key"));
            any(value, out, 0);
        }
        out.close('}');
    }

    private static void hex(String name, String id, Arrivals out) {
        if (id != null && !id.isEmpty()) out.field(name, id);
    }

    private void any(PickleValue.Dict value, Arrivals out, int depth) {
        List<PickleValue> flat = value.flat();
        if (flat.size() < 2 || depth > 16 || !(flat.get(flat.size() - 2) instanceof PickleValue.Text(String kind))) {
            out.word("null");
            return;
        }
        PickleValue inside = flat.getLast();
        switch (kind) {
            case "intValue" -> out.number(whole(inside));
            case "arrayValue" -> {
                out.open('[');
                if (inside instanceof PickleValue.Dict array) for (PickleValue.Dict each : dicts(array, "values")) any(each, out, depth + 1);
                out.close(']');
            }
            case "kvlistValue" -> {
                out.open('{');
                if (inside instanceof PickleValue.Dict list) for (PickleValue.Dict each : dicts(list, "values")) {
                    if (text(each, "key") == null || !(each.get("value") instanceof PickleValue.Dict of)) continue;
                    out.key(text(each, "key"));
                    any(of, out, depth + 1);
                }
                out.close('}');
            }
            default -> json.value(inside, out);
        }
    }

    /// 64-bit numbers are texts in JSON.
    static long whole(PickleValue value) {
        return switch (value) {
            case PickleValue.Whole(long whole) -> whole;
            case PickleValue.Text(String text) when text.matches("-?\\d{1,18}") -> Long.parseLong(text);
            case PickleValue.Text(String text) when text.matches("-?\\d{19}") -> new java.math.BigInteger(text).longValue();
            case null, default -> 0;
        };
    }

    static String text(PickleValue.Dict dict, String key) {
        return dict.get(key) instanceof PickleValue.Text(String text) ? text : null;
    }

    static PickleValue.Dict dict(PickleValue.Dict of, String key) {
        return of.get(key) instanceof PickleValue.Dict dict ? dict : null;
    }

    static List<PickleValue.Dict> dicts(PickleValue.Dict of, String key) {
        if (!(of.get(key) instanceof PickleValue.Items(_, List<PickleValue> list))) return List.of();
        return list.stream().filter(PickleValue.Dict.class::isInstance).map(PickleValue.Dict.class::cast).toList();
    }
}
