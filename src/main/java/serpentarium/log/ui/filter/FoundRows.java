package serpentarium.log.ui.filter;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import serpentarium.log.engine.LineSet;
import serpentarium.log.engine.LogLines;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogPart;
import serpentarium.log.engine.RecordSearch;
import serpentarium.log.ui.list.RowSource;

/// The lines of the records that a search has found, and some lines around them.
public final class FoundRows implements RowSource {
    private final LogLines log;
    private final RecordSearch search;
    private final int around;
    private final Map<LogPart, Wide> wide = new ConcurrentHashMap<>();

    /// Found lines with those around them.
    private record Wide(LineSet found, long end, LineSet lines) {}

    /// @param around how many lines are shown before and behind each record
    public FoundRows(LogLines log, RecordSearch search, int around) {
        this.log = log;
        this.search = search;
        this.around = around;
    }

    /// What finds them.
    public RecordSearch search() {
        return search;
    }

    /// The lines of a part that are shown now.
    public LineSet lines(LogPart part) {
        LineSet found = search.lines(part);
        if (around == 0 || found.size() == 0) return found;
        long end = part.index().lines();
        Wide known = wide.get(part);
        if (known != null && known.found == found && known.end == end) return known.lines;
        var now = new Wide(found, end, found.around(around, end));
        wide.put(part, now);
        return now.lines;
    }

    /// Whether a line is here only because it is near one that was found.
    public boolean near(Spot spot) {
        return around > 0 && !search.lines(spot.part()).contains(spot.line());
    }

    @Override public long rows() {
        long rows = 0;
        for (LogPart part : log.parts()) rows += lines(part).size();
        return rows;
    }

    @Override public Optional<Spot> spot(long row) {
        if (row < 0) return Optional.empty();
        long before = 0;
        for (LogPart part : log.parts()) {
            LineSet lines = lines(part);
            if (row < before + lines.size()) return Optional.of(new Spot(part, lines.select(row - before)));
            before += lines.size();
        }
        return Optional.empty();
    }

    @Override public long row(Spot spot) {
        long before = 0;
        List<LogPart> parts = log.parts();
        for (LogPart part : parts) {
            LineSet lines = lines(part);
            if (part == spot.part()) {
                long row = before + lines.rank(spot.line());
                return lines.contains(spot.line()) ? row : -1 - row;
            }
            before += lines.size();
        }
        return -1 - before;
    }
}
