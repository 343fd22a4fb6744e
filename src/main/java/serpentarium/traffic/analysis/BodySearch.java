package serpentarium.traffic.analysis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowTable;

/// Looks for a text or a pattern in everything that was said: URLs, headers, bodies and messages. Hits come as they are found.
public final class BodySearch {
    /// How many hits are kept.
    public static final int MOST = 10_000;

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

    private BodySearch() {}

    /// The pattern for a text, whatever its case.
    public static Pattern literal(String text) {
        return Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private record Part(List<Hit> hits, int bad, IOException why) {}

    /// Searches rows, on all cores; hits come in the order of the rows.
    ///
    /// @param rows  which
    /// @param found is told of new hits from time to time
    /// @throws IOException when the session cannot be read at all
    public static Result run(FlowTable table, FlowContent content, Pattern pattern, RowSet rows, TaskContext context, Consumer<List<Hit>> found) throws IOException {
        context.checkpoint();
        Needle needle = Needle.of(pattern).orElse(null);
        RowRuns runs = RowRuns.bySize(table, rows.rows(), 0, rows.size(), context);
        Optional<FlowContent> first = content.apart();
        var finders = new ConcurrentLinkedQueue<HitFinder>();
        finders.add(new HitFinder(table, first.orElse(content), pattern, needle, context));
        var hits = new ArrayList<Hit>();
        int bad = 0;
        int told = 0;
        long last = 0;
        try (var abreast = new Abreast<>(runs.count(), first.isPresent() ? Runtime.getRuntime().availableProcessors() : 1, number -> {
            HitFinder finder = finders.poll();
            if (finder == null) finder = new HitFinder(table, content.apart().orElseThrow(), pattern, needle, context);
            Part part = part(finder, rows, runs.from(number), runs.to(number), context);
            finders.add(finder);
            return part;
        })) {
            int done = 0;
            for (Part part; hits.size() < MOST && (part = abreast.next()) != null; ) {
                context.checkpoint();
                hits.addAll(part.hits().subList(0, Math.min(part.hits().size(), MOST - hits.size())));
                bad += part.bad();
                int looked = runs.to(done++);
                if (bad >= 1000 && bad == looked) throw part.why();
                context.progress(looked, rows.size(), Progress.Unit.ITEMS);
                if (told < hits.size() && System.nanoTime() - last > EVERY) {
                    found.accept(List.copyOf(hits.subList(told, hits.size())));
                    told = hits.size();
                    last = System.nanoTime();
                }
            }
        }
        if (told < hits.size()) found.accept(List.copyOf(hits.subList(told, hits.size())));
        return new Result(List.copyOf(hits), hits.size() >= MOST, bad);
    }

    private static Part part(HitFinder finder, RowSet rows, int from, int to, TaskContext context) {
        int bad = 0;
        IOException why = null;
        var hits = new ArrayList<Hit>();
        for (int i = from; i < to && hits.size() < MOST; i++) {
            context.checkpoint();
            try {
                finder.find(rows.rows()[i], hits);
            } catch (IOException e) {
                bad++;
                why = e;
            }
        }
        return new Part(hits, bad, why);
    }
}
