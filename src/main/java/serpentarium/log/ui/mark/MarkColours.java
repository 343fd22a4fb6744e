package serpentarium.log.ui.mark;

import java.util.List;
import javafx.scene.paint.Color;
import serpentarium.log.engine.LogMark;

/// The colours of marks: gold, or that of their first tag, which is the same wherever the tag is.
public final class MarkColours {
    private static final Color PLAIN = Color.web("#cc9000");
    private static final List<Color> TAGS = List.of(Color.web("#3b82c4"), Color.web("#c9504a"), Color.web("#2a9060"), Color.web("#8a5cc9"), Color.web("#cc7700"),
            Color.web("#1f8a96"), Color.web("#b5478f"), Color.web("#6b7f1f"), Color.web("#8a6a45"));

    private MarkColours() {}

    /// The colour of a mark.
    public static Color of(LogMark mark) {
        return mark.tags().isEmpty() ? PLAIN : of(mark.tags().getFirst());
    }

    /// The colour of a tag.
    public static Color of(String tag) {
        return TAGS.get(Math.floorMod(tag.hashCode() * 31 + tag.length(), TAGS.size()));
    }

    static String css(Color colour) {
        return String.format(java.util.Locale.ROOT, "#%02x%02x%02x", Math.round(colour.getRed() * 255), Math.round(colour.getGreen() * 255), Math.round(colour.getBlue() * 255));
    }
}
