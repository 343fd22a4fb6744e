package serpentarium.traffic.format.mitm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings the state of a flow, of any version, into the shape of version 21.
///
/// Source: `mitmproxy/io/compat.py`. That file goes from version to version; here each field is taken from the names it has had.
final class MitmMigration {
    /// The version of dumps that mitmproxy writes now.
    static final int LATEST = 21;
    private static final int FIRST_WHOLE = 4;

    private MitmMigration() {}

    /// A flow's version: 4 to 21, the years of `0.x` as x - 100, and 1 to 3 as they are; -1 where there is none.
    static int version(Map<String, Object> raw) {
        Object version = raw.get("version");
        if (version instanceof Long number && number >= FIRST_WHOLE && number < 10_000) return number.intValue();
        List<?> parts = State.list(version);
        if (parts.size() < 2) return -1;
        int major = State.whole(parts.get(0), 3, -1);
        int minor = State.whole(parts.get(1), 99, -1);
        if (major < 0 || minor < 0) return -1;
        return major == 0 ? minor - 100 : major;
    }

    static Map<String, Object> latest(Map<String, Object> raw, int version) {
        Map<String, Object> flow = new LinkedHashMap<>(raw);
        flow.remove("version");
        flow.remove("mode");
        flow.putIfAbsent("type", "http");
        text(flow, "type");
        text(flow, "id");
        Map<String, Object> error = State.map(flow, "error");
        if (error != null) {
            text(error, "msg");
            text(error, "message");
        }
        Map<String, Object> client = State.map(flow, "client_conn");
        Map<String, Object> server = State.map(flow, "server_conn");
        if (client != null) flow.put("client_conn", client(client, version));
        if (server != null) flow.put("server_conn", server(server, version));
        boolean dns = "dns".equals(flow.get("type"));
        Map<String, Object> request = State.map(flow, "request");
        Map<String, Object> response = State.map(flow, "response");
        if (!dns && request != null) request(flow, request, version);
        if (!dns && response != null) response(flow, response, request, version);
        if (flow.get("marked") instanceof Boolean marked) flow.put("marked", marked ? ":default:" : "");
        flow.putIfAbsent("marked", "");
        flow.putIfAbsent("comment", "");
        flow.putIfAbsent("metadata", new LinkedHashMap<>());
        flow.putIfAbsent("is_replay", null);
        flow.putIfAbsent("intercepted", false);
        flow.putIfAbsent("error", null);
        Map<String, Object> from = request != null ? request : client;
        if (!flow.containsKey("timestamp_created")) flow.put("timestamp_created", from == null ? null : from.get("timestamp_start"));
        websocket(flow, version);
        return flow;
    }

    private static void text(Map<String, Object> in, String key) {
        if (in.get(key) instanceof Bytes bytes) in.put(key, bytes.text());
    }

    /// Gives a field its new name, unless there is one of that name already.
    private static void rename(Map<String, Object> in, String from, String to) {
        if (!in.containsKey(from)) return;
        Object value = in.remove(from);
        in.putIfAbsent(to, value);
    }

    private static Map<String, Object> client(Map<String, Object> raw, int version) {
        Map<String, Object> client = new LinkedHashMap<>(raw);
        if (version < 19) rename(client, "address", "peername");
        rename(client, "clientcert", "certificate_list");
        if (!(client.get("timestamp_start") instanceof Number)) client.put("timestamp_start", 0.0);
        client.remove("tls_extensions");
        client.putIfAbsent("mitmcert", null);
        client.putIfAbsent("proxy_mode", "regular");
        connection(client);
        if (!client.containsKey("sockname")) client.put("sockname", State.listOf("", 0L));
        if (!(client.get("id") instanceof String)) client.put("id", "client " + client.get("timestamp_start") + " " + client.get("peername"));
        return client;
    }

    private static Map<String, Object> server(Map<String, Object> raw, int version) {
        Map<String, Object> server = new LinkedHashMap<>(raw);
        rename(server, "peer_address", "peername");
        rename(server, "ip_address", "peername");
        rename(server, "source_address", "sockname");
        rename(server, "cert", "certificate_list");
        if (version < 19) server.remove("via");
        rename(server, "via2", "via");
        server.putIfAbsent("via", null);
        server.putIfAbsent("timestamp_tcp_setup", null);
        connection(server);
        if (Boolean.TRUE.equals(server.get("sni"))) {
            List<?> address = State.list(server.get("address"));
            server.put("sni", address.isEmpty() ? null : State.text(address.getFirst()));
        }
        if (!(server.get("id") instanceof String)) server.put("id", "server " + server.get("timestamp_start") + " " + server.get("sockname"));
        return server;
    }

