package serpentarium.profile.ui;

import java.util.List;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.TimeLayout;
import serpentarium.task.Tasks;

/// The flame graph of a profile in one of its modes ([FlameMode]): each box a function in the stack of its callers, as wide as its cost.
///
/// The wheel zooms at the pointer, Shift+wheel moves across, Alt+wheel down; dragging moves both ways; a double click or Enter zooms to a
/// box; Escape, 0 and Home show everything again; Backspace goes back to what was in sight before, Shift+Backspace forward. `+ -` and `W S`
/// zoom, `A D` move across, PageUp and PageDown scroll, 1 to 4 change the mode. The arrow keys move the selection up, down and to the neighbours;
/// Shift+arrows move the view. What is selected here is selected in all views of the profile, and what any of them searches for stands out here.
public final class FlameView extends BorderPane {
    private static final Strings STRINGS = Strings.of(FlameView.class);
    private static final Duration REST = Duration.millis(600);
    /// Below this height rows are worth more than a picture of the whole.
    private static final double MINIMAP_FROM = 260;

    private final ProfileViewModel model;
    private final FlameModel flame;
    private final Theme theme;
    private final FlameSurface surface = new FlameSurface();
    private final StackPane stage = new StackPane(surface);
    private final FlameScroll bar = new FlameScroll(this::scrolled);
    private final Label empty = new Label();
    private final FlameLegend legend = new FlameLegend();
    private final FlameCrumbs crumbs = new FlameCrumbs(this::zoomTo);
    private final FlameMinimap minimap = new FlameMinimap(this);
    private final FlameCard card;
    private final FlameExport export;
    /// Held here and weakly by the theme, which outlives every graph.
    private final ChangeListener<Tokens> themed = (_, _, _) -> rebuild();
    private final ReadOnlyIntegerWrapper selectedBox = new ReadOnlyIntegerWrapper(this, "selectedBox", -1);
    private final BooleanProperty byPosition = new SimpleBooleanProperty(this, "byPosition", false);
    private final ZoomHistory history = new ZoomHistory();
    private FlameWay kept;
    private final PauseTransition rest = new PauseTransition(REST);
    private FlameViewport view;
    private FlameScene scene;
    private int hovered = -1;

    /// @param model    what is shown, selected and searched for
    /// @param theme    the colours
    /// @param ports    the clipboard, and where to save pictures
    /// @param settings the mode and the meaning of the colours
    /// @param tasks    makes layouts and writes pictures
    public FlameView(ProfileViewModel model, Theme theme, Ports ports, Settings settings, Tasks tasks) {
        this.model = model;
        this.theme = theme;
        flame = new FlameModel(model, tasks, settings);
        getStyleClass().add("flame-view");
        card = new FlameCard(stage);
        export = new FlameExport(ports, tasks);
        surface.setFocusTraversable(true);
        surface.setAccessibleRole(AccessibleRole.TREE_VIEW);
        surface.setAccessibleRoleDescription(STRINGS.get("flame.role"));
        empty.setWrapText(true);
        stage.getChildren().add(empty);
        stage.setMinSize(0, 0);
        setTop(new FlameBar(this, flame, crumbs));
        setCenter(stage);
        setRight(bar);
        // Below, so that nothing moves under the pointer when zooming brings it up.
        setBottom(new VBox(minimap, legend));
        new FlameControls(this, flame, surface, new FlameMenu(this, flame, model, ports));
        rest.setOnFinished(_ -> history.rest());

        surface.widthProperty().addListener(_ -> resized());
        surface.heightProperty().addListener(_ -> resized());
        surface.focusedProperty().addListener(_ -> mark());
        flame.shown().addListener(_ -> show());
        flame.matches().addListener(_ -> rebuild());
        List.of(model.percentOfAll(), flame.coloring(), flame.deltas()).forEach(property -> property.addListener(_ -> rebuild()));
        flame.busy().addListener(_ -> explain());
        flame.problem().addListener((_, _, problem) -> {
            if (problem != null) ports.notify(problem);
        });
        flame.same().addListener(_ -> mark());
        model.selected().addListener(_ -> selectedElsewhere());
        theme.tokens().addListener(new WeakChangeListener<>(themed));
        show();
    }

    /// The selected box by its number in the present layout, or -1: one of those of the selected function.
    public ReadOnlyIntegerProperty selectedBox() {
        return selectedBox.getReadOnlyProperty();
    }

