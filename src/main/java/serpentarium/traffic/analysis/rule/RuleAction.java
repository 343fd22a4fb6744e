package serpentarium.traffic.analysis.rule;

import java.time.Duration;
import serpentarium.traffic.Side;

/// What a rule does to an exchange.
public sealed interface RuleAction {
    /// The longest time that an exchange is held up.
    Duration LONGEST = Duration.ofHours(1);

    /// Holds the exchange for a person to edit, to let go or to end.
    ///
    /// @param side    whether the request or the response is held
    /// @param seconds after which it goes on by itself
    record Pause(Side side, int seconds) implements RuleAction {}

    /// Answers with a file of this machine instead of asking the server.
    ///
    /// @param path a file, or a folder in which the path of the URL is looked up
    record MapLocal(String path) implements RuleAction {}

    /// Asks another server.
    ///
    /// @param url where its path is empty or `/`, that of the request is kept; else it takes its place
    record MapRemote(String url) implements RuleAction {}

    /// Answers from what was recorded: the response to the same method and URL, each one once, the last one again and again.
    ///
    /// @param session a session, HAR or dump
    /// @param onward  whether the server is asked for what was not recorded; else the answer is 404
    record Replay(String session, boolean onward) implements RuleAction {}

    /// Sets a field of a header: in the place of the first of that name, the others go; at the end where there is none.
    record SetHeader(Side side, String name, String value) implements RuleAction {}

    /// Takes all fields of a name out of a header.
    record RemoveHeader(Side side, String name) implements RuleAction {}

    /// Replaces in a body that is text, without its content encoding.
    ///
    /// @param pattern a regular expression
    /// @param by      may name groups as `$1`
    record ReplaceInBody(Side side, String pattern, String by) implements RuleAction {}

    /// Answers instead of the server.
    ///
    /// @param type content type of the body; empty for none
    record Respond(int status, String type, String body) implements RuleAction {}

    /// Closes the connection without an answer.
    record Block() implements RuleAction {}

    /// Lets some exchanges fail.
    ///
    /// @param percent how many of a hundred, 0 to 100
    /// @param status  of the answer that they get; 0 to close the connection
    record Fail(double percent, int status) implements RuleAction {}

    /// Holds the request up before it goes on.
    record Delay(int milliseconds) implements RuleAction {}

    /// Lets the response's body pass no faster than this.
    record Throttle(int kilobytesPerSecond) implements RuleAction {}

    /// Whether the request or the response is what it changes or waits for.
    default Side side() {
        return switch (this) {
            case Pause(Side side, int _) -> side;
            case SetHeader(Side side, String _, String _) -> side;
            case RemoveHeader(Side side, String _) -> side;
            case ReplaceInBody(Side side, String _, String _) -> side;
            case Throttle _ -> Side.RESPONSE;
            case MapLocal _, MapRemote _, Replay _, Respond _, Block _, Fail _, Delay _ -> Side.REQUEST;
        };
    }

    /// Whether it needs a whole body before it can be done.
    default boolean wantsBody() {
        return switch (this) {
            case Pause _, ReplaceInBody _ -> true;
            case MapLocal _, MapRemote _, Replay _, SetHeader _, RemoveHeader _, Respond _, Block _, Fail _, Delay _, Throttle _ -> false;
        };
    }
}
