package serpentarium.profile.ui;

import java.util.Arrays;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.TimeLayout;

/// Paints a flame graph to any graphics context: boxes as pixels ([FlameRaster]), labels as text over them.
final class FlamePainter {
    /// The size of labels in pixels.
    static final double FONT_SIZE = 12;
    private static final double LEAST_LABEL = 25;
    private static final double PADDING = 4;
    private static final int MOST_LABELS = 600;
    private static final double LEAST_TICK = 110;

    private final FlameText text;
    private final FlameRaster raster = new FlameRaster();
    private final FlameLayout.Boxes boxes = new FlameLayout.Boxes();
    private int[] shown = new int[256];
    private double[] x = new double[256];
    private double[] y = new double[256];
    private double[] room = new double[256];
    private int size;

    FlamePainter() {
        text = new FlameText(Font.font(FONT_SIZE));
    }

    /// The boxes, as pixels; see [FlameRaster].
    void boxes(int[] pixels, int width, int height, double scale, FlameViewport view, FlameScene scene) {
        raster.paint(pixels, width, height, scale, view, scene);
    }

    /// Boxes and labels.
    ///
    /// @param scale pixels of the target for a pixel of the viewport
    void paint(GraphicsContext target, double scale, FlameViewport view, FlameScene scene) {
        int width = (int) Math.ceil(view.width() * scale);
        int height = (int) Math.ceil(view.height() * scale);
        if (width <= 0 || height <= 0) return;
        var pixels = new int[width * height];
        boxes(pixels, width, height, scale, view, scene);
        var image = new WritableImage(width, height);
        image.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        target.drawImage(image, 0, 0, view.width(), view.height());
        labels(target, view, scene);
    }

    /// Labels of boxes that have room for one: at most [#MOST_LABELS], those with the most room.
    ///
    /// @return how many were painted
    int labels(GraphicsContext target, FlameViewport view, FlameScene scene) {
        collect(view, scene);
        double least = least();
        target.setFont(text.font());
        target.setTextBaseline(VPos.CENTER);
        target.setTextAlign(TextAlignment.LEFT);
        int color = 0;
        int painted = 0;
        for (int i = 0; i < size; i++) {
            if (room[i] < least) continue;
            String label = fit(scene, shown[i], room[i] - 2 * PADDING);
            if (label.isEmpty()) continue;
            int wanted = textColor(scene, shown[i]);
            if (wanted != color) target.setFill(color(wanted));
            color = wanted;
            target.fillText(label, x[i] + PADDING, y[i]);
            painted++;
        }
        ticks(target, view, scene);
        return painted;
    }

    /// In the order of time: when it is, along the upper edge, from the left end of what is in sight.
    private void ticks(GraphicsContext target, FlameViewport view, FlameScene scene) {
        if (!(scene.layout() instanceof TimeLayout time) || time.width() <= 0 || view.width() <= 0) return;
        double row = view.y(0);
        if (row + FlameViewport.ROW <= 0) return;
        double step = niceStep(LEAST_TICK * view.pixel());
        target.setFill(color(FlameColors.textOn(scene.fill(time.trunk()))));
        double free = Math.max(0, view.x(0)) + text.width(scene.labels().label(time.trunk())) + 4 * PADDING;
        for (double at = Math.ceil(view.left() / step) * step; at <= view.right(); at += step) {
            double px = view.x(at);
            if (px < free) continue;
            target.fillRect(Math.round(px), row, 1, FlameViewport.ROW - 1);
            String label = scene.labels().cost(at);
            if (px + PADDING + text.width(label) < view.width()) target.fillText(label, px + PADDING, row + (FlameViewport.ROW - 1) / 2);
        }
    }

    /// The least of 1, 2 and 5 times a power of ten that is not less than `least`.
    static double niceStep(double least) {
        double power = Math.pow(10, Math.floor(Math.log10(least)));
        for (int times : new int[] {1, 2, 5}) if (times * power >= least) return times * power;
        return 10 * power;
    }

    private void collect(FlameViewport view, FlameScene scene) {
        size = 0;
        if (view.layout().width() <= 0) return;
        for (int row = view.firstRow(); row <= view.lastRow(); row++) {
            scene.layout().cut(scene.layout().rows(), row, view.left(), view.right(), LEAST_LABEL * view.pixel(), boxes);
            for (int box = 0; box < boxes.size(); box++) {
                if (boxes.count(box) > 1) continue;
                double from = Math.max(0, view.x(boxes.left(box)));
                double to = Math.min(view.width(), view.x(boxes.right(box)));
                if (to - from < LEAST_LABEL) continue;
                if (size == shown.length) {
                    shown = Arrays.copyOf(shown, size * 2);
                    x = Arrays.copyOf(x, size * 2);
                    y = Arrays.copyOf(y, size * 2);
                    room = Arrays.copyOf(room, size * 2);
                }
                shown[size] = boxes.box(box);
                y[size] = view.y(row) + (FlameViewport.ROW - 1) / 2;
                x[size] = from;
                room[size++] = to - from;
            }
        }
    }

    private double least() {
        if (size <= MOST_LABELS) return 0;
        double[] sorted = Arrays.copyOf(room, size);
        Arrays.sort(sorted);
        return sorted[size - MOST_LABELS];
    }

    private String fit(FlameScene scene, int box, double width) {
        String label = scene.labels().label(box);
        if (width > 140) {
            String longer = scene.labels().longLabel(box);
            if (text.width(longer) <= width) return longer;
        }
        return text.fit(label, width);
    }

    private static int textColor(FlameScene scene, int box) {
        int fill = scene.fill(box);
        if (scene.matches() == null) return FlameColors.textOn(fill);
        if (scene.matched(box)) return FlameColors.textOn(scene.match());
        int dimmed = scene.colors().dimmed(fill);
        return FlameColors.blend(FlameColors.textOn(dimmed), dimmed, 0.25);
    }

    /// A colour of JavaFX as 0xAARRGGBB.
    static int argb(Color color) {
        return (int) Math.round(color.getOpacity() * 255) << 24 | (int) Math.round(color.getRed() * 255) << 16
                | (int) Math.round(color.getGreen() * 255) << 8 | (int) Math.round(color.getBlue() * 255);
    }

    /// 0xAARRGGBB as a colour of JavaFX; the alpha is taken as full.
    static Color color(int argb) {
        return Color.rgb(argb >>> 16 & 0xff, argb >>> 8 & 0xff, argb & 0xff);
    }
}
