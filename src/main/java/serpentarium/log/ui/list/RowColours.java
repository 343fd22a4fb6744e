package serpentarium.log.ui.list;

import javafx.scene.paint.Color;
import serpentarium.kit.Tokens;
import serpentarium.log.Level;

/// The colours of rows in a theme.
final class RowColours {
    private static final String[] LIGHT = {"#24292f", "#cf222e", "#116329", "#7d4e00", "#0550ae", "#8250df", "#1b7c83", "#59636e",
        "#57606a", "#a40e26", "#1a7f37", "#633c01", "#0969da", "#a475f9", "#3192aa", "#8c959f"};
    private static final String[] DARK = {"#6e7681", "#ff7b72", "#3fb950", "#d29922", "#58a6ff", "#bc8cff", "#39c5cf", "#b1bac4",
        "#8b949e", "#ffa198", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#56d4dd", "#ffffff"};

    private final Tokens tokens;
    private final Color[] table = new Color[256];

    RowColours(Tokens tokens) {
        this.tokens = tokens;
        String[] base = tokens.dark() ? DARK : LIGHT;
        for (int i = 0; i < 256; i++) table[i] = i < 16 ? Color.web(base[i]) : i < 232 ? cube(i - 16) : Color.gray((8 + (i - 232) * 10) / 255.0);
    }

    private static Color cube(int index) {
        return Color.rgb(step(index / 36), step(index / 6 % 6), step(index % 6));
    }

    private static int step(int index) {
        return index == 0 ? 0 : 55 + index * 40;
    }

    Tokens tokens() {
        return tokens;
    }

    /// What shows a level beside a row; null where it is not worth showing.
    Color strip(int severity) {
        return LevelColours.of(severity, tokens);
    }

    /// The text of a row.
    Color text(Row row, boolean faint) {
        if (faint) return tokens.muted();
        if (!row.starts()) return row.severity() >= Level.ERROR.number() ? tokens.text().interpolate(tokens.danger(), 0.35) : tokens.text();
        if (row.severity() >= Level.ERROR.number()) return tokens.danger();
        if (row.severity() >= Level.WARNING.number()) return tokens.warning();
        if (row.severity() != Level.UNKNOWN && row.severity() <= Level.DEBUG.number()) return tokens.muted();
        return tokens.text();
    }

    /// The colour of a terminal's letters.
    Color fore(long style, Color usual) {
        boolean inverse = (style & TextStyles.INVERSE) != 0;
        Color colour = inverse ? of(style >>> TextStyles.BACK & TextStyles.COLOUR, tokens.background()) : of(style & TextStyles.COLOUR, on(style >>> TextStyles.BACK & TextStyles.COLOUR, usual));
        return (style & TextStyles.DIM) == 0 ? colour : colour.interpolate(tokens.background(), 0.4);
    }

    /// What can be read on a colour that only says what is behind.
    private Color on(long back, Color usual) {
        return back == 0 ? usual : of(back, usual).grayscale().getRed() < 0.5 ? Color.WHITE : Color.BLACK;
    }

    /// What is behind a terminal's letters; null for nothing.
    Color back(long style, Color usual) {
        boolean inverse = (style & TextStyles.INVERSE) != 0;
        return inverse ? of(style & TextStyles.COLOUR, usual) : of(style >>> TextStyles.BACK & TextStyles.COLOUR, null);
    }

    private Color of(long colour, Color usual) {
        if (colour == 0) return usual;
        if ((colour & TextStyles.DIRECT) == 0) return table[(int) colour - 1];
        return Color.rgb((int) (colour >> 16 & 0xff), (int) (colour >> 8 & 0xff), (int) (colour & 0xff));
    }
}
