package serpentarium.profile.ui;

import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;

/// A flame graph as a picture of a chosen size, to be written by [serpentarium.kit.Snapshot].
final class FlamePng {
    /// The greatest width and height in pixels.
    static final int MOST_SIDE = 16_000;
    private static final double MOST_PIXELS = 64e6;

    private FlamePng() {}

    /// Paints what a viewport shows. Must be called on the window's thread.
    ///
    /// @param scale pixels of the picture for a pixel of the viewport; made smaller where the picture would be too large
    static WritableImage paint(FlameScene scene, FlameViewport view, double scale) {
        double bySide = MOST_SIDE / Math.max(view.width(), view.height());
        double byArea = Math.sqrt(MOST_PIXELS / (view.width() * view.height()));
        double fitting = Math.min(scale, Math.min(bySide, byArea));
        var canvas = new Canvas(view.width(), view.height());
        new FlamePainter().paint(canvas.getGraphicsContext2D(), fitting, view, scene);
        var parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(fitting, fitting));
        return canvas.snapshot(parameters, null);
    }
}
