package serpentarium.log.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import serpentarium.base.Place;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.log.TextEncoding;
import serpentarium.log.Warning;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Searches the lines of one part on all cores, those near a place first, while it may still be growing. What was found so far can be asked for at any
/// moment. Colours in a line are as if they were not there.
public final class LineSearch {
    private static final Strings STRINGS = Strings.of(LineSearch.class);
    private static final int STRETCH = 4 << 20;
    private static final long ALLOWED = TimeUnit.MILLISECONDS.toNanos(200);
    /// After so many lines that took too long, the expression is given up.
    private static final int PATIENCE = 5;

    private final LinePages pages;
    private final LineQuery query;
    private final TextEncoding encoding;
    private final Queue<LineSieve> sieves = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tooLong = new AtomicInteger();
    private volatile long firstTooLong = -1;
    private volatile LineSet hits = LineSet.EMPTY;
    private volatile long searched;
    private long open = -1;

    /// @param pages where
    /// @param query what for
    public LineSearch(LinePages pages, LineQuery query) {
        this.pages = pages;
        this.query = query;
        encoding = pages.index().encoding();
    }

    /// What is searched for.
    public LineQuery query() {
        return query;
    }

    /// The lines that were found so far.
    public LineSet hits() {
        return hits;
    }

    /// How many bytes from the start have been searched completely.
    public long searched() {
        return searched;
    }

    /// What kept the search from an answer for every line.
    public Optional<Warning> trouble() {
        int lines = tooLong.get();
        if (lines == 0) return Optional.empty();
        String id = lines >= PATIENCE ? "search.given-up" : "search.slow";
        return Optional.of(new Warning(id, STRINGS.get(id, Quantity.count((long) lines), Quantity.time(ALLOWED / 1e9)), Place.line(pages.bytes().name(), firstTooLong + 1)));
    }

    /// Searches what is indexed and was not searched before; what comes later waits for the next call. One thread at a time.
    ///
    /// @param near a place in the bytes: lines there are searched first
    /// @throws java.util.concurrent.CancellationException when the task was cancelled; the next call begins again, and what was found stays
    public void run(long near, TaskContext context) throws IOException {
        long end = pages.index().bytes();
        long start = searched - searched % LineIndex.PAGE;
        if (end <= searched || tooLong.get() >= PATIENCE) return;
        // A line that was open then may hold something else now.
        if (open >= 0) hits = hits.without(open);
        int stretches = (int) ((end - start + STRETCH - 1) / STRETCH);
        int first = (int) Math.clamp((near - start) / STRETCH, 0, (long) stretches - 1);
        BufferPool pool = LineWindow.pool();
        long done = 0;
        try (var work = new Abreast<LineSieve.Hits>(stretches, number -> {
            long from = start + (long) nearest(number, first, stretches) * STRETCH;
            return search(from, Math.min(end, from + STRETCH), end, pool, context);
        })) {
            for (LineSieve.Hits found; (found = work.next()) != null; ) {
                context.checkpoint();
                hits = hits.with(found.lines(), found.count());
                done += STRETCH;
                context.progress(Math.min(end - start, done), end - start, Progress.Unit.BYTES);
                if (tooLong.get() >= PATIENCE) break;
            }
        }
        open = pages.index().open() && pages.index().bytes() == end ? pages.index().lines() - 1 : -1;
        // The last line is searched again when there is more, for it may go on.
        searched = open >= 0 ? pages.offset(open) : end;
    }

    /// The numbers of stretches from one on to both sides.
    static int nearest(int number, int first, int count) {
        int both = Math.min(first, count - 1 - first);
        if (number <= 2 * both) return number % 2 == 1 ? first + (number + 1) / 2 : first - number / 2;
        return first > both ? count - 1 - number : number;
    }

    private LineSieve.Hits search(long from, long stop, long end, BufferPool pool, TaskContext context) throws IOException {
        var found = new LineSieve.Hits();
        LineSieve free = sieves.poll();
        LineSieve sieve = free != null ? free : new LineSieve(query, encoding, ALLOWED, this::tooLong);
        sieve.stopWhen(context::cancelled);
        LineWindow.visit(pages, from, stop, end, pool, context, (bytes, start, to, line) -> {
            sieve.sift(bytes, start, to, line, found);
            return tooLong.get() < PATIENCE;
        });
        sieves.add(sieve);
        return found;
    }

    /// @return whether to go on
    private boolean tooLong(long line) {
        int lines = tooLong.getAndIncrement();
        if (lines == 0) firstTooLong = line;
        return lines + 1 < PATIENCE;
    }
}
