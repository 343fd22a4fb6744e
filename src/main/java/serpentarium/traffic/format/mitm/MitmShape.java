package serpentarium.traffic.format.mitm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings a state of version 21 into exactly the fields of the version that is written: mitmproxy refuses what it does not know, and needs what
/// it does.
///
/// Source: `get_state` and `set_state` of `mitmproxy/connection.py`, `flow.py` and `http.py` in 8.1 (version 17) and 12 (version 21).
final class MitmShape {
    /// What mitmproxy 8.1 writes, and every later one reads.
    static final int COMMON = 17;

    private static final List<String> TOP = List.of("type", "id", "error", "client_conn", "server_conn", "intercepted", "is_replay", "marked", "metadata",
            "comment", "timestamp_created", "backup");
    private static final List<String> HTTP = List.of("request", "response", "websocket");
    private static final List<String> HEAD = List.of("http_version", "headers", "content", "trailers", "timestamp_start", "timestamp_end");
    private static final List<String> REQUEST = List.of("host", "port", "method", "scheme", "authority", "path");
    private static final List<String> RESPONSE = List.of("status_code", "reason");
    private static final List<String> WEBSOCKET = List.of("messages", "closed_by_client", "close_code", "close_reason", "timestamp_end");
    private static final List<String> CONNECTION = List.of("id", "error", "tls", "certificate_list", "alpn", "alpn_offers", "cipher_list", "tls_version", "sni",
            "timestamp_start", "timestamp_end", "timestamp_tls_setup", "transport_protocol");

    private MitmShape() {}

    static Map<String, Object> of(Map<String, Object> latest, int version) {
        Map<String, Object> flow = new LinkedHashMap<>();
        flow.put("version", (long) version);
        for (String key : TOP) if (latest.containsKey(key)) flow.put(key, latest.get(key));
        Map<String, Object> error = State.map(latest, "error");
        if (error != null) flow.put("error", only(error, List.of("msg", "timestamp")));
        flow.put("client_conn", client(orEmpty(State.map(latest, "client_conn")), version));
        flow.put("server_conn", server(orEmpty(State.map(latest, "server_conn")), version));
        switch (State.textOr(latest, "type", "")) {
            case "http" -> {
                for (String key : HTTP) flow.put(key, latest.get(key));
                Map<String, Object> request = State.map(latest, "request");
                Map<String, Object> response = State.map(latest, "response");
                Map<String, Object> websocket = State.map(latest, "websocket");
                if (request != null) flow.put("request", only(only(request, HEAD), request, REQUEST));
                if (response != null) flow.put("response", only(only(response, HEAD), response, RESPONSE));
                if (websocket != null) flow.put("websocket", only(websocket, WEBSOCKET));
            }
            case "dns" -> {
                flow.put("request", latest.get("request"));
                flow.put("response", latest.get("response"));
            }
            default -> flow.put("messages", latest.get("messages"));
        }
        return flow;
    }

    private static Map<String, Object> orEmpty(Map<String, Object> map) {
        return map == null ? Map.of() : map;
    }

    private static Map<String, Object> only(Map<String, Object> from, List<String> keys) {
        return only(new LinkedHashMap<>(), from, keys);
    }

    private static Map<String, Object> only(Map<String, Object> into, Map<String, Object> from, List<String> keys) {
        for (String key : keys) into.put(key, from.get(key));
        return into;
    }

    private static Map<String, Object> client(Map<String, Object> from, int version) {
        Map<String, Object> conn = only(from, CONNECTION);
        conn.put("mitmcert", from.get("mitmcert"));
        conn.put("sockname", from.get("sockname"));
        if (version == COMMON) {
            conn.put("address", from.get("peername"));
            conn.put("tls_extensions", State.listOf());
            old(conn, from);
        } else {
            conn.put("peername", from.get("peername"));
            conn.put("cipher", from.get("cipher"));
            conn.put("proxy_mode", from.get("proxy_mode"));
        }
        return conn;
    }

    private static Map<String, Object> server(Map<String, Object> from, int version) {
        Map<String, Object> conn = only(from, CONNECTION);
        conn.put("address", from.get("address"));
        conn.put("timestamp_tcp_setup", from.get("timestamp_tcp_setup"));
        if (version == COMMON) {
            conn.put("ip_address", from.get("peername"));
            conn.put("source_address", from.get("sockname"));
            conn.put("via", null);
            conn.put("via2", from.get("via"));
            old(conn, from);
        } else {
            conn.put("peername", from.get("peername"));
            conn.put("sockname", from.get("sockname"));
            conn.put("cipher", from.get("cipher"));
            conn.put("via", from.get("via"));
        }
        return conn;
    }

    private static void old(Map<String, Object> conn, Map<String, Object> from) {
        conn.put("cipher_name", from.get("cipher"));
        conn.put("tls_established", from.get("timestamp_tls_setup") != null);
        conn.put("state", from.get("state") instanceof Long state ? state : (Object) 0L);
    }
}
