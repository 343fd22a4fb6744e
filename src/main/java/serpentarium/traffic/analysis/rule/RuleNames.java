package serpentarium.traffic.analysis.rule;

import serpentarium.base.Strings;

/// What rules are called.
public final class RuleNames {
    private static final Strings STRINGS = Strings.of(RuleNames.class);

    private RuleNames() {}

    /// The name that a person gave it, else what it does.
    public static String of(Rule rule) {
        return rule.name().isBlank() ? action(rule.action()) : rule.name();
    }

    /// What an action does, in a few words.
    public static String action(RuleAction action) {
        return switch (action) {
            case RuleAction.Pause(var side, int seconds) -> STRINGS.get("name.pause." + key(side), seconds);
            case RuleAction.MapLocal(String path) -> STRINGS.get("name.map-local", path);
            case RuleAction.MapRemote(String url) -> STRINGS.get("name.map-remote", url);
            case RuleAction.Replay(String session, boolean _) -> STRINGS.get("name.replay", session);
            case RuleAction.SetHeader(var side, String name, String value) -> STRINGS.get("name.set-header." + key(side), name, value);
            case RuleAction.RemoveHeader(var side, String name) -> STRINGS.get("name.remove-header." + key(side), name);
            case RuleAction.ReplaceInBody(var side, String pattern, String by) -> STRINGS.get("name.replace." + key(side), pattern, by);
            case RuleAction.Respond(int status, String _, String _) -> STRINGS.get("name.respond", String.valueOf(status));
            case RuleAction.Block() -> STRINGS.get("name.block");
            case RuleAction.Fail(double percent, int status) -> status == 0 ? STRINGS.get("name.fail.close", percent) : STRINGS.get("name.fail", percent, String.valueOf(status));
            case RuleAction.Delay(int milliseconds) -> STRINGS.get("name.delay", milliseconds);
            case RuleAction.Throttle(int kilobytes) -> STRINGS.get("name.throttle", kilobytes);
        };
    }

    private static String key(serpentarium.traffic.Side side) {
        return side.name().toLowerCase(java.util.Locale.ROOT);
    }
}
