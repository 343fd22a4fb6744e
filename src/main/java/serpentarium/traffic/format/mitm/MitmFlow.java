package serpentarium.traffic.format.mitm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.TlsFacts;

/// One flow of a dump, in the shape of version 21, as the model has it.
final class MitmFlow {
    private static final Pattern AUTHORITY = Pattern.compile("([^:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?");
    private static final int FIRST_UNREADABLE = 18;

    private final Map<String, Object> state;
    private final int version;
    private final Map<String, Object> request;
    private final Map<String, Object> response;
    private final Map<String, Object> websocket;
    private final List<?> messages;

    /// Takes a state over: contents and messages are taken out of it.
    MitmFlow(Map<String, Object> latest, int version) {
        state = latest;
        this.version = version;
        boolean http = kindOf(latest) == FlowKind.HTTP || kindOf(latest) == FlowKind.WEBSOCKET;
        request = http ? State.map(latest, "request") : null;
        response = http ? State.map(latest, "response") : null;
        websocket = http ? State.map(latest, "websocket") : null;
        messages = State.list(websocket != null ? websocket.remove("messages") : latest.remove("messages"));
    }

    /// What kind a state says it is; null for one that is not known.
    static FlowKind kindOf(Map<String, Object> latest) {
        return switch (State.textOr(latest, "type", "")) {
            case "http" -> State.map(latest, "websocket") == null ? FlowKind.HTTP : FlowKind.WEBSOCKET;
            case "tcp" -> FlowKind.TCP;
            case "udp" -> FlowKind.UDP;
            case "dns" -> FlowKind.DNS;
            default -> null;
        };
    }

    FlowKind kind() {
        return kindOf(state);
    }

    double started() {
        double at = State.real(State.map(state, "request"), kind() == FlowKind.DNS ? "timestamp" : "timestamp_start");
        if (Double.isNaN(at)) at = State.real(State.map(state, "client_conn"), "timestamp_start");
        if (Double.isNaN(at)) at = State.real(state, "timestamp_created");
        return Double.isNaN(at) ? 0 : at;
    }

    String id() {
        return State.textOr(state, "id", "");
    }

