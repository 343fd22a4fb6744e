package serpentarium.profile.ui;

import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.layout.Region;

/// A text in a cell. The label lies in a region of its own: a label that is the cell's graphic itself asks the cell for another layout
/// whenever the cell gives it another width than it asked for, which is at each layout.
final class TextFigure extends Region {
    private final Label label = new Label();

    /// @param ends whether the end of a text too long for it matters, such as the line after a file's name
    TextFigure(boolean ends) {
        if (ends) label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        getChildren().add(label);
        setMinWidth(0);
    }

    void setText(String text) {
        label.setText(text);
    }

    @Override protected double computePrefWidth(double height) {
        return label.prefWidth(-1);
    }

    @Override protected double computePrefHeight(double width) {
        return label.prefHeight(-1);
    }

    @Override protected void layoutChildren() {
        label.resizeRelocate(0, 0, getWidth(), getHeight());
    }
}
