package serpentarium.traffic.analysis.rule;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import serpentarium.traffic.Side;

/// Rules as one line of JSON each, as they are kept.
public final class RuleText {
    private static final int LONGEST = 4 << 20;

    private RuleText() {}

    /// A rule as text.
    public static String write(Rule rule) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", rule.name());
        map.put("on", rule.on());
        map.put("filter", rule.filter());
        switch (rule.action()) {
            case RuleAction.Pause(Side side, int seconds) -> put(map, "pause", "side", side, "seconds", seconds);
            case RuleAction.MapLocal(String path) -> put(map, "map-local", "path", path);
            case RuleAction.MapRemote(String url) -> put(map, "map-remote", "url", url);
            case RuleAction.Replay(String session, boolean onward) -> put(map, "replay", "session", session, "onward", onward);
            case RuleAction.SetHeader(Side side, String name, String value) -> put(map, "set-header", "side", side, "header", name, "value", value);
            case RuleAction.RemoveHeader(Side side, String name) -> put(map, "remove-header", "side", side, "header", name);
            case RuleAction.ReplaceInBody(Side side, String pattern, String by) -> put(map, "replace", "side", side, "pattern", pattern, "by", by);
            case RuleAction.Respond(int status, String type, String body) -> put(map, "respond", "status", status, "type", type, "body", body);
            case RuleAction.Block() -> put(map, "block");
            case RuleAction.Fail(double percent, int status) -> put(map, "fail", "percent", percent, "status", status);
            case RuleAction.Delay(int milliseconds) -> put(map, "delay", "milliseconds", milliseconds);
            case RuleAction.Throttle(int kilobytes) -> put(map, "throttle", "kilobytes", kilobytes);
        }
        try {
            return JSON.std.asString(map);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void put(Map<String, Object> map, String action, Object... pairs) {
        map.put("action", action);
        for (int i = 0; i < pairs.length; i += 2)
            map.put((String) pairs[i], pairs[i + 1] instanceof Side side ? side.name().toLowerCase(Locale.ROOT) : pairs[i + 1]);
    }

    /// A rule of such a text; empty where it is none.
    public static Optional<Rule> read(String text) {
        if (text.length() > LONGEST) return Optional.empty();
        try {
            var fields = new Fields(JSON.std.mapFrom(text));
            return Optional.of(new Rule(fields.text("name"), fields.flag("on"), fields.text("filter"), action(fields)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static RuleAction action(Fields fields) {
        return switch (fields.text("action")) {
            case "pause" -> new RuleAction.Pause(fields.side(), fields.whole("seconds"));
            case "map-local" -> new RuleAction.MapLocal(fields.text("path"));
            case "map-remote" -> new RuleAction.MapRemote(fields.text("url"));
            case "replay" -> new RuleAction.Replay(fields.text("session"), fields.flag("onward"));
            case "set-header" -> new RuleAction.SetHeader(fields.side(), fields.text("header"), fields.text("value"));
            case "remove-header" -> new RuleAction.RemoveHeader(fields.side(), fields.text("header"));
            case "replace" -> new RuleAction.ReplaceInBody(fields.side(), fields.text("pattern"), fields.text("by"));
            case "respond" -> new RuleAction.Respond(fields.whole("status"), fields.text("type"), fields.text("body"));
            case "block" -> new RuleAction.Block();
            case "fail" -> new RuleAction.Fail(fields.number("percent"), fields.whole("status"));
            case "delay" -> new RuleAction.Delay(fields.whole("milliseconds"));
            case "throttle" -> new RuleAction.Throttle(fields.whole("kilobytes"));
            default -> throw new IllegalArgumentException(fields.text("action"));
        };
    }

    private record Fields(Map<String, Object> map) {
        String text(String key) {
            if (map.get(key) instanceof String text) return text;
            throw new IllegalArgumentException(key);
        }

        boolean flag(String key) {
            if (map.get(key) instanceof Boolean flag) return flag;
            throw new IllegalArgumentException(key);
        }

        double number(String key) {
            if (map.get(key) instanceof Number number) return number.doubleValue();
            throw new IllegalArgumentException(key);
        }

        int whole(String key) {
            double number = number(key);
            if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) throw new IllegalArgumentException(key);
            return (int) number;
        }

        Side side() {
            return Side.valueOf(text("side").toUpperCase(Locale.ROOT));
        }
    }
}
