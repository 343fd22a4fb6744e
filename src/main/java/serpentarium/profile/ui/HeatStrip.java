package serpentarium.profile.ui;

import java.util.function.IntConsumer;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// The costs of a whole file beside its scroll bar: a mark for each line that cost something, as strong as its cost. A click goes there.
final class HeatStrip extends Region {
    private static final double WIDTH = 12;
    private static final double LEAST_MARK = 2;

    private final Canvas canvas = new Canvas();
    private SourceHeat heat;
    private int lines = 1;
    private Color color = Color.GRAY;

    /// @param go goes to a line, from 1
    HeatStrip(IntConsumer go) {
        getStyleClass().add("heat-strip");
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        setMinHeight(0);
        setCursor(Cursor.HAND);
        canvas.setMouseTransparent(true);
        getChildren().add(canvas);
        setOnMouseClicked(event -> go.accept(nearest((int) Math.clamp(event.getY() / Math.max(1, getHeight()) * lines + 1, 1, lines))));
    }

    /// Shows other costs.
    ///
    /// @param count how many lines the file has
    /// @param ink   the colour of the dearest line
    void show(SourceHeat costs, int count, Color ink) {
        heat = costs;
        lines = Math.max(1, count);
        color = ink;
        paint();
    }

    /// The line with a cost that a click at a line is meant for: one of those that share a few pixels with it.
    private int nearest(int line) {
        int reach = (int) Math.ceil(4.0 * lines / Math.max(1, getHeight()));
        int best = line;
        double most = 0;
        for (int near = Math.max(1, line - reach); near <= Math.min(lines, line + reach); near++)
            if (heat != null && heat.at(near) > most) {
                most = heat.at(near);
                best = near;
            }
        return best;
    }

    @Override protected void layoutChildren() {
        if (canvas.getWidth() == getWidth() && canvas.getHeight() == getHeight()) return;
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        paint();
    }

    private void paint() {
        var to = canvas.getGraphicsContext2D();
        to.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        double greatest = heat == null ? 0 : heat.greatest();
        if (!(greatest > 0) || canvas.getHeight() <= 0) return;
        double tall = Math.max(LEAST_MARK, canvas.getHeight() / lines);
        for (int line = 1; line <= Math.min(lines, heat.lastLine()); line++) {
            double cost = heat.at(line);
            if (!(cost > 0)) continue;
            to.setFill(color.deriveColor(0, 1, 1, 0.25 + 0.75 * cost / greatest));
            double width = (canvas.getWidth() - 3) * (0.35 + 0.65 * cost / greatest);
            to.fillRect(canvas.getWidth() - 1 - width, (line - 1.0) / lines * canvas.getHeight(), width, tall);
        }
    }
}
