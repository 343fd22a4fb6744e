package serpentarium.profile.ui;

import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.FlameLayout;

/// Paints what changes without the graph: the box under the pointer, the boxes of the selected function, the selected box.
final class FlameOverlay {
    private static final int MOST_OUTLINES = 2_000;

    private final FlameLayout.Boxes boxes = new FlameLayout.Boxes();

    /// What is marked.
    ///
    /// @param hovered  the box under the pointer, or -1
    /// @param selected the selected box, or -1
    /// @param same     all boxes of the selected function, or null
    /// @param focused  whether keys go to the graph
    record Marks(int hovered, int selected, FlameLayout.Rows same, boolean focused) {
        /// Whether there is anything to paint.
        boolean any() {
            return hovered >= 0 || selected >= 0 || focused || same != null && same.size() > 0;
        }
    }

    /// Clears the target and paints the marks.
    void paint(GraphicsContext target, FlameViewport view, Tokens tokens, Marks marks) {
        target.clearRect(0, 0, view.width(), view.height());
        if (view.layout().width() <= 0) return;
        if (marks.hovered >= 0) {
            target.setFill(tokens.dark() ? Color.gray(1, 0.18) : Color.gray(0, 0.12));
            box(target, view, marks.hovered);
        }
        if (marks.same != null) same(target, view, tokens, marks.same);
        if (marks.selected >= 0) outline(target, view, marks.selected, tokens.text(), 1.25, 2.5);
        if (marks.focused) {
            target.setStroke(tokens.accent());
            target.setLineWidth(1);
            target.strokeRect(0.5, 0.5, view.width() - 1, view.height() - 1);
        }
    }

    private void same(GraphicsContext target, FlameViewport view, Tokens tokens, FlameLayout.Rows rows) {
        int outlines = 0;
        target.setFill(tokens.selection());
        for (int row = view.firstRow(); row <= view.lastRow(); row++) {
            view.layout().cut(rows, row, view.left(), view.right(), view.pixel(), boxes);
            for (int box = 0; box < boxes.size(); box++) {
                double from = Math.max(-4, view.x(boxes.left(box)));
                double to = Math.min(view.width() + 4, view.x(boxes.right(box)));
                if (to - from >= 6 && outlines++ < MOST_OUTLINES) {
                    outline(target, view, boxes.box(box), tokens.selection(), 1, 2);
                } else {
                    target.fillRect(from, view.y(row) + FlameViewport.ROW - 5, Math.max(2, to - from), 4);
                }
            }
        }
    }

    private static void outline(GraphicsContext target, FlameViewport view, int box, Color color, double inset, double width) {
        double from = Math.max(-4, view.x(view.layout().left(box)));
        double to = Math.min(view.width() + 4, view.x(view.layout().right(box)));
        double y = view.y(view.layout().row(box));
        if (to <= 0 || from >= view.width() || y >= view.height() || y + FlameViewport.ROW <= 0) return;
        target.setStroke(color);
        target.setLineWidth(width);
        target.strokeRect(from + inset, y + inset, Math.max(1, to - from - 1 - 2 * inset), FlameViewport.ROW - 1 - 2 * inset);
    }

    private static void box(GraphicsContext target, FlameViewport view, int box) {
        double from = Math.max(0, view.x(view.layout().left(box)));
        double to = Math.min(view.width(), view.x(view.layout().right(box)));
        target.fillRect(from, view.y(view.layout().row(box)), Math.max(1, to - from), FlameViewport.ROW - 1);
    }
}
