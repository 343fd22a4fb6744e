package serpentarium.profile.ui;

import javafx.scene.Cursor;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import serpentarium.base.Strings;
import serpentarium.kit.Tokens;

/// All of a flame graph in a strip, with a frame around what is in sight; there while less than all is. Dragging the frame moves the view, dragging
/// elsewhere chooses a range, a click goes to a place, the wheel zooms.
///
/// The picture is painted once for a graph and a width; moving the view moves the frame only.
final class FlameMinimap extends Region {
    /// The height in pixels.
    static final double HEIGHT = 40;
    private static final Strings STRINGS = Strings.of(FlameMinimap.class);
    private static final double WHEEL = 0.005;
    private static final double CLICK_SLOP = 4;
    private static final double LEAST_FRAME = 3;

    private final FlameView graph;
    private final ImageView picture = new ImageView();
    private final Rectangle before = new Rectangle();
    private final Rectangle after = new Rectangle();
    private final Rectangle frame = new Rectangle();
    private FlameScene scene;
    private boolean stale;
    private double paintedWidth;
    private int painted;
    private double left;
    private double right;
    private double pressed;
    private double grabbed;
    private boolean moves;
    private boolean dragged;

    FlameMinimap(FlameView graph) {
        this.graph = graph;
        getStyleClass().add("flame-minimap");
        setAccessibleText(STRINGS.get("flame.minimap"));
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setVisible(false);
        setManaged(false);
        frame.setFill(Color.TRANSPARENT);
        frame.setStrokeWidth(1.5);
        for (Rectangle shape : new Rectangle[] {before, after, frame}) {
            shape.setManaged(false);
            shape.setMouseTransparent(true);
        }
        picture.setManaged(false);
        picture.setMouseTransparent(true);
        getChildren().addAll(picture, before, after, frame);
        addEventHandler(MouseEvent.MOUSE_MOVED, e -> setCursor(inFrame(e.getX()) ? Cursor.OPEN_HAND : Cursor.CROSSHAIR));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    }

    /// Another graph, or the same in other colours.
    void show(FlameScene next, Tokens tokens) {
        scene = next;
        stale = true;
        Color shade = tokens.background().deriveColor(0, 1, 1, 0.6);
        before.setFill(shade);
        after.setFill(shade);
        frame.setStroke(tokens.accent());
        requestLayout();
    }

    /// Frames what is in sight.
    ///
    /// @param room whether there is room for a picture of the whole
    void follow(FlameViewport view, boolean room) {
        double whole = view.layout().width();
        left = whole > 0 ? view.left() / whole : 0;
        right = whole > 0 ? view.right() / whole : 1;
        boolean wanted = room && view.zoomed();
        if (wanted != isVisible()) {
            setVisible(wanted);
            setManaged(wanted);
        }
        place();
    }

    /// How often the picture was painted.
    int painted() {
        return painted;
    }

    @Override protected void layoutChildren() {
        if (isVisible() && scene != null && (stale || paintedWidth != getWidth())) paint();
        place();
    }

    private void paint() {
        int width = (int) Math.ceil(getWidth());
        if (width < 1) return;
        int height = (int) HEIGHT;
        var pixels = new int[width * height];
        new FlameRaster().strip(pixels, width, height, scene);
        var image = new WritableImage(width, height);
        image.getPixelWriter().setPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        picture.setImage(image);
        stale = false;
        paintedWidth = getWidth();
        painted++;
    }

    private void place() {
        double from = left * getWidth();
        double to = Math.max(from + LEAST_FRAME, right * getWidth());
        set(before, 0, from);
        set(after, to, getWidth());
        frame.setX(from + 0.75);
        frame.setY(0.75);
        frame.setWidth(Math.max(1, to - from - 1.5));
        frame.setHeight(HEIGHT - 1.5);
    }

    private static void set(Rectangle shape, double from, double to) {
        shape.setX(from);
        shape.setWidth(Math.max(0, to - from));
        shape.setHeight(HEIGHT);
    }

    private boolean inFrame(double x) {
        return x >= left * getWidth() - 2 && x <= Math.max(right * getWidth(), left * getWidth() + LEAST_FRAME) + 2;
    }

    private void pressed(MouseEvent event) {
        pressed = event.getX();
        grabbed = event.getX() / getWidth() - left;
        moves = inFrame(event.getX());
        dragged = false;
        event.consume();
    }

    private void dragged(MouseEvent event) {
        event.consume();
        if (!dragged && Math.abs(event.getX() - pressed) < CLICK_SLOP) return;
        dragged = true;
        if (moves) to(event.getX() / getWidth() - grabbed, right - left, true);
        else to(Math.min(pressed, event.getX()) / getWidth(), Math.abs(event.getX() - pressed) / getWidth(), true);
    }

    private void released(MouseEvent event) {
        event.consume();
        if (!dragged && !moves) to(event.getX() / getWidth() - (right - left) / 2, right - left, false);
        dragged = false;
    }

    /// Shows a part, given by shares of the whole.
    private void to(double from, double span, boolean moving) {
        double whole = scene.layout().width();
        graph.range(from * whole, (from + span) * whole, moving);
    }

    private void scrolled(ScrollEvent event) {
        double factor = Math.exp(Math.clamp(event.getDeltaY(), -400, 400) * WHEEL);
        double at = event.getX() / getWidth();
        double span = (right - left) / factor;
        double from = inFrame(event.getX()) ? at - (at - left) / factor : at - span / 2;
        to(from, span, true);
        event.consume();
    }
}
