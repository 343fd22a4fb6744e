package serpentarium.profile.ui;

import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import serpentarium.profile.analysis.Origin;

/// A function in a cell: a dot in the colour of its origin, a mark such as `≈`, and its name with what was searched for emphasised.
final class FunctionFigure extends Region {
    private static final double DOT = 4;
    private static final PseudoClass MUTED = PseudoClass.getPseudoClass("muted");

    private final Circle dot = new Circle(DOT);
    private final Label mark = new Label();
    private final Label name = new Label();
    private final TextFlow marked = new TextFlow();

    FunctionFigure() {
        getStyleClass().add("function-figure");
        dot.setManaged(false);
        mark.getStyleClass().add("function-mark");
        name.getStyleClass().add("function-name");
        marked.getStyleClass().add("function-marked");
        getChildren().addAll(dot, mark, name, marked);
        var clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
        setMinWidth(0);
    }

    /// Shows a function.
    ///
    /// @param origin   its origin, or null for what is no function
    /// @param sign     a mark before the name; may be empty
    /// @param text     the name
    /// @param spans    begins and ends of what is emphasised
    void show(Origin origin, String sign, String text, int[] spans) {
        pseudoClassStateChanged(MUTED, origin == null);
        dot.setVisible(origin != null);
        dot.getStyleClass().setAll("origin-dot");
        if (origin != null) dot.getStyleClass().add(styleClass(origin));
        mark.setText(sign);
        name.setText(text);
        name.setVisible(spans.length == 0);
        marked.setVisible(spans.length > 0);
        marked.getChildren().clear();
        int at = 0;
        for (int i = 0; i < spans.length; i += 2) {
            part(text, at, spans[i], "function-part");
            part(text, spans[i], spans[i + 1], "function-match");
            at = spans[i + 1];
        }
        if (spans.length > 0) part(text, at, text.length(), "function-part");
        requestLayout();
    }

    /// The style class that gives an origin its colour.
    static String styleClass(Origin origin) {
        return "origin-" + origin.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void part(String text, int from, int to, String style) {
        if (from >= to) return;
        var part = new Text(text.substring(from, to));
        part.getStyleClass().add(style);
        marked.getChildren().add(part);
    }

    @Override protected double computePrefWidth(double height) {
        return nameStart() + name.prefWidth(-1) + 2;
    }

    @Override protected double computePrefHeight(double width) {
        return name.prefHeight(-1);
    }

    private double nameStart() {
        return 2 * DOT + 6 + (mark.getText().isEmpty() ? 0 : mark.prefWidth(-1) + 4);
    }

    @Override protected void layoutChildren() {
        double height = getHeight();
        dot.setCenterX(DOT);
        dot.setCenterY(height / 2);
        double tall = name.prefHeight(-1);
        double top = snapPositionY((height - tall) / 2);
        mark.resizeRelocate(2 * DOT + 6, top, mark.prefWidth(-1), tall);
        double from = snapPositionX(nameStart());
        name.resizeRelocate(from, top, Math.max(0, getWidth() - from), tall);
        double flowTall = marked.prefHeight(-1);
        // As wide as it wants: a line that breaks would vanish below the cell; the clip cuts it instead.
        marked.resizeRelocate(from, snapPositionY((height - flowTall) / 2), marked.prefWidth(-1) + 1, flowTall);
    }
}