    /// Writes it all but closes nothing.
    ///
    /// @param newServer whether a server connection of this id was not seen before: its times belong to this flow
    void write(FlowWriter to, Predicate<String> newServer) throws IOException {
        Object requestContent = request == null ? null : request.remove("content");
        Object responseContent = response == null ? null : response.remove("content");
        Flow flow = flow(newServer);
        to.kind(flow.kind());
        to.connection(flow.connection());
        to.timing(flow.timing());
        if (flow.request() != null) {
            to.request(flow.request());
            body(to, Side.REQUEST, requestContent, flow.request().headers());
            if (!flow.requestTrailers().fields().isEmpty()) to.trailers(Side.REQUEST, flow.requestTrailers());
        }
        if (flow.response() != null) {
            to.response(flow.response());
            body(to, Side.RESPONSE, responseContent, flow.response().headers());
            if (!flow.responseTrailers().fields().isEmpty()) to.trailers(Side.RESPONSE, flow.responseTrailers());
        }
        if (flow.error() != null) to.error(flow.error());
        if (!flow.mark().isEmpty() || !flow.comment().isEmpty()) to.notes(flow.mark(), flow.comment());
        messages(to);
        Map<String, Object> beyond = State.beyond(state, MitmState.of(flow));
        if (!beyond.isEmpty()) to.extra(MitmState.EXTRA, TnetOutput.bytes(beyond));
        if (version >= FIRST_UNREADABLE) to.extra(MitmState.VERSION, Integer.toString(version).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    private void messages(FlowWriter to) throws IOException {
        if (kind() == FlowKind.DNS) {
            datagram(to, Side.REQUEST, State.map(state, "request"));
            datagram(to, Side.RESPONSE, State.map(state, "response"));
            return;
        }
        int first = websocket == null ? 0 : 1;
        for (Object item : messages) {
            List<?> fields = State.list(item);
            if (fields.size() < first + 2) continue;
            int opcode = first == 0 ? 0 : State.whole(fields.getFirst(), 15, 2);
            Side from = State.truth(fields.get(first)) ? Side.REQUEST : Side.RESPONSE;
            double time = fields.size() > first + 2 ? State.real(fields.get(first + 2)) : Double.NaN;
            boolean dropped = fields.size() > first + 3 && State.truth(fields.get(first + 3));
            boolean injected = fields.size() > first + 4 && State.truth(fields.get(first + 4));
            to.message(from, time, opcode, State.bytes(fields.get(first + 1)), dropped, injected);
        }
    }

    private static void datagram(FlowWriter to, Side side, Map<String, Object> message) throws IOException {
        byte[] wire = message == null ? null : MitmDns.pack(message);
        if (wire != null) to.message(side, State.real(message, "timestamp"), 0, wire, false, false);
    }

    private static void body(FlowWriter to, Side side, Object content, Headers headers) throws IOException {
        switch (content) {
            case Bytes bytes when bytes.size() > 0 -> {
                to.body(side, bytes.array(), bytes.from(), bytes.size());
                to.bodyEnd(side, BodyFacts.State.COMPLETE, bytes.size(), false);
            }
            case null -> to.bodyEnd(side, BodyFacts.State.MISSING, length(headers), false);
            default -> { }
        }
    }

    private static long length(Headers headers) {
        String value = headers.first("content-length").orElse("");
        boolean number = !value.isEmpty() && value.length() < 16 && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(value) : -1;
    }

    private Flow flow(Predicate<String> newServer) {
        Map<String, Object> client = State.map(state, "client_conn");
        Map<String, Object> server = State.map(state, "server_conn");
        String error = State.map(state, "error") == null ? null : State.textOr(State.map(state, "error"), "msg", "");
        var connection = new ConnectionFacts(State.text(client, "id"), endpoint(client, "peername"), serverEnd(server), clientTls(client), serverTls(server));
        boolean first = server != null && !Double.isNaN(State.real(server, "timestamp_start")) && newServer.test(State.textOr(server, "id", ""));
        return new Flow(id(), kind(), FlowSource.FILE, connection, timing(first ? server : null), requestHead(), BodyFacts.NONE, trailers(request), responseHead(),
                BodyFacts.NONE, trailers(response), error, null, null, State.textOr(state, "marked", ""), State.textOr(state, "comment", ""), messages.size(),
                Map.of());
    }

    private Timing timing(Map<String, Object> server) {
        double no = Double.NaN;
        double started = started();
        boolean dns = kind() == FlowKind.DNS;
        double end = response != null ? State.real(response, "timestamp_end") : dns ? State.real(State.map(state, "response"), "timestamp") : streamEnd();
        return new Timing(started, no, no, State.real(server, "timestamp_start"), State.real(server, "timestamp_tcp_setup"),
                State.real(server, "timestamp_tls_setup"), request == null ? no : State.real(request, "timestamp_start"),
                State.real(request, "timestamp_end"), dns ? end : State.real(response, "timestamp_start"), end);
    }

    private double streamEnd() {
        if (request != null || messages.isEmpty()) return Double.NaN;
        double end = State.real(State.map(state, "server_conn"), "timestamp_end");
        List<?> last = State.list(messages.getLast());
        double time = last.size() > 2 ? State.real(last.get(2)) : Double.NaN;
        return end >= time || Double.isNaN(time) ? end : time;
    }

    private static Endpoint endpoint(Map<String, Object> conn, String key) {
        if (conn == null) return null;
        List<?> address = State.list(conn.get(key));
        String host = address.isEmpty() ? null : State.text(address.getFirst());
        return host == null || host.isEmpty() ? null : new Endpoint(host, address.size() > 1 ? State.whole(address.get(1), 65535, 0) : 0);
    }

    private static Endpoint serverEnd(Map<String, Object> server) {
        Endpoint reached = endpoint(server, "peername");
        return reached != null ? reached : endpoint(server, "address");
    }

    private static TlsFacts clientTls(Map<String, Object> conn) {
        if (conn == null || !State.truth(conn.get("tls"))) return null;
        Object certificate = conn.get("mitmcert");
        return tls(conn, certificate instanceof Bytes pem ? List.of(pem.text()) : List.of());
    }

    private static TlsFacts serverTls(Map<String, Object> conn) {
        if (conn == null || !State.truth(conn.get("tls"))) return null;
        List<String> chain = new ArrayList<>();
        for (Object pem : State.list(conn.get("certificate_list"))) if (pem instanceof Bytes bytes) chain.add(bytes.text());
        return tls(conn, chain);
    }

    private static TlsFacts tls(Map<String, Object> conn, List<String> chain) {
        return new TlsFacts(State.text(conn, "tls_version"), State.text(conn, "cipher"), State.text(conn, "sni"), State.text(conn, "alpn"), chain);
    }

    private RequestHead requestHead() {
        if (request == null) return null;
        Headers headers = headers(request.get("headers"));
        String method = State.textOr(request, "method", "");
        String scheme = State.textOr(request, "scheme", "");
        String authority = State.textOr(request, "authority", "");
        String httpVersion = State.textOr(request, "http_version", "");
        String host = State.textOr(request, "host", "");
        int port = State.whole(request.get("port"), 65535, 0);
        // As mitmproxy shows it: a proxy in transparent mode knows the address only, the client said the name.
        String said = httpVersion.startsWith("HTTP/2") && !authority.isEmpty() ? authority : headers.first("host").orElse("");
        Matcher asked = AUTHORITY.matcher(said);
        if (!method.equals("CONNECT") && asked.matches()) {
            host = asked.group(1).startsWith("[") ? asked.group(1).substring(1, asked.group(1).length() - 1) : asked.group(1);
            int wanted = asked.group(2) == null ? 0 : Integer.parseInt(asked.group(2));
            port = wanted > 0 && wanted < 65536 ? wanted : scheme.equals("http") ? 80 : 443;
        }
        return new RequestHead(method, scheme, host, port, authority, State.textOr(request, "path", ""), httpVersion, headers);
    }

    private ResponseHead responseHead() {
        if (response == null) return null;
        return new ResponseHead(State.whole(response.get("status_code"), 32767, 0), State.textOr(response, "reason", ""), State.textOr(response, "http_version", ""),
                headers(response.get("headers")));
    }

    private static Headers trailers(Map<String, Object> message) {
        return message == null ? Headers.NONE : headers(message.get("trailers"));
    }

    private static Headers headers(Object value) {
        List<?> pairs = State.list(value);
        if (pairs.isEmpty()) return Headers.NONE;
        List<Headers.Field> fields = new ArrayList<>(pairs.size());
        for (Object pair : pairs) {
            List<?> field = State.list(pair);
            String name = field.size() < 2 ? null : State.text(field.get(0));
            String text = field.size() < 2 ? null : State.text(field.get(1));
            if (name != null && text != null) fields.add(new Headers.Field(name, text));
        }
        return new Headers(fields);
    }

    /// A flow for the messages of a WebSocket whose handshake is not in the dump.
    static Map<String, Object> withoutHandshake(Map<String, Object> websocketFlow) {
        Map<String, Object> flow = new LinkedHashMap<>(websocketFlow);
        for (String key : List.of("messages", "close_sender", "close_code", "close_message", "close_reason", "client_key", "client_protocol", "client_extensions",
                "server_accept", "server_protocol", "server_extensions", "mode")) flow.remove(key);
        flow.put("type", "http");
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("method", Bytes.of("GET"));
        request.put("scheme", Bytes.of("http"));
        request.put("host", "unknown");
        request.put("port", 80L);
        request.put("authority", Bytes.NONE);
        request.put("path", Bytes.of("/"));
        request.put("http_version", Bytes.of("HTTP/1.1"));
        request.put("headers", State.listOf());
        request.put("content", null);
        request.put("timestamp_start", State.orNull(State.real(State.map(websocketFlow, "client_conn"), "timestamp_start")));
        flow.put("request", request);
        flow.put("response", null);
        return flow;
    }
}
