package serpentarium.traffic.engine.resend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.LoadedBody;
import serpentarium.traffic.engine.proxy.Outgoing;

/// A request as a person edits it.
///
/// @param method   such as `GET`
/// @param url      where it goes
/// @param header   a field a line, `Name: value`
/// @param body     what follows
/// @param version  what is spoken
/// @param original the id of the flow that it was made from, or null
public record Draft(String method, String url, String header, Body body, Outgoing.Version version, String original) {
    /// The extra of a flow that says which flow its request was made from.
    public static final String ORIGINAL = "sent.of";

    private static final Strings STRINGS = Strings.of(Draft.class);
    /// More of a body is not edited: it is sent as it is kept in the session.
    private static final int MOST_EDITED = 1 << 20;
    private static final Duration USUAL_LIMIT = Duration.ofSeconds(60);

    /// A body as a person edits it.
    public sealed interface Body {
        /// Text, which is sent as UTF-8.
        record Text(String text) implements Body {}

        /// Bytes as pairs of hexadecimal digits.
        record Hex(String digits) implements Body {}

        /// What is in a file when it is sent.
        record OfFile(String path) implements Body {}

        /// What the flow that it was made from sent.
        ///
        /// @param content the bytes
        record Kept(Outgoing.Content content) implements Body {}
    }

    /// Nothing yet.
    public static Draft empty() {
        return new Draft("GET", "http://127.0.0.1:8000/", "Accept: */*", new Body.Text(""), Outgoing.Version.HTTP_1_1, null);
    }

    /// The request of a flow. A body that is text is edited without its content encoding, and is sent so.
    ///
    /// @throws IOException when the session cannot be read; a [ProblemException] where the flow has no request, or not all of its body
    public static Draft of(RecordedFlows session, int row, serpentarium.task.TaskContext context) throws IOException {
        Flow flow = session.flow(row);
        RequestHead head = flow.request();
        if (head == null || head.host().isEmpty() || head.method().equals("CONNECT")) throw problem("draft.no-request");
        BodyFacts facts = flow.requestBody();
        if (facts.state() != BodyFacts.State.NONE && facts.state() != BodyFacts.State.COMPLETE) throw problem("draft.partial");
        var fields = new ArrayList<>(head.headers().fields());
        Body body = body(session, row, fields, context);
        String scheme = head.scheme().isEmpty() ? "http" : head.scheme();
        var at = new RequestHead("GET", scheme, head.host(), head.port(), "", head.path(), "", Headers.NONE);
        boolean two = head.httpVersion().startsWith("HTTP/2");
        return new Draft(head.method(), at.url(), write(fields), body, two ? Outgoing.Version.HTTP_2 : Outgoing.Version.HTTP_1_1, flow.id());
    }

    private static Body body(RecordedFlows session, int row, List<Headers.Field> fields, serpentarium.task.TaskContext context) throws IOException {
        BodyFacts facts = session.flow(row).requestBody();
        LoadedBody plain = LoadedBody.read(session, row, Side.REQUEST, false, MOST_EDITED, context);
        boolean undone = plain.decoding() == LoadedBody.Decoding.UNDONE || plain.decoding() == LoadedBody.Decoding.BEFORE;
        if (facts.decoded() || undone && !plain.cut()) fields.removeIf(field -> field.name().equalsIgnoreCase("content-encoding"));
        if (plain.cut()) return new Body.Kept(new Outgoing.Content(facts.stored(), () -> session.body(row, Side.REQUEST)));
        String text = new String(plain.bytes(), StandardCharsets.UTF_8);
        boolean same = java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), plain.bytes());
        // Fields for text keep no carriage returns.
        return same && text.indexOf('\r') < 0 && text.indexOf('\0') < 0 ? new Body.Text(text) : new Body.Hex(hex(plain.bytes()));
    }

    /// Bytes in lines of sixteen.
    static String hex(byte[] bytes) {
        var out = new StringBuilder(bytes.length * 3);
        for (int i = 0; i < bytes.length; i++) out.append(HexFormat.of().toHexDigits(bytes[i])).append(i % 16 == 15 ? '\n' : ' ');
        return out.toString().strip();
    }

    /// Fields as lines.
    static String write(List<Headers.Field> fields) {
        var out = new StringBuilder();
        for (Headers.Field field : fields) out.append(field.name()).append(": ").append(field.value()).append('\n');
        return out.toString().stripTrailing();
    }

    /// The fields that the lines say.
    ///
    /// @throws ProblemException that names the line that is none
    public List<Headers.Field> fields() {
        var fields = new ArrayList<Headers.Field>();
        String[] lines = header.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) continue;
            int colon = lines[i].indexOf(':');
            if (colon <= 0) throw problem("draft.line", i + 1, lines[i].strip());
            fields.add(new Headers.Field(lines[i].substring(0, colon).strip(), lines[i].substring(colon + 1).strip()));
        }
        return fields;
    }

    /// The request as it is sent.
    ///
    /// @throws ProblemException that says what is wrong with it
    public Outgoing outgoing() {
        Map<String, byte[]> extras = original == null ? Map.of() : Map.of(ORIGINAL, original.getBytes(StandardCharsets.UTF_8));
        var request = new Outgoing(method.strip(), url.strip(), fields(), content(), version, USUAL_LIMIT, extras);
        request.check();
        return request;
    }

    private Outgoing.Content content() {
        return switch (body) {
            case Body.Text(String text) -> Outgoing.Content.of(text.getBytes(StandardCharsets.UTF_8));
            case Body.Hex(String digits) -> Outgoing.Content.of(bytes(digits));
            case Body.Kept(Outgoing.Content content) -> content;
            case Body.OfFile(String path) -> file(path);
        };
    }

    private static byte[] bytes(String digits) {
        try {
            return HexFormat.of().parseHex(digits.replaceAll("\\s+", "").toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw problem("draft.hex");
        }
    }

    private static Outgoing.Content file(String name) {
        try {
            Path path = Path.of(name.strip());
            if (name.isBlank() || !Files.isRegularFile(path) || !Files.isReadable(path)) throw problem("draft.file", name);
            long length = Files.size(path);
            return new Outgoing.Content(length, () -> {
                InputStream in = Files.newInputStream(path);
                if (Files.size(path) == length) return in;
                in.close();
                throw new IOException(STRINGS.get("draft.grew", name));
            });
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw problem("draft.file", name);
        }
    }

    static ProblemException problem(String id, Object... arguments) {
        return new ProblemException(Problem.of(STRINGS, id, Place.NOWHERE, arguments));
    }
}
