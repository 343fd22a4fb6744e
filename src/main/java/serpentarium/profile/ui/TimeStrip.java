package serpentarium.profile.ui;

import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.Cursor;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;
import serpentarium.base.Strings;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.Filter;
import serpentarium.profile.analysis.TimeActivity;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// How busy the chosen threads were over the profile's time, and which range of it is looked at. Dragging sets a range, its edges move it, a
/// double click or Escape takes it away; with the focus, arrows move it, with Shift its end, with Alt its begin.
final class TimeStrip extends Region {
    private static final Strings STRINGS = Strings.of(TimeStrip.class);
    private static final int COLUMNS = 1600;
    private static final double HEIGHT = 46;
    private static final double LABELS = 15;
    private static final double GRIP = 5;
    private static final double LEAST = 3;
    private static final double STEP = 1 / 50.0;

    private final ProfileViewModel model;
    private final Tasks tasks;
    private final Theme theme;
    private final Canvas canvas = new Canvas();
    private final Object key = new Object();
    private final TimeActivity.Span span;
    /// Held here and weakly by the theme, which outlives every strip.
    private final ChangeListener<Tokens> themed = (_, _, _) -> paint();
    private final TimeBrush brush;
    private TimeActivity activity;

    TimeStrip(ProfileViewModel model, Theme theme, Tasks tasks) {
        this.model = model;
        this.theme = theme;
        this.tasks = tasks;
        span = model.timeSpan();
        brush = new TimeBrush(span.begin(), span.end());
        getStyleClass().add("time-strip");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        getChildren().add(canvas);
        widthProperty().addListener(_ -> paint());
        focusedProperty().addListener(_ -> paint());
        theme.tokens().addListener(new WeakChangeListener<>(themed));
        model.analysis().subscribe(_ -> count());
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> setCursor(brush.grip(value(event.getX()), width(GRIP)) ? Cursor.H_RESIZE : Cursor.TEXT));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        follow();
    }

    private double value(double x) {
        return span.begin() + Math.clamp(x / Math.max(1, getWidth()), 0, 1) * span.length();
    }

    private double width(double pixels) {
        return pixels / Math.max(1, getWidth()) * span.length();
    }

    private double x(double value) {
        return (value - span.begin()) / span.length() * getWidth();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        if (event.getButton() != MouseButton.PRIMARY) return;
        if (event.getClickCount() == 2) {
            model.filters().remove(Filter.TimeRange.class);
            brush.show(null);
        } else {
            brush.press(value(event.getX()), width(GRIP));
        }
        paint();
        event.consume();
    }

    private void dragged(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY) return;
        brush.drag(value(event.getX()));
        paint();
        event.consume();
    }

    private void released(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || !brush.release(width(LEAST))) {
            follow();
            return;
        }
        take();
        event.consume();
    }

    private void take() {
        if (brush.range() != null && !brush.range().equals(model.timeRange())) model.filters().add(brush.range());
        paint();
    }

    private void key(KeyEvent event) {
        if (event.isShortcutDown()) return;
        double step = span.length() * STEP;
        switch (event.getCode()) {
            case LEFT -> brush.move(-step, event.isShiftDown(), event.isAltDown());
            case RIGHT -> brush.move(step, event.isShiftDown(), event.isAltDown());
            case ESCAPE, DELETE, BACK_SPACE -> {
                if (model.timeRange() == null) return;
                model.filters().remove(Filter.TimeRange.class);
                event.consume();
                return;
            }
            default -> {
                return;
            }
        }
        take();
        event.consume();
    }

    private void follow() {
        brush.show(model.timeRange());
        setAccessibleText(brush.range() == null ? STRINGS.get("time.spoken-all", span.unit().format(span.length()))
                : STRINGS.get("time.spoken", FilterText.range(brush.range(), span)));
        paint();
    }

    private void count() {
        var now = model.analysis().get();
        if (now == null) return;
        tasks.submit(TaskSpec.of(STRINGS.get("time.task"), Lane.CPU, context -> TimeActivity.of(now, COLUMNS, context)).latest(key).hidden())
                .whenEnded(state -> {
                    if (!(state instanceof TaskState.Done<TimeActivity>(TimeActivity value))) return;
                    activity = value;
                    follow();
                });
    }

    @Override protected void layoutChildren() {
        canvas.relocate(0, 0);
    }

    private void paint() {
        double width = getWidth();
        if (width <= 0) return;
        canvas.setWidth(width);
        canvas.setHeight(HEIGHT);
        Tokens tokens = theme.tokens().get();
        GraphicsContext pen = canvas.getGraphicsContext2D();
        pen.setFill(tokens.surface());
        pen.fillRect(0, 0, width, HEIGHT);
        if (activity != null) columns(pen, width, tokens);
        range(pen, width, tokens);
        pen.setFill(tokens.border());
        pen.fillRect(0, HEIGHT - 1, width, 1);
        if (!isFocused()) return;
        pen.setStroke(tokens.accent());
        pen.strokeRect(0.5, 0.5, width - 1, HEIGHT - 2);
    }

    private void columns(GraphicsContext pen, double width, Tokens tokens) {
        double most = activity.most();
        if (most <= 0) return;
        int pixels = (int) Math.ceil(width);
        double height = HEIGHT - LABELS - 2;
        for (boolean kept : new boolean[] {false, true}) {
            double[] columns = kept ? activity.kept() : activity.all();
            pen.setFill(kept ? tokens.accent().deriveColor(0, 1, 1, 0.75) : tokens.muted().deriveColor(0, 1, 1, 0.45));
            for (int px = 0; px < pixels; px++) {
                double tall = height * mean(columns, px / width, (px + 1) / width) / most;
                if (tall > 0.2) pen.fillRect(px, HEIGHT - 1 - tall, 1, tall);
            }
        }
    }

    private static double mean(double[] columns, double from, double to) {
        int first = (int) Math.clamp(from * columns.length, 0, columns.length - 1);
        int last = (int) Math.clamp(Math.ceil(to * columns.length), first + 1, columns.length);
        double sum = 0;
        for (int i = first; i < last; i++) sum += columns[i];
        return sum / (last - first);
    }

    private void range(GraphicsContext pen, double width, Tokens tokens) {
        pen.setFont(Font.font(11));
        pen.setFill(tokens.muted());
        pen.setTextAlign(TextAlignment.LEFT);
        Filter.TimeRange range = brush.range();
        pen.fillText(span.unit().format(0), 6, LABELS - 3);
        pen.setTextAlign(TextAlignment.RIGHT);
        pen.fillText(span.unit().format(span.length()), width - 6, LABELS - 3);
        if (range == null) return;
        double from = x(range.from());
        double to = Math.max(from + 1, x(range.to()));
        Color veil = tokens.background().deriveColor(0, 1, 1, 0.6);
        pen.setFill(veil);
        pen.fillRect(0, LABELS, from, HEIGHT - LABELS - 1);
        pen.fillRect(to, LABELS, width - to, HEIGHT - LABELS - 1);
        pen.setFill(tokens.accent());
        pen.fillRect(from - 1, LABELS, 2, HEIGHT - LABELS - 1);
        pen.fillRect(to - 1, LABELS, 2, HEIGHT - LABELS - 1);
        pen.fillRoundRect(from - 2.5, HEIGHT / 2, 5, 14, 4, 4);
        pen.fillRoundRect(to - 2.5, HEIGHT / 2, 5, 14, 4, 4);
        pen.setFill(tokens.text());
        pen.setTextAlign(TextAlignment.CENTER);
        pen.fillText(FilterText.range(range, span), Math.clamp((from + to) / 2, 150, Math.max(150, width - 150)), LABELS - 3);
    }
}
