package serpentarium.log.ui.list;

import java.util.function.Supplier;
import javafx.scene.paint.Color;

/// Lines that the scroll bar shows at their places.
///
/// @param name   what they are, for a person
/// @param colour of their ticks
/// @param lane   which of the bar's three lanes, from the left: 0 levels, 1 hits, 2 marks
/// @param inside tells whether any stands in a stretch of rows; asked again whenever the bar is painted
public record MapLane(String name, Supplier<Color> colour, int lane, Stretches inside) {
    /// Tells about stretches of rows.
    public interface Stretches {
        /// Whether any stands in the rows `from…to - 1` of a source.
        boolean any(RowSource source, long from, long to);
    }
}
