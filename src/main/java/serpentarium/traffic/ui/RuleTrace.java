package serpentarium.traffic.ui;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import serpentarium.base.Strings;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.ComparedLine;
import serpentarium.traffic.analysis.FlowComparison;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.engine.RedactedBody;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.format.ContentEncoding;

/// What rules did to a flow: their names, and each message as it came beside how it went on.
///
/// @param rules names of the rules and what else was said of them
/// @param lines both beside each other; a line without values is a title
/// @param came  the messages that were changed, as they came
/// @param sent  the same, as they went on
record RuleTrace(List<String> rules, List<ComparedLine> lines, String came, String sent) {
    private static final Strings STRINGS = Strings.of(RuleTrace.class);
    /// More of a body is not compared.
    private static final int BODY = 4 << 20;

    /// One message as text.
    private record Text(String line, Headers headers, byte[] body) {
        String whole() {
            var out = new StringBuilder(line).append('\n');
            for (Headers.Field field : headers.fields()) out.append(field.name()).append(": ").append(field.value()).append('\n');
            return out.append('\n').append(WireText.decode(body)).append('\n').toString();
        }
    }

    /// Whether rules had to do with a flow.
    static boolean there(Flow flow) {
        return flow.extras().containsKey("rules");
    }

    /// Reads it. Not for the window's thread.
    static RuleTrace read(RecordedFlows session, int row, boolean masked) throws IOException {
        Flow flow = session.flow(row);
        Map<String, byte[]> extras = flow.extras();
        var names = new ArrayList<>(WireText.decode(extras.getOrDefault("rules", new byte[0])).lines().filter(line -> !line.isBlank()).toList());
        String note = WireText.decode(extras.getOrDefault("rules.note", new byte[0]));
        if (!note.isEmpty() && !names.contains(note)) names.add(note);
        var lines = new ArrayList<ComparedLine>();
        var came = new StringBuilder();
        var sent = new StringBuilder();
        for (Side side : Side.values()) {
            String id = side.name().toLowerCase(Locale.ROOT);
            byte[] head = extras.get("rules." + id);
            if (head == null) continue;
            byte[] kept = extras.get("rules." + id + ".body");
            Text before = original(head, kept, masked);
            // Without the body that came, there is nothing to set the one that went on beside.
            Text after = recorded(session, row, flow, side, kept != null, masked);
            lines.add(new ComparedLine(STRINGS.get("detail." + id), null, null));
            lines.add(new ComparedLine(STRINGS.get("changed.line"), before.line, after.line));
            lines.addAll(FlowComparison.headers(before.headers, after.headers));
            List<ComparedLine> bodies = kept == null ? List.of() : FlowComparison.bodies(before.body, after.body);
            if (!bodies.isEmpty()) lines.add(new ComparedLine(STRINGS.get("compare.body." + id), null, null));
            lines.addAll(bodies);
            came.append(before.whole());
            sent.append(after.whole());
        }
        return new RuleTrace(List.copyOf(names), List.copyOf(lines), came.toString(), sent.toString());
    }

    private static Text original(byte[] head, byte[] body, boolean masked) throws IOException {
        String[] lines = WireText.decode(head).split("\r?\n", -1);
        var fields = new ArrayList<Headers.Field>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) fields.add(new Headers.Field(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip()));
        }
        var headers = new Headers(fields);
        return text(lines[0], headers, body == null ? new byte[0] : decoded(headers, body), masked);
    }

    private static byte[] decoded(Headers headers, byte[] body) throws IOException {
        Optional<List<ContentEncoding>> codings = ContentEncoding.parse(headers.joined("content-encoding"));
        if (codings.isEmpty() || codings.get().isEmpty()) return body;
        try (InputStream in = ContentEncoding.decode(new ByteArrayInputStream(body), codings.get(), BODY)) {
            return in.readNBytes(BODY);
        } catch (IOException _) {
            // It is shown as it was sent where it is not what it promises, or only its beginning was kept.
            return body;
        }
    }

    private static Text recorded(RecordedFlows session, int row, Flow flow, Side side, boolean body, boolean masked) throws IOException {
        String line = "";
        if (side == Side.REQUEST && flow.request() != null) line = flow.request().method() + " " + target(flow) + " HTTP/1.1";
        else if (side == Side.RESPONSE && flow.response() != null) line = "HTTP/1.1 " + flow.response().status() + " " + flow.response().reason();
        byte[] bytes = new byte[0];
        if (body && flow.body(side).stored() > 0)
            try (InputStream in = new SessionContent(session, BODY).body(row, side)) {
                bytes = in.readNBytes(BODY);
            }
        return text(line.stripTrailing(), flow.headers(side), bytes, masked);
    }

    private static String target(Flow flow) {
        return flow.request().authority().isEmpty() ? flow.request().path() : flow.request().url();
    }

    private static Text text(String line, Headers headers, byte[] body, boolean masked) {
        if (!masked) return new Text(line, headers, body);
        var fields = headers.fields().stream().map(field -> new Headers.Field(field.name(), Secrets.USUAL.headerValue(field.name(), field.value()))).toList();
        String type = headers.first("content-type").orElse("");
        return new Text(Secrets.maskUrl(line), new Headers(fields), body.length == 0 ? body : RedactedBody.masked(body, type));
    }
}
