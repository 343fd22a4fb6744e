package serpentarium.traffic.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// Looks for a text or a pattern in everything that was said: URLs, headers, bodies and messages. Hits come as they are found.
public final class BodySearch {
    /// How many hits are kept.
    public static final int MOST = 10_000;

    private static final int AROUND = 40;
    private static final int WINDOW = 1 << 18;
    private static final int OVERLAP = 1 << 12;
    private static final int MOST_IN_ONE = 100;
    private static final int MOST_MESSAGES = 100_000;
    private static final long EVERY = 100_000_000L;

    /// Where something was found.
    public enum Where { URL, REQUEST_HEADER, RESPONSE_HEADER, REQUEST_BODY, RESPONSE_BODY, MESSAGE }

    /// A hit.
    ///
    /// @param row    the flow
    /// @param where  in which part
    /// @param at     its place in that part: a character of a text, a byte of a body or about so, the number of a message
    /// @param before up to 40 characters before it
    /// @param match  what was found
    /// @param after  up to 40 characters after it
    public record Hit(int row, Where where, long at, String before, String match, String after) {}

    /// What a search gave.
    ///
    /// @param hits the hits
    /// @param more whether there are more than are kept
    /// @param bad  how many flows could not be read
    public record Result(List<Hit> hits, boolean more, int bad) {}

    private final FlowTable table;
    private final FlowContent content;
    private final Pattern pattern;
    private final TaskContext context;
    private final Consumer<List<Hit>> found;
    private final List<Hit> hits = new ArrayList<>();
    private int told;
    private long last = System.nanoTime();

    private BodySearch(FlowTable table, FlowContent content, Pattern pattern, TaskContext context, Consumer<List<Hit>> found) {
        this.table = table;
        this.content = content;
        this.pattern = pattern;
        this.context = context;
        this.found = found;
    }

    /// The pattern for a text, whatever its case.
    public static Pattern literal(String text) {
        return Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /// Searches rows in their order.
    ///
    /// @param rows  which
    /// @param found is told of new hits from time to time
    /// @throws IOException when the session cannot be read at all
    public static Result run(FlowTable table, FlowContent content, Pattern pattern, RowSet rows, TaskContext context, Consumer<List<Hit>> found) throws IOException {
        return new BodySearch(table, content, pattern, context, found).run(rows);
    }

    private Result run(RowSet rows) throws IOException {
        int bad = 0;
        for (int i = 0; i < rows.size() && hits.size() < MOST; i++) {
            context.checkpoint();
            if (i % 64 == 0) context.progress(i, rows.size(), Progress.Unit.ITEMS);
            try {
                flow(rows.rows()[i]);
            } catch (IOException e) {
                bad++;
                if (bad == 1000 && bad == i + 1) throw e;
            }
            tell(false);
        }
        boolean more = hits.size() >= MOST;
        tell(true);
        return new Result(List.copyOf(more ? hits.subList(0, MOST) : hits), more, bad);
    }

    private void tell(boolean now) {
        if (told == hits.size() || !now && System.nanoTime() - last < EVERY) return;
        found.accept(List.copyOf(hits.subList(told, hits.size())));
        told = hits.size();
        last = System.nanoTime();
    }

    private void flow(int row) throws IOException {
        text(row, Where.URL, table.title(row));
        if (table.kind(row).http()) {
            Flow flow = content.flow(row);
            header(row, Where.REQUEST_HEADER, flow.headers(Side.REQUEST));
            header(row, Where.RESPONSE_HEADER, flow.headers(Side.RESPONSE));
            if (flow.body(Side.REQUEST).stored() > 0) body(row, Side.REQUEST);
            if (flow.body(Side.RESPONSE).stored() > 0) body(row, Side.RESPONSE);
        }
        int messages = Math.min(MOST_MESSAGES, table.messages(row));
        for (int m = 0; m < messages && hits.size() < MOST; m++) {
            if (m % 64 == 0) context.checkpoint();
            String text = new String(content.message(row, m), StandardCharsets.UTF_8);
            Matcher matcher = matcher(text);
            if (matcher.find() && matcher.end() > matcher.start()) hit(row, Where.MESSAGE, m, text, matcher);
        }
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
        for (int count = 0; count < MOST_IN_ONE && hits.size() < MOST && matcher.find(); count++)
            if (matcher.end() > matcher.start()) hit(row, where, matcher.start(), text, matcher);
    }

    /// In windows that overlap, so that a match may lie across two; one that was told is not told again.
    private void body(int row, Side side) throws IOException {
        Where where = side == Side.REQUEST ? Where.REQUEST_BODY : Where.RESPONSE_BODY;
        try (InputStream in = content.body(row, side)) {
            byte[] window = new byte[WINDOW];
            int filled = 0;
            long base = 0;
            int from = 0;
            int count = 0;
            while (hits.size() < MOST && count < MOST_IN_ONE) {
                int got = in.readNBytes(window, filled, window.length - filled);
                filled += got;
                context.checkpoint();
                if (filled == 0) return;
                String text = new String(window, 0, filled, StandardCharsets.UTF_8);
                Matcher matcher = matcher(text);
                int end = from;
                while (count < MOST_IN_ONE && hits.size() < MOST && matcher.find()) {
                    if (matcher.start() < from || matcher.end() == matcher.start()) continue;
                    hit(row, where, base + matcher.start(), text, matcher);
                    end = matcher.end();
                    count++;
                }
                if (filled < window.length) return;
                System.arraycopy(window, filled - OVERLAP, window, 0, OVERLAP);
                base += filled - OVERLAP;
                from = Math.max(0, end - (text.length() - OVERLAP));
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
