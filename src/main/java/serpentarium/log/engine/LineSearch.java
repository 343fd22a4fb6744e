package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
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
    private final Optional<ByteNeedle> needle;
    private final boolean expression;
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
        needle = query.needle(encoding);
        expression = query.pattern().isPresent() || needle.isEmpty();
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
        try (var work = new Abreast<Found>(stretches, number -> {
            long from = start + (long) nearest(number, first, stretches) * STRETCH;
            return search(from, Math.min(end, from + STRETCH), end, pool, context);
        })) {
            for (Found found; (found = work.next()) != null; ) {
                context.checkpoint();
                hits = hits.with(found.lines, found.count);
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

    /// Lines that were found in one stretch, sorted.
    private static final class Found {
        private long[] lines = new long[64];
        private int count;

        void add(long line) {
            if (count > 0 && lines[count - 1] == line) return;
            if (count == lines.length) lines = Arrays.copyOf(lines, count * 2);
            lines[count++] = line;
        }
    }

    private Found search(long from, long stop, long end, BufferPool pool, TaskContext context) throws IOException {
        var found = new Found();
        LineMatcher matcher = new LineMatcher(query, encoding, ALLOWED, context::cancelled);
        LineWindow.visit(pages, from, stop, end, pool, context, (bytes, start, to, line) -> {
            boolean coloured = LineMatcher.coloured(bytes, start, to);
            if (needle.isPresent() && !coloured) byNeedle(bytes, start, to, line, matcher, found);
            else oneByOne(bytes, start, to, line, matcher, found);
            return tooLong.get() < PATIENCE;
        });
        return found;
    }

    private void byNeedle(byte[] bytes, int from, int to, long line, LineMatcher matcher, Found found) {
        int unit = encoding.unit();
        boolean little = encoding.little();
        ByteNeedle wanted = needle.orElseThrow();
        long number = line;
        int counted = from;
        for (int at = from; (at = wanted.find(bytes, at, to)) >= 0; ) {
            if (unit == 2 && (at - from & 1) == 1) {
                at++;
                continue;
            }
            int start = NewlineCount.last(bytes, counted, at, unit, little);
            start = start < 0 ? counted : start + unit;
            number += NewlineCount.of(bytes, counted, start, unit, little);
            counted = start;
            int feed = NewlineCount.first(bytes, at, to, unit, little);
            int end = feed < 0 ? to : feed;
            if (!expression || matches(bytes, start, end, number, matcher)) found.add(number);
            at = feed < 0 ? to : feed + unit;
        }
    }

    private void oneByOne(byte[] bytes, int from, int to, long line, LineMatcher matcher, Found found) {
        int unit = encoding.unit();
        boolean little = encoding.little();
        long number = line;
        for (int at = from; at < to; number++) {
            int feed = NewlineCount.first(bytes, at, to, unit, little);
            int end = feed < 0 ? to : feed;
            if (matches(bytes, at, end, number, matcher)) found.add(number);
            if (feed < 0 || tooLong.get() >= PATIENCE) return;
            at = feed + unit;
        }
    }

    private boolean matches(byte[] bytes, int from, int to, long line, LineMatcher matcher) {
        boolean carriage = to - from >= encoding.unit() && bytes[encoding.little() ? to - 2 : to - 1] == '\r' && (encoding.unit() == 1 || bytes[encoding.little() ? to - 1 : to - 2] == 0);
        return switch (matcher.answer(bytes, from, carriage ? to - encoding.unit() : to)) {
            case YES -> true;
            case NO -> false;
            case TOO_LONG -> {
                if (tooLong.getAndIncrement() == 0) firstTooLong = line;
                yield false;
            }
        };
    }
}
