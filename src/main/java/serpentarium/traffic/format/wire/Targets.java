package serpentarium.traffic.format.wire;

import java.util.Locale;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;

/// What a request asks for: its target, Host field and connection put together.
final class Targets {
    private Targets() {}

    /// The head of a request of HTTP/1.
    static RequestHead head(String method, String target, String version, Headers headers, Link link) {
        String scheme = link.scheme();
        if (method.equals("CONNECT")) return of(method, "", target, "", version, headers, link);
        int colon = target.indexOf("://");
        if (colon <= 0 || target.startsWith("/")) return of(method, scheme, "", target, version, headers, link);
        int start = colon + 3;
        int end = start;
        while (end < target.length() && "/?#".indexOf(target.charAt(end)) < 0) end++;
        return of(method, target.substring(0, colon).toLowerCase(Locale.ROOT), target.substring(start, end), target.substring(end), version, headers, link);
    }

    /// A head whose host is found in the authority, else the Host field, else the connection.
    static RequestHead of(String method, String scheme, String authority, String path, String version, Headers headers, Link link) {
        String name = authority;
        if (name.isEmpty()) {
            for (Headers.Field field : headers.fields()) {
                if (field.name().length() == 4 && field.name().equalsIgnoreCase("host")) {
                    name = field.value();
                    break;
                }
            }
        }
        name = name.substring(name.lastIndexOf('@') + 1);
        Endpoint server = link.server();
        if (name.isEmpty()) return new RequestHead(method, scheme, server == null ? "" : server.host(), server == null ? 0 : server.port(), authority, path, version, headers);
        int usual = scheme.equals("https") ? 443 : scheme.equals("http") ? 80 : 0;
        int colon = name.lastIndexOf(':');
        boolean bracket = name.startsWith("[");
        boolean ported = colon > name.lastIndexOf(']') && (bracket || name.indexOf(':') == colon);
        int port = ported ? port(name.substring(colon + 1)) : -1;
        String host = port >= 0 ? name.substring(0, colon) : name;
        if (bracket && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        return new RequestHead(method, scheme, host, port >= 0 ? port : usual, authority, path, version, headers);
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5) return -1;
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return -1;
            port = port * 10 + digits.charAt(i) - '0';
        }
        return port <= 65535 ? port : -1;
    }
}
