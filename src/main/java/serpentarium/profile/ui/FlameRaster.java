package serpentarium.profile.ui;

import java.util.Arrays;
import serpentarium.profile.analysis.FlameLayout;

/// Paints the boxes of a flame graph, without their labels, as pixels: a row is painted as one line and copied, which costs less than a
/// hundredth of what a canvas needs for as many rectangles. Knows no JavaFX.
final class FlameRaster {
    private static final int HATCH_PERIOD = 8;
    private static final int STRIP_ROW = 3;

    private final FlameLayout.Boxes boxes = new FlameLayout.Boxes();

    /// Paints all that a viewport shows.
    ///
    /// @param pixels 0xAARRGGBB, line by line; all of `width` · `height` are written
    /// @param scale  pixels of the picture for a pixel of the viewport, more than 1 on dense screens
    void paint(int[] pixels, int width, int height, double scale, FlameViewport view, FlameScene scene) {
        Arrays.fill(pixels, 0, width * height, scene.colors().background());
        if (width <= 0 || height <= 0 || view.layout().width() <= 0) return;
        int gap = Math.max(1, (int) Math.round(scale));
        double pixel = (view.right() - view.left()) / width;
        for (int row = view.firstRow(); row <= view.lastRow(); row++) {
            int y = (int) Math.round(view.y(row) * scale);
            int end = Math.min(height, (int) Math.round(view.y(row + 1) * scale) - gap);
            int begin = Math.max(0, y);
            if (begin >= end) continue;
            var line = new Line(pixels, begin * width, width, gap, view.left(), pixel);
            boolean search = scene.matches() != null;
            scene.layout().cut(scene.layout().rows(), row, view.left(), view.right(), pixel, boxes);
            for (int box = 0; box < boxes.size(); box++) {
                int fill = scene.fill(boxes.box(box));
                line.fill(boxes.left(box), boxes.right(box), search ? scene.colors().dimmed(fill) : fill);
            }
            if (search) matches(line, row, view, pixel, scene);
            for (int copy = begin + 1; copy < end; copy++) System.arraycopy(pixels, begin * width, pixels, copy * width, width);
            if (scene.layout().estimated()) hatch(pixels, width, begin, end, gap, row, view, pixel, scene);
        }
    }

    /// Paints all of a graph into a strip: as many rows as it has pixels, evenly taken where there are more.
    void strip(int[] pixels, int width, int height, FlameScene scene) {
        Arrays.fill(pixels, 0, width * height, scene.colors().background());
        FlameLayout layout = scene.layout();
        if (layout.width() <= 0) return;
        double pixel = layout.width() / width;
        int thick = Math.clamp(height / layout.rowCount(), 1, STRIP_ROW);
        int lines = Math.min(layout.rowCount(), height / thick);
        boolean search = scene.matches() != null;
        for (int l = 0; l < lines; l++) {
            int row = (int) ((long) l * layout.rowCount() / lines);
            var line = new Line(pixels, l * thick * width, width, 0, 0, pixel);
            layout.cut(layout.rows(), row, 0, layout.width(), pixel, boxes);
            for (int box = 0; box < boxes.size(); box++) {
                int fill = scene.fill(boxes.box(box));
                line.fill(boxes.left(box), boxes.right(box), search ? scene.colors().dimmed(fill) : fill);
            }
            if (search) {
                layout.cut(scene.matches(), row, 0, layout.width(), pixel, boxes);
                for (int box = 0; box < boxes.size(); box++) line.fill(boxes.left(box), boxes.right(box), scene.match());
            }
            for (int copy = 1; copy < thick; copy++) System.arraycopy(pixels, l * thick * width, pixels, (l * thick + copy) * width, width);
        }
    }

    private void matches(Line line, int row, FlameViewport view, double pixel, FlameScene scene) {
        scene.layout().cut(scene.matches(), row, view.left(), view.right(), pixel, boxes);
        for (int box = 0; box < boxes.size(); box++) line.fill(boxes.left(box), boxes.right(box), scene.match());
    }

    /// Draws diagonal lines over estimated boxes, whatever colour they have.
    private void hatch(int[] pixels, int width, int begin, int end, int gap, int row, FlameViewport view, double pixel, FlameScene scene) {
        int period = HATCH_PERIOD * gap;
        scene.layout().cut(scene.layout().rows(), row, view.left(), view.right(), 3 * pixel, boxes);
        for (int box = 0; box < boxes.size(); box++) {
            if (boxes.count(box) > 1 || !scene.estimated(boxes.box(box))) continue;
            int from = Math.max(0, edge(boxes.left(box), view.left(), pixel, width));
            int to = Math.min(width, edge(boxes.right(box), view.left(), pixel, width) - gap);
            if (to - from < 3) continue;
            int over = scene.colors().hatch(pixels[begin * width + from]);
            for (int y = begin; y < end; y++) {
                int at = y * width;
                for (int x = from; x < to; x++) if ((x + y) % period < period / 4) pixels[at + x] = over;
            }
        }
    }

    private static int edge(double cost, double left, double pixel, int width) {
        return (int) Math.round(Math.clamp((cost - left) / pixel, -2.0, width + 2.0));
    }

    private record Line(int[] pixels, int offset, int width, int gap, double left, double pixel) {
        void fill(double from, double to, int color) {
            if (to <= from) return;
            int begin = edge(from, left, pixel, width);
            int end = edge(to, left, pixel, width);
            if (end - begin > 2 * gap) end -= gap;
            else if (end <= begin) end = begin + 1;
            begin = Math.max(0, begin);
            end = Math.min(width, end);
            if (begin < end) Arrays.fill(pixels, offset + begin, offset + end, color);
        }
    }
}
