package serpentarium.log.ui.list;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import serpentarium.base.Problem;
import serpentarium.kit.Tokens;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.task.Tasks;

/// A list of a log's rows, painted by itself: it costs what is seen, whatever the number of rows is, and reads rows in the background only.
public final class LogList extends Region {
    private static final long HELD = 150_000_000;

    private final ObjectProperty<RowSource> source = new SimpleObjectProperty<>(this, "source");
    private final ObjectProperty<RowDecor> decor = new SimpleObjectProperty<>(this, "decor", RowDecor.NONE);
    private final ObjectProperty<Problem> problem = new SimpleObjectProperty<>(this, "problem");
    private final BooleanProperty sticking = new SimpleBooleanProperty(this, "sticking");
    private final BooleanProperty wrapping = new SimpleBooleanProperty(this, "wrapping");
    private final BooleanProperty deltas = new SimpleBooleanProperty(this, "deltas");
    private final BooleanProperty numbered = new SimpleBooleanProperty(this, "numbered", true);
    private final ReadOnlyObjectWrapper<Spot> current = new ReadOnlyObjectWrapper<>(this, "current");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", true);
    private final Selection selection = new Selection();
    private final ListPort port = new ListPort(this::row);
    private final RowLoader loader;
    private final ListText text;
    private final RowMap map = new RowMap();
    private final AcrossBar across = new AcrossBar();
    private final Label letters = new Label("0");
    private final ListSurface surface = new ListSurface(this::paint);
    private final ListItems items = new ListItems(this);
    private RowColours colours = new RowColours(Tokens.LIGHT);
    private ToLongFunction<Spot> numbers = _ -> -1;
    private boolean exchanging;
    private long painted;
    private BiConsumer<Spot, Boolean> folding = (_, _) -> {};

    /// @param readers makes something that reads rows, one for each thread that does
    /// @param tasks   runs it
    /// @param tokens  the colours in force
    public LogList(Supplier<RowReader> readers, Tasks tasks, ObservableValue<Tokens> tokens) {
        loader = new RowLoader(readers.get(), tasks, this::stale, problem::set);
        text = new ListText(readers, tasks);
        getStyleClass().add("log-list");
        getStylesheets().add(LogList.class.getResource("list.css").toExternalForm());
        setFocusTraversable(true);
        setMinSize(0, 0);
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        letters.getStyleClass().add("log-letters");
        letters.setVisible(false);
        letters.setManaged(false);
        letters.fontProperty().subscribe(font -> {
            port.font(font);
            stale();
        });
        map.setManaged(false);
        surface.setManaged(false);
        getChildren().addAll(letters, surface, map, across);
        across.valueProperty().addListener(_ -> stale());
        map.onMoved(this::moved);
        tokens.subscribe(now -> {
            colours = new RowColours(now);
            map.stale();
            stale();
        });
        source.addListener((_, _, now) -> changed(now));
        for (var each : List.of(decor, wrapping, deltas, numbered)) each.addListener(_ -> stale());
        sticking.subscribe(now -> {
            port.sticking(now);
            stale();
        });
        focusedProperty().addListener(_ -> stale());
        new ListInput(this);
    }

    /// What is shown.
    public ObjectProperty<RowSource> source() {
        return source;
    }

    /// What is painted besides the text; to be set again where it changed.
    public ObjectProperty<RowDecor> decor() {
        return decor;
    }

    /// What kept rows from being read last; null where nothing did.
    public ObjectProperty<Problem> problem() {
        return problem;
    }

    /// Whether the last row is kept in sight while rows are added. Going up ends it, going to the end begins it.
    public BooleanProperty sticking() {
        return sticking;
    }

    /// Whether long lines go on below.
    public BooleanProperty wrapping() {
        return wrapping;
    }

    /// Whether each record shows the time since the one before.
    public BooleanProperty deltas() {
        return deltas;
    }

    /// Whether lines show their numbers.
    public BooleanProperty numbered() {
        return numbered;
    }

    /// The row with the keyboard, or null.
    public ReadOnlyObjectProperty<Spot> current() {
        return current.getReadOnlyProperty();
    }

    /// True when what is to be seen was read and painted.
    public ReadOnlyBooleanProperty settled() {
        return settled.getReadOnlyProperty();
    }

