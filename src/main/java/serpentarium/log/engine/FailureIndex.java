package serpentarium.log.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import serpentarium.log.Failure;
import serpentarium.log.Frame;
import serpentarium.log.RecordView;
import serpentarium.log.Traceback;
import serpentarium.log.analysis.TracebackParser;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.format.RecordScanner;
import serpentarium.task.Abreast;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// The failures of a log: which tracebacks are the same, how often each was seen, and where. It follows [RecordIndexes], on all cores; a traceback takes
/// twenty bytes.
public final class FailureIndex {
    /// More tracebacks are not told apart.
    private static final int MOST = 4_000_000;
    private static final int MOST_KINDS = 20_000;
    /// Records between two tracebacks that are not worth a jump.
    private static final int NEAR = 64;
    private static final int PIECE = 256;
    private static final int LONGEST_TITLE = 400;

    private final RecordIndexes records;
    private final Map<LogPart, Seen> parts = new HashMap<>();
    private final Map<Long, Integer> ids = new HashMap<>();
    private final List<Kind> kinds = new ArrayList<>();
    private long size;

    /// What is known of failures that are the same.
    private record Kind(long fingerprint, String title, String place) {}

    /// The tracebacks of one part, in the order of their lines.
    private static final class Seen {
        private long[] lines = new long[16];
        private long[] times = new long[16];
        private int[] kinds = new int[16];
        private int size;
        /// Records that begin before this line stay as they are.
        private long sure;
        private long known;

        void add(long line, long time, int kind) {
            if (size == lines.length) {
                lines = Arrays.copyOf(lines, size * 2);
                times = Arrays.copyOf(times, size * 2);
                kinds = Arrays.copyOf(kinds, size * 2);
            }
            lines[size] = line;
            times[size] = time;
            kinds[size++] = kind;
        }

        int find(long line) {
            return Arrays.binarySearch(lines, 0, size, line);
        }
    }

    /// Tracebacks that follow one another, as they were found.
    private static final class Found {
        private final List<Kind> kinds = new ArrayList<>();
        private final List<long[]> places = new ArrayList<>();
    }

    /// Makes one of a log; nothing is known yet.
    public FailureIndex(RecordIndexes records) {
        this.records = records;
    }

    /// Looks at the tracebacks that the records' index has got to know since the last time, and again at the last record of each part.
    ///
    /// @return whether anything was added or has changed
    /// @throws CancellationException when the task was cancelled; what was found until then stays
    public synchronized boolean extend(TaskContext context) throws IOException {
        List<LogPart> all = records.log().parts();
        boolean changed = false;
        for (LogPart gone : List.copyOf(parts.keySet())) if (!all.contains(gone)) {
            size -= parts.remove(gone).size;
            changed = true;
        }
        for (LogPart part : all) changed |= extend(part, all.size() == 1 ? context : context.child(1.0 / all.size()));
        return changed;
    }

    private boolean extend(LogPart part, TaskContext context) throws IOException {
        RecordMarks marks = records.of(part).marks();
        Seen seen = parts.computeIfAbsent(part, _ -> new Seen());
        if (marks.lines() == seen.known) return false;
        if (marks.lines() < seen.known) {
            size -= seen.size;
            seen = new Seen();
            parts.put(part, seen);
        }
        int before = seen.size;
        while (seen.size > 0 && seen.lines[seen.size - 1] >= seen.sure) {
            seen.size--;
            size--;
        }
        boolean changed = seen.size != before;
        List<long[]> stretches = stretches(marks, seen.sure);
        int pieces = (stretches.size() + PIECE - 1) / PIECE;
        long end = marks.before(Long.MAX_VALUE, RecordKinds.ALL).orElse(0);
        PartFormat format = records.reader().formats().of(part);
        try (var work = new Abreast<Found>(pieces, number -> found(part, format, marks, stretches.subList(number * PIECE, Math.min(stretches.size(), (number + 1) * PIECE)),
                new Piecework(context)))) {
            int done = 0;
            for (Found found; (found = work.next()) != null; ) {
                context.checkpoint();
                for (int i = 0; i < found.kinds.size() && size < MOST; i++) {
                    int kind = kind(found.kinds.get(i));
                    long line = found.places.get(i)[0];
                    if (kind >= 0) {
                        seen.add(line, found.places.get(i)[1], kind);
                        size++;
                    }
                    seen.sure = Math.min(line + 1, end);
                    changed = true;
                }
                context.progress(++done, pieces, Progress.Unit.STEPS);
            }
        }
        seen.sure = end;
        seen.known = marks.lines();
        return changed;
    }

    /// Stretches of records, first and last, in which tracebacks stand close to one another.
    private static List<long[]> stretches(RecordMarks marks, long from) {
        var stretches = new ArrayList<long[]>();
        LineSet failed = marks.starts(RecordKinds.FAILED);
        for (long row = failed.rank(from); row < failed.size() && row < MOST; row++) {
            long at = failed.select(row);
            if (stretches.isEmpty() || at - stretches.getLast()[1] > NEAR || at - stretches.getLast()[0] > NEAR * NEAR) stretches.add(new long[] {at, at});
            else stretches.getLast()[1] = at;
        }
        return stretches;
    }

