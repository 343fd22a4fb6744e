package serpentarium.profile.ui;

import java.nio.IntBuffer;
import javafx.beans.value.ObservableValue;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.stage.Window;
import serpentarium.kit.Tokens;

/// The painted area of a flame graph: three layers (boxes as pixels, labels, marks), each painted at most once a frame and only when it is
/// stale, so that moving the pointer paints the marks alone.
final class FlameSurface extends Region {
    private static final double MOST_SCALE = 4;

    private final FlamePainter painter = new FlamePainter();
    private final FlameOverlay overlay = new FlameOverlay();
    private final ImageView boxes = new ImageView();
    private final Canvas labels = new Canvas();
    private final Canvas marks = new Canvas();
    private final ObservableValue<Double> outputScale;
    private final Layers layers = new Layers();
    private Pixels pixels = new Pixels(0, 0);
    private FlameViewport view;
    private FlameScene scene;
    private Tokens tokens = Tokens.LIGHT;
    private FlameOverlay.Marks marked = new FlameOverlay.Marks(-1, -1, null, false);
    private boolean sceneStale = true;
    private boolean marksStale = true;
    private int paintedScenes;
    private int paintedMarks;

    FlameSurface() {
        getStyleClass().add("flame-surface");
        boxes.setSmooth(false);
        layers.getChildren().addAll(boxes, labels, marks);
        getChildren().add(layers);
        // Unmanaged, so that asking for a frame lays out this area alone and not the window around it.
        layers.setManaged(false);
        layers.setMouseTransparent(true);
        outputScale = sceneProperty().flatMap(javafx.scene.Scene::windowProperty).flatMap(FlameSurface::scaleOf);
        outputScale.addListener((_, _, _) -> repaint());
        setMinSize(0, 0);
    }

    private static ObservableValue<Double> scaleOf(Window window) {
        return window.outputScaleXProperty().map(Number::doubleValue);
    }

    /// Shows a graph through a viewport, which takes this area's size.
    void show(FlameViewport nextView, FlameScene nextScene, Tokens nextTokens) {
        view = nextView;
        scene = nextScene;
        tokens = nextTokens;
        if (view != null) view.resize(getWidth(), getHeight());
        repaint();
    }

    /// Marks boxes.
    void mark(FlameOverlay.Marks next) {
        if (next.equals(marked)) return;
        marked = next;
        marksStale = true;
        layers.requestLayout();
    }

    /// Everything is stale: the viewport has moved, or the scene is another.
    void repaint() {
        sceneStale = true;
        marksStale = true;
        layers.requestLayout();
    }

    /// How often boxes and labels were painted.
    int paintedScenes() {
        return paintedScenes;
    }

    /// How often the marks were painted.
    int paintedMarks() {
        return paintedMarks;
    }

    @Override protected void layoutChildren() {
        layers.resizeRelocate(0, 0, getWidth(), getHeight());
    }

    private void paint() {
        if (view == null || getWidth() < 1 || getHeight() < 1) return;
        if (marks.getWidth() != getWidth() || marks.getHeight() != getHeight()) {
            for (Canvas canvas : new Canvas[] {labels, marks}) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
            }
        }
        if (sceneStale) paintScene();
        if (marksStale) {
            // Blending an empty layer over the window costs the software pipeline two milliseconds a frame.
            marks.setVisible(marked.any());
            overlay.paint(marks.getGraphicsContext2D(), view, tokens, marked);
            paintedMarks++;
        }
        sceneStale = false;
        marksStale = false;
    }

    private void paintScene() {
        Double wanted = outputScale.getValue();
        double scale = Math.clamp(wanted == null ? 1 : wanted, 1, MOST_SCALE);
        int width = (int) Math.ceil(getWidth() * scale);
        int height = (int) Math.ceil(getHeight() * scale);
        if (pixels.width != width || pixels.height != height) {
            pixels = new Pixels(width, height);
            boxes.setImage(pixels.image);
        }
        boxes.setFitWidth(width / scale);
        boxes.setFitHeight(height / scale);
        // The buffer is written within the update, so that the renderer never shows half a frame.
        pixels.buffer.updateBuffer(_ -> {
            painter.boxes(pixels.argb, width, height, scale, view, scene);
            return null;
        });
        labels.getGraphicsContext2D().clearRect(0, 0, getWidth(), getHeight());
        painter.labels(labels.getGraphicsContext2D(), view, scene);
        paintedScenes++;
    }

    private final class Layers extends Pane {
        @Override protected void layoutChildren() {
            paint();
        }
    }

    private static final class Pixels {
        private final int width;
        private final int height;
        private final int[] argb;
        private final PixelBuffer<IntBuffer> buffer;
        private final WritableImage image;

        Pixels(int width, int height) {
            this.width = width;
            this.height = height;
            argb = new int[Math.max(1, width * height)];
            buffer = new PixelBuffer<>(Math.max(1, width), Math.max(1, height), IntBuffer.wrap(argb), PixelFormat.getIntArgbPreInstance());
            image = new WritableImage(buffer);
        }
    }
}
