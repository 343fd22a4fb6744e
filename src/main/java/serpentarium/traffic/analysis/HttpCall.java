package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.Side;

/// A request as a program is to send it again, and the response that it got.
///
/// What a client works out by itself for each connection (lengths, transfer coding, hop-by-hop fields) is not among the fields, and fields that
/// no client can be told to send are not either.
///
/// @param method   as it was sent
/// @param head     where it went
/// @param headers  the fields to send, in their order, as [serpentarium.traffic.WireText]
/// @param left     how many fields were left out because they hold control characters or their name is none
/// @param body     the request's body as it was sent
/// @param sized    whether a body was announced, also an empty one
/// @param status   of the response; 0 where none came
/// @param answered the response's fields that say something about its content
/// @param answer   the response's body without its content encoding
public record HttpCall(String method, RequestHead head, Headers headers, int left, byte[] body, boolean sized, int status, Headers answered, byte[] answer) {
    /// More is not written into code.
    public static final int MOST = 8 << 20;

    private static final Strings STRINGS = Strings.of(HttpCall.class);
    private static final Set<String> CONNECTION = Set.of("content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade",
            "te", "trailer", "expect", "http2-settings");
    private static final Set<String> TRANSFER = Set.of("content-length", "transfer-encoding", "content-encoding", "connection", "keep-alive", "trailer",
            "date", "upgrade");

    /// Reads a flow.
    ///
    /// @param answered whether the response's body is wanted; else it is left empty
    /// @throws IOException when the session cannot be read, and a [ProblemException] where the flow is no request that can be sent again, or a
    ///                     body that is wanted is too large or not whole
    public static HttpCall read(RecordedFlows session, FlowContent content, int row, boolean answered) throws IOException {
        Flow flow = session.flow(row);
        if (flow.request() == null || flow.request().method().equals("CONNECT") || !token(flow.request().method()) || flow.request().host().isEmpty())
            throw new ProblemException(Problem.of(STRINGS, "code.no-request", Place.NOWHERE));
        byte[] body = flow.requestBody().stored() == 0 ? new byte[0] : read(session.body(row, Side.REQUEST));
        check(flow.requestBody(), body, "code.large", "code.partial");
        byte[] answer = !answered || flow.responseBody().stored() == 0 ? new byte[0] : read(content.body(row, Side.RESPONSE));
        if (answered) check(flow.responseBody(), answer, "code.large-answer", "code.partial-answer");
        return of(flow, body, answer);
    }

    private static void check(BodyFacts facts, byte[] body, String large, String partial) {
        boolean whole = facts.state() == BodyFacts.State.COMPLETE || facts.state() == BodyFacts.State.NONE;
        if (!whole || body.length > MOST) throw new ProblemException(Problem.of(STRINGS, whole ? large : partial, Place.NOWHERE));
    }

    private static byte[] read(InputStream in) throws IOException {
        try (in) {
            return in.readNBytes(MOST + 1);
        }
    }

    /// Of a flow with its bodies: the request's as it was sent, the response's without its content encoding.
    public static HttpCall of(Flow flow, byte[] body, byte[] answer) {
        RequestHead head = flow.request();
        var fields = new ArrayList<Headers.Field>();
        int left = 0;
        boolean host = false;
        for (Headers.Field field : head.headers().fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            String value = trimmed(field.value());
            boolean own = CONNECTION.contains(name) || name.equals("content-encoding") && flow.requestBody().decoded()
                    || name.equals("host") && (host || value.equalsIgnoreCase(authority(head)));
            if (name.equals("host")) host = true;
            if (own) continue;
            if (!token(name) || !sendable(value)) left++;
            else fields.add(new Headers.Field(field.name(), value));
        }
        boolean sized = body.length > 0 || head.headers().first("content-length").isPresent();
        return new HttpCall(head.method(), head, new Headers(fields), left, body, sized, flow.status().orElse(0), answered(flow), answer);
    }

    private static Headers answered(Flow flow) {
        List<Headers.Field> fields = flow.headers(Side.RESPONSE).fields().stream().map(field -> new Headers.Field(field.name(), trimmed(field.value())))
                .filter(field -> token(field.name()) && sendable(field.value()) && !TRANSFER.contains(field.name().toLowerCase(Locale.ROOT))).toList();
        return new Headers(fields);
    }

    private static String authority(RequestHead head) {
        String url = new RequestHead("GET", head.scheme(), head.host(), head.port(), "", "", "", Headers.NONE).url();
        int slashes = url.indexOf("://");
        return slashes < 0 ? url : url.substring(slashes + 3);
    }

    private static String trimmed(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && (value.charAt(from) == ' ' || value.charAt(from) == '\t')) from++;
        while (to > from && (value.charAt(to - 1) == ' ' || value.charAt(to - 1) == '\t')) to--;
        return value.substring(from, to);
    }

    /// Whether a text is a token as names of fields and methods must be (RFC 9110 section 5.6.2).
    static boolean token(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "!#$%&'*+-.^_`|~".indexOf(c) >= 0)) return false;
        }
        return !text.isEmpty();
    }

    private static boolean sendable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\t');
    }

    /// The URL with everything encoded that would end it or that some client refuses. What is percent-encoded stays as it is.
    ///
    /// @param strict whether characters that have no place in a URL are encoded too, such as `{`; else only space, `#`, controls, and what is not ASCII
    public String url(boolean strict) {
        String scheme = head.scheme().isEmpty() ? "http" : head.scheme();
        var at = new RequestHead("GET", scheme, UrlText.host(head.host()), head.port(), "", "", "", Headers.NONE);
        String path = head.path().equals("*") ? "/" : UrlText.path(head.path(), strict);
        return at.url() + (path.startsWith("/") ? "" : "/") + path;
    }

    /// The value of a field, or null.
    String header(String name) {
        return headers.first(name).orElse(null);
    }
}
