package serpentarium.log.ui.list;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/// What rows are painted on; laid out alone, so that the window around it is not.
final class ListSurface extends Region {
    private final Canvas canvas = new Canvas();
    private final Runnable paint;
    private boolean fits;

    /// @param paint paints all of it
    ListSurface(Runnable paint) {
        this.paint = paint;
        setMouseTransparent(true);
        getChildren().add(canvas);
    }

    GraphicsContext graphics() {
        return canvas.getGraphicsContext2D();
    }

    /// Whether what was painted last has its size.
    boolean fits() {
        return fits;
    }

    /// Says that it was painted.
    ///
    /// @param whole whether nothing was missing
    void painted(boolean whole) {
        fits = whole;
    }

    @Override protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            fits = false;
        }
        paint.run();
    }
}
