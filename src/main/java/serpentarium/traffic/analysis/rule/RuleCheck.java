package serpentarium.traffic.analysis.rule;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import serpentarium.base.Strings;
import serpentarium.traffic.analysis.FilterParser;

/// Says what is wrong with a rule, so that it is not applied.
public final class RuleCheck {
    private static final Strings STRINGS = Strings.of(RuleCheck.class);
    private static final int LARGEST_BODY = 1 << 20;
    private static final int MILLIS_AN_HOUR = (int) RuleAction.LONGEST.toMillis();

    private RuleCheck() {}

    /// What is wrong, for a person; empty where nothing is.
    public static Optional<String> of(Rule rule) {
        if (FilterParser.parse(rule.filter()) instanceof FilterParser.Result.Wrong wrong) return Optional.of(STRINGS.get("check.filter", wrong.text()));
        return Optional.ofNullable(action(rule.action()));
    }

    private static String action(RuleAction action) {
        return switch (action) {
            case RuleAction.Pause(var _, int seconds) -> range("check.seconds", seconds, 1, RuleAction.LONGEST.toSeconds());
            case RuleAction.MapLocal(String path) -> path.isBlank() || path.indexOf('\0') >= 0 ? STRINGS.get("check.no-file") : null;
            case RuleAction.MapRemote(String url) -> url(url);
            case RuleAction.Replay(String session, boolean _) -> session.isBlank() || session.indexOf('\0') >= 0 ? STRINGS.get("check.no-file") : null;
            case RuleAction.SetHeader(var _, String name, String value) -> field(name, value);
            case RuleAction.RemoveHeader(var _, String name) -> field(name, "");
            case RuleAction.ReplaceInBody(var _, String pattern, String by) -> pattern(pattern, by);
            case RuleAction.Respond(int status, String type, String body) ->
                body.length() > LARGEST_BODY ? STRINGS.get("check.body", LARGEST_BODY)
                        : line(type) ? range("check.status", status, 200, 599) : STRINGS.get("check.value");
            case RuleAction.Block() -> null;
            case RuleAction.Fail(double percent, int status) ->
                !(percent >= 0 && percent <= 100) ? STRINGS.get("check.percent") : status == 0 ? null : range("check.status", status, 200, 599);
            case RuleAction.Delay(int milliseconds) -> range("check.milliseconds", milliseconds, 0, MILLIS_AN_HOUR);
            case RuleAction.Throttle(int kilobytes) -> range("check.rate", kilobytes, 1, 1 << 20);
        };
    }

    private static String range(String key, long value, long least, long most) {
        return value < least || value > most ? STRINGS.get(key, least, most) : null;
    }

    private static String url(String text) {
        try {
            var url = new URI(text);
            boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!web || url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) return STRINGS.get("check.url");
            return url.getPort() == 0 || url.getPort() > 65_535 ? STRINGS.get("check.url") : null;
        } catch (URISyntaxException e) {
            return STRINGS.get("check.url");
        }
    }

    /// RFC 9110 section 5: what does not fit would end the header or begin another message.
    private static String field(String name, String value) {
        boolean token = !name.isEmpty() && name.chars().allMatch(c -> Character.isLetterOrDigit(c) && c < 128 || "!#$%&'*+-.^_`|~".indexOf(c) >= 0);
        if (!token) return STRINGS.get("check.name");
        if (!line(value)) return STRINGS.get("check.value");
        return framing(name) ? STRINGS.get("check.framing", name) : null;
    }

    /// Whether a field says where a message ends or where it goes on: the proxy writes these itself.
    public static boolean framing(String name) {
        return switch (name.toLowerCase(java.util.Locale.ROOT)) {
            case "content-length", "transfer-encoding", "connection", "upgrade", "trailer", "te", "keep-alive", "proxy-connection" -> true;
            default -> false;
        };
    }

    private static boolean line(String value) {
        return value.chars().noneMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
    }

    private static String pattern(String pattern, String by) {
        if (pattern.isEmpty()) return STRINGS.get("check.no-pattern");
        try {
            int groups = Pattern.compile(pattern).matcher("").groupCount();
            var names = Pattern.compile("\\\\.|\\$(\\d|\\{[^}]*}?|.|$)", Pattern.DOTALL).matcher(by);
            while (names.find()) {
                String group = names.group(1);
                if (group == null) continue;
                boolean digit = group.length() == 1 && Character.isDigit(group.charAt(0));
                if (digit && group.charAt(0) - '0' > groups || !digit && !known(pattern, group)) return STRINGS.get("check.group", "$" + group);
            }
            return by.endsWith("\\") && !by.endsWith("\\\\") ? STRINGS.get("check.group", "\\") : null;
        } catch (PatternSyntaxException e) {
            return STRINGS.get("check.pattern", e.getDescription());
        }
    }

    private static boolean known(String pattern, String group) {
        if (!group.startsWith("{") || !group.endsWith("}")) return false;
        return Pattern.compile(pattern).namedGroups().containsKey(group.substring(1, group.length() - 1));
    }
}
