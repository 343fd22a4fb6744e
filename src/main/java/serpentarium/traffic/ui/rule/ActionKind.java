package serpentarium.traffic.ui.rule;

import serpentarium.base.Strings;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;

/// The kinds of rules that a person chooses from, each with what it is at first.
enum ActionKind {
    PAUSE(new RuleAction.Pause(Side.REQUEST, 120)),
    SET_HEADER(new RuleAction.SetHeader(Side.REQUEST, "X-Debug", "1")),
    REMOVE_HEADER(new RuleAction.RemoveHeader(Side.REQUEST, "Cookie")),
    REPLACE(new RuleAction.ReplaceInBody(Side.RESPONSE, "", "")),
    RESPOND(new RuleAction.Respond(503, "text/plain", "")),
    MAP_LOCAL(new RuleAction.MapLocal("")),
    MAP_REMOTE(new RuleAction.MapRemote("http://127.0.0.1:8000/")),
    REPLAY(new RuleAction.Replay("", true)),
    BLOCK(new RuleAction.Block()),
    FAIL(new RuleAction.Fail(10, 503)),
    DELAY(new RuleAction.Delay(500)),
    THROTTLE(new RuleAction.Throttle(64));

    private static final Strings STRINGS = Strings.of(ActionKind.class);

    private final RuleAction first;

    ActionKind(RuleAction first) {
        this.first = first;
    }

    /// What a rule of this kind does at first.
    RuleAction first() {
        return first;
    }

    /// For a person.
    String text() {
        return STRINGS.get("kind." + name().toLowerCase(java.util.Locale.ROOT));
    }

    /// The kind of an action.
    static ActionKind of(RuleAction action) {
        return switch (action) {
            case RuleAction.Pause _ -> PAUSE;
            case RuleAction.SetHeader _ -> SET_HEADER;
            case RuleAction.RemoveHeader _ -> REMOVE_HEADER;
            case RuleAction.ReplaceInBody _ -> REPLACE;
            case RuleAction.Respond _ -> RESPOND;
            case RuleAction.MapLocal _ -> MAP_LOCAL;
            case RuleAction.MapRemote _ -> MAP_REMOTE;
            case RuleAction.Replay _ -> REPLAY;
            case RuleAction.Block _ -> BLOCK;
            case RuleAction.Fail _ -> FAIL;
            case RuleAction.Delay _ -> DELAY;
            case RuleAction.Throttle _ -> THROTTLE;
        };
    }
}
