package serpentarium.traffic.engine.proxy;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Heads of HTTP/2 at a listener in front of one server, put right as [ReverseRoute] puts those of HTTP/1 right.
final class ReverseHeads {
    private static final int MOST_STREAMS = 10_000;

    private final ListenerSpec.Reverse spec;
    private final ReverseRoute route;
    /// What the client calls the listener, by stream, until the answer's head has come.
    private final Map<Integer, String> authorities = new LinkedHashMap<>() {
        @Override protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
            return size() > MOST_STREAMS;
        }
    };

    private ReverseHeads(ListenerSpec.Reverse spec, boolean secure) {
        this.spec = spec;
        route = new ReverseRoute(spec, null, secure);
    }

    /// A passage whose server stands goes on with HTTP/2.
    ///
    /// @param secure whether the client speaks TLS to the listener
    static void begin(Passage passage, ListenerSpec.Reverse spec, boolean secure) {
        var heads = new ReverseHeads(spec, secure);
        Http2Heads.begin(passage, heads::request, heads::response);
    }

    private void request(int stream, Http2Headers headers) {
        if (headers.method() == null) return;
        CharSequence authority = headers.authority() != null ? headers.authority() : headers.get("host");
        if (authority != null) authorities.put(stream, authority.toString());
        if (!spec.keepHost()) {
            headers.authority(spec.origin().hostField());
            if (headers.contains("host")) headers.set("host", spec.origin().hostField());
        }
        if (headers.scheme() != null) headers.scheme(spec.origin().tls() ? "https" : "http");
        if (headers.path() != null) headers.path(route.target(headers.path().toString()));
    }

    private void response(int stream, Http2Headers headers) {
        if (headers.method() != null) {
            promised(stream, headers);
            return;
        }
        if (headers.status() == null) return;
        boolean last = headers.status().length() == 0 || headers.status().charAt(0) != '1';
        String authority = last ? authorities.remove(stream) : authorities.get(stream);
        String known = authority == null ? "" : authority;
        for (String name : List.of("location", "content-location")) change(headers, name, value -> route.location(value, known));
        change(headers, "set-cookie", route::cookie);
    }

    /// A server that promises an answer asks as if it were the client.
    private void promised(int stream, Http2Headers headers) {
        String authority = authorities.get(stream);
        if (authority != null && headers.authority() != null && spec.origin().hostField().contentEquals(headers.authority())) headers.authority(authority);
    }

    private static void change(Http2Headers headers, String name, UnaryOperator<String> change) {
        List<CharSequence> values = headers.getAll(name);
        if (values.isEmpty()) return;
        List<String> now = values.stream().map(value -> change.apply(value.toString())).toList();
        if (!now.equals(values.stream().map(CharSequence::toString).toList())) headers.set(name, now);
    }
}
