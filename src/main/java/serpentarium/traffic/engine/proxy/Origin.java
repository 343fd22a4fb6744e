package serpentarium.traffic.engine.proxy;

import java.util.Locale;
import serpentarium.base.Strings;

/// Where a request wants to go.
///
/// @param tls  whether TLS is spoken there
/// @param host a name or an address, in small letters, without brackets
/// @param port 1…65535
public record Origin(boolean tls, String host, int port) {
    private static final Strings STRINGS = Strings.of(Origin.class);

    /// `host:port` of a CONNECT.
    static Origin ofConnect(String target) throws BadMessage {
        return of(false, target, -1);
    }

    /// The origin in an absolute target; null where it is in another form.
    static Origin ofAbsolute(String target) throws BadMessage {
        boolean tls = target.regionMatches(true, 0, "https://", 0, 8);
        if (!tls && !target.regionMatches(true, 0, "http://", 0, 7)) return null;
        return of(tls, authority(target), tls ? 443 : 80);
    }

    /// What stands between the scheme and the path, without a user's name.
    static String authority(String target) {
        int start = target.indexOf("://") + 3;
        int end = pathStart(target, start);
        return target.substring(Math.max(start, target.lastIndexOf('@', end - 1) + 1), end);
    }

    /// Path and query of an absolute target, as the origin wants them.
    static String path(String target, String method) {
        int at = pathStart(target, target.indexOf("://") + 3);
        int fragment = target.indexOf('#', at);
        String path = target.substring(at, fragment < 0 ? target.length() : fragment);
        if (path.isEmpty()) return method.equals("OPTIONS") ? "*" : "/";
        return path.charAt(0) == '?' ? "/" + path : path;
    }

    private static int pathStart(String target, int from) {
        int at = from;
        while (at < target.length() && "/?#".indexOf(target.charAt(at)) < 0) at++;
        return at;
    }

    /// A host with a port, an IPv6 address in brackets.
    ///
    /// @param usual the port where none is given; -1 where one must be
    static Origin of(boolean tls, String authority, int usual) throws BadMessage {
        int colon = authority.lastIndexOf(':');
        boolean ported = colon > authority.lastIndexOf(']');
        String host = ported ? authority.substring(0, colon) : authority;
        boolean bracket = host.startsWith("[") && host.endsWith("]");
        if (bracket) host = host.substring(1, host.length() - 1);
        if (host.isEmpty() || host.length() > 255 || !valid(host, bracket)) throw bad();
        int port = ported ? port(authority.substring(colon + 1)) : usual;
        if (port <= 0) throw bad();
        return new Origin(tls, host.toLowerCase(Locale.ROOT), port);
    }

    private static boolean valid(String host, boolean bracket) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
            if (!plain && !(bracket && (c == ':' || c == '%'))) return false;
        }
        return !bracket || host.indexOf(':') >= 0;
    }

    private static int port(String digits) throws BadMessage {
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) throw bad();
        int port = Integer.parseInt(digits);
        if (port > 65535) throw bad();
        return port;
    }

    private static BadMessage bad() {
        return new BadMessage(400, STRINGS.get("bad.target"));
    }

    /// As it stands in a Host field.
    String hostField() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (tls ? 443 : 80) ? name : name + ":" + port;
    }

    /// As `host:port`.
    @Override public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
