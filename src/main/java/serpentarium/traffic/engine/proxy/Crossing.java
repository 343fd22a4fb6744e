package serpentarium.traffic.engine.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
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
