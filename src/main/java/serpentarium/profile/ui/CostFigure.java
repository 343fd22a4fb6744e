package serpentarium.profile.ui;

import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// A number at the right over a light bar from the left whose length is a share.
final class CostFigure extends Region {
    private final Region bar = new Region();
    private final Label number = new Label();
    private double share;

    CostFigure() {
        getStyleClass().add("cost-figure");
        bar.getStyleClass().add("cost-bar");
        number.getStyleClass().add("cost-number");
        getChildren().addAll(bar, number);
        setMinWidth(0);
    }

    /// Shows a number and a bar.
    ///
    /// @param share 0…1; NaN or 0 for no bar
    void show(String text, double share) {
        number.setText(text);
        this.share = Double.isNaN(share) ? 0 : Math.clamp(share, 0, 1);
        bar.setVisible(this.share > 0);
        requestLayout();
    }

    @Override protected double computePrefWidth(double height) {
        return number.prefWidth(-1) + 8;
    }

    @Override protected double computePrefHeight(double width) {
        return number.prefHeight(-1);
    }

    @Override protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        bar.resizeRelocate(0, 2, Math.max(1, snapSizeX(width * share)), Math.max(0, height - 4));
        double wanted = Math.min(width, snapSizeX(number.prefWidth(-1)));
        double tall = number.prefHeight(-1);
        number.resizeRelocate(width - wanted, snapPositionY((height - tall) / 2), wanted, tall);
    }
}
