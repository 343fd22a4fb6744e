package serpentarium.log.ui.list;

import java.util.List;
import java.util.function.DoubleConsumer;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import serpentarium.base.Strings;

/// A scroll bar that is a map: what stands where in all of the rows, in three lanes, and which of it is seen now.
final class RowMap extends Region {
    private static final Strings STRINGS = Strings.of(RowMap.class);
    static final double WIDTH = 16;
    private static final double LEAST = 24;
    private static final double TICK = 2;

    private final Canvas ticks = new Canvas();
    private final Region thumb = new Region();
    private List<MapLane> lanes = List.of();
    private RowSource source;
    private double position;
    private double seen = 1;
    private long painted = -1;
    private double grabbed;
    private DoubleConsumer moved = _ -> {};
    private boolean stale = true;

    RowMap() {
        getStyleClass().add("row-map");
        thumb.getStyleClass().add("row-map-thumb");
        thumb.setMouseTransparent(true);
        ticks.setMouseTransparent(true);
        getChildren().addAll(ticks, thumb);
        setAccessibleRole(AccessibleRole.SCROLL_BAR);
        setAccessibleText(STRINGS.get("map.text"));
        addEventHandler(MouseEvent.MOUSE_PRESSED, event -> {
            double from = thumbTop();
            boolean inside = event.getY() >= from && event.getY() < from + thumbHeight();
            grabbed = inside ? event.getY() - from : thumbHeight() / 2;
            if (!inside) drag(event.getY());
            event.consume();
        });
        addEventHandler(MouseEvent.MOUSE_DRAGGED, event -> {
            drag(event.getY());
            event.consume();
        });
    }

    private void drag(double y) {
        double room = getHeight() - thumbHeight();
        moved.accept(room <= 0 ? 0 : Math.clamp((y - grabbed) / room, 0, 1));
    }

    /// Says where a person goes: 0 the beginning, 1 the end.
    void onMoved(DoubleConsumer listener) {
        moved = listener;
    }

    void lanes(List<MapLane> all) {
        lanes = List.copyOf(all);
        stale();
    }

    /// Has the lanes painted again.
    void stale() {
        stale = true;
        requestLayout();
    }

    /// What is seen now.
    ///
    /// @param where 0 the beginning, 1 the end
    /// @param share how much of all is seen
    void show(RowSource rows, double where, double share) {
        if (rows != source) stale = true;
        source = rows;
        if (where == position && share == seen && !stale && painted == rows.rows()) return;
        position = where;
        seen = share;
        requestLayout();
        notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
    }

    private double thumbHeight() {
        return Math.min(getHeight(), Math.max(LEAST, seen * getHeight()));
    }

    private double thumbTop() {
        return position * (getHeight() - thumbHeight());
    }

    @Override protected double computePrefWidth(double height) {
        return WIDTH;
    }

    @Override protected void layoutChildren() {
        double height = getHeight();
        thumb.setVisible(seen < 1);
        thumb.resizeRelocate(1, thumbTop(), getWidth() - 2, thumbHeight());
        boolean sized = ticks.getWidth() != getWidth() || ticks.getHeight() != height;
        if (sized) {
            ticks.setWidth(getWidth());
            ticks.setHeight(height);
        }
        if (source == null) return;
        // Lanes of a log that grows move by less than a pixel most of the time.
        long rows = source.rows();
        boolean moved = painted < 0 || Math.abs(rows - painted) * height > painted * 0.5;
        if (sized || stale || moved) paint(rows);
    }

    private void paint(long rows) {
        stale = false;
        painted = rows;
        GraphicsContext g = ticks.getGraphicsContext2D();
        g.clearRect(0, 0, ticks.getWidth(), ticks.getHeight());
        int height = (int) ticks.getHeight();
        if (rows == 0 || height == 0) return;
        double lane = (WIDTH - 4) / 3;
        for (MapLane each : lanes) {
            g.setFill(each.colour().get());
            double x = 2 + each.lane() * lane;
            for (int y = 0; y < height; y++) {
                long from = (long) ((double) rows * y / height);
                long to = Math.max(from + 1, (long) ((double) rows * (y + 1) / height));
                if (rows < height && y > 0 && from == (long) ((double) rows * (y - 1) / height)) continue;
                if (each.inside().any(source, from, Math.min(to, rows))) g.fillRect(x, y, lane - 0.5, TICK);
            }
        }
    }

    @Override public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE -> position;
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> 1.0;
            case ORIENTATION -> Orientation.VERTICAL;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
