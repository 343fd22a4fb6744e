package serpentarium.log.ui.list;

import java.util.Optional;
import serpentarium.log.engine.LogLines;

/// Which lines a list shows, and in which order: all of a log, what a filter found, records folded to their first lines. Answers come at once, from
/// memory, on any thread; rows may become more at any moment, and their numbers may move: who wants to find a line again keeps its spot.
public interface RowSource {
    /// How many rows there are now.
    long rows();

    /// The line that a row shows now; empty where there is no such row.
    Optional<LogLines.Spot> spot(long row);

    /// The row that shows a line now; where none does, `-1 - row` of the row before which it would stand.
    long row(LogLines.Spot spot);
}
