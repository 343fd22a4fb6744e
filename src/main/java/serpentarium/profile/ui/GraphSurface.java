package serpentarium.profile.ui;

import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.GraphDrawing;

/// The painted area of a call graph, with its wheel, mouse and keys.
final class GraphSurface extends Region {
    private static final double LEAST_SCALE = 0.05;
    private static final double MOST_SCALE = 4;
    /// A drawing that would be smaller than this is shown in part, around its middle, with what is next to that where there is room.
    private static final double READABLE = 0.62;
    private static final double STEP = 1.3;
    private static final double WHEEL = 0.004;
    private static final double CLICK_SLOP = 4;
    private static final double SHIFT_PIXELS = 80;
    private static final double KEPT_IN_SIGHT = 60;

    private final Canvas canvas = new Canvas();
    private final GraphPainter painter = new GraphPainter();
    private final Tooltip tip = new Tooltip();
    private final Actions actions;
    private GraphScene scene;
    private Tokens tokens = Tokens.LIGHT;
    private double scale = 1;
    private double left;
    private double top;
    private boolean placed;
    private int hovered = -1;
    private int selected = -1;
    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragged;

    /// What the surface asks for.
    interface Actions {
        /// A box was chosen; -1 for none.
        void select(int box);

        /// A box is to be the middle.
        void centre(int box);

        /// The menu of a box, or of the whole for -1.
        void menu(int box, double screenX, double screenY);
    }

