package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import serpentarium.log.RecordView;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.format.RecordScanner;
import serpentarium.log.format.RecordStarts;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// The records of one part that pass a filter. What the index says of records is believed first, then lines are looked for that have a text which the filter
/// needs, and only records that are left are read.
final class PartSearch {
    /// After so many records that took too long, the search is given up.
    static final int PATIENCE = 5;
    private static final int STRETCH_BITS = 22;
    /// Of a stretch in which fewer records than this are to be read, they are read one by one.
    private static final int FEW = 256;
    private static final long LONGEST = 64L << 20;

    private final RecordIndex index;
    private final LogPart part;
    private final PartFormats formats;
    private final LogFilter filter;
    private final boolean timed;
    private final AtomicInteger tooLong = new AtomicInteger();
    private volatile long firstTooLong = -1;
    private volatile Found found = Found.NOTHING;
    private volatile long searched;
    private PartFormat format;
    private long looked;
    private long sure;

    /// What was found.
    ///
    /// @param lines  all lines of the records
    /// @param starts their first lines
    record Found(LineSet lines, LineSet starts) {
        static final Found NOTHING = new Found(LineSet.EMPTY, LineSet.EMPTY);
    }

    /// What one run works with.
    private record Run(LineIndex.Known known, RecordMarks marks, long covered, Optional<List<ByteNeedle>> needles, long from, BufferPool pool, TaskContext context) {}

    PartSearch(RecordIndex index, PartFormats formats, LogFilter filter) {
        this.index = index;
        part = index.part();
        this.formats = formats;
        this.filter = filter;
        timed = FilterOutlook.timed(filter);
    }

    Found found() {
        return found;
    }

    /// How many bytes of the part have been searched.
    long searched() {
        return searched;
    }

    int tooLong() {
        return tooLong.get();
    }

    long firstTooLong() {
        return firstTooLong;
    }

    /// Whether lines came that were not searched yet.
    boolean behind() {
        return part.index().bytes() > looked;
    }

    /// Searches what is there now and was not searched before, and again the last records, which may have changed.
    void run(long near, TaskContext context) throws IOException {
        PartFormat now = formats.of(part);
        if (format != null && format.starts() != now.starts() && !format.detection().equals(now.detection())) {
            found = Found.NOTHING;
            sure = 0;
            looked = 0;
        }
        format = now;
        LineIndex.Known known = part.index().known();
        if (known.bytes() == looked || known.lines() == 0 || tooLong.get() >= PATIENCE) return;
        if (known.lines() < sure) sure = 0;
        if (found.starts.size() > 0) found = new Found(found.lines.head(sure), found.starts.head(sure));
        RecordMarks marks = index.marks();
        boolean fits = marks.format().isPresent() && marks.format().get().equals(format.detection());
        // The last of these records may go on behind.
        long covered = fits ? marks.start(Math.min(marks.sure(), known.lines()) - 1).orElse(0) : 0;
        var run = new Run(known, marks, covered, FilterNeedles.of(filter, part.index().encoding(), format.detection()), told(marks, covered), LineWindow.pool(), context);
        if (run.from < known.lines()) stretches(run, near);
        // The last line may not be whole, and then be one that goes on in the record before.
        long last = RecordReader.start(part, format, known.lines() - 1);
        sure = last <= 0 ? 0 : Math.max(0, RecordReader.start(part, format, last - 1));
        looked = known.bytes();
        searched = known.bytes();
    }

    /// Where only levels and tracebacks are asked for, the index knows the answer; gives the line from which on it does not.
    private long told(RecordMarks marks, long covered) {
        if (timed || covered <= sure) return sure;
        FilterOutlook.Kinds kinds = FilterOutlook.of(filter, null);
        if (marks.count(kinds.maybe()) > 0) return sure;
        found = new Found(marks.lines(kinds.sure()).head(covered), marks.starts(kinds.sure()).head(covered));
        return covered;
    }

    private void stretches(Run run, long near) throws IOException {
        long base = part.pages().offset(run.from);
        int first = (int) (base >>> STRETCH_BITS);
        int count = Math.max(0, (int) (run.known.bytes() - 1 >>> STRETCH_BITS) - first + 1);
        long place = part.pages().offset(Math.clamp(near, 0, Math.min(run.known.lines(), part.index().lines())));
        int nearest = Math.clamp((place >>> STRETCH_BITS) - first, 0, Math.max(0, count - 1));
        long done = 0;
        searched = base;
        try (var work = new Abreast<Hits>(count, number -> {
            int stretch = LineSearch.nearest(number, nearest, count);
            long from = stretch == 0 ? run.from : line(first + stretch, run.known);
            long to = stretch == count - 1 ? run.known.lines() : line(first + stretch + 1, run.known);
            return search(run, Math.max(run.from, from), Math.max(run.from, to));
        })) {
            for (Hits hits; (hits = work.next()) != null; ) {
                run.context.checkpoint();
                if (hits.count > 0) found = new Found(found.lines.withRanges(hits.ranges, hits.count), found.starts.with(hits.starts(), hits.count / 2));
                done += 1L << STRETCH_BITS;
                searched = Math.min(run.known.bytes(), base + done);
                run.context.progress(searched - base, run.known.bytes() - base, Progress.Unit.BYTES);
                if (tooLong.get() >= PATIENCE) break;
            }
        }
    }

