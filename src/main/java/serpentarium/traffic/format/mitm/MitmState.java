package serpentarium.traffic.format.mitm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Timing;
import serpentarium.traffic.TlsFacts;

/// What the model says of a flow, as the state that mitmproxy would have of it (version 21), without bodies and messages.
///
/// The reader compares it with what the dump says and keeps the difference; the writer puts the difference back.
final class MitmState {
    /// The extra that holds what a dump says beyond the model.
    static final String EXTRA = "mitm.state";
    /// The extra that holds the version that the flow was read from.
    static final String VERSION = "mitm.version";

    private MitmState() {}

    static Map<String, Object> of(Flow flow) {
        Map<String, Object> state = new LinkedHashMap<>();
        boolean http = flow.kind().http();
        state.put("type", http ? "http" : flow.kind().id());
        state.put("id", clean(flow.id()));
        state.put("error", flow.error() == null ? null : error(flow));
        state.put("client_conn", client(flow));
        state.put("server_conn", server(flow));
        state.put("intercepted", false);
        state.put("is_replay", null);
        state.put("marked", clean(flow.mark()));
        state.put("metadata", new LinkedHashMap<>());
        state.put("comment", clean(flow.comment()));
        state.put("timestamp_created", started(flow));
        if (http) {
            state.put("request", request(flow));
            state.put("response", flow.response() == null ? null : response(flow, flow.response()));
            state.put("websocket", flow.kind() == FlowKind.WEBSOCKET ? websocket(flow) : null);
        }
        return state;
    }

    private static double started(Flow flow) {
        return Double.isNaN(flow.timing().started()) ? 0 : flow.timing().started();
    }

    private static Object or(double value, double other) {
        return Double.isNaN(value) ? other : value;
    }

    /// Strings of a dump are UTF-8; bytes that were none cannot stand in them.
    static String clean(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0xdc80 && c <= 0xdcff && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1))))
                return new String(text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8);
        }
        return text;
    }

    private static String cleanOrNull(String text) {
        return text == null ? null : clean(text);
    }

    private static Map<String, Object> error(Flow flow) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("msg", clean(flow.error()));
        error.put("timestamp", or(flow.timing().responseEnd(), started(flow)));
        return error;
    }

    private static List<Object> address(Endpoint end) {
        return end == null ? null : State.listOf(clean(end.host()), (long) end.port());
    }

    private static Map<String, Object> connection(Flow flow, TlsFacts tls, Endpoint peer) {
        Map<String, Object> conn = new LinkedHashMap<>();
        conn.put("peername", address(peer));
        conn.put("transport_protocol", flow.kind() == FlowKind.UDP || flow.kind() == FlowKind.DNS ? "udp" : "tcp");
        conn.put("error", null);
        conn.put("tls", tls != null);
        conn.put("alpn", tls == null || tls.alpn() == null ? null : Bytes.of(tls.alpn()));
        conn.put("alpn_offers", State.listOf());
        conn.put("cipher", tls == null ? null : cleanOrNull(tls.cipher()));
        conn.put("cipher_list", State.listOf());
        conn.put("tls_version", tls == null ? null : tls.version());
        conn.put("sni", tls == null ? null : cleanOrNull(tls.sni()));
        conn.put("timestamp_end", null);
        return conn;
    }

    private static Map<String, Object> client(Flow flow) {
        ConnectionFacts facts = flow.connection();
        TlsFacts tls = facts.clientTls();
        Map<String, Object> conn = connection(flow, tls, facts.client());
        if (facts.client() == null) conn.put("peername", State.listOf("", 0L));
        conn.put("sockname", State.listOf("", 0L));
        conn.put("id", facts.id() == null ? "client of " + clean(flow.id()) : clean(facts.id()));
        conn.put("certificate_list", State.listOf());
        conn.put("mitmcert", tls == null || tls.certificates().isEmpty() ? null : Bytes.of(tls.certificates().getFirst()));
        conn.put("proxy_mode", "regular");
        conn.put("timestamp_start", started(flow));
        conn.put("timestamp_tls_setup", tls == null ? null : (Object) started(flow));
        conn.put("state", 0L);
        return conn;
    }

    private static Map<String, Object> server(Flow flow) {
        ConnectionFacts facts = flow.connection();
        Timing timing = flow.timing();
        TlsFacts tls = facts.serverTls();
        Map<String, Object> conn = connection(flow, tls, facts.server());
        conn.put("sockname", null);
        conn.put("address", flow.request() == null ? address(facts.server()) : State.listOf(clean(flow.request().host()), (long) flow.request().port()));
        conn.put("id", (facts.id() == null ? "server of " + clean(flow.id()) : "server of " + clean(facts.id())));
        List<Object> chain = new ArrayList<>();
        if (tls != null) tls.certificates().forEach(pem -> chain.add(Bytes.of(pem)));
        conn.put("certificate_list", chain);
        conn.put("via", null);
        conn.put("timestamp_start", State.orNull(timing.connectStart()));
        conn.put("timestamp_tcp_setup", State.orNull(timing.connectEnd()));
        conn.put("timestamp_tls_setup", State.orNull(timing.tlsEnd()));
        conn.put("state", 0L);
        return conn;
    }

    static List<Object> headers(Headers headers) {
        List<Object> fields = new ArrayList<>(headers.fields().size());
        for (Headers.Field field : headers.fields()) fields.add(State.listOf(Bytes.of(field.name()), Bytes.of(field.value())));
        return fields;
    }

    private static Map<String, Object> message(String version, Headers headers, Headers trailers, double start, double end) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("http_version", Bytes.of(version.isEmpty() ? "HTTP/1.1" : version));
        message.put("headers", headers(headers));
        message.put("trailers", trailers.fields().isEmpty() ? null : headers(trailers));
        message.put("timestamp_start", start);
        message.put("timestamp_end", State.orNull(end));
        return message;
    }

    private static Map<String, Object> request(Flow flow) {
        RequestHead head = flow.request() != null ? flow.request() : new RequestHead("GET", "http", "unknown", 0, "", "/", "", Headers.NONE);
        Timing timing = flow.timing();
        double start = Double.isNaN(timing.requestStart()) ? started(flow) : timing.requestStart();
        Map<String, Object> request = message(head.httpVersion(), head.headers(), flow.requestTrailers(), start, timing.requestEnd());
        request.put("host", clean(head.host()));
        request.put("port", (long) head.port());
        request.put("method", Bytes.of(head.method()));
        request.put("scheme", Bytes.of(head.scheme()));
        request.put("authority", Bytes.of(head.authority()));
        request.put("path", Bytes.of(head.path()));
        return request;
    }

    private static Map<String, Object> response(Flow flow, ResponseHead head) {
        Timing timing = flow.timing();
        double start = Double.isNaN(timing.responseStart()) ? started(flow) : timing.responseStart();
        Map<String, Object> response = message(head.httpVersion(), head.headers(), flow.responseTrailers(), start, timing.responseEnd());
        response.put("status_code", (long) head.status());
        response.put("reason", Bytes.of(head.reason()));
        return response;
    }

    private static Map<String, Object> websocket(Flow flow) {
        Map<String, Object> websocket = new LinkedHashMap<>();
        websocket.put("closed_by_client", null);
        websocket.put("close_code", null);
        websocket.put("close_reason", null);
        websocket.put("timestamp_end", null);
        return websocket;
    }

    /// Whether a body's bytes are there to be written.
    static boolean recorded(BodyFacts body) {
        return body.state() != BodyFacts.State.MISSING;
    }
}
