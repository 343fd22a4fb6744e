package serpentarium.profile.ui;

import javafx.scene.Cursor;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.ZoomEvent;
import serpentarium.profile.analysis.FlameLayout;

/// What mouse, trackpad and keys do in a flame graph; [FlameView] lists it.
final class FlameControls {
    private static final double WHEEL = 0.005;
    private static final double STEP = 1.4;
    private static final double SHIFT_PIXELS = 80;
    private static final double CLICK_SLOP = 4;

    private final FlameView graph;
    private final FlameModel flame;
    private final FlameSurface surface;
    private final FlameMenu menu;
    private double pressedX;
    private double pressedY;
    private double lastX;
    private double lastY;
    private boolean dragged;

    FlameControls(FlameView graph, FlameModel flame, FlameSurface surface, FlameMenu menu) {
        this.graph = graph;
        this.flame = flame;
        this.surface = surface;
        this.menu = menu;
        surface.addEventHandler(MouseEvent.MOUSE_MOVED, e -> graph.point(hit(e.getX(), e.getY()), e.getX(), e.getY()));
        surface.addEventHandler(MouseEvent.MOUSE_EXITED, _ -> graph.point(-1, 0, 0));
        surface.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        surface.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        surface.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        surface.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        surface.addEventHandler(ZoomEvent.ZOOM, this::pinched);
        surface.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        surface.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
    }

    private int hit(double x, double y) {
        return graph.viewport() == null ? -1 : graph.viewport().hit(x, y);
    }

    private void pressed(MouseEvent event) {
        surface.requestFocus();
        menu.hide();
        graph.dismissCard();
        dragged = false;
        pressedX = lastX = event.getX();
        pressedY = lastY = event.getY();
        event.consume();
    }

    private void dragged(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY && event.getButton() != MouseButton.MIDDLE) return;
        if (!dragged && Math.hypot(event.getX() - pressedX, event.getY() - pressedY) < CLICK_SLOP) return;
        dragged = true;
        surface.setCursor(Cursor.CLOSED_HAND);
        graph.point(-1, 0, 0);
        graph.pan(event.getX() - lastX, event.getY() - lastY);
        lastX = event.getX();
        lastY = event.getY();
        event.consume();
    }

    private void released(MouseEvent event) {
        surface.setCursor(null);
        if (event.getButton() == MouseButton.BACK) graph.back();
        if (event.getButton() == MouseButton.FORWARD) graph.forward();
        if (event.getButton() == MouseButton.PRIMARY && !dragged) {
            int box = hit(event.getX(), event.getY());
            if (event.getClickCount() >= 2 && box >= 0) enter(box);
            else graph.select(box);
        }
        dragged = false;
        event.consume();
    }

    /// Opens a fold; zooms to any other box.
    private void enter(int box) {
        if (!menu.openFold(box)) graph.zoomTo(box);
    }

    private void scrolled(ScrollEvent event) {
        graph.dismissCard();
        double across = event.getDeltaX();
        double down = event.getDeltaY();
        if (event.isShiftDown()) graph.pan(across != 0 ? across : down, 0);
        else if (event.isAltDown()) graph.pan(0, down != 0 ? down : across);
        else if (Math.abs(across) > Math.abs(down)) graph.pan(across, 0);
        else graph.zoomAt(event.getX(), Math.exp(Math.clamp(down, -400, 400) * WHEEL));
        event.consume();
    }

    private void pinched(ZoomEvent event) {
        graph.zoomAt(event.getX(), event.getZoomFactor());
        event.consume();
    }

    private void menu(ContextMenuEvent event) {
        if (graph.scene() == null) return;
        int box = event.isKeyboardTrigger() ? graph.selectedBox().get() : hit(event.getX(), event.getY());
        graph.dismissCard();
        menu.show(surface, box, event.getScreenX(), event.getScreenY());
        event.consume();
    }

    private void key(KeyEvent event) {
        if (graph.viewport() == null || event.isAltDown() || event.isMetaDown()) return;
        if (event.isShortcutDown() && event.getCode() != KeyCode.C) return;
        graph.dismissCard();
        if (act(event)) event.consume();
    }

    private boolean act(KeyEvent event) {
        boolean move = event.isShiftDown();
        FlameViewport view = graph.viewport();
        switch (event.getCode()) {
            case PLUS, ADD, EQUALS, W -> graph.zoom(STEP);
            case MINUS, SUBTRACT, S -> graph.zoom(1 / STEP);
            case A -> graph.pan(SHIFT_PIXELS, 0);
            case D -> graph.pan(-SHIFT_PIXELS, 0);
            case DIGIT1, NUMPAD1 -> graph.use(FlameMode.TIME);
            case DIGIT2, NUMPAD2 -> graph.use(FlameMode.HEAVY);
            case DIGIT3, NUMPAD3 -> graph.use(FlameMode.INVERTED);
            case DIGIT4, NUMPAD4 -> sandwich();
            case BACK_SPACE -> {
                if (move) graph.forward();
                else graph.back();
            }
            case DIGIT0, NUMPAD0, HOME -> graph.reset();
            case ESCAPE -> {
                return escape(view);
            }
            case ENTER -> enter(graph.walkFrom());
            case PAGE_UP -> graph.pan(0, view.height() - FlameViewport.ROW);
            case PAGE_DOWN -> graph.pan(0, FlameViewport.ROW - view.height());
            case LEFT -> walk(move, SHIFT_PIXELS, 0, KeyCode.LEFT);
            case RIGHT -> walk(move, -SHIFT_PIXELS, 0, KeyCode.RIGHT);
            case UP -> walk(move, 0, 2 * FlameViewport.ROW, KeyCode.UP);
            case DOWN -> walk(move, 0, -2 * FlameViewport.ROW, KeyCode.DOWN);
            case C -> {
                return event.isShortcutDown() && menu.copyName(graph.selectedBox().get());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean escape(FlameViewport view) {
        if (view.zoomed()) graph.reset();
        else if (graph.selectedBox().get() >= 0) graph.select(-1);
        else return false;
        return true;
    }

    private void walk(boolean move, double dx, double dy, KeyCode way) {
        if (move) {
            graph.pan(dx, dy);
            return;
        }
        int from = graph.walkFrom();
        if (graph.selectedBox().get() < 0) {
            graph.walkTo(from);
            return;
        }
        FlameLayout layout = graph.viewport().layout();
        graph.walkTo(switch (way) {
            case UP -> layout.above(from);
            case DOWN -> layout.below(from);
            case LEFT -> layout.neighbour(from, -1);
            default -> layout.neighbour(from, 1);
        });
    }

    /// Of the selected function, also where another one's is shown.
    private void sandwich() {
        int box = graph.selectedBox().get();
        if (box >= 0 && graph.viewport().layout().frame(box) >= 0) flame.sandwich(graph.viewport().layout().frame(box));
        else graph.use(FlameMode.SANDWICH);
    }
}
