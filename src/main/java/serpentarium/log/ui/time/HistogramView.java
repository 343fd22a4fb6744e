package serpentarium.log.ui.time;

import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
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
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.log.Level;
import serpentarium.log.engine.LogTimes.Histogram;
import serpentarium.log.engine.LogTimes.Range;
import serpentarium.log.ui.list.LevelColours;

/// When records were written, stacked by level, the worst at the bottom. A drag chooses a stretch, a click goes to its time, a double click or Escape shows all
/// again; with the focus, arrows move over the columns, Enter goes there, plus and minus change the stretch.
public final class HistogramView extends Region {
    private static final Strings STRINGS = Strings.of(HistogramView.class);
    private static final double HEIGHT = 74;
    private static final double LABELS = 15;
    private static final double LEAST = 4;
    private static final double TICK_WIDTH = 90;
    private static final Level[] ORDER = {Level.CRITICAL, Level.ERROR, Level.WARNING, Level.INFO, Level.DEBUG, Level.OTHER};

    private final TimesViewModel model;
    private final Theme theme;
    private final ZoneId zone;
    private final Canvas canvas = new Canvas();
    private final ObjectProperty<Long> cursor = new SimpleObjectProperty<>(this, "cursor");
    /// Held here and weakly by the theme, which outlives every view.
    private final ChangeListener<Tokens> themed = (_, _, _) -> paint();
    private Consumer<Range> chose = _ -> { };
    private Consumer<Long> went = _ -> { };
    private double pressed = Double.NaN;
    private double dragged = Double.NaN;
    private double hover = Double.NaN;
    private int column = -1;

    /// @param zone in which times are shown
    public HistogramView(TimesViewModel model, Theme theme, ZoneId zone) {
        this.model = model;
        this.theme = theme;
        this.zone = zone;
        getStyleClass().add("log-histogram");
        setId("log-histogram");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        setCursor(Cursor.CROSSHAIR);
        getChildren().add(canvas);
        widthProperty().addListener(_ -> paint());
        focusedProperty().addListener(_ -> paint());
        cursor.addListener(_ -> paint());
        model.histogram().addListener(_ -> {
            column = -1;
            speak();
            paint();
        });
        theme.tokens().addListener(new WeakChangeListener<>(themed));
        addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        addEventHandler(MouseEvent.MOUSE_MOVED, event -> hover(event.getX()));
        addEventHandler(MouseEvent.MOUSE_EXITED, _ -> hover(Double.NaN));
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        managedProperty().bind(visibleProperty());
    }

    /// The time that is marked: that of the current record; null for none.
    public ObjectProperty<Long> cursor() {
        return cursor;
    }

    /// Is told the stretch that a person has chosen; null for all.
    public void onChosen(Consumer<Range> listener) {
        chose = listener;
    }

    /// Is told the time that a person wants to go to.
    public void onGo(Consumer<Long> listener) {
        went = listener;
    }

    private Histogram data() {
        return model.histogram().get();
    }

    private long time(double x) {
        Histogram data = data();
        return data.from() + (long) (Math.clamp(x / Math.max(1, getWidth()), 0, 1) * (data.to() - data.from()));
    }

    private double x(long time) {
        Histogram data = data();
        return (double) (time - data.from()) / (data.to() - data.from()) * getWidth();
    }

    private int columnAt(double x) {
        return (int) Math.clamp(x / Math.max(1, getWidth()) * data().columns(), 0, data().columns() - 1);
    }

    private void hover(double x) {
        hover = x;
        paint();
    }

    private void pressed(MouseEvent event) {
        requestFocus();
        if (event.getButton() != MouseButton.PRIMARY || data() == null) return;
        if (event.getClickCount() == 2) all();
        else pressed = event.getX();
        event.consume();
    }

    private void dragged(MouseEvent event) {
        if (Double.isNaN(pressed)) return;
        dragged = event.getX();
        hover = Double.NaN;
        paint();
        event.consume();
    }

    private void released(MouseEvent event) {
        if (Double.isNaN(pressed) || data() == null) return;
        double from = pressed;
        double to = dragged;
        pressed = Double.NaN;
        dragged = Double.NaN;
        if (!Double.isNaN(to) && Math.abs(to - from) >= LEAST) choose(new Range(time(Math.min(from, to)), time(Math.max(from, to))));
        else if (event.getClickCount() == 1) went.accept(data().from() + columnAt(from) * data().step());
        paint();
        event.consume();
    }

    private void choose(Range range) {
        model.chosen().set(range);
        chose.accept(range);
    }

    private void all() {
        pressed = Double.NaN;
        if (model.chosen().get() != null) choose(null);
    }

