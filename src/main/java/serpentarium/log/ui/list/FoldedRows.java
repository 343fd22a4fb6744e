package serpentarium.log.ui.list;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import serpentarium.log.engine.LineSet;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogPart;
import serpentarium.log.engine.RecordIndexes;
import serpentarium.log.engine.RecordKinds;
import serpentarium.log.engine.RecordMarks;

/// Rows of which records are folded to their first lines: all of them but those that a person has opened, or none but those that a person has closed.
/// What was not looked at yet is shown as it is. Only what is hidden is kept, so that little is where little is folded.
public final class FoldedRows implements RowSource {
    private static final int WIDEST = 1 << 22;

    private final RecordIndexes records;
    private final Map<LogPart, LineSet> opened = new ConcurrentHashMap<>();
    private final Map<LogPart, LineSet> closed = new ConcurrentHashMap<>();
    private final Map<LogPart, Hidden> hidden = new ConcurrentHashMap<>();
    private volatile Function<LogPart, LineSet> base;
    private volatile boolean folding;

    /// What is hidden of a part.
    ///
    /// @param marks what that was found out from
    /// @param of    the rows that there would be without; null for all lines
    /// @param lines what is hidden
    /// @param shown what is left; null where all lines are but these
    private record Hidden(RecordMarks marks, LineSet of, LineSet lines, LineSet shown) {}

    /// @param folding whether records are folded
    public FoldedRows(RecordIndexes records, boolean folding) {
        this.records = records;
        this.folding = folding;
    }

    /// Whether records are folded.
    public boolean folding() {
        return folding;
    }

    /// Folds all records or opens them; those that were opened or closed apart are forgotten.
    public void fold(boolean all) {
        folding = all;
        opened.clear();
        closed.clear();
    }

    /// Says which lines there are of each part; null for all.
    public void of(Function<LogPart, LineSet> lines) {
        base = lines;
    }

    /// Whether only some lines are shown, whatever is folded.
    public boolean some() {
        return base != null;
    }

    /// Finds out what is hidden now, off the window's thread: when more is known of the records, or other lines are shown.
    ///
    /// @return whether anything has changed
    public boolean update() {
        boolean changed = hidden.keySet().retainAll(records.log().parts());
        for (LogPart part : records.log().parts()) changed |= update(part, false);
        return changed;
    }

    /// The same after [#fold(boolean)].
    public boolean updateAll() {
        for (LogPart part : records.log().parts()) update(part, true);
        return true;
    }

    private boolean update(LogPart part, boolean whatever) {
        RecordMarks marks = records.of(part).marks();
        Function<LogPart, LineSet> now = base;
        LineSet of = now == null ? null : now.apply(part);
        Hidden before = hidden.get(part);
        if (!whatever && before != null && before.marks == marks && before.of == of) return false;
        LineSet lines = folding ? marks.lines(RecordKinds.ALL).andNot(marks.starts(RecordKinds.ALL)).andNot(opened.getOrDefault(part, LineSet.EMPTY))
                : closed.getOrDefault(part, LineSet.EMPTY);
        hidden.put(part, new Hidden(marks, of, lines, of == null ? null : of.andNot(lines)));
        return true;
    }

    /// The lines of the record that a line belongs to, as `first…end - 1`; empty where that is not known.
    private Optional<long[]> extent(Spot spot) {
        RecordMarks marks = records.of(spot.part()).marks();
        OptionalLong first = marks.start(spot.line());
        if (first.isEmpty()) return Optional.empty();
        OptionalLong next = marks.from(first.getAsLong() + 1, RecordKinds.ALL);
        return Optional.of(new long[] {first.getAsLong(), Math.min(next.orElse(marks.lines()), first.getAsLong() + WIDEST)});
    }

    /// Folds one record or opens it.
    ///
    /// @return its first line; empty where nothing is known of it
    public Optional<Spot> fold(Spot spot, boolean away) {
        Optional<long[]> extent = extent(spot);
        if (extent.isEmpty()) return Optional.empty();
        LineSet lines = LineSet.range(extent.get()[0] + 1, extent.get()[1]);
        Map<LogPart, LineSet> changed = folding ? opened : closed;
        LineSet before = changed.getOrDefault(spot.part(), LineSet.EMPTY);
        changed.put(spot.part(), away == folding ? before.andNot(lines) : before.or(lines));
        Hidden now = hidden.get(spot.part());
        if (now != null) {
            LineSet left = away ? now.lines.or(lines) : now.lines.andNot(lines);
            hidden.put(spot.part(), new Hidden(now.marks, now.of, left, now.of == null ? null : now.of.andNot(left)));
        }
        return Optional.of(new Spot(spot.part(), extent.get()[0]));
    }

    /// Whether a line is folded away.
    public boolean hides(Spot spot) {
        Hidden now = hidden.get(spot.part());
        return now != null && now.lines.contains(spot.line());
    }

    private static long rows(LogPart part, Hidden now) {
        return now == null ? part.index().lines() : now.shown != null ? now.shown.size() : Math.max(0, part.index().lines() - now.lines.size());
    }

    @Override public long rows() {
        long rows = 0;
        for (LogPart part : records.log().parts()) rows += rows(part, hidden.get(part));
        return rows;
    }

    @Override public Optional<Spot> spot(long row) {
        if (row < 0) return Optional.empty();
        long before = 0;
        for (LogPart part : records.log().parts()) {
            Hidden now = hidden.get(part);
            long rows = rows(part, now);
            if (row < before + rows) return Optional.of(new Spot(part, line(now, row - before, part.index().lines())));
            before += rows;
        }
        return Optional.empty();
    }

    private static long line(Hidden now, long row, long lines) {
        if (now == null) return row;
        if (now.shown != null) return now.shown.select(row);
        long low = row;
        long high = Math.min(lines - 1, row + now.lines.size());
        while (low < high) {
            long middle = low + high >>> 1;
            // The first line with so many shown ones up to it is shown itself.
            if (middle + 1 - now.lines.rank(middle + 1) > row) high = middle;
            else low = middle + 1;
        }
        return low;
    }

    @Override public long row(Spot spot) {
        long before = 0;
        List<LogPart> parts = records.log().parts();
        for (LogPart part : parts) {
            Hidden now = hidden.get(part);
            if (part == spot.part()) {
                if (now == null) return before + spot.line();
                long row = before + (now.shown != null ? now.shown.rank(spot.line()) : spot.line() - now.lines.rank(spot.line()));
                boolean there = now.shown != null ? now.shown.contains(spot.line()) : !now.lines.contains(spot.line());
                return there ? row : -1 - row;
            }
            before += rows(part, now);
        }
        return -1 - before;
    }
}
