package serpentarium.traffic.ui;

import java.util.function.IntPredicate;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import serpentarium.traffic.FlowTable;

/// Draws when a flow happened: pale until the first byte of the response, full until the last.
final class WaterfallCell extends FlowCell {
    private final TrafficViewModel model;
    private final WaterfallScale scale;
    private final Canvas canvas = new Canvas();

    WaterfallCell(TrafficViewModel model, WaterfallScale scale, IntPredicate done) {
        super(done);
        this.model = model;
        this.scale = scale;
        getStyleClass().add("waterfall-cell");
        widthProperty().addListener(_ -> redraw());
        heightProperty().addListener(_ -> redraw());
    }

    @Override protected void layoutChildren() {
        super.layoutChildren();
        canvas.relocate(snappedLeftInset(), 0);
    }

    @Override void draw(int row) {
        double width = Math.floor(getWidth() - snappedLeftInset() - snappedRightInset());
        double height = Math.floor(getHeight());
        if (width < 4 || height < 4) {
            setGraphic(null);
            return;
        }
        canvas.setWidth(width);
        canvas.setHeight(height);
        setGraphic(canvas);
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, width, height);
        FlowTable table = model.table().get();
        if (row >= table.size()) return;
        double started = table.started(row);
        double duration = table.duration(row);
        boolean open = Double.isNaN(duration);
        double end = open ? table.open(row) ? scale.to() : started : started + duration;
        double from = scale.at(started, width);
        double to = Math.max(from + 2, scale.at(end, width));
        double wait = table.firstByte(row);
        double first = Double.isNaN(wait) ? to : Math.clamp(scale.at(started + wait, width), from, to);
        Color color = StatusClass.of(table, row).color();
        double top = Math.round(height * 0.3);
        double thick = Math.max(3, Math.round(height * 0.4));
        g.setFill(color.deriveColor(0, 1, 1, 0.38));
        g.fillRect(from, top, Math.max(1, first - from), thick);
        if (to > first) {
            g.setFill(color);
            g.fillRect(Math.min(first, to - 1.5), top, Math.max(1.5, to - first), thick);
        }
    }
}
