package serpentarium.traffic.engine.proxy;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import serpentarium.base.Strings;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.analysis.rule.RuleBook;

/// One exchange on its way through rules.
final class Crossing {
    /// More of a body than this is not kept beside what it became.
    private static final int MOST_KEPT = 1 << 20;
    private static final Strings STRINGS = Strings.of(Crossing.class);

    final Head head;
    final RequestLine line;
    final Framing framing;
    final Origin to;
    final double time;
    final RuleBook book;
    final Passing passing;
    final RequestHead came;
    final boolean bodiless;
    final boolean upgrade;
    final boolean keep;
    final boolean expects;
    RequestHead request;
    byte[] gathered;
    byte[] edited;
    Headers trailers = Headers.NONE;
    boolean told;
    boolean asked;
    boolean recorded;
    boolean requestDone;
    boolean answered;
    int rate;
    private final List<String> applied = new ArrayList<>();
    private final Map<String, byte[]> extras = new LinkedHashMap<>();
    private boolean said;

    Crossing(Head head, RequestLine line, Framing framing, Origin to, double time, RuleBook book, Passing passing) {
        this.head = head;
        this.line = line;
        this.framing = framing;
        this.to = to;
        this.time = time;
        this.book = book;
        this.passing = passing;
        came = passing.request();
        request = came;
        bodiless = line.method().equals("HEAD");
        upgrade = framing.kind() == Framing.Kind.NONE && head.lists("connection", "upgrade") && head.lists("upgrade", "websocket");
        keep = line.version().equals("HTTP/1.1") && !head.lists("connection", "close");
        expects = head.lists("expect", "100-continue") && line.version().equals("HTTP/1.1");
    }

    /// The exchange that a request begins.
    ///
    /// @param name   what the client calls the server inside a tunnel; null where requests say it
    /// @param secure whether the client speaks TLS
    /// @throws BadMessage where it does not say whom it is for
    static Crossing of(Passage passage, Route route, String name, boolean secure, Head head, RequestLine line, Framing framing, Origin to) throws BadMessage {
        String host = head.only("host");
        if (host == null && line.version().equals("HTTP/1.1") && !(route instanceof ForwardRoute)) throw new BadMessage(400, Route.STRINGS.get("bad.no-host"));
        Origin seen = to;
        if (route instanceof ReverseRoute && host != null) seen = Origin.of(secure, host, secure ? 443 : 80);
        else if (name != null) seen = new Origin(to.tls(), name.toLowerCase(Locale.ROOT), to.port());
        RequestHead came = Heads.request(head, line, seen);
        // The target decides: who reads the Host field must see the same one.
        String authority = route instanceof ForwardRoute ? Origin.authority(line.target()) : host == null ? seen.hostField() : host;
        if (host == null || !host.equalsIgnoreCase(authority)) came = Heads.with(came, Heads.with(came.headers(), "Host", authority));
        var passing = Passing.connection(passage.listener().source(), seen.host(), seen.port()).with(came, null)
                .from(String.valueOf(Passage.endpoint(passage.client().channel().remoteAddress())), null);
        return new Crossing(head, line, framing, to, passage.tap().now(), passage.site().rewrites().book(), passing);
    }

    /// The client waits for a word before it sends the body.
    void goOn(End client) {
        told = true;
        client.write(Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", StandardCharsets.US_ASCII));
        client.flush();
    }

    boolean http11() {
        return line.version().equals("HTTP/1.1");
    }

    /// Whether rules or a person sent it elsewhere.
    boolean remote() {
        return !request.host().equals(came.host()) || request.port() != came.port() || !request.scheme().equals(came.scheme());
    }

    /// The request's body as it goes on; null where it is not held here.
    byte[] body() {
        return edited != null ? edited : gathered;
    }

    /// The fields of the request as they go on.
    List<Headers.Field> fields() {
        return Heads.onward(told || body() != null ? Heads.without(request.headers(), "expect") : request.headers(), length(), upgrade);
    }

    /// Of the request's body as it goes on: -1 for chunks, -2 for none.
    private long length() {
        boolean none = framing.kind() == Framing.Kind.NONE;
        if (chunked()) return -1;
        if (body() != null && (body().length > 0 || !none)) return body().length;
        if (framing.kind() == Framing.Kind.LENGTH) return framing.length();
        return came.headers().first("content-length").isPresent() ? 0 : -2;
    }

    /// Whether the request's body goes on in chunks.
    boolean chunked() {
        boolean asItCame = framing.kind() == Framing.Kind.CHUNKED;
        return asItCame && (body() == null || edited == null && !trailers.fields().isEmpty());
    }

    /// The request goes on as a person wrote it.
    void edit(Head by, byte[] text) throws BadMessage {
        RequestLine now = RequestLine.of(by);
        Origin absolute = Origin.ofAbsolute(now.target());
        Origin where = absolute != null ? absolute : new Origin(request.scheme().equals("https"), request.host(), request.port());
        RequestHead wrote = Heads.request(by, now, where);
        if (wrote.headers().first("host").isEmpty()) wrote = Heads.with(wrote, Heads.with(wrote.headers(), "Host", where.hostField()));
        if (text != null) {
            edited = text;
            wrote = Heads.with(wrote, Heads.without(wrote.headers(), "content-encoding"));
        }
        request = wrote;
    }

    void applied(List<String> names) {
        applied.addAll(names);
    }

    /// Something of which a person should know.
    void note(String key) {
        extras.merge("rules.note", STRINGS.get(key).getBytes(StandardCharsets.UTF_8), (old, next) -> next);
        applied.add(STRINGS.get(key));
    }

    /// Keeps what the server said where it is not what the client is told.
    void response(Head from, ResponseHead came, ResponseHead now, byte[] body, boolean changed) {
        if (now.equals(came) && !changed) return;
        extras.put("rules.response", from.bytes());
        keep("rules.response.body", body);
    }

    private void keep(String key, byte[] body) {
        if (body != null && body.length > 0) extras.put(key, body.length > MOST_KEPT ? Arrays.copyOf(body, MOST_KEPT) : body);
    }

    /// Says on the flow what was done to it. What is found out later is not said any more.
    void say(Tap tap) {
        if (said) return;
        said = true;
        if (!request.equals(came) || edited != null) {
            extras.put("rules.request", head.bytes());
            keep("rules.request.body", gathered);
        }
        if (applied.isEmpty() && extras.isEmpty()) return;
        var names = new LinkedHashSet<>(applied);
        extras.put("rules", String.join("\n", names).getBytes(StandardCharsets.UTF_8));
        Map<String, byte[]> all = Map.copyOf(extras);
        String comment = STRINGS.get("rules.comment", String.join(", ", names));
        tap.fact(link -> {
            link.extras(all);
            link.comment(comment);
        });
    }
}
