package serpentarium.traffic.analysis.rule;

import serpentarium.traffic.FlowSource;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;

/// An exchange on its way through the proxy, as far as it is known. What is not known yet is null.
///
/// @param source       which proxy it comes through
/// @param host         whom the client wants to reach; null where only its requests will say it
/// @param port         there; 0 where it is not known
/// @param request      the request's head
/// @param requestBody  the request's body without its content encoding
/// @param response     the response's head
/// @param responseBody the response's body without its content encoding
/// @param client       the client's end, `host:port`
/// @param process      the client's program
public record Passing(FlowSource source, String host, int port, RequestHead request, byte[] requestBody, ResponseHead response, byte[] responseBody,
        String client, String process) {

    /// A connection before anything was said.
    public static Passing connection(FlowSource source, String host, int port) {
        return new Passing(source, host, port, null, null, null, null, null, null);
    }

    /// The same exchange with its request.
    public Passing with(RequestHead head, byte[] body) {
        return new Passing(source, host, port, head, body, response, responseBody, client, process);
    }

    /// The same exchange with its response.
    public Passing with(ResponseHead head, byte[] body) {
        return new Passing(source, host, port, request, requestBody, head, body, client, process);
    }

    /// The same exchange with what is known of the client.
    ///
    /// @param end     its address and port
    /// @param program its program's name; null where it is not known
    public Passing from(String end, String program) {
        return new Passing(source, host, port, request, requestBody, response, responseBody, end, program);
    }
}
