package serpentarium.profile.ui;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.GraphDrawing;
import serpentarium.profile.analysis.Neighbourhood.Link;

/// Paints a call graph: lines first, then what stands at them, then the boxes.
final class GraphPainter {
    private static final double ROUND = 10;
    private static final double INSET = 8;
    /// Below this scale texts would be grey dust.
    private static final double LEGIBLE = 0.42;

    private final FlameText bold = new FlameText(Font.font(null, FontWeight.BOLD, 12.5));
    private final FlameText small = new FlameText(Font.font(11));

    /// What stands out.
    ///
    /// @param hovered  the box under the pointer, or -1
    /// @param selected the box of the selected function, or -1
    record Marks(int hovered, int selected) {}

    /// Paints a scene.
    ///
    /// @param scale how many pixels a unit of the drawing takes
    /// @param left  where the drawing's left edge lies, in pixels
    /// @param top   where its top edge lies
    void paint(GraphicsContext to, double width, double height, double scale, double left, double top, GraphScene scene, Tokens tokens, Marks marks) {
        to.save();
        to.setFill(FlamePainter.color(scene.background()));
        to.fillRect(0, 0, width, height);
        to.translate(left, top);
        to.scale(scale, scale);
        int mark = marks.hovered >= 0 ? marks.hovered : marks.selected;
        for (GraphDrawing.Curve curve : scene.drawing().curves()) if (!touches(scene, curve, mark)) curve(to, curve, scene, tokens.muted(), 0.45);
        for (GraphDrawing.Curve curve : scene.drawing().curves()) if (touches(scene, curve, mark)) curve(to, curve, scene, tokens.accent(), 0.85);
        if (scale >= LEGIBLE) for (GraphDrawing.Curve curve : scene.drawing().curves()) label(to, curve, scene, tokens, touches(scene, curve, mark));
        for (int box = 0; box < scene.shown().boxes().size(); box++) box(to, scene, box, tokens, marks, scale);
        to.restore();
    }

    private static boolean touches(GraphScene scene, GraphDrawing.Curve curve, int box) {
        Link link = scene.shown().links().get(curve.link());
        return link.from() == box || link.to() == box;
    }

    private static void curve(GraphicsContext to, GraphDrawing.Curve curve, GraphScene scene, Color color, double opacity) {
        double thickness = scene.thickness(curve.link());
        Color ink = color.deriveColor(0, 1, 1, opacity);
        to.setStroke(ink);
        to.setLineWidth(thickness);
        to.setLineCap(StrokeLineCap.BUTT);
        if (scene.unknown(curve.link())) to.setLineDashes(2, 4);
        else if (curve.back()) to.setLineDashes(7, 4);
        else to.setLineDashes(0);
        double[] x = curve.x();
        double[] y = curve.y();
        int last = x.length - 1;
        double side = curve.arriving(last - 1);
        double size = 5 + thickness / 2;
        to.beginPath();
        to.moveTo(x[0], y[0]);
        for (int part = 0; part < last; part++) {
            double bend = curve.bend(part);
            // The line ends inside its arrow, or its corners would stand out beside the tip.
            double end = part == last - 1 ? x[part + 1] + side * size : x[part + 1];
            to.bezierCurveTo(x[part] + curve.leaving(part) * bend, y[part], x[part + 1] + curve.arriving(part) * bend, y[part + 1], end, y[part + 1]);
        }
        to.stroke();
        to.setLineDashes(0);
        to.setFill(ink);
        to.fillPolygon(new double[] {x[last], x[last] + side * size * 1.4, x[last] + side * size * 1.4},
                new double[] {y[last], y[last] - size * 0.7, y[last] + size * 0.7}, 3);
    }

    private void label(GraphicsContext to, GraphDrawing.Curve curve, GraphScene scene, Tokens tokens, boolean marked) {
        if (!marked && !scene.roomy(curve.link())) return;
        String text = scene.label(curve.link());
        double[] at = curve.middle();
        double half = small.width(text) / 2 + 3;
        to.setFill(FlamePainter.color(scene.background()).deriveColor(0, 1, 1, 0.88));
        to.fillRoundRect(at[0] - half, at[1] - 7.5, 2 * half, 15, 6, 6);
        to.setFill(marked ? tokens.text() : tokens.muted());
        to.setFont(small.font());
        to.setTextAlign(TextAlignment.CENTER);
        to.fillText(text, at[0], at[1] + 4);
    }

    private void box(GraphicsContext to, GraphScene scene, int box, Tokens tokens, Marks marks, double scale) {
        double x = scene.drawing().x(box);
        double y = scene.drawing().y(box);
        double width = GraphDrawing.BOX_WIDTH;
        double height = GraphDrawing.BOX_HEIGHT;
        int fill = scene.fill(box);
        to.setFill(FlamePainter.color(fill));
        to.fillRoundRect(x, y, width, height, ROUND, ROUND);
        if (box == marks.hovered) {
            to.setFill(tokens.dark() ? Color.gray(1, 0.14) : Color.gray(0, 0.08));
            to.fillRoundRect(x, y, width, height, ROUND, ROUND);
        }
        Color ink = FlamePainter.color(FlameColors.textOn(fill));
        if (scale >= LEGIBLE) {
            to.setTextAlign(TextAlignment.LEFT);
            to.setFill(ink);
            to.setFont(bold.font());
            to.fillText(bold.fit(scene.name(box), width - 2 * INSET), x + INSET, y + 17);
            to.setFont(small.font());
            to.fillText(small.fit(scene.figures(box), width - 2 * INSET), x + INSET, y + 32);
        }
        bar(to, x + INSET, y + height - 8, width - 2 * INSET, ink, 0.16);
        bar(to, x + INSET, y + height - 8, (width - 2 * INSET) * scene.totalShare(box), ink, 0.32);
        bar(to, x + INSET, y + height - 8, (width - 2 * INSET) * scene.selfShare(box), ink, 0.85);
        if (scene.found(box)) outline(to, x, y, tokens.match(), 2.5, 1);
        if (box == 0) outline(to, x, y, tokens.text(), 2, 2.5);
        if (box == marks.selected) outline(to, x, y, tokens.selection(), 3, box == 0 ? 5.5 : 2.5);
    }

    private static void bar(GraphicsContext to, double x, double y, double width, Color ink, double opacity) {
        to.setFill(ink.deriveColor(0, 1, 1, opacity));
        to.fillRect(x, y, width, 4);
    }

    private static void outline(GraphicsContext to, double x, double y, Color color, double width, double off) {
        to.setStroke(color);
        to.setLineWidth(width);
        to.strokeRoundRect(x - off, y - off, GraphDrawing.BOX_WIDTH + 2 * off, GraphDrawing.BOX_HEIGHT + 2 * off, ROUND + off, ROUND + off);
    }
}
