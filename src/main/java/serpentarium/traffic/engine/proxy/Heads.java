package serpentarium.traffic.engine.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.WireText;

/// Heads of HTTP/1 as records that rules can change, and back to bytes that only one thing can be understood by.
///
/// Source: RFC 9110 section 7.6.1, RFC 9112 sections 3 to 6.
final class Heads {
    private static final Strings STRINGS = Strings.of(Heads.class);
    /// What is for one connection only.
    private static final Set<String> HOP = Set.of("connection", "keep-alive", "proxy-connection", "proxy-authorization", "transfer-encoding", "content-length", "te", "upgrade",
            "http2-settings");
    /// What would change the meaning of what came before it.
    private static final Set<String> NO_TRAILER = Set.of("transfer-encoding", "content-length", "host", "trailer", "content-encoding", "content-type", "content-range",
            "authorization", "proxy-authorization", "connection", "set-cookie", "cookie", "te", "upgrade", "expect");

    private Heads() {}

    /// The fields of a head.
    static Headers headers(Head head) {
        var fields = new ArrayList<Headers.Field>(head.count());
        for (int i = 0; i < head.count(); i++)
            fields.add(new Headers.Field(head.name(i), WireText.decode(head.value(i).getBytes(StandardCharsets.ISO_8859_1))));
        return new Headers(fields);
    }

    /// A request that goes to a server.
    ///
    /// @throws BadMessage when its target is in a form that says nothing to a server
    static RequestHead request(Head head, RequestLine line, Origin to) throws BadMessage {
        String target = WireText.decode(line.target().getBytes(StandardCharsets.ISO_8859_1));
        Origin absolute = Origin.ofAbsolute(target);
        String path = absolute == null ? target : Origin.path(target, line.method());
        if (!path.startsWith("/") && !(path.equals("*") && line.method().equals("OPTIONS"))) throw new BadMessage(400, STRINGS.get("bad.target"));
        return new RequestHead(line.method(), to.tls() ? "https" : "http", to.host(), to.port(), "", path, line.version(), headers(head));
    }

    /// A response.
    ///
    /// @throws BadMessage when it is none
    static ResponseHead response(Head head) throws BadMessage {
        String line = head.line();
        boolean plain = line.length() >= 12 && (line.startsWith("HTTP/1.1 ") || line.startsWith("HTTP/1.0 ")) && (line.length() == 12 || line.charAt(12) == ' ');
        int status = 0;
        for (int i = 9; plain && i < 12; i++) {
            char c = line.charAt(i);
            plain = c >= '0' && c <= '9';
            status = status * 10 + c - '0';
        }
        if (!plain || status < 100 || status > 599) throw new BadMessage(502, STRINGS.get("bad.response"));
        String reason = line.length() > 13 ? WireText.decode(line.substring(13).getBytes(StandardCharsets.ISO_8859_1)) : "";
        return new ResponseHead(status, reason, line.substring(0, 8), headers(head));
    }

    /// How a body that is to be written anew ends; a coding of the transfer that is not chunked alone is refused.
    static Framing strict(Head head, Framing framing, int status) throws BadMessage {
        String coding = head.only("transfer-encoding");
        if (coding != null && !coding.strip().equalsIgnoreCase("chunked")) throw new BadMessage(status, STRINGS.get("bad.coding"));
        return framing;
    }

    /// The fields as they go on: without what is for one connection only, with how the body ends in the place where that stood.
    ///
    /// @param length  the body's length; -1 for one in chunks, -2 to say nothing, -3 to leave what was said
    /// @param upgrade whether the connection may become another protocol's
    static List<Headers.Field> onward(Headers headers, long length, boolean upgrade) {
        var named = new HashSet<String>();
        for (String value : headers.all("connection"))
            for (String name : value.split(",")) named.add(name.strip().toLowerCase(Locale.ROOT));
        // A field that says where a message goes or ends cannot be taken away by naming it.
        named.removeAll(Set.of("host", "content-length", "transfer-encoding", "expect", "content-encoding", "content-type", "upgrade", ""));
        Headers.Field framed = length >= 0 ? new Headers.Field("Content-Length", Long.toString(length)) : length == -1 ? new Headers.Field("Transfer-Encoding", "chunked") : null;
        var out = new ArrayList<Headers.Field>();
        for (Headers.Field field : headers.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            boolean frames = name.equals("content-length") || name.equals("transfer-encoding");
            if (frames && length == -3) {
                if (name.equals("content-length")) out.add(field);
            } else if (frames && framed != null) {
                out.add(framed);
                framed = null;
            } else if (name.equals("te") && field.value().strip().equalsIgnoreCase("trailers")) out.add(field);
            else if (name.equals("upgrade") && upgrade) out.add(field);
            else if (!HOP.contains(name) && !named.contains(name)) out.add(field);
        }
        if (framed != null) out.add(framed);
        if (upgrade) out.add(new Headers.Field("Connection", "Upgrade"));
        else if (headers.first("te").filter(te -> te.strip().equalsIgnoreCase("trailers")).isPresent()) out.add(new Headers.Field("Connection", "TE"));
        return out;
    }

    /// The fields that may follow a body.
    static Headers trailers(Headers came) {
        return new Headers(came.fields().stream().filter(field -> !NO_TRAILER.contains(field.name().toLowerCase(Locale.ROOT))).toList());
    }

    /// A request's head.
    ///
    /// @param absolute whether its target is the whole URL
    static byte[] bytes(RequestHead head, List<Headers.Field> fields, boolean absolute) {
        String path = head.path();
        String target = absolute ? url(head) : path;
        return bytes(head.method() + " " + target + " HTTP/1.1", fields);
    }

    private static String url(RequestHead head) {
        String name = head.host().indexOf(':') >= 0 ? "[" + head.host() + "]" : head.host();
        boolean usual = head.port() == (head.scheme().equals("https") ? 443 : 80);
        return head.scheme() + "://" + name + (usual ? "" : ":" + head.port()) + (head.path().equals("*") ? "" : head.path());
    }

    /// A response's head.
    static byte[] bytes(ResponseHead head, List<Headers.Field> fields) {
        return bytes("HTTP/1.1 " + head.status() + " " + head.reason(), fields);
    }

    private static byte[] bytes(String line, List<Headers.Field> fields) {
        var text = new StringBuilder(line).append("\r\n");
        for (Headers.Field field : fields) text.append(field.name()).append(": ").append(field.value()).append("\r\n");
        return WireText.encode(text.append("\r\n").toString());
    }

    /// Fields with one that stands there once.
    static Headers with(Headers headers, String name, String value) {
        var fields = new ArrayList<Headers.Field>();
        boolean done = false;
        for (Headers.Field field : headers.fields()) {
            if (!field.name().equalsIgnoreCase(name)) fields.add(field);
            else if (!done) {
                done = true;
                fields.add(new Headers.Field(field.name(), value));
            }
        }
        if (!done) fields.add(0, new Headers.Field(name, value));
        return new Headers(fields);
    }

    /// Fields without those of a name.
    static Headers without(Headers headers, String name) {
        return new Headers(headers.fields().stream().filter(field -> !field.name().equalsIgnoreCase(name)).toList());
    }

    /// The same request with other fields.
    static RequestHead with(RequestHead head, Headers headers) {
        return new RequestHead(head.method(), head.scheme(), head.host(), head.port(), head.authority(), head.path(), head.httpVersion(), headers);
    }

    /// The same response with other fields.
    static ResponseHead with(ResponseHead head, Headers headers) {
        return new ResponseHead(head.status(), head.reason(), head.httpVersion(), headers);
    }
}
