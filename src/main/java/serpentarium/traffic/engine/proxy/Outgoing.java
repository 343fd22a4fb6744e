package serpentarium.traffic.engine.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.WireText;

/// A request that a person sends from here. Its fields go out in their order and case; only the length of the body is put right.
///
/// @param method  such as `GET`
/// @param url     of HTTP or HTTPS
/// @param fields  the header, as [WireText]
/// @param content the body as it is sent
/// @param version what is spoken
/// @param limit   how long the whole exchange may take
/// @param extras  what is kept with the flow, by `format.field`
/// @param ruled   whether rules act on it, as they do on what comes through a listener
public record Outgoing(String method, String url, List<Headers.Field> fields, Content content, Version version, Duration limit, Map<String, byte[]> extras, boolean ruled) {
    private static final Strings STRINGS = Strings.of(Outgoing.class);
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    /// What is spoken with the server.
    public enum Version {
        /// HTTP/1.1.
        HTTP_1_1,
        /// HTTP/2: agreed on inside TLS, spoken at once where there is none.
        HTTP_2
    }

    /// A body.
    ///
    /// @param length how many bytes it has
    /// @param from   opens it; it is read beside the connection, as fast as it can be written
    public record Content(long length, Opening from) {
        /// None.
        public static final Content NONE = of(new byte[0]);

        /// Bytes.
        public static Content of(byte[] bytes) {
            return new Content(bytes.length, () -> new ByteArrayInputStream(bytes));
        }
    }

    /// Opens a body.
    public interface Opening {
        /// From its beginning.
        InputStream open() throws IOException;
    }

    /// A request on its way.
    public interface Running {
        /// Breaks it off.
        void cancel();
    }

    public Outgoing {
        fields = List.copyOf(fields);
        extras = Map.copyOf(extras);
    }

    /// One that goes past all rules.
    public Outgoing(String method, String url, List<Headers.Field> fields, Content content, Version version, Duration limit, Map<String, byte[]> extras) {
        this(method, url, fields, content, version, limit, extras, false);
    }

    /// The same, with or without rules.
    public Outgoing ruled(boolean now) {
        return new Outgoing(method, url, fields, content, version, limit, extras, now);
    }

    /// Looks whether it can be sent.
    ///
    /// @throws ProblemException that says what is wrong with it
    public void check() {
        try {
            origin();
            RequestLine.of(new Head(head(false)));
            if (version == Version.HTTP_1_1 || ruled) Framing.ofRequest(new Head(head(false)), false);
        } catch (BadMessage bad) {
            throw new ProblemException(Problem.of(STRINGS, "send.bad", Place.NOWHERE, bad.getMessage()).causedBy(bad));
        }
    }

    Origin origin() throws BadMessage {
        Origin origin = Origin.ofAbsolute(url);
        if (origin == null) throw new BadMessage(400, STRINGS.get("send.no-url"));
        return origin;
    }

    private String path() {
        return Origin.path(url, method);
    }

    /// Whether the body goes in chunks, because a field says so.
    boolean chunked() {
        return version == Version.HTTP_1_1 && fields.stream().anyMatch(field -> field.name().equalsIgnoreCase("transfer-encoding"));
    }

    /// The fields with the length that the body has.
    private List<Headers.Field> framed() {
        boolean chunked = chunked();
        var out = new ArrayList<Headers.Field>();
        boolean said = false;
        for (Headers.Field field : fields) {
            if (!field.name().equalsIgnoreCase("content-length")) out.add(field);
            else if (!said && !chunked) {
                out.add(new Headers.Field(field.name(), Long.toString(content.length())));
                said = true;
            }
        }
        if (!said && !chunked && (content.length() > 0 || WITH_BODY.contains(method))) out.add(new Headers.Field("Content-Length", Long.toString(content.length())));
        return out;
    }

    /// The head as HTTP/1.1 has it.
    ///
    /// @param absolute whether its target is the whole URL
    byte[] head(boolean absolute) throws BadMessage {
        Origin to = origin();
        List<Headers.Field> all = framed();
        if (all.stream().noneMatch(field -> field.name().equalsIgnoreCase("host"))) all.addFirst(new Headers.Field("Host", to.hostField()));
        for (Headers.Field field : all) {
            if (field.name().isBlank()) throw new BadMessage(400, STRINGS.get("send.no-name"));
            if ((field.name() + field.value()).chars().anyMatch(c -> c == '\r' || c == '\n')) throw new BadMessage(400, STRINGS.get("send.two-lines", field.name().strip()));
        }
        return Heads.bytes(request(to, new Headers(all)), all, absolute);
    }

    private RequestHead request(Origin to, Headers headers) {
        return new RequestHead(method, to.tls() ? "https" : "http", to.host(), to.port(), "", path(), "HTTP/1.1", headers);
    }

    /// The fields as HTTP/2 has them, the pseudo-fields first.
    List<Headers.Field> fields2() throws BadMessage {
        Origin to = origin();
        var out = new ArrayList<Headers.Field>();
        String authority = fields.stream().filter(field -> field.name().equalsIgnoreCase("host")).map(Headers.Field::value).findFirst().orElse(to.hostField());
        out.add(new Headers.Field(":method", method));
        out.add(new Headers.Field(":scheme", to.tls() ? "https" : "http"));
        out.add(new Headers.Field(":authority", authority));
        out.add(new Headers.Field(":path", path()));
        Set<String> left = Set.of("host", "connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");
        for (Headers.Field field : framed()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            boolean trailers = !name.equals("te") || field.value().strip().equalsIgnoreCase("trailers");
            if (!left.contains(name) && trailers) out.add(new Headers.Field(name, latin(field.value())));
        }
        return out;
    }

    /// Text whose characters are the bytes that are sent.
    private static String latin(String value) {
        return new String(WireText.encode(value), StandardCharsets.ISO_8859_1);
    }
}
