package serpentarium.kit;

import javafx.scene.paint.Color;

/// The colours of a theme for what is painted and not styled; the style sheet holds the same values as looked-up colours.
///
/// @param dark       whether this is the dark theme
/// @param background behind everything
/// @param surface    cards and bars
/// @param text       body text
/// @param muted      less important text
/// @param border     thin lines
/// @param accent     the one accent
/// @param selection  behind or around what is selected
/// @param match      around what a search found
/// @param warning    warnings
/// @param danger     errors
public record Tokens(boolean dark, Color background, Color surface, Color text, Color muted, Color border, Color accent, Color selection,
                     Color match, Color warning, Color danger) {
    /// Day.
    public static final Tokens LIGHT = new Tokens(false, Color.web("#ffffff"), Color.web("#f6f8fa"), Color.web("#1f2328"), Color.web("#59636e"),
            Color.web("#d1d9e0"), Color.web("#0b6e4f"), Color.web("#0b6e4f"), Color.web("#b35900"), Color.web("#9a6700"), Color.web("#cf222e"));
    /// Night.
    public static final Tokens DARK = new Tokens(true, Color.web("#0d1117"), Color.web("#161b22"), Color.web("#e6edf3"), Color.web("#9198a1"),
            Color.web("#30363d"), Color.web("#4cc38a"), Color.web("#4cc38a"), Color.web("#ffb454"), Color.web("#d29922"), Color.web("#f85149"));
}
