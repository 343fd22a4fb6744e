package serpentarium.log.ui.list;

import java.util.List;
import java.util.Optional;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogPart;

/// The last lines of a log that is not indexed yet: their numbers are not known, so they are counted from the end, the last one is -1.
///
/// @param part   whose lines
/// @param offset where the first of them begins
/// @param lines  the lines
public record EndRows(LogPart part, long offset, List<Row> lines) implements RowSource {
    public EndRows {
        lines = List.copyOf(lines);
    }

    @Override public long rows() {
        return lines.size();
    }

    @Override public Optional<Spot> spot(long row) {
        return row < 0 || row >= lines.size() ? Optional.empty() : Optional.of(lines.get((int) row).spot());
    }

    @Override public long row(Spot spot) {
        return spot.part() == part && spot.line() < 0 ? Math.max(-1, spot.line() + lines.size()) : -1;
    }

    /// The line that one of these turned out to be.
    ///
    /// @param first the number of the first of these
    public Spot known(Spot spot, long first) {
        return spot.part() == part && spot.line() < 0 ? new Spot(part, first + lines.size() + spot.line()) : spot;
    }

    List<Row> read(long first, int count) {
        int from = (int) Math.clamp(first, 0, (long) lines.size());
        return lines.subList(from, Math.min(lines.size(), from + count));
    }
}