    /// How many times the whole is enlarged; 1 shows everything.
    public double magnification() {
        return view == null ? 1 : view.magnification();
    }

    /// Whether boxes are being made.
    public ReadOnlyBooleanProperty busy() {
        return flame.busy();
    }

    /// What can be done with the graph.
    public List<Command> commands() {
        return FlameCommands.of(this, flame, model);
    }

    /// Draws it in another way, where the profile can be drawn so.
    public void use(FlameMode mode) {
        if (flame.offers(mode)) flame.mode().set(mode);
    }

    @Override public void requestFocus() {
        surface.requestFocus();
    }

    /// What is shown of the profile.
    FlameModel flame() {
        return flame;
    }

    /// The parts that were in sight.
    ZoomHistory history() {
        return history;
    }

    /// The sources of what is drawn now; null before the first slice is computed.
    FlameScene scene() {
        return scene;
    }

    /// What is in sight; null before the first slice is computed.
    FlameViewport viewport() {
        return view;
    }

    /// The painted area.
    FlameSurface surface() {
        return surface;
    }

    /// The picture of the whole.
    FlameMinimap minimap() {
        return minimap;
    }

    /// Whether matches are gone through by their position, else by their cost.
    BooleanProperty byPosition() {
        return byPosition;
    }

    /// Selects a box, and its function in all views; -1 selects nothing.
    public void select(int box) {
        if (scene == null) return;
        selectedBox.set(box);
        flame.choose(box < 0 ? -1 : scene.layout().frame(box));
        surface.setAccessibleText(box < 0 ? null : scene.labels().description(box));
        mark();
    }

    /// Zooms so that a box fills the width; the trunk shows everything.
    public void zoomTo(int box) {
        if (view == null || box < 0) return;
        if (box == view.layout().trunk()) view.reset();
        else view.fit(box);
        jumped();
    }

    /// Zooms to the selected box; does nothing where none is.
    public void zoomToSelection() {
        zoomTo(selectedBox.get());
    }

    /// Shows everything.
    public void reset() {
        if (view != null) zoomTo(view.layout().trunk());
    }

    /// Enlarges, or shrinks where `factor` is less than 1, around the selected box where it is in sight, else around the middle.
    public void zoom(double factor) {
        if (view == null) return;
        double at = view.width() / 2;
        int box = selectedBox.get();
        if (box >= 0) {
            double middle = view.x((view.layout().left(box) + view.layout().right(box)) / 2);
            if (middle >= 0 && middle <= view.width()) at = middle;
        }
        zoomAt(at, factor);
    }

    /// Goes back to the part that was in sight before.
    public void back() {
        look(history.back());
    }

    /// Goes forward again.
    public void forward() {
        look(history.forward());
    }

    private void look(Optional<FlameViewport.Part> part) {
        part.ifPresent(view::show);
        if (part.isPresent()) moved();
    }

    /// Goes to the next (`step` 1) or the previous (`step` -1) box that a search found.
    public void stepMatch(int step) {
        FlameMatches matches = flame.matches().get();
        if (matches == null) return;
        int next = matches.next(selectedBox.get(), step, byPosition.get());
        if (next < 0) return;
        select(next);
        view.reveal(next);
        jumped();
    }

    /// Asks for a file and writes what is in sight across, with all rows, as SVG.
    public void exportSvg() {
        if (scene != null) export.svg(scene, view);
    }

    /// Asks for a file and writes what is in sight across, with all rows, as PNG.
    public void exportPng() {
        if (scene != null) export.png(scene, view);
    }

    void zoomAt(double px, double factor) {
        if (view == null) return;
        view.zoom(px, factor);
        glided();
    }

    void pan(double dx, double dy) {
        if (view == null) return;
        view.pan(dx, dy);
        glided();
    }

    /// Shows what lies between two costs; while the pointer moves on, as one step of the history.
    void range(double from, double to, boolean moving) {
        if (view == null) return;
        view.range(from, to);
        if (moving) glided();
        else jumped();
    }

    /// Selects and brings into sight.
    void walkTo(int box) {
        if (view == null || box < 0) return;
        select(box);
        view.reveal(box);
        glided();
    }

    /// Where keys begin to walk from: the selected box, else the widest one of the selected function, else what fills the view.
    int walkFrom() {
        if (selectedBox.get() >= 0) return selectedBox.get();
        FlameLayout.Rows same = flame.same().get();
        FlameLayout layout = scene.layout();
        int widest = -1;
        for (int i = 0; same != null && i < same.size(); i++) {
            int box = same.box(i);
            if (widest < 0 || layout.right(box) - layout.left(box) > layout.right(widest) - layout.left(widest)) widest = box;
        }
        return widest >= 0 ? widest : view.focus();
    }

