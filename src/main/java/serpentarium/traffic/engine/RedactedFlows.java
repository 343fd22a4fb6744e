package serpentarium.traffic.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Message;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.JsonSecrets;
import serpentarium.traffic.analysis.Pseudonyms;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.format.ContentEncoding;
import serpentarium.traffic.format.har.HarExtras;
import serpentarium.traffic.format.har.HarRests;
import serpentarium.traffic.format.mitm.MitmExtras;

/// Flows as they may be given to others: secrets are replaced by names that are the same for the same secret. They are read by one thread;
/// what cannot be looked through is left out.
public final class RedactedFlows implements RecordedFlows {
    private static final Strings STRINGS = Strings.of(RedactedFlows.class);
    /// A body that is larger is not looked through, so it is left out.
    static final int LARGEST = 32 << 20;

    private final RecordedFlows session;
    private final Secrets secrets;
    private final UnaryOperator<String> stand = new Pseudonyms();
    private final RedactedBody bodies;
    private int row = -1;
    private Flow flow;
    private final byte[][] changed = new byte[2][];
    private final boolean[] without = new boolean[2];
    private long left;

    /// Over flows that can be read as long as this is.
    public RedactedFlows(RecordedFlows session, Secrets secrets) {
        this.session = session;
        this.secrets = secrets;
        bodies = new RedactedBody(secrets, stand);
    }

    /// What was left out, for a person.
    public List<String> notes() {
        return left == 0 ? List.of() : List.of(STRINGS.get("redact.left-out", Quantity.count(left), Quantity.size(LARGEST)));
    }

    @Override public FlowTable table() {
        return session.table();
    }

    @Override public Flow flow(int wanted) throws IOException {
        if (wanted != row) {
            flow = redacted(session.flow(wanted), wanted);
            row = wanted;
        }
        return flow;
    }

    private Flow redacted(Flow f, int wanted) throws IOException {
        changed[0] = changed[1] = null;
        BodyFacts request = body(f, wanted, Side.REQUEST);
        BodyFacts response = body(f, wanted, Side.RESPONSE);
        return new Flow(f.id(), f.kind(), f.source(), f.connection(), f.timing(), request(f.request()), request, headers(f.requestTrailers(), null),
                response(f.response()), response, headers(f.responseTrailers(), null), f.error() == null ? null : text(f.error()), null, f.parent(), f.mark(),
                text(f.comment()), f.messages(), extras(f.extras()));
    }

    private String text(String text) {
        return secrets.url(text, stand);
    }

    private RequestHead request(RequestHead head) {
        if (head == null) return null;
        String path = head.host().isEmpty() ? text(head.path()) : secrets.url(head.path(), stand);
        int user = head.authority().lastIndexOf('@');
        String authority = user < 0 ? head.authority() : stand.apply(head.authority().substring(0, user)) + head.authority().substring(user);
        return new RequestHead(head.method(), head.scheme(), head.host(), head.port(), authority, path, head.httpVersion(), headers(head.headers(), changed[0]));
    }

    private ResponseHead response(ResponseHead head) {
        return head == null ? null : new ResponseHead(head.status(), head.reason(), head.httpVersion(), headers(head.headers(), changed[1]));
    }

    /// @param body what the body is now, or null where it is as it was
    private Headers headers(Headers headers, byte[] body) {
        if (headers.fields().isEmpty()) return headers;
        List<Headers.Field> fields = new ArrayList<>(headers.fields().size());
        for (Headers.Field field : headers.fields()) {
            boolean length = field.name().equalsIgnoreCase("content-length");
            if (body != null && field.name().equalsIgnoreCase("content-encoding")) continue;
            if (body != null && length) fields.add(new Headers.Field(field.name(), Integer.toString(body.length)));
            else fields.add(new Headers.Field(field.name(), value(field)));
        }
        return new Headers(fields);
    }

    private String value(Headers.Field field) {
        return secrets.header(field.name()) ? secrets.headerValue(field.name(), field.value(), stand) : text(field.value());
    }

