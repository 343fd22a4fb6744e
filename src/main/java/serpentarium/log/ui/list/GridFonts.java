package serpentarium.log.ui.list;

import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.Text;

/// The fonts of a list and what letters measure in them.
///
/// @param font   of most letters
/// @param bold   of strong ones
/// @param beside of what is said beside the text
/// @param letter width of a letter
/// @param small  width of a letter beside the text
/// @param line   height of a line
/// @param base   where letters stand in a line
record GridFonts(Font font, Font bold, Font beside, double letter, double small, double line, double base) {
    private static final int MANY = 64;

    static GridFonts of(Font font) {
        Font bold = Font.font(font.getFamily(), FontWeight.BOLD, font.getSize());
        Font beside = Font.font(font.getFamily(), font.getSize() * 0.88);
        var text = new Text("0".repeat(MANY));
        text.setFont(font);
        double letter = text.getLayoutBounds().getWidth() / MANY;
        double height = text.getLayoutBounds().getHeight();
        double line = Math.ceil(height * 1.12);
        double base = Math.round((line - height) / 2 + text.getBaselineOffset());
        text.setFont(beside);
        return new GridFonts(font, bold, beside, letter, text.getLayoutBounds().getWidth() / MANY, line, base);
    }

    /// @param wrap how many columns a line has; 0 where lines are not wrapped
    RowFrame.Grid grid(int wrap) {
        return new RowFrame.Grid(font, bold, beside, letter, line, base, wrap);
    }
}
