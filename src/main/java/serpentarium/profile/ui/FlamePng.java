package serpentarium.profile.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import javax.imageio.ImageIO;

/// A flame graph as a PNG picture of a chosen size: painted on the window's thread, packed on any.
final class FlamePng {
    /// The greatest width and height in pixels.
    static final int MOST_SIDE = 16_000;
    private static final double MOST_PIXELS = 64e6;

    private final BufferedImage image;

    private FlamePng(BufferedImage image) {
        this.image = image;
    }

    /// Paints what a viewport shows. Must be called on the window's thread.
    ///
    /// @param scale pixels of the picture for a pixel of the viewport; made smaller where the picture would be too large
    static FlamePng paint(FlameScene scene, FlameViewport view, double scale) {
        double fitting = Math.min(scale, Math.min(MOST_SIDE / Math.max(view.width(), view.height()),
                Math.sqrt(MOST_PIXELS / (view.width() * view.height()))));
        var canvas = new Canvas(view.width(), view.height());
        new FlamePainter().paint(canvas.getGraphicsContext2D(), fitting, view, scene);
        var parameters = new SnapshotParameters();
        parameters.setTransform(Transform.scale(fitting, fitting));
        WritableImage shot = canvas.snapshot(parameters, null);
        int width = (int) shot.getWidth();
        int height = (int) shot.getHeight();
        var argb = new int[width * height];
        shot.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), argb, 0, width);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        return new FlamePng(image);
    }

    /// The width in pixels.
    int width() {
        return image.getWidth();
    }

    /// The height in pixels.
    int height() {
        return image.getHeight();
    }

    /// Writes the picture; the stream stays open.
    void write(OutputStream out) throws IOException {
        if (!ImageIO.write(image, "png", out)) throw new IOException("no PNG writer");
    }
}
