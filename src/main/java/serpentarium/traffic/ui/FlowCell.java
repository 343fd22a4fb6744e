package serpentarium.traffic.ui;

import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.paint.Color;

/// A cell of the list. It can be drawn again when its flow has grown, without the table knowing.
abstract class FlowCell extends TableCell<Integer, Integer> {
    private final IntPredicate done;
    private int kept = -1;

    /// @param done whether a row will say the same from now on
    FlowCell(IntPredicate done) {
        this.done = done;
    }

    @Override protected void updateItem(Integer row, boolean empty) {
        super.updateItem(row, empty);
        redraw();
    }

    /// Shows the row as it is now.
    final void redraw() {
        Integer row = isEmpty() ? null : getItem();
        kept = -1;
        if (row == null) clear();
        else {
            if (done.test(row)) kept = row;
            draw(row);
        }
    }

    /// Shows the row as it is now, where it may say something else than when it was drawn.
    final void follow() {
        Integer row = isEmpty() ? null : getItem();
        if (row == null || row != kept) redraw();
    }

    void clear() {
        setText(null);
        setGraphic(null);
    }

    abstract void draw(int row);

    /// A cell of text.
    static final class Text extends FlowCell {
        private final IntFunction<String> text;

        Text(IntFunction<String> text, boolean number, IntPredicate done) {
            super(done);
            this.text = text;
            if (number) getStyleClass().add("number-cell");
        }

        @Override void draw(int row) {
            String now = text.apply(row);
            if (!now.equals(getText())) setText(now);
        }
    }

    /// What a glyph cell shows.
    ///
    /// @param glyph in its colour
    /// @param text  beside it
    record Glyph(String glyph, Color color, String text) {}

    /// A glyph in its colour, with a text beside it.
    static final class Glyphed extends FlowCell {
        private final IntFunction<Glyph> content;
        private final Label glyph = new Label();

        Glyphed(IntFunction<Glyph> content, IntPredicate done) {
            super(done);
            this.content = content;
            glyph.getStyleClass().add("flow-glyph");
        }

        @Override void draw(int row) {
            Glyph now = content.apply(row);
            setText(now.text());
            if (now.glyph().isEmpty()) {
                setGraphic(null);
                return;
            }
            glyph.setText(now.glyph());
            glyph.setTextFill(now.color());
            setGraphic(glyph);
        }
    }
}
