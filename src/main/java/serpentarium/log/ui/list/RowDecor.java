package serpentarium.log.ui.list;

import java.util.List;
import javafx.scene.paint.Color;
import serpentarium.log.engine.LogLines;

/// What is painted into rows besides their text.
public interface RowDecor {
    /// Nothing.
    RowDecor NONE = new RowDecor() {};

    /// A stretch of a row's text with a colour behind it.
    ///
    /// @param from   its first letter
    /// @param to     the letter after its last
    /// @param colour behind it
    record Span(int from, int to, Color colour) {}

    /// Stretches that stand out, later ones over earlier ones.
    default List<Span> spans(Row row) {
        return List.of();
    }

    /// The colour of a mark before a row; null where it has none.
    default Color mark(LogLines.Spot spot) {
        return null;
    }

    /// The colour of the log that a row comes from, where there are several; else null.
    default Color source(LogLines.Spot spot) {
        return null;
    }

    /// Whether a row is here only because it is near others.
    default boolean faint(LogLines.Spot spot) {
        return false;
    }
}