    GraphSurface(Actions actions, String role) {
        this.actions = actions;
        getStyleClass().add("graph-surface");
        getChildren().add(canvas);
        canvas.setMouseTransparent(true);
        setMinSize(0, 0);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleRoleDescription(role);
        tip.setShowDelay(Duration.millis(300));
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> hover(hit(event.getX(), event.getY())));
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> hover(-1));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        addEventHandler(ZoomEvent.ZOOM, event -> {
            zoomAt(event.getX(), event.getY(), event.getZoomFactor());
            event.consume();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, event -> {
            int box = event.isKeyboardTrigger() ? selected : hit(event.getX(), event.getY());
            actions.menu(box, event.getScreenX(), event.getScreenY());
            event.consume();
        });
        focusedProperty().addListener(_ -> repaint());
    }

    /// Shows a scene; null shows nothing.
    ///
    /// @param again whether it is the same drawing, so that what is in sight stays
    void show(GraphScene next, Tokens nextTokens, boolean again) {
        scene = next;
        tokens = nextTokens;
        hover(-1);
        if (!again) placed = false;
        place();
        repaint();
    }

    /// Marks the box of the selected function.
    void select(int box) {
        selected = box;
        setAccessibleText(box < 0 || scene == null ? null : scene.tooltip(box));
        repaint();
    }

    /// The marked box, or -1.
    int selected() {
        return selected;
    }

    /// Pixels a unit of the drawing.
    double scale() {
        return scale;
    }

    /// Shows the whole drawing.
    void fit() {
        if (scene == null || getWidth() <= 0 || getHeight() <= 0) return;
        GraphDrawing drawing = scene.drawing();
        scale = Math.clamp(Math.min(getWidth() / drawing.width(), getHeight() / drawing.height()), LEAST_SCALE, 1);
        left = (getWidth() - drawing.width() * scale) / 2;
        top = (getHeight() - drawing.height() * scale) / 2;
        repaint();
    }

    /// Enlarges around the middle of what is in sight.
    void zoom(double factor) {
        zoomAt(getWidth() / 2, getHeight() / 2, factor);
    }

    /// Brings a box into sight.
    void reveal(int box) {
        if (scene == null || box < 0) return;
        double x = left + scene.drawing().x(box) * scale;
        double y = top + scene.drawing().y(box) * scale;
        double width = GraphDrawing.BOX_WIDTH * scale;
        double height = GraphDrawing.BOX_HEIGHT * scale;
        double room = 12;
        if (x < room) left += room - x;
        else if (x + width > getWidth() - room) left -= x + width - getWidth() + room;
        if (y < room) top += room - y;
        else if (y + height > getHeight() - room) top -= y + height - getHeight() + room;
        repaint();
    }

    /// The middle of a box on this surface, for tests.
    double[] centre(int box) {
        return new double[] {left + (scene.drawing().x(box) + GraphDrawing.BOX_WIDTH / 2) * scale,
            top + (scene.drawing().y(box) + GraphDrawing.BOX_HEIGHT / 2) * scale};
    }

    private void place() {
        if (placed || scene == null || getWidth() <= 0 || getHeight() <= 0) return;
        placed = true;
        fit();
        if (scale >= READABLE) return;
        GraphDrawing drawing = scene.drawing();
        double three = 2 * GraphDrawing.COLUMN + GraphDrawing.BOX_WIDTH + 24;
        scale = Math.clamp(Math.min(getHeight() / drawing.height(), getWidth() / three), READABLE, 1);
        left = getWidth() / 2 - (drawing.x(0) + GraphDrawing.BOX_WIDTH / 2) * scale;
        top = getHeight() / 2 - (drawing.y(0) + GraphDrawing.BOX_HEIGHT / 2) * scale;
        bound();
    }

    private void zoomAt(double px, double py, double factor) {
        if (scene == null) return;
        double next = Math.clamp(scale * factor, LEAST_SCALE, MOST_SCALE);
        left = px - (px - left) * next / scale;
        top = py - (py - top) * next / scale;
        scale = next;
        bound();
        repaint();
    }

    private void pan(double dx, double dy) {
        left += dx;
        top += dy;
        bound();
        repaint();
    }

    /// What fits stays whole in sight where it was; what does not fit leaves no more empty room than it must.
    private void bound() {
        left = bound(left, scene.drawing().width() * scale, getWidth());
        top = bound(top, scene.drawing().height() * scale, getHeight());
    }

    private static double bound(double at, double size, double room) {
        return Math.clamp(at, Math.min(KEPT_IN_SIGHT - size, room - size), Math.max(room - KEPT_IN_SIGHT, 0));
    }

    private int hit(double x, double y) {
        return scene == null ? -1 : scene.drawing().boxAt((x - left) / scale, (y - top) / scale);
    }

    private void hover(int box) {
        if (box == hovered) return;
        hovered = box;
        setCursor(box >= 0 ? Cursor.HAND : null);
        if (box >= 0) {
            tip.setText(scene.tooltip(box));
            Tooltip.install(this, tip);
        } else {
            tip.hide();
            Tooltip.uninstall(this, tip);
        }
        repaint();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        dragged = false;
        pressedX = lastX = event.getX();
        pressedY = lastY = event.getY();
        event.consume();
    }

    private void dragged(MouseEvent event) {
        if (scene == null || event.getButton() != MouseButton.PRIMARY && event.getButton() != MouseButton.MIDDLE) return;
        if (!dragged && Math.hypot(event.getX() - pressedX, event.getY() - pressedY) < CLICK_SLOP) return;
        dragged = true;
        hover(-1);
        setCursor(Cursor.CLOSED_HAND);
        pan(event.getX() - lastX, event.getY() - lastY);
        lastX = event.getX();
        lastY = event.getY();
        event.consume();
    }

    private void released(MouseEvent event) {
        setCursor(null);
        if (event.getButton() == MouseButton.PRIMARY && !dragged && scene != null) {
            int box = hit(event.getX(), event.getY());
            if (event.getClickCount() >= 2 && box >= 0) actions.centre(box);
            else if (box >= 0) actions.select(box);
        }
        dragged = false;
        event.consume();
    }

    private void scrolled(ScrollEvent event) {
        if (scene == null) return;
        double across = event.getDeltaX();
        double down = event.getDeltaY();
        if (event.isShiftDown()) pan(across != 0 ? across : down, 0);
        else if (event.isAltDown()) pan(0, down != 0 ? down : across);
        else if (Math.abs(across) > Math.abs(down)) pan(across, 0);
        else zoomAt(event.getX(), event.getY(), Math.exp(Math.clamp(down, -400, 400) * WHEEL));
        event.consume();
    }

    private void key(KeyEvent event) {
        if (scene == null || event.isAltDown() || event.isMetaDown() || event.isShortcutDown()) return;
        boolean move = event.isShiftDown();
        int from = Math.max(0, selected);
        switch (event.getCode()) {
            case PLUS, ADD, EQUALS -> zoom(STEP);
            case MINUS, SUBTRACT -> zoom(1 / STEP);
            case DIGIT0, NUMPAD0, HOME -> fit();
            case ENTER -> actions.centre(from);
            case LEFT -> walk(move, SHIFT_PIXELS, 0, scene.neighbour(from, true));
            case RIGHT -> walk(move, -SHIFT_PIXELS, 0, scene.neighbour(from, false));
            case UP -> walk(move, 0, SHIFT_PIXELS, scene.beside(from, false));
            case DOWN -> walk(move, 0, -SHIFT_PIXELS, scene.beside(from, true));
            default -> {
                return;
            }
        }
        event.consume();
    }

    private void walk(boolean move, double dx, double dy, int box) {
        if (move) pan(dx, dy);
        else if (selected < 0) actions.select(0);
        else if (box >= 0) actions.select(box);
    }

    @Override protected void layoutChildren() {
        if (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight()) {
            canvas.setWidth(getWidth());
            canvas.setHeight(getHeight());
            place();
            repaint();
        }
    }

    private void repaint() {
        if (canvas.getWidth() <= 0 || canvas.getHeight() <= 0) return;
        var to = canvas.getGraphicsContext2D();
        to.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
        if (scene == null) return;
        painter.paint(to, canvas.getWidth(), canvas.getHeight(), scale, left, top, scene, tokens, new GraphPainter.Marks(hovered, selected));
        if (!isFocused()) return;
        to.setStroke(tokens.accent());
        to.setLineWidth(1);
        to.strokeRect(0.5, 0.5, canvas.getWidth() - 1, canvas.getHeight() - 1);
    }
}
