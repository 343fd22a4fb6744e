package serpentarium.log.ui.list;

import javafx.scene.paint.Color;
import serpentarium.kit.Tokens;
import serpentarium.log.Level;

/// What colour a level has, the same wherever it is painted.
public final class LevelColours {
    private LevelColours() {}

    /// The colour of a level; null where it is not worth showing.
    ///
    /// @param severity on Python's scale, or [Level#UNKNOWN]
    public static Color of(int severity, Tokens tokens) {
        if (severity >= Level.CRITICAL.number()) return tokens.dark() ? Color.web("#ff7b9c") : Color.web("#a40e56");
        if (severity >= Level.ERROR.number()) return tokens.danger();
        if (severity >= Level.WARNING.number()) return tokens.warning();
        if (severity >= Level.INFO.number()) return tokens.background().interpolate(tokens.dark() ? Color.web("#388bfd") : Color.web("#54aeff"), 0.55);
        return severity == Level.UNKNOWN ? null : tokens.border();
    }
}
