package serpentarium.log.ui.list;

import java.util.Optional;
import serpentarium.log.engine.LogLines;

/// All lines of a log.
///
/// @param lines the log
public record AllRows(LogLines lines) implements RowSource {
    @Override public long rows() {
        return lines.rows();
    }

    @Override public Optional<LogLines.Spot> spot(long row) {
        return lines.spot(row);
    }

    @Override public long row(LogLines.Spot spot) {
        return lines.row(spot);
    }
}
