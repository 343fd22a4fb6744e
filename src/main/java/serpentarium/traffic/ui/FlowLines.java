package serpentarium.traffic.ui;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Session;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.ComparedLine;
import serpentarium.traffic.analysis.FlowComparison;
import serpentarium.traffic.analysis.Secrets;
import serpentarium.traffic.engine.RedactedBody;
import serpentarium.traffic.engine.SessionContent;

/// Two flows line by line. A line without values is a title.
final class FlowLines {
    private static final Strings STRINGS = Strings.of(FlowLines.class);
    /// More of a body is not compared.
    private static final int BODY = 4 << 20;

    private FlowLines() {}

    /// Reads and compares two flows, which may be of two sessions. Not for the window's thread.
    static List<ComparedLine> read(Session left, int leftRow, Session right, int rightRow, boolean masked, TaskContext context) throws IOException {
        Flow a = left.flow(leftRow);
        Flow b = right.flow(rightRow);
        var lines = new ArrayList<ComparedLine>();
        lines.add(new ComparedLine(STRINGS.get("detail.tab.summary"), null, null));
        add(lines, "detail.url", url(a, masked), url(b, masked));
        add(lines, "detail.status", FlowFacts.status(a), FlowFacts.status(b));
        add(lines, "detail.duration", Quantity.time(a.timing().duration()), Quantity.time(b.timing().duration()));
        add(lines, "timing.wait", Quantity.time(a.timing().responseStart() - a.timing().requestEnd()), Quantity.time(b.timing().responseStart() - b.timing().requestEnd()));
        add(lines, "detail.request-body", FlowFacts.size(a.requestBody(), -1), FlowFacts.size(b.requestBody(), -1));
        add(lines, "detail.response-body", FlowFacts.size(a.responseBody(), -1), FlowFacts.size(b.responseBody(), -1));
        for (Side side : Side.values()) {
            context.checkpoint();
            String id = side.name().toLowerCase(Locale.ROOT);
            section(lines, "compare.header." + id, FlowComparison.headers(headers(a, side, masked), headers(b, side, masked)));
            List<ComparedLine> body = FlowComparison.bodies(body(left, leftRow, a, side, masked), body(right, rightRow, b, side, masked));
            section(lines, "compare.body." + id, body);
        }
        return lines;
    }

    private static void add(List<ComparedLine> lines, String key, String left, String right) {
        lines.add(new ComparedLine(STRINGS.get(key), left, right));
    }

    private static void section(List<ComparedLine> lines, String title, List<ComparedLine> more) {
        if (more.isEmpty()) return;
        lines.add(new ComparedLine(STRINGS.get(title), null, null));
        lines.addAll(more);
    }

    private static String url(Flow flow, boolean masked) {
        String title = FlowFacts.title(flow);
        return masked ? Secrets.maskUrl(title) : title;
    }

    private static Headers headers(Flow flow, Side side, boolean masked) {
        if (!masked) return flow.headers(side);
        return new Headers(flow.headers(side).fields().stream()
                .map(field -> new Headers.Field(field.name(), Secrets.USUAL.headerValue(field.name(), field.value()))).toList());
    }

    private static byte[] body(RecordedFlows session, int row, Flow flow, Side side, boolean masked) throws IOException {
        if (flow.body(side).stored() == 0) return new byte[0];
        try (InputStream in = new SessionContent(session, BODY).body(row, side)) {
            byte[] bytes = in.readNBytes(BODY);
            return masked ? RedactedBody.masked(bytes, flow.headers(side).first("content-type").orElse("")) : bytes;
        }
    }
}