    /// The pointer is at a place of the surface, or outside where `box` is -1.
    void point(int box, double x, double y) {
        hovered = box;
        mark();
        card.point(box, x, y, scene == null ? null : scene.labels(), theme.tokens().get());
    }

    /// Takes the card away while the graph moves under the pointer.
    void dismissCard() {
        card.dismiss();
    }

    /// Shows the card of a box at once.
    void showCard(int box, double x, double y) {
        card.show(box, x, y, scene.labels(), theme.tokens().get());
    }

    private void show() {
        FlameModel.Shown shown = flame.shown().get();
        if (shown == null) return;
        selectedBox.set(-1);
        hovered = -1;
        card.dismiss();
        view = new FlameViewport(shown.layout());
        view.resize(surface.getWidth(), surface.getHeight());
        view.toTrunk();
        history.begin(view.part());
        explain();
        rebuild();
        go(kept);
    }

    /// Where it is zoomed to; null before there is anything.
    FlameWay way() {
        return view == null ? null : FlameWay.to(flame.shown().get().mode(), view.layout(), view.focus());
    }

    /// Zooms to a place as soon as what is to be shown is there.
    void go(FlameWay wanted) {
        boolean ready = wanted != null && view != null && !model.busy().get() && !flame.busy().get() && flame.shown().get().mode() == wanted.mode();
        kept = ready ? null : wanted;
        if (ready) zoomTo(wanted.in(view.layout()));
    }

    private void explain() {
        FlameModel.Shown shown = flame.shown().get();
        boolean nothing = shown != null && shown.layout().width() <= 0;
        empty.setVisible(nothing && !flame.busy().get());
        if (!nothing) return;
        boolean function = shown.mode() != FlameMode.SANDWICH || shown.analysis().tree().total(0) <= 0;
        empty.setText(STRINGS.get(function ? "flame.empty" : model.selected().get() < 0 ? "flame.empty.select" : "flame.empty.function"));
    }

    void rebuild() {
        FlameModel.Shown shown = flame.shown().get();
        if (shown == null || view == null) return;
        var tokens = theme.tokens().get();
        int background = FlamePainter.argb(tokens.background());
        FlameColoring coloring = flame.coloring().get();
        boolean sameColors = scene != null && scene.colors().fit(coloring, shown.analysis(), tokens.dark(), background);
        FlameColors colors = sameColors ? scene.colors() : new FlameColors(coloring, shown.analysis(), tokens.dark(), background);
        FlameMatches matches = flame.matches().get();
        var labels = new FlameLabels(shown.mode(), shown.analysis(), shown.layout(), model.percentOfAll().get(), flame.deltas(shown));
        scene = new FlameScene(shown.layout(), colors, labels, matches == null ? null : matches.functions(), matches == null ? null : matches.rows(),
                FlamePainter.argb(tokens.match()), flame.deltas(shown));
        surface.show(view, scene, tokens);
        minimap.show(scene, tokens);
        legend.show(scene, shown.analysis(), tokens, shown.layout() instanceof TimeLayout time ? time.rowsLeftOut() : 0);
        crumbs.forget();
        mark();
        moved();
    }

    private void selectedElsewhere() {
        int box = selectedBox.get();
        if (scene != null && box >= 0 && scene.layout().frame(box) != model.selected().get()) selectedBox.set(-1);
        mark();
    }

    private void mark() {
        surface.mark(new FlameOverlay.Marks(hovered, selectedBox.get(), flame.same().get(), surface.isFocused()));
    }

    private void resized() {
        if (view == null) return;
        boolean first = view.height() <= 0;
        view.resize(surface.getWidth(), surface.getHeight());
        if (first) view.toTrunk();
        moved();
    }

    private void scrolled(double top) {
        if (view == null) return;
        view.scrollTo(top);
        moved();
    }

    private void jumped() {
        history.jump(view.part());
        moved();
    }

    private void glided() {
        history.glide(view.part());
        rest.playFromStart();
        moved();
    }

    private void moved() {
        bar.follow(view);
        Optional.ofNullable(scene).ifPresent(now -> crumbs.show(view.focus(), now));
        minimap.follow(view, getHeight() >= MINIMAP_FROM);
        surface.repaint();
    }
}
