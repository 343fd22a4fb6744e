package serpentarium.profile.ui;

import serpentarium.profile.analysis.FlameLayout;

/// Which part of a flame graph is in sight: zoom and position across, in cost; scroll position down, in pixels. Pure arithmetic.
///
/// Row 0, the root, is on top; each row is [#ROW] pixels high. Across, the view never leaves the graph.
final class FlameViewport {
    /// The height of a row in pixels, the line between rows included.
    static final double ROW = 20;
    /// Doubles tell neighbours apart down to about 2⁻⁵² of the whole; beyond this zoom edges would begin to tremble.
    private static final double DEEPEST = 0x1p-40;

    private FlameLayout layout;
    private double width;
    private double height;
    private double left;
    private double span;
    private double top;
    private int focus;

    /// What was in sight at some time.
    ///
    /// @param left  the cost at the left edge
    /// @param span  how much cost there was across
    /// @param top   how many pixels were hidden above
    /// @param focus the box that filled the view
    record Part(double left, double span, double top, int focus) {}

    /// Of all of a graph, in a view of no size yet.
    FlameViewport(FlameLayout layout) {
        show(layout);
    }

    /// A view of another size of the same part, from a row on.
    FlameViewport copy(double newWidth, double newHeight, double newTop) {
        var other = new FlameViewport(layout);
        other.left = left;
        other.span = span;
        other.focus = focus;
        other.resize(newWidth, newHeight);
        other.scrollTo(newTop);
        return other;
    }

    /// Shows all of another graph across, from the row of the trunk on.
    void show(FlameLayout next) {
        layout = next;
        reset();
        top = 0;
        toTrunk();
    }

    /// Scrolls so that the trunk is in sight; where boxes stand on it, with some of them.
    void toTrunk() {
        if (layout.trunkRow() > 0) scrollTo((layout.trunkRow() + 0.5) * ROW - height / 2);
    }

    /// What is in sight now.
    Part part() {
        return new Part(left, span, top, focus);
    }

    /// Shows a part again.
    void show(Part part) {
        left = part.left;
        span = part.span;
        settle();
        focus = part.focus;
        scrollTo(part.top);
    }

    /// Shows what lies between two costs.
    void range(double from, double to) {
        if (!(to > from)) return;
        span = Math.clamp(to - from, layout.width() * DEEPEST, layout.width());
        left = from;
        settle();
    }

    /// The graph.
    FlameLayout layout() {
        return layout;
    }

    /// Takes a new size in pixels.
    void resize(double newWidth, double newHeight) {
        width = Math.max(0, newWidth);
        height = Math.max(0, newHeight);
        scrollTo(top);
    }

    /// The width in pixels.
    double width() {
        return width;
    }

    /// The height in pixels.
    double height() {
        return height;
    }

    /// The cost at the left edge.
    double left() {
        return left;
    }

    /// The cost at the right edge.
    double right() {
        return left + span;
    }

    /// How much cost a pixel is wide.
    double pixel() {
        return width > 0 ? span / width : span;
    }

    /// How much of the graph is hidden above, in pixels.
    double top() {
        return top;
    }

    /// The greatest [#top()].
    double maxTop() {
        return Math.max(0, contentHeight() - height);
    }

    /// The height of all rows in pixels.
    double contentHeight() {
        return layout.rowCount() * ROW;
    }

    /// Whether less than all is in sight across.
    boolean zoomed() {
        return span < layout.width() * (1 - 1e-9);
    }

    /// How many times the whole is enlarged.
    double magnification() {
        return span > 0 ? layout.width() / span : 1;
    }

    /// The box that fills the view: what was zoomed to, or after free zooming the deepest that covers all that is in sight, and of a
    /// chain of calls of one width the first.
    int focus() {
        return focus;
    }

    /// Shows everything across.
    void reset() {
        left = 0;
        span = layout.width();
        focus = layout.trunk();
    }

    /// Enlarges by `factor` (smaller than 1: shrinks) so that what is at `px` stays there.
    void zoom(double px, double factor) {
        if (!(factor > 0) || layout.width() <= 0) return;
        double at = cost(px);
        double least = layout.width() * DEEPEST;
        span = Math.clamp(span / factor, least, layout.width());
        left = at - (width > 0 ? px / width : 0.5) * span;
        settle();
    }

    /// Moves what is shown by pixels: positive moves the contents to the right and down.
    void pan(double dx, double dy) {
        left -= dx * pixel();
        scrollTo(top - dy);
        settle();
    }

    /// Scrolls down to a number of hidden pixels.
    void scrollTo(double newTop) {
        top = Math.clamp(newTop, 0, maxTop());
    }

    /// Zooms so that a box fills the width, with a few of the rows above it.
    void fit(int box) {
        double boxWidth = layout.right(box) - layout.left(box);
        if (boxWidth <= 0) return;
        span = Math.max(boxWidth, layout.width() * DEEPEST);
        left = layout.left(box);
        settle();
        focus = box;
        double y = y(layout.row(box));
        if (y < 0 || y + ROW > height / 2) scrollTo(top + y - 2 * ROW);
    }

    /// Moves as little as needed so that a box can be seen whole, or that a part of it can be seen where it is wider than the view.
    void reveal(int box) {
        double x = layout.left(box);
        double end = layout.right(box);
        if (end <= left || x >= right()) left = (x + end - span) / 2;
        else if (end - x <= span) left = x < left ? x : Math.max(left, end - span);
        settle();
        double y = y(layout.row(box));
        if (y < 0) scrollTo(top + y);
        else if (y + ROW > height) scrollTo(top + y + ROW - height);
    }

    private void settle() {
        left = Math.clamp(left, 0, Math.max(0, layout.width() - span));
        focus = covering();
    }

    private int covering() {
        int trunk = layout.trunk();
        // Of several threads side by side in time none fills the view.
        if (!zoomed() || layout.lanes() > 0) return trunk;
        int box = covering(trunk, 1);
        if (box == trunk && layout.trunkRow() > 0) box = covering(trunk, -1);
        double reach = (layout.right(box) - layout.left(box)) * (1 + 1e-9);
        for (int up; (up = layout.parent(box)) >= 0 && layout.right(up) - layout.left(up) <= reach; ) box = up;
        return box;
    }

    private int covering(int trunk, int way) {
        double slack = span * 1e-9;
        int box = trunk;
        int row = layout.trunkRow();
        for (int next; (next = layout.at(row + way, left + span / 2)) >= 0; box = next, row += way)
            if (layout.left(next) > left + slack || layout.right(next) < right() - slack) break;
        return box;
    }

    /// Where a cost lies across, in pixels.
    double x(double cost) {
        return span > 0 ? (cost - left) / span * width : 0;
    }

    /// The cost at a pixel across.
    double cost(double px) {
        return left + (width > 0 ? px / width : 0) * span;
    }

    /// Where a row begins, in pixels.
    double y(int row) {
        return row * ROW - top;
    }

    /// The row at a pixel; may be past the last.
    int row(double py) {
        return (int) Math.floor((py + top) / ROW);
    }

    /// The first row in sight.
    int firstRow() {
        return Math.max(0, row(0));
    }

    /// The last row in sight.
    int lastRow() {
        return Math.min(layout.rowCount() - 1, row(Math.max(0, height - 1e-6)));
    }

    /// The box at a point, or -1.
    int hit(double px, double py) {
        if (px < 0 || py < 0 || px >= width || py >= height) return -1;
        return layout.at(row(py), cost(px));
    }
}