    private void key(KeyEvent event) {
        Histogram data = data();
        if (data == null || event.isShortcutDown() || event.isAltDown()) return;
        switch (event.getCode()) {
            case LEFT -> move(-1);
            case RIGHT -> move(1);
            case ENTER, SPACE -> {
                if (column >= 0) went.accept(data.from() + column * data.step());
            }
            case PLUS, ADD, EQUALS -> zoom(0.5);
            case MINUS, SUBTRACT -> zoom(2);
            case ESCAPE -> {
                if (model.chosen().get() == null) return;
                all();
            }
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// Goes to the next column that has a record.
    private void move(int by) {
        Histogram data = data();
        int next = column < 0 ? cursor.get() == null ? by > 0 ? -1 : data.columns() : columnAt(x(cursor.get())) : column;
        do next += by;
        while (next >= 0 && next < data.columns() && data.sum(next) == 0);
        if (next < 0 || next >= data.columns()) return;
        column = next;
        speak();
        paint();
    }

    private void zoom(double by) {
        Histogram data = data();
        Range whole = model.whole().get();
        long centre = column >= 0 ? data.from() + column * data.step() : cursor.get() != null ? cursor.get() : (data.from() + data.to()) / 2;
        long half = (long) Math.max(1_000_000, (data.to() - data.from()) * by / 2);
        var wanted = new Range(Math.max(whole.from(), centre - half), Math.min(whole.to(), centre + half));
        if (wanted.from() <= whole.from() && wanted.to() >= whole.to()) all();
        else choose(wanted);
    }

    private void speak() {
        Histogram data = data();
        setAccessibleText(data == null ? STRINGS.get("none") : column < 0 ? STRINGS.get("spoken", TimeTicks.stretch(data.from(), data.to(), zone)) : said(column));
    }

    /// What a column holds, in words.
    private String said(int at) {
        Histogram data = data();
        var out = new StringBuilder(TimeTicks.stretch(data.from() + at * data.step(), data.from() + (at + 1) * data.step(), zone)).append("   ");
        boolean any = false;
        for (Level level : ORDER) {
            long count = data.counts()[level.ordinal()][at];
            if (count == 0) continue;
            if (any) out.append(" · ");
            any = true;
            out.append(Quantity.count(count)).append(' ').append(level == Level.OTHER ? STRINGS.get("other") : level.name().toLowerCase(Locale.ROOT));
        }
        return any ? out.toString() : out + STRINGS.get("nothing");
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
        pen.setFont(Font.font(11));
        if (data() != null) {
            columns(pen, width, tokens);
            axis(pen, width, tokens);
            marks(pen, width, tokens);
        }
        pen.setFill(tokens.border());
        pen.fillRect(0, HEIGHT - 1, width, 1);
        if (!isFocused()) return;
        pen.setStroke(tokens.accent());
        pen.strokeRect(0.5, 0.5, width - 1, HEIGHT - 2);
    }

    private void columns(GraphicsContext pen, double width, Tokens tokens) {
        Histogram data = data();
        long most = Math.max(1, data.most());
        double room = HEIGHT - 2 * LABELS - 2;
        double bottom = HEIGHT - LABELS - 1;
        double wide = width / data.columns();
        double gap = wide >= 3 ? 1 : 0;
        for (int i = 0; i < data.columns(); i++) {
            double y = bottom;
            for (Level level : ORDER) {
                long count = data.counts()[level.ordinal()][i];
                if (count == 0) continue;
                // A single error among thousands is still seen.
                double high = Math.max(level.compareTo(Level.WARNING) >= 0 ? 2 : 0.7, room * count / most);
                pen.setFill(colour(level, tokens));
                pen.fillRect(i * wide, Math.max(LABELS, y - high), Math.max(1, wide - gap), Math.min(high, y - LABELS));
                y -= high;
            }
        }
    }

    private static Color colour(Level level, Tokens tokens) {
        Color colour = level == Level.OTHER ? null : LevelColours.of(level.number(), tokens);
        return colour == null || level == Level.DEBUG ? tokens.muted().deriveColor(0, 1, 1, level == Level.DEBUG ? 0.45 : 0.6) : colour;
    }

    private void axis(GraphicsContext pen, double width, Tokens tokens) {
        pen.setTextAlign(TextAlignment.LEFT);
        for (TimeTicks.Tick tick : TimeTicks.of(data().from(), data().to(), (int) (width / TICK_WIDTH), zone)) {
            double x = x(tick.time());
            pen.setFill(tokens.border());
            pen.fillRect(x, HEIGHT - LABELS, 1, LABELS);
            pen.setFill(tokens.muted());
            if (x + 60 < width) pen.fillText(tick.text(), x + 4, HEIGHT - 4);
        }
    }

    private void marks(GraphicsContext pen, double width, Tokens tokens) {
        if (cursor.get() != null && cursor.get() >= data().from() && cursor.get() < data().to()) {
            pen.setFill(tokens.accent());
            pen.fillRect(Math.floor(x(cursor.get())), LABELS, 2, HEIGHT - 2 * LABELS);
        }
        String said;
        if (!Double.isNaN(dragged)) {
            double from = Math.clamp(Math.min(pressed, dragged), 0, width);
            double to = Math.clamp(Math.max(pressed, dragged), 0, width);
            pen.setFill(tokens.accent().deriveColor(0, 1, 1, 0.18));
            pen.fillRect(from, LABELS, to - from, HEIGHT - 2 * LABELS);
            said = TimeTicks.stretch(time(from), time(to), zone);
        } else if (!Double.isNaN(hover) || isFocused() && column >= 0) {
            int at = Double.isNaN(hover) ? column : columnAt(hover);
            double wide = width / data().columns();
            pen.setFill(tokens.text().deriveColor(0, 1, 1, 0.15));
            pen.fillRect(at * wide, LABELS, Math.max(1, wide), HEIGHT - 2 * LABELS);
            said = said(at);
        } else said = model.chosen().get() == null ? TimeTicks.stretch(data().from(), data().to(), zone)
                : STRINGS.get("chosen", TimeTicks.stretch(model.chosen().get().from(), model.chosen().get().to(), zone));
        pen.setFill(Double.isNaN(hover) && Double.isNaN(dragged) && column < 0 ? tokens.muted() : tokens.text());
        pen.setTextAlign(TextAlignment.LEFT);
        pen.fillText(said, 8, LABELS - 3);
        pen.setTextAlign(TextAlignment.RIGHT);
        pen.setFill(tokens.muted());
        pen.fillText(STRINGS.get("most", Quantity.count(data().most())), width - 8, LABELS - 3);
    }
}
