package serpentarium.log.ui.list;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import javafx.scene.text.Font;
import serpentarium.log.engine.LogLines;

/// All that a picture of the rows is made of.
///
/// @param block    rows that were read
/// @param rows     how many there are
/// @param top      the one at the upper edge
/// @param offset   how much of it is above the edge
/// @param width    of the picture
/// @param height   of the picture
/// @param grid     the letters' grid
/// @param shift    how many columns are beyond the left edge
/// @param gutter   what stands before the text
/// @param selected rows that are selected
/// @param part     letters that are selected
/// @param lead     the row with the keyboard, or -1
/// @param focused  whether the keyboard is here
/// @param decor    what is painted besides the text
/// @param numbers  the number of a line, from 0; negative where nobody knows
record RowFrame(RowBlock block, long rows, long top, double offset, double width, double height, Grid grid, int shift, Gutter gutter,
                List<Selection.Rows> selected, Optional<Selection.Part> part, long lead, boolean focused, RowDecor decor, ToLongFunction<LogLines.Spot> numbers) {
    /// The letters' grid.
    ///
    /// @param font   of most letters
    /// @param bold   of strong ones
    /// @param small  of what is said beside
    /// @param letter width of a letter
    /// @param line   height of a line
    /// @param base   where letters stand in a line
    /// @param wrap   how many columns a line has; 0 where lines are not wrapped
    record Grid(Font font, Font bold, Font small, double letter, double line, double base, int wrap) {
        /// How many lines a row takes.
        int lines(Row row) {
            return wrap <= 0 || row == null ? 1 : Math.max(1, (row.columns().width() + wrap - 1) / wrap);
        }
    }

    /// What stands before the text: where each column begins.
    ///
    /// @param numbers the right edge of the numbers
    /// @param level   the strip of the level
    /// @param fold    the sign of what can be folded
    /// @param delta   the right edge of the time since the record before; 0 where it is not shown
    /// @param text    the text
    record Gutter(double numbers, double level, double fold, double delta, double text) {}

    boolean selected(long row) {
        for (Selection.Rows each : selected) if (row >= each.from() && row <= each.to()) return true;
        return false;
    }
}