    private static void connection(Map<String, Object> conn) {
        boolean established = State.truth(conn.remove("tls_established")) | State.truth(conn.remove("ssl_established"));
        conn.putIfAbsent("tls", established);
        rename(conn, "timestamp_ssl_setup", "timestamp_tls_setup");
        rename(conn, "cipher_name", "cipher");
        rename(conn, "alpn_proto_negotiated", "alpn");
        conn.putIfAbsent("transport_protocol", "tcp");
        for (String key : List.of("cipher", "tls_version", "sni", "alpn", "error", "timestamp_end", "timestamp_start", "timestamp_tls_setup"))
            conn.putIfAbsent(key, null);
        text(conn, "sni");
        text(conn, "id");
        Object alpn = conn.get("alpn");
        if (!(conn.get("alpn_offers") instanceof List<?>)) conn.put("alpn_offers", alpn == null ? State.listOf() : State.listOf(alpn));
        Object cipher = conn.get("cipher");
        if (!(conn.get("cipher_list") instanceof List<?>)) conn.put("cipher_list", cipher == null ? State.listOf() : State.listOf(cipher));
        Object certificates = conn.get("certificate_list");
        if (!(certificates instanceof List<?>)) conn.put("certificate_list", certificates == null ? State.listOf() : State.listOf(certificates));
        if ("QUIC".equals(conn.get("tls_version"))) conn.put("tls_version", "QUICv1");
        for (String key : List.of("peername", "sockname", "address")) if (conn.containsKey(key)) conn.put(key, address(conn.get(key)));
        conn.putIfAbsent("peername", null);
        conn.putIfAbsent("sockname", null);
    }

    /// Until 1.0 an address was a dict of its own; its host was bytes until 3.0.
    private static Object address(Object raw) {
        Map<String, Object> boxed = State.map(raw);
        Object value = boxed == null ? raw : boxed.get("address");
        if (!(value instanceof List<?> list) || list.isEmpty()) return value instanceof List<?> ? null : value;
        if (!(list.getFirst() instanceof Bytes host)) return list;
        List<Object> fixed = new ArrayList<>(list);
        fixed.set(0, host.text());
        return fixed;
    }

    private static void head(Map<String, Object> head, int version) {
        rename(head, "body", "content");
        if (head.remove("httpversion") instanceof List<?> parts && parts.size() == 2)
            head.putIfAbsent("http_version", Bytes.of("HTTP/" + parts.get(0) + "." + parts.get(1)));
        head.putIfAbsent("trailers", null);
        head.putIfAbsent("content", null);
        if (version < 9) head.remove("is_replay");
    }

    private static void request(Map<String, Object> flow, Map<String, Object> raw, int version) {
        Map<String, Object> request = new LinkedHashMap<>(raw);
        if (version < 9 && State.truth(raw.get("is_replay"))) flow.put("is_replay", "request");
        head(request, version);
        for (String old : List.of("form_in", "form_out", "first_line_format", "stickyauth", "stickycookie")) request.remove(old);
        request.putIfAbsent("authority", Bytes.NONE);
        text(request, "host");
        flow.put("request", request);
    }

    private static void response(Map<String, Object> flow, Map<String, Object> raw, Map<String, Object> request, int version) {
        Map<String, Object> response = new LinkedHashMap<>(raw);
        if (version < 9 && State.truth(raw.get("is_replay"))) flow.putIfAbsent("is_replay", "response");
        head(response, version);
        rename(response, "code", "status_code");
        rename(response, "msg", "reason");
        if (version < 14 && response.get("timestamp_start") == null && request != null) {
            // mitmproxy's issue 4576: a response that was set by a person had no times.
            double end = State.real(request, "timestamp_end");
            response.put("timestamp_start", State.orNull(end));
            response.put("timestamp_end", State.orNull(end + 1));
        }
        flow.put("response", response);
    }

    private static void websocket(Map<String, Object> flow, int version) {
        if (version < 12) return;
        Map<String, Object> websocket = State.map(flow, "websocket");
        if (websocket == null) {
            if ("http".equals(flow.get("type"))) flow.putIfAbsent("websocket", null);
            return;
        }
        Map<String, Object> copy = new LinkedHashMap<>(websocket);
        copy.put("messages", State.list(websocket.get("messages")));
        flow.put("websocket", copy);
    }

    /// A handshake of version 11 or before with what its WebSocket flow says, as it is one flow from version 12 on.
    static void join(Map<String, Object> handshake, Map<String, Object> raw) {
        Map<String, Object> websocket = new LinkedHashMap<>();
        websocket.put("messages", State.list(raw.get("messages")));
        websocket.put("closed_by_client", "client".equals(State.text(raw, "close_sender")));
        websocket.put("close_code", raw.get("close_code"));
        websocket.put("close_reason", State.text(raw, "close_reason"));
        Map<String, Object> server = State.map(raw, "server_conn");
        websocket.put("timestamp_end", server == null ? null : server.get("timestamp_end"));
        handshake.put("websocket", websocket);
        if (handshake.get("error") == null) handshake.put("error", raw.get("error"));
    }
}