    /// How lines are numbered, from 0; negative where nobody knows.
    public void numbers(ToLongFunction<Spot> numbering) {
        numbers = numbering;
        stale();
    }

    /// What the scroll bar shows; to be set again where it changed.
    public void lanes(List<MapLane> lanes) {
        map.lanes(lanes);
    }

    /// What folds a record (true) and opens it again, given its first line.
    public void folding(BiConsumer<Spot, Boolean> listener) {
        folding = listener;
    }

    BiConsumer<Spot, Boolean> folding() {
        return folding;
    }

    /// There may be more rows, or other ones.
    public void refresh() {
        RowSource rows = source.get();
        if (rows == null) return;
        port.follow();
        RowBlock block = loader.block(rows);
        // The last row may have gone on.
        if (!block.rows().isEmpty() && block.first() + block.rows().size() >= rows.rows() - 1 || sticking.get()) want(rows);
        stale();
    }

    /// Reads again what is seen: the same lines look different now.
    public void reload() {
        loader.forget();
        refresh();
    }

    /// Shows other rows of which the same lines have other names, such as those of a log whose lines have numbers now.
    public void exchange(RowSource now, UnaryOperator<Spot> renamed) {
        selection.rename(renamed);
        exchanging = true;
        source.set(now);
        exchanging = false;
        port.exchange(now, port.anchor() == null ? null : renamed.apply(port.anchor()));
        current.set(selection.lead().orElse(null));
        stale();
    }

    private void changed(RowSource now) {
        if (exchanging || now == null) return;
        port.show(now, sticking.get() ? null : selection.lead().filter(port::sees).orElse(port.anchor()));
        map.stale();
        stale();
    }

    // What the keyboard and the mouse do.

    Selection selection() {
        return selection;
    }

    long rows() {
        return source.get() == null ? 0 : source.get().rows();
    }

    /// What is seen of the rows.
    ListPort port() {
        return port;
    }

    Optional<Spot> spot(long row) {
        return source.get() == null ? Optional.empty() : source.get().spot(row);
    }

    OptionalLong lead() {
        if (source.get() == null || selection.lead().isEmpty()) return OptionalLong.empty();
        long row = source.get().row(selection.lead().get());
        return OptionalLong.of(row < 0 ? Math.clamp(-1 - row, 0, Math.max(0, rows() - 1)) : row);
    }

    /// A row that was read, or null.
    Row row(long number) {
        return source.get() == null ? null : loader.block(source.get()).row(number);
    }

    /// The row with the keyboard as it is drawn, where it was read.
    public Optional<Row> currentRow() {
        return lead().isEmpty() ? Optional.empty() : Optional.ofNullable(row(lead().getAsLong()));
    }

    /// Tells that the selection is another.
    void selected() {
        current.set(selection.lead().orElse(null));
        items.selected();
        stale();
    }

    /// Has a row in sight.
    void reveal(long row) {
        if (sticking.get() && row >= rows() - 1) return;
        if (sticking.get()) {
            port.settle();
            sticking.set(false);
        }
        port.reveal(row);
        stale();
    }

    /// Selects a line and has it in sight; where it is not shown, the nearest one.
    public void go(Spot spot) {
        if (source.get() == null) return;
        if (source.get() instanceof FoldedRows folded && folded.hides(spot)) folding.accept(spot, false);
        long row = source.get().row(spot);
        if (row >= 0) go(row);
        else if (rows() > 0) go(Math.clamp(-1 - row, 0, rows() - 1));
    }

    /// Selects a row and has it in sight, in the middle where it was not.
    public void go(long row) {
        spot(row).ifPresent(spot -> {
            selection.only(spot);
            boolean far = row < port.top() || row >= port.top() + port.page();
            if (far && row < rows() - 1) {
                sticking.set(false);
                port.centre(row);
            } else reveal(row);
            selected();
        });
    }

    void scroll(double pixels) {
        if (source.get() == null) return;
        boolean end = port.scroll(pixels);
        if (pixels > 0 && end) sticking.set(true);
        else if (pixels < 0 && rows() > port.page()) sticking.set(false);
        stale();
    }

    void scrollAcross(double pixels) {
        across.by(pixels / port.grid().letter());
    }

    /// Shows the end, and keeps to it.
    public void toEnd() {
        sticking.set(true);
        spot(rows() - 1).ifPresent(selection::only);
        selected();
    }

