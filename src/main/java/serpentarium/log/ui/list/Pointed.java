package serpentarium.log.ui.list;

import java.util.Optional;
import serpentarium.log.engine.LogLines.Spot;

/// A place in the text of a row.
///
/// @param spot   the row's line
/// @param text   its text
/// @param letter which letter of it
public record Pointed(Spot spot, String text, int letter) {
    /// What is at a point of a list, where that row was read.
    public static Optional<Pointed> at(LogList list, double x, double y) {
        long number = list.port().rowAt(y);
        Row row = number < 0 ? null : list.row(number);
        return row == null ? Optional.empty() : Optional.of(new Pointed(row.spot(), row.text(), list.letterAt(number, x, y)));
    }
}
