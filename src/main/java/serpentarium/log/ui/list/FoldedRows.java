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
    private final Choice choice;
    private final Function<LogPart, LineSet> base;
    private final Map<LogPart, Hidden> hidden = new ConcurrentHashMap<>();

    /// What a person has folded, however many rows are shown.
    private static final class Choice {
        private final Map<LogPart, LineSet> opened = new ConcurrentHashMap<>();
        private final Map<LogPart, LineSet> closed = new ConcurrentHashMap<>();
        private volatile boolean folding;
    }

    /// What is hidden of a part.
    ///
    /// @param marks what that was found out from
    /// @param of    the rows that there would be without; null for all lines
    /// @param lines what is hidden
    /// @param shown what is left; null where all lines are but these
    private record Hidden(RecordMarks marks, LineSet of, LineSet lines, LineSet shown) {}

    /// @param folding whether records are folded
    public FoldedRows(RecordIndexes records, boolean folding) {
        this(records, new Choice(), null);
        choice.folding = folding;
    }

    private FoldedRows(RecordIndexes records, Choice choice, Function<LogPart, LineSet> base) {
        this.records = records;
        this.choice = choice;
        this.base = base;
    }

    /// Some lines of each part, with the same records folded.
    public FoldedRows over(Function<LogPart, LineSet> lines) {
        return new FoldedRows(records, choice, lines);
    }

    /// Whether records are folded.
    public boolean folding() {
        return choice.folding;
    }

    /// Folds all records or opens them; those that were opened or closed apart are forgotten. [#update(boolean)] makes it so.
    public void fold(boolean all) {
        choice.folding = all;
        choice.opened.clear();
        choice.closed.clear();
    }

    /// Whether only some lines are shown, whatever is folded.
    public boolean some() {
        return base != null;
    }

    /// Finds out what is hidden now, off the window's thread: when more is known of the records, or other lines are shown.
    ///
    /// @param whatever whether also where nothing is new
    /// @return whether anything has changed
    public boolean update(boolean whatever) {
        boolean changed = hidden.keySet().retainAll(records.log().parts());
        for (LogPart part : records.log().parts()) changed |= update(part, whatever);
        return changed;
    }

    /// A record of a part was folded or opened elsewhere.
    public void again(LogPart part) {
        hidden.remove(part);
    }

    private boolean update(LogPart part, boolean whatever) {
        RecordMarks marks = records.of(part).marks();
        LineSet of = base == null ? null : base.apply(part);
        Hidden before = hidden.get(part);
        if (!whatever && before != null && before.marks == marks && before.of == of) return false;
        LineSet lines = choice.folding ? marks.lines(RecordKinds.ALL).andNot(marks.starts(RecordKinds.ALL)).andNot(choice.opened.getOrDefault(part, LineSet.EMPTY))
                : choice.closed.getOrDefault(part, LineSet.EMPTY);
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
        Map<LogPart, LineSet> changed = choice.folding ? choice.opened : choice.closed;
        LineSet before = changed.getOrDefault(spot.part(), LineSet.EMPTY);
        changed.put(spot.part(), away == choice.folding ? before.andNot(lines) : before.or(lines));
        Hidden now = hidden.get(spot.part());
        if (now != null) {
            LineSet left = away ? now.lines.or(lines) : now.lines.andNot(lines);
            hidden.put(spot.part(), new Hidden(now.marks, now.of, left, now.of == null ? null : now.of.andNot(left)));
        }
        return Optional.of(new Spot(spot.part(), extent.get()[0]));
    }

    /// Whether a line is folded away.
    public boolean hides(Spot spot) {
        Hidden now = now(spot.part());
        return now != null && now.lines.contains(spot.line());
    }

    /// What is hidden of a part now; null for nothing of all lines.
    private Hidden now(LogPart part) {
        Hidden now = hidden.get(part);
        if (now != null || base == null) return now;
        LineSet of = base.apply(part);
        return new Hidden(null, of, LineSet.EMPTY, of);
    }

    private static long rows(LogPart part, Hidden now) {
        return now == null ? part.index().lines() : now.shown != null ? now.shown.size() : Math.max(0, part.index().lines() - now.lines.size());
    }

    @Override public long rows() {
        long rows = 0;
        for (LogPart part : records.log().parts()) rows += rows(part, now(part));
        return rows;
    }

    @Override public Optional<Spot> spot(long row) {
        if (row < 0) return Optional.empty();
        long before = 0;
        for (LogPart part : records.log().parts()) {
            Hidden now = now(part);
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
            Hidden now = now(part);
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
