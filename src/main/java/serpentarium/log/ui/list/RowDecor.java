package serpentarium.log.ui.list;

import java.util.List;
import java.util.Objects;
import javafx.scene.paint.Color;
import serpentarium.log.engine.LogLines;

/// What is painted into rows besides their text.
public interface RowDecor {
    /// Nothing.
    RowDecor NONE = new RowDecor() {};

    /// All of these together; of colours before a row the first that there is.
    static RowDecor of(List<RowDecor> all) {
        List<RowDecor> each = List.copyOf(all);
        return new RowDecor() {
            @Override public List<Span> spans(Row row) {
                return each.stream().flatMap(decor -> decor.spans(row).stream()).toList();
            }

            @Override public Color mark(LogLines.Spot spot) {
                return each.stream().map(decor -> decor.mark(spot)).filter(Objects::nonNull).findFirst().orElse(null);
            }

            @Override public Color source(LogLines.Spot spot) {
                return each.stream().map(decor -> decor.source(spot)).filter(Objects::nonNull).findFirst().orElse(null);
            }

            @Override public boolean faint(LogLines.Spot spot) {
                return each.stream().anyMatch(decor -> decor.faint(spot));
            }
        };
    }

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
