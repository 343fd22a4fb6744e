package serpentarium.traffic.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The names that filters know.
final class FilterFields {
    private static final Map<String, FlowFilter.TextField> TEXTS = Map.of("method", FlowFilter.TextField.METHOD, "host", FlowFilter.TextField.HOST,
            "path", FlowFilter.TextField.PATH, "url", FlowFilter.TextField.URL, "type", FlowFilter.TextField.TYPE, "version", FlowFilter.TextField.VERSION,
            "process", FlowFilter.TextField.PROCESS, "mark", FlowFilter.TextField.MARK, "comment", FlowFilter.TextField.COMMENT);

    private static final Map<String, FlowFilter.NumberField> NUMBERS = Map.of("status", FlowFilter.NumberField.STATUS, "duration",
            FlowFilter.NumberField.DURATION, "ttfb", FlowFilter.NumberField.FIRST_BYTE, "size", FlowFilter.NumberField.SIZE, "request.size",
            FlowFilter.NumberField.REQUEST_SIZE, "response.size", FlowFilter.NumberField.RESPONSE_SIZE, "messages", FlowFilter.NumberField.MESSAGES,
            "port", FlowFilter.NumberField.PORT);

    private static final Map<String, FlowFilter.Sides> BODIES = Map.of("body", FlowFilter.Sides.BOTH, "request.body", FlowFilter.Sides.REQUEST,
            "response.body", FlowFilter.Sides.RESPONSE);

    private static final Map<String, FlowFilter.Sides> HEADERS = Map.of("header", FlowFilter.Sides.BOTH, "request.header", FlowFilter.Sides.REQUEST,
            "response.header", FlowFilter.Sides.RESPONSE);

    private static final Map<String, FlowFilter.Property> PROPERTIES = Map.of("error", FlowFilter.Property.ERROR, "response", FlowFilter.Property.RESPONSE,
            "pending", FlowFilter.Property.NO_RESPONSE, "marked", FlowFilter.Property.MARKED, "commented", FlowFilter.Property.COMMENTED, "open",
            FlowFilter.Property.OPEN, "asset", FlowFilter.Property.ASSET);

    /// Every name with the key of its explanation, in the order in which they are offered.
    static final List<String> NAMES = List.of("method", "host", "path", "url", "status", "duration", "ttfb", "size", "request.size", "response.size", "header",
            "request.header", "response.header", "body", "request.body", "response.body", "type", "kind", "source", "version", "port", "messages", "process", "mark",
            "comment", "is:error", "is:response", "is:pending", "is:marked", "is:commented", "is:open", "is:asset");

    private FilterFields() {}

    static boolean known(String name) {
        String n = name.toLowerCase(Locale.ROOT);
        return TEXTS.containsKey(n) || NUMBERS.containsKey(n) || BODIES.containsKey(n) || HEADERS.containsKey(n) || n.equals("kind") || n.equals("source");
    }

    static FlowFilter.TextField text(String name) {
        return TEXTS.get(name.toLowerCase(Locale.ROOT));
    }

    static FlowFilter.NumberField number(String name) {
        return NUMBERS.get(name.toLowerCase(Locale.ROOT));
    }

    static FlowFilter.Sides body(String name) {
        return BODIES.get(name.toLowerCase(Locale.ROOT));
    }

    static FlowFilter.Sides header(String name) {
        return HEADERS.get(name.toLowerCase(Locale.ROOT));
    }

    static FlowFilter.Property property(String name) {
        return PROPERTIES.get(name.toLowerCase(Locale.ROOT));
    }

    /// The values that make sense for a field, for completion.
    static List<String> values(String name) {
        var values = new LinkedHashMap<String, List<String>>();
        values.put("method", List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT"));
        values.put("status", List.of("200", "301", "304", "400", "401", "403", "404", "429", "500", "502", "503"));
        values.put("duration", List.of("100ms", "500ms", "1s", "10s"));
        values.put("ttfb", List.of("100ms", "500ms", "1s"));
        values.put("size", List.of("10kB", "100kB", "1MB", "10MB"));
        values.put("kind", List.of("http", "websocket", "sse", "grpc", "tcp", "udp", "dns"));
        values.put("source", List.of("proxy", "reverse", "packets", "program", "file"));
        values.put("type", List.of("json", "html", "image", "javascript", "css", "xml", "text"));
        values.put("header", List.of("content-type", "authorization", "cookie", "set-cookie", "user-agent", "cache-control"));
        return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
