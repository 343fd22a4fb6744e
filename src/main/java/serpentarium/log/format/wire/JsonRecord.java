package serpentarium.log.format.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import serpentarium.log.Level;
import serpentarium.pickle.PickleValue;

/// A JSON object that a program sent as a line of JSON: as it is, or with Python's names where it is GELF.
public final class JsonRecord {
    private static final Set<String> OWN = Set.of("received", "via", "from");
    private static final double LEAST_SECONDS = 1e8;
    private static final double MOST_SECONDS = 1e11;

    private final PickledJson json = new PickledJson();

    /// Writes an object; what is no object is a message.
    public void write(byte[] bytes, int from, int to, long received, Arrivals out) {
        PickleValue value = JsonValues.read(bytes, from, to);
        out.begin();
        json.start(out);
        if (value instanceof PickleValue.Dict dict) {
            if (isGelf(dict)) gelf(dict, out);
            else plain(dict, out);
        } else SyslogRecord.said(new String(bytes, from, to - from, StandardCharsets.UTF_8), out);
        if (out.full()) out.drop(Refusal.TOO_LARGE);
        else out.end(received);
    }

    private static boolean isGelf(PickleValue.Dict dict) {
        return dict.get("short_message") != null && (dict.get("version") != null || dict.get("host") != null);
    }

    private void plain(PickleValue.Dict dict, Arrivals out) {
        List<PickleValue> flat = dict.flat();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            String key = PickledJson.name(flat.get(i));
            PickleValue value = flat.get(i + 1);
            if (key.equals("created") || key.equals("timestamp") || key.equals("ts")) made(value, out);
            else if ((key.equals("process") || key.equals("pid")) && value instanceof PickleValue.Whole(long pid)) out.by(pid);
            out.key(OWN.contains(key) ? key + "_" : key);
            json.value(value, out);
        }
    }

    private static void made(PickleValue value, Arrivals out) {
        double seconds = seconds(value);
        if (seconds > LEAST_SECONDS && seconds < MOST_SECONDS) out.made(seconds);
    }

    private static double seconds(PickleValue value) {
        return switch (value) {
            case PickleValue.Real(double real) -> real;
            case PickleValue.Whole(long whole) -> whole;
            case null, default -> Double.NaN;
        };
    }

    private void gelf(PickleValue.Dict dict, Arrivals out) {
        String full = text(dict, "full_message");
        String brief = text(dict, "short_message");
        int split = full == null ? -1 : full.startsWith("Traceback (most recent call last):") ? 0 : PickledRecord.traceback(full) + 1;
        boolean traceback = full != null && (split > 0 || full.startsWith("Traceback (most recent call last):"));
        boolean named = dict.get("_logger") != null;
        List<PickleValue> flat = dict.flat();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            String key = PickledJson.name(flat.get(i));
            PickleValue value = flat.get(i + 1);
            switch (key) {
                case "version" -> { }
                case "timestamp" -> {
                    made(value, out);
                    put("created", value, out);
                }
                case "level" -> {
                    int level = value instanceof PickleValue.Whole(long severity) && severity >= 0 && severity < 8 ? Level.ofSyslog((int) severity) : Level.UNKNOWN;
                    if (level == Level.UNKNOWN) put("level", value, out);
                    else out.level(Level.title(level, null), level);
                }
                case "facility" -> put(named ? "facility" : "name", value, out);
                case "_logger" -> put("name", value, out);
                case "short_message" -> put("message", value, out);
                case "full_message" -> {
                    if (traceback) out.field("exc_text", full.substring(split));
                    if (!traceback && full != null && !full.equals(brief)) out.field("full_message", full);
                }
                case "file" -> put("pathname", value, out);
                case "line" -> put("lineno", value, out);
                case "_function" -> put("funcName", value, out);
                case "_pid" -> {
                    if (value instanceof PickleValue.Whole(long pid)) out.by(pid);
                    put("process", value, out);
                }
                case "_thread_name" -> put("threadName", value, out);
                case "_process_name" -> put("processName", value, out);
                default -> put(key.startsWith("_") && key.length() > 1 ? key.substring(1) : key, value, out);
            }
        }
    }

    private void put(String key, PickleValue value, Arrivals out) {
        out.key(OWN.contains(key) ? key + "_" : key);
        json.value(value, out);
    }

    private static String text(PickleValue.Dict dict, String key) {
        return dict.get(key) instanceof PickleValue.Text(String text) ? text : null;
    }
}
