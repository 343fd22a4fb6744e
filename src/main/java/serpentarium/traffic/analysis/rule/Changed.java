package serpentarium.traffic.analysis.rule;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;

/// What rules made of one side of an exchange.
///
/// @param request  the request's head as it goes on; its scheme, host and port say where to
/// @param response the response's head as it goes on; null for a request
/// @param body     the body as it goes on, without a content encoding; null where it goes on as it is
/// @param applied  what the rules that did something are called, in their order
/// @param delay    how long the request is held up
/// @param rate     kilobytes a second at which the response's body passes; 0 for as fast as it can
/// @param instead  what the client gets instead of the server's answer
/// @param pause    how many seconds the exchange is held for a person; 0 for not at all
public record Changed(RequestHead request, ResponseHead response, byte[] body, List<String> applied, Duration delay, int rate, Optional<Instead> instead,
        int pause) {
    public Changed {
        applied = List.copyOf(applied);
    }
}