    private BodyFacts body(Flow f, int wanted, Side side) throws IOException {
        int s = side.ordinal();
        without[s] = false;
        BodyFacts facts = f.body(side);
        if (facts.stored() == 0) return facts;
        byte[] content = content(f, wanted, side, facts);
        if (content == null) {
            left++;
            without[s] = true;
            return new BodyFacts(BodyFacts.State.MISSING, facts.wireSize(), 0, facts.decoded());
        }
        byte[] clean = bodies.of(content, f.headers(side).first("content-type").orElse(""));
        if (clean == content) return facts;
        changed[s] = clean;
        return new BodyFacts(facts.state(), clean.length, clean.length, true);
    }

    /// The content without its encoding; the bytes as they are where it cannot be undone, null where it is too large.
    private byte[] content(Flow f, int wanted, Side side, BodyFacts facts) throws IOException {
        Optional<List<ContentEncoding>> codings = facts.decoded() ? Optional.of(List.of()) : ContentEncoding.parse(f.headers(side).joined("content-encoding"));
        if (codings.isPresent() && !codings.get().isEmpty()) {
            try (InputStream in = ContentEncoding.decode(session.body(wanted, side), codings.get(), LARGEST + 1L)) {
                byte[] content = in.readNBytes(LARGEST + 1);
                return content.length > LARGEST ? null : content;
            } catch (IOException e) {
                // It is shown as it was sent, so that is looked through.
            }
        }
        try (InputStream in = session.body(wanted, side)) {
            byte[] content = in.readNBytes(LARGEST + 1);
            return content.length > LARGEST ? null : content;
        }
    }

    private Map<String, byte[]> extras(Map<String, byte[]> extras) {
        Map<String, byte[]> kept = new LinkedHashMap<>();
        extras.forEach((key, value) -> {
            switch (key) {
                case MitmExtras.STATE -> MitmExtras.withoutSecrets(value).ifPresent(rest -> kept.put(key, rest));
                case MitmExtras.VERSION -> kept.put(key, value);
                case HarExtras.URL -> kept.put(key, WireText.encode(text(WireText.decode(value))));
                case HarExtras.ENTRY, HarExtras.REQUEST, HarExtras.RESPONSE, HarExtras.LOG -> {
                    byte[] plain = HarRests.withoutCopies(value);
                    if (plain != null) kept.put(key, JsonSecrets.masked(new String(plain, StandardCharsets.UTF_8), secrets, stand).getBytes(StandardCharsets.UTF_8));
                }
                // What is not known may hold anything.
                default -> { }
            }
        });
        return kept;
    }

    @Override public int row(String id) {
        return session.row(id);
    }

    @Override public InputStream body(int wanted, Side side) throws IOException {
        flow(wanted);
        if (without[side.ordinal()]) return InputStream.nullInputStream();
        byte[] clean = changed[side.ordinal()];
        return clean == null ? session.body(wanted, side) : new ByteArrayInputStream(clean);
    }

    @Override public List<Message> messages(int wanted, int from, int to) throws IOException {
        List<Message> messages = new ArrayList<>();
        int number = from;
        for (Message m : session.messages(wanted, from, to))
            messages.add(new Message(m.from(), m.time(), m.opcode(), content(wanted, number++, Integer.MAX_VALUE).length, m.dropped(), m.injected()));
        return messages;
    }

    @Override public byte[] content(int wanted, int message, int limit) throws IOException {
        byte[] all = session.content(wanted, message, LARGEST + 1);
        if (all.length > LARGEST) {
            left++;
            return new byte[0];
        }
        boolean plain = session.table().kind(wanted) == FlowKind.DNS;
        byte[] clean = plain ? all : bodies.of(all, "");
        return clean.length > limit ? java.util.Arrays.copyOf(clean, limit) : clean;
    }

    @Override public List<String> warnings() {
        return session.warnings();
    }
}
