package serpentarium.profile.ui;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Polygon;
import serpentarium.profile.analysis.Origin;

/// A line of a tree in a cell: indented by its depth, with an arrow that opens it, and a function. The indent takes at most half of the cell:
/// a level is narrower where the tree is deep, and where that is not enough its number stands there.
final class TreeFigure extends Region {
    private static final double WIDEST_STEP = 14;
    private static final double NARROWEST_STEP = 3;
    private static final double ARROW = 16;

    private final StackPane arrow = new StackPane(new Polygon(0, 0, 5, 4, 0, 8));
    private final Label level = new Label();
    private final FunctionFigure function = new FunctionFigure();
    private Runnable toggle = () -> {};
    private int depth;
    private int deepest;

    TreeFigure() {
        getStyleClass().add("tree-figure");
        arrow.getStyleClass().add("tree-arrow");
        level.getStyleClass().add("tree-level");
        getChildren().addAll(arrow, level, function);
        arrow.setOnMouseClicked(event -> {
            toggle.run();
            event.consume();
        });
        setMinWidth(0);
    }

    /// Shows a line.
    ///
    /// @param line    the line
    /// @param deepest how deep the deepest line lies that may be in sight
    /// @param action  what a click on the arrow does
    void show(TreeLine line, int deepest, Runnable action, Origin origin, String sign, String text, int[] spans) {
        this.depth = line.depth();
        this.deepest = deepest;
        toggle = action;
        arrow.setVisible(!line.leaf());
        arrow.setRotate(line.open() ? 90 : 0);
        level.setText(String.valueOf(depth));
        function.show(origin, sign, text, spans);
        requestLayout();
    }

    @Override protected double computePrefWidth(double height) {
        return depth * NARROWEST_STEP + ARROW + function.prefWidth(-1);
    }

    @Override protected double computePrefHeight(double width) {
        return function.prefHeight(width);
    }

    @Override protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double room = width / 2;
        double step = Math.clamp(room / Math.max(1, deepest), NARROWEST_STEP, WIDEST_STEP);
        boolean numbered = depth * step > room;
        double wide = numbered ? level.prefWidth(-1) + 6 : 0;
        double left = snapPositionX(Math.min(depth * step, room));
        level.setVisible(numbered);
        level.resizeRelocate(Math.max(0, left - wide), 0, wide, height);
        arrow.resizeRelocate(left, 0, ARROW, height);
        function.resizeRelocate(left + ARROW, 0, Math.max(0, width - left - ARROW), height);
    }
}