    private long line(int stretch, LineIndex.Known known) {
        return Math.min(known.lines(), part.index().before((long) stretch << STRETCH_BITS) + 1);
    }

    /// Records that passed, as pairs of their first line and the one behind the last, sorted.
    private static final class Hits {
        private long[] ranges = new long[64];
        private int count;

        void add(long from, long to) {
            if (count == ranges.length) ranges = Arrays.copyOf(ranges, count * 2);
            ranges[count++] = from;
            ranges[count++] = to;
        }

        long[] starts() {
            long[] starts = new long[count / 2];
            for (int i = 0; i < starts.length; i++) starts[i] = ranges[2 * i];
            return starts;
        }
    }

    private Hits search(Run run, long from, long to) throws IOException {
        var hits = new Hits();
        if (from == to) return hits;
        run.context.checkpoint();
        boolean covered = to <= run.covered;
        if (run.needles.isEmpty()) {
            Candidates candidates = covered ? Candidates.of(run.marks, filter, timed, from, to) : null;
            if (candidates == null || candidates.maybe() > FEW) scan(run, from, to, candidates, hits);
            else pick(run, candidates, hits);
            return hits;
        }
        long first = first(run, from, covered);
        Candidates candidates = covered ? Candidates.of(run.marks, filter, timed, first, to) : null;
        if (candidates != null && candidates.none()) return hits;
        var lines = new NeedleLines(run.needles.get(), part, FEW);
        if (!lines.find(from, to, run.known, run.pool, run.context)) scan(run, first, to, candidates, hits);
        else single(run, lines, candidates, hits);
        return hits;
    }

    /// The first line of the record that a line belongs to; the line itself where there is none.
    private long first(Run run, long line, boolean covered) throws IOException {
        if (covered) return run.marks.start(line).orElse(line);
        long start = RecordReader.start(part, format, line);
        return start < 0 ? line : start;
    }

    /// Goes over all records that begin in some lines.
    private void scan(Run run, long from, long to, Candidates candidates, Hits hits) throws IOException {
        var context = new Piecework(run.context);
        var test = new RecordTest(filter, context);
        try (RecordScanner scanner = RecordRun.from(part, format, from, stop(run, to), true, context).until(to)) {
            while (scanner.next()) {
                RecordView view = scanner.view();
                long line = view.line() - 1;
                if (line >= to || tooLong.get() >= PATIENCE) break;
                if (line < from || candidates != null && !candidates.has(line)) continue;
                if (candidates != null && candidates.sure(line) || passes(test, view)) hits.add(line, view.last());
            }
        }
    }

    private long stop(Run run, long line) throws IOException {
        return Math.min(run.known.bytes(), part.pages().offset(line) + LONGEST);
    }

    private boolean passes(RecordTest test, RecordView view) {
        return switch (test.of(view)) {
            case YES -> true;
            case NO -> false;
            case TOO_LONG -> {
                if (tooLong.getAndIncrement() == 0) firstTooLong = view.line() - 1;
                yield false;
            }
        };
    }

    /// Takes the records that pass for certain, and reads the few that perhaps do.
    private void pick(Run run, Candidates candidates, Hits hits) throws IOException {
        var one = new One(run);
        for (long line = candidates.next(0); line >= 0 && tooLong.get() < PATIENCE; line = candidates.next(line + 1)) {
            if (!candidates.sure(line)) one.ask(line, hits);
            else {
                OptionalLong next = run.marks.from(line + 1, RecordKinds.ALL);
                hits.add(line, next.orElse(run.known.lines()));
            }
        }
    }

    /// Reads the records of single lines.
    private void single(Run run, NeedleLines lines, Candidates candidates, Hits hits) throws IOException {
        var one = new One(run);
        long last = -1;
        for (int i = 0; i < lines.count() && tooLong.get() < PATIENCE; i++) {
            long line = lines.line(i);
            if (hits.count > 0 && line < hits.ranges[hits.count - 1]) continue;
            long start = candidates != null ? run.marks.start(line).orElse(-1) : RecordReader.start(part, format, line);
            if (start < 0 || start == last || candidates != null && !candidates.has(start)) continue;
            last = start;
            one.ask(start, hits);
        }
    }

    /// Asks for single records.
    private final class One {
        private final Run run;
        private final Piecework context;
        private final RecordTest test;
        private final RecordStarts starts;

        One(Run run) {
            this.run = run;
            context = new Piecework(run.context);
            test = new RecordTest(filter, context);
            starts = format.reader();
        }

        void ask(long line, Hits hits) throws IOException {
            context.checkpoint();
            long stop = stop(run, line);
            try (RecordScanner scanner = starts.apart() ? RecordRun.from(part, starts, line, stop, true, context) : RecordRun.from(part, format, line, stop, true, context)) {
                while (scanner.until(line + 1).next()) {
                    if (scanner.view().line() - 1 < line) continue;
                    if (scanner.view().line() - 1 == line && passes(test, scanner.view())) hits.add(line, scanner.view().last());
                    break;
                }
            }
        }
    }
}
