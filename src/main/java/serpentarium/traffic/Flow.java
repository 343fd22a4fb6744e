package serpentarium.traffic;

import java.util.Map;
import java.util.Optional;

/// All of a flow but its bodies and messages.
///
/// @param id               never used twice in a session; as the source named it, else made by the session
/// @param kind             what kind of conversation it is
/// @param source           how it came to be known
/// @param connection       the connection it went over
/// @param timing           when what happened
/// @param request          null where it was not seen, and for flows that are not HTTP
/// @param requestBody      of an HTTP exchange
/// @param requestTrailers  the fields after a chunked body
/// @param response         null where none came
/// @param responseBody     of an HTTP exchange
/// @param responseTrailers the fields after a chunked body
/// @param error            what went wrong, for a person; null where nothing did
/// @param process          the client's program, or null
/// @param parent           the id of the incoming request that caused this one, or null
/// @param mark             set by a person: an emoji name or empty
/// @param comment          set by a person; empty where there is none
/// @param messages         how many messages there are
/// @param extras           what the source's format says beyond this, by `format.field`, for writing it back
public record Flow(String id, FlowKind kind, FlowSource source, ConnectionFacts connection, Timing timing, RequestHead request, BodyFacts requestBody,
                   Headers requestTrailers, ResponseHead response, BodyFacts responseBody, Headers responseTrailers, String error,
                   ProcessFacts process, String parent, String mark, String comment, int messages, Map<String, byte[]> extras) {
    public Flow {
        extras = Map.copyOf(extras);
    }

    /// The body's facts of one side.
    public BodyFacts body(Side side) {
        return side == Side.REQUEST ? requestBody : responseBody;
    }

    /// The header of one side; empty where it was not seen.
    public Headers headers(Side side) {
        if (side == Side.REQUEST) return request == null ? Headers.NONE : request.headers();
        return response == null ? Headers.NONE : response.headers();
    }

    /// The status; empty where no response came.
    public Optional<Integer> status() {
        return response == null || response.status() == 0 ? Optional.empty() : Optional.of(response.status());
    }
}