    private static Found found(LogPart part, PartFormat format, RecordMarks marks, List<long[]> stretches, TaskContext context) throws IOException {
        var found = new Found();
        for (long[] stretch : stretches) {
            context.checkpoint();
            OptionalLong next = marks.from(stretch[1] + 1, RecordKinds.ALL);
            long end = next.isPresent() ? part.pages().offset(next.getAsLong()) : part.index().bytes();
            try (RecordScanner scanner = RecordRun.from(part, format, stretch[0], end, true, context)) {
                while (scanner.next()) {
                    RecordView view = scanner.view();
                    long line = view.line() - 1;
                    if (line > stretch[1]) break;
                    if (line < stretch[0] || !view.traceback()) continue;
                    String text = view.text("exception");
                    if (text == null || text.isBlank()) continue;
                    found.kinds.add(kind(text));
                    found.places.add(new long[] {line, view.time()});
                }
            }
        }
        return found;
    }

    private static Kind kind(String text) {
        Optional<Traceback> traceback = TracebackParser.parse(text);
        if (traceback.isEmpty()) {
            // A library that logs `ValueError: …` and no frames.
            String first = text.strip().lines().findFirst().orElse("");
            int colon = first.indexOf(':');
            return new Kind(first.substring(0, colon < 0 ? Math.min(first.length(), LONGEST_TITLE) : colon).hashCode(), cut(first), "");
        }
        Failure last = traceback.get().last();
        Failure raised = last;
        for (Failure each : traceback.get().failures()) if (raised.frames().isEmpty()) raised = each;
        return new Kind(traceback.get().fingerprint(), cut(last.title()), place(raised.frames()));
    }

    private static String place(List<Frame> frames) {
        if (frames.isEmpty()) return "";
        Frame own = frames.getLast();
        for (Frame frame : frames) if (!frame.library()) own = frame;
        return own.shortFile() + (own.line() < 0 ? "" : ":" + own.line()) + (own.function().isEmpty() ? "" : " " + own.function());
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TITLE ? text.substring(0, LONGEST_TITLE) + "…" : text;
    }

    private int kind(Kind found) {
        Integer known = ids.get(found.fingerprint);
        if (known != null) {
            kinds.set(known, found);
            return known;
        }
        if (kinds.size() == MOST_KINDS) return -1;
        ids.put(found.fingerprint, kinds.size());
        kinds.add(found);
        return kinds.size() - 1;
    }

    /// Whether every traceback is told apart; where there are too many of them, the rest is not.
    public synchronized boolean complete() {
        return size < MOST && kinds.size() < MOST_KINDS;
    }

    /// What failed, the most frequent first.
    public synchronized List<FailureGroup> groups() {
        var sums = new FailureSum[kinds.size()];
        for (LogPart part : records.log().parts()) {
            Seen seen = parts.get(part);
            for (int i = 0; seen != null && i < seen.size; i++) {
                int kind = seen.kinds[i];
                if (sums[kind] == null) sums[kind] = new FailureSum(part, seen.lines[i]);
                sums[kind].add(part, seen.lines[i], seen.times[i]);
            }
        }
        var groups = new ArrayList<FailureGroup>();
        for (int i = 0; i < sums.length; i++) if (sums[i] != null) groups.add(sums[i].group(kinds.get(i)));
        groups.sort(Comparator.comparingLong(FailureGroup::count).reversed().thenComparing(FailureGroup::title));
        return groups;
    }

    /// One kind while it is counted.
    private static final class FailureSum {
        private final Spot first;
        private LogPart part;
        private long line;
        private long count;
        private long from = RecordView.NO_TIME;
        private long to = RecordView.NO_TIME;

        FailureSum(LogPart part, long line) {
            first = new Spot(part, line);
        }

        void add(LogPart in, long at, long time) {
            part = in;
            line = at;
            count++;
            if (time == RecordView.NO_TIME) return;
            if (from == RecordView.NO_TIME || time < from) from = time;
            to = Math.max(to, time);
        }

        FailureGroup group(Kind kind) {
            return new FailureGroup(kind.fingerprint, kind.title, kind.place, count, first, new Spot(part, line), from, to);
        }
    }

    /// The fingerprint of the record that begins with a line; empty where it has no traceback.
    public synchronized OptionalLong at(Spot spot) {
        Seen seen = parts.get(spot.part());
        int at = seen == null ? -1 : seen.find(spot.line());
        return at < 0 ? OptionalLong.empty() : OptionalLong.of(kinds.get(seen.kinds[at]).fingerprint);
    }

    /// Where the same failure was seen next after a line, or last before it; empty where it was not.
    public synchronized Optional<Spot> next(Spot from, long fingerprint, boolean forward) {
        Integer kind = ids.get(fingerprint);
        List<LogPart> all = records.log().parts();
        int at = all.indexOf(from.part());
        if (kind == null || at < 0) return Optional.empty();
        for (int p = at; p >= 0 && p < all.size(); p += forward ? 1 : -1) {
            Seen seen = parts.get(all.get(p));
            if (seen == null) continue;
            int found = p == at ? seen.find(from.line()) : forward ? -1 : -seen.size - 1;
            int i = forward ? found < 0 ? -found - 1 : found + 1 : (found < 0 ? -found - 1 : found) - 1;
            for (; i >= 0 && i < seen.size; i += forward ? 1 : -1) if (seen.kinds[i] == kind) return Optional.of(new Spot(all.get(p), seen.lines[i]));
        }
        return Optional.empty();
    }
}