    private void moved(double position) {
        if (rows() == 0) return;
        sticking.set(position >= 1);
        if (position < 1) port.at(position);
        stale();
    }

    /// The letter at a point of a row.
    int letterAt(long row, double x, double y) {
        return port.letterAt(row, x, y, across.shift());
    }

    /// The selected text: letters of one row, or whole lines. Long selections are put together in the background.
    public void copied(boolean places, Consumer<String> then) {
        Optional<Selection.Part> part = selection.part();
        if (part.isPresent() && !places) {
            currentRow().ifPresent(row -> then.accept(row.text().substring(part.get().from(), Math.min(part.get().to(), row.text().length()))));
        } else if (source.get() != null) text.copy(source.get(), selection.rows(source.get()), places ? numbers : null, then);
    }

    /// The letters that are selected in one row; else empty.
    public Optional<String> selectedLetters() {
        return selection.part().flatMap(part -> currentRow().map(row -> row.text().substring(part.from(), Math.min(part.to(), row.text().length()))));
    }

    /// The line at the upper edge; empty where nothing is shown.
    public Optional<Spot> top() {
        return Optional.ofNullable(port.anchor());
    }

    /// Selects all rows.
    public void selectAll() {
        if (rows() == 0) return;
        selection.all(spot(0).orElseThrow(), spot(rows() - 1).orElseThrow());
        selected();
    }

    /// Stops what runs for it.
    public void close() {
        loader.close();
    }

    void stale() {
        surface.requestLayout();
    }

    @Override protected void layoutChildren() {
        double bar = RowMap.WIDTH;
        double low = across.isVisible() ? across.prefHeight(-1) : 0;
        letters.autosize();
        surface.resizeRelocate(0, 0, Math.max(0, getWidth() - bar), Math.max(0, getHeight() - low));
        map.resizeRelocate(getWidth() - bar, 0, bar, Math.max(0, getHeight() - low));
        across.resizeRelocate(0, getHeight() - low, Math.max(0, getWidth() - bar), low);
        stale();
    }

    private void want(RowSource rows) {
        int visible = port.visible();
        loader.want(rows, Math.max(0, port.top() - visible), visible * 3);
    }

    private void paint() {
        RowSource rows = source.get();
        double width = surface.getWidth();
        double height = surface.getHeight();
        if (rows == null || width <= 0 || height <= 0) return;
        long count = rows.rows();
        port.measure(width, height, wrapping.get(), deltas.get(), numbered.get());
        port.settle();
        RowBlock block = loader.block(rows);
        long end = Math.min(count, port.top() + port.visible());
        boolean whole = count == 0 || block.covers(port.top(), end);
        if (!whole) {
            want(rows);
            // With tasks that run at once, the rows are here now.
            block = loader.block(rows);
            whole = block.covers(port.top(), end);
            port.settle();
            // What was painted last stays until the rows are here, unless that takes long.
            boolean still = loader.busy() && surface.fits() && System.nanoTime() - painted < HELD;
            settled.set(false);
            if (still) {
                map.show(rows, port.share(), port.seen());
                return;
            }
        }
        painted = whole ? System.nanoTime() : painted;
        map.show(rows, port.share(), port.seen());
        if (across.fit(block.rows(), (int) ((width - port.gutter().text()) / port.grid().letter()), port.grid().wrap() > 0)) requestLayout();
        var frame = new RowFrame(block, count, port.top(), port.offset(), width, height, port.grid(), port.grid().wrap() > 0 ? 0 : across.shift(), port.gutter(),
                selection.rows(rows), selection.part(), lead().orElse(-1), isFocused(), decor.get(), numbered.get() ? numbers : _ -> -1);
        new RowPainter(surface.graphics(), colours, frame).paint();
        surface.painted(whole);
        settled.set(whole && !loader.busy());
        items.painted();
    }

    @Override public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        Object own = items.answer(attribute, parameters);
        return own != null ? own : super.queryAccessibleAttribute(attribute, parameters);
    }

    @Override public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        if (action == AccessibleAction.SHOW_ITEM && parameters.length > 0 && parameters[0] instanceof ListItems.Item item) reveal(item.row());
        else super.executeAccessibleAction(action, parameters);
    }
}
