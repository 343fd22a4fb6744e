package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.BodySearch.Hit;
import serpentarium.traffic.analysis.BodySearch.Where;

/// Finds the hits of a search in one flow after another, for one thread. Where every match holds some text, only what has its bytes is decoded.
final class HitFinder {
    private static final int AROUND = 40;
    private static final int WINDOW = 1 << 18;
    private static final int OVERLAP = 1 << 12;
    private static final int MOST_IN_ONE = 100;
    private static final int MOST_MESSAGES = 100_000;
    private static final int HTTP = FlowContent.REQUEST_HEAD | FlowContent.RESPONSE_HEAD | FlowContent.REQUEST_BODY | FlowContent.RESPONSE_BODY;

    private final FlowTable table;
    private final FlowContent content;
    private final Pattern pattern;
    private final Needle needle;
    private final TaskContext context;
    private final RowReader reader;
    private final byte[] window = new byte[WINDOW];
    private List<Hit> hits;

    /// @param needle what every match holds; null where that is not known
    HitFinder(FlowTable table, FlowContent content, Pattern pattern, Needle needle, TaskContext context) {
        this.table = table;
        this.content = content;
        this.pattern = pattern;
        this.needle = needle;
        this.context = context;
        reader = new RowReader(table, content, context, List.of());
    }

    /// Looks at a flow.
    ///
    /// @param to takes the hits, of this and of flows before
    void find(int row, List<Hit> to) throws IOException {
        hits = to;
        if (needle == null) {
            text(row, Where.URL, table.title(row));
        } else {
            int size = reader.line(row, RowReader.Line.TITLE);
            if (needle.in(reader.line(), 0, size)) text(row, Where.URL, reader.decoded(size));
        }
        int parts = (table.kind(row).http() ? HTTP : 0) | (table.messages(row) > 0 ? FlowContent.MESSAGES : 0);
        if (parts == 0) return;
        if (needle != null) parts = content.mayHold(row, parts, needle);
        if ((parts & HTTP) != 0) http(row, parts);
        if ((parts & FlowContent.MESSAGES) != 0) messages(row);
    }

    private void http(int row, int parts) throws IOException {
        Flow flow = content.flow(row);
        if ((parts & FlowContent.REQUEST_HEAD) != 0) header(row, Where.REQUEST_HEADER, flow.headers(Side.REQUEST));
        if ((parts & FlowContent.RESPONSE_HEAD) != 0) header(row, Where.RESPONSE_HEADER, flow.headers(Side.RESPONSE));
        if ((parts & FlowContent.REQUEST_BODY) != 0 && flow.body(Side.REQUEST).stored() > 0) body(row, Side.REQUEST);
        if ((parts & FlowContent.RESPONSE_BODY) != 0 && flow.body(Side.RESPONSE).stored() > 0) body(row, Side.RESPONSE);
    }

    private void messages(int row) throws IOException {
        int messages = Math.min(MOST_MESSAGES, table.messages(row));
        for (int m = 0; m < messages && !full(); m++) {
            if (m % 64 == 0) context.checkpoint();
            byte[] bytes = content.message(row, m);
            if (needle != null && !needle.in(bytes, 0, bytes.length)) continue;
            String text = new String(bytes, StandardCharsets.UTF_8);
            Matcher matcher = matcher(text);
            if (matcher.find() && matcher.end() > matcher.start()) hit(row, Where.MESSAGE, m, text, matcher);
        }
    }

    private boolean full() {
        return hits.size() >= BodySearch.MOST;
    }

    private Matcher matcher(CharSequence text) {
        return pattern.matcher(new WatchedText(text, context));
    }

    private void header(int row, Where where, Headers headers) {
        if (headers.fields().isEmpty()) return;
        var text = new StringBuilder();
        for (Headers.Field field : headers.fields()) text.append(field.name()).append(": ").append(field.value()).append('\n');
        text(row, where, text.toString());
    }

    private void text(int row, Where where, String text) {
        Matcher matcher = matcher(text);
        for (int count = 0; count < MOST_IN_ONE && !full() && matcher.find(); count++)
            if (matcher.end() > matcher.start()) hit(row, where, matcher.start(), text, matcher);
    }

    /// In windows that overlap, so that a match may lie across two; one that was told is not told again.
    private void body(int row, Side side) throws IOException {
        Where where = side == Side.REQUEST ? Where.REQUEST_BODY : Where.RESPONSE_BODY;
        try (InputStream in = content.body(row, side)) {
            int filled = 0;
            long base = 0;
            int from = 0;
            int count = 0;
            while (!full() && count < MOST_IN_ONE) {
                int got = in.readNBytes(window, filled, window.length - filled);
                filled += got;
                context.checkpoint();
                if (filled == 0) return;
                int length = filled;
                int end = from;
                if (needle == null || needle.in(window, 0, filled)) {
                    String text = new String(window, 0, filled, StandardCharsets.UTF_8);
                    Matcher matcher = matcher(text);
                    length = text.length();
                    while (count < MOST_IN_ONE && !full() && matcher.find()) {
                        if (matcher.start() < from || matcher.end() == matcher.start()) continue;
                        hit(row, where, base + matcher.start(), text, matcher);
                        end = matcher.end();
                        count++;
                    }
                }
                if (filled < window.length) return;
                System.arraycopy(window, filled - OVERLAP, window, 0, OVERLAP);
                base += filled - OVERLAP;
                from = Math.max(0, end - (length - OVERLAP));
                filled = OVERLAP;
            }
        }
    }

    private void hit(int row, Where where, long at, String text, Matcher matcher) {
        int begin = Math.max(0, matcher.start() - AROUND);
        int end = Math.min(text.length(), matcher.end() + AROUND);
        int cut = Math.min(matcher.end(), matcher.start() + 200);
        hits.add(new Hit(row, where, at, plain(text, begin, matcher.start()), plain(text, matcher.start(), cut), plain(text, matcher.end(), end)));
    }

    private static String plain(String text, int from, int to) {
        var plain = new StringBuilder(Math.max(0, to - from));
        for (int i = from; i < to; i++) plain.append(Character.isISOControl(text.charAt(i)) ? ' ' : text.charAt(i));
        return plain.toString();
    }
}
