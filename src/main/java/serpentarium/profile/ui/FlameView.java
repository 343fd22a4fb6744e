package serpentarium.profile.ui;

import java.util.BitSet;
import java.util.List;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.WeakChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.CallTree;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.task.Tasks;

/// The flame graph of a profile, root on top: each box a function in the stack of its callers, as wide as its cost, the dearest at the
/// left.
///
/// The wheel zooms at the pointer, Shift+wheel moves across, Alt+wheel down; dragging moves both ways; a double click or Enter zooms to a
/// box; Escape, 0 and Home show everything again. `+ -` and `W S` zoom, `A D` move across, PageUp and PageDown scroll. The arrow keys move
/// the selection to the caller, the dearest callee, and the neighbours; Shift+arrows move the view. What is selected here is selected in
/// all views of the profile, and what any of them searches for stands out here.
public final class FlameView extends BorderPane {
    private static final Strings STRINGS = Strings.of(FlameView.class);

    private final ProfileViewModel model;
    private final Theme theme;
    private final FlameSurface surface = new FlameSurface();
    private final StackPane stage = new StackPane(surface);
    private final ScrollBar bar = new ScrollBar();
    private final Label empty = new Label(STRINGS.get("flame.empty"));
    private final FlameLegend legend = new FlameLegend();
    private final FlameCrumbs crumbs = new FlameCrumbs(this::zoomTo);
    private final FlameCard card;
    private final FlameExport export;
    /// Held here and weakly by the theme, which outlives every graph.
    private final ChangeListener<Tokens> themed = (_, _, _) -> rebuild();
    private final ReadOnlyIntegerWrapper selectedNode = new ReadOnlyIntegerWrapper(this, "selectedNode", -1);
    private FlameViewport view;
    private FlameScene scene;
    private FlameLayout.Rows same;
    private int hovered = -1;
    private boolean syncing;

    /// @param model what is shown, selected and searched for
    /// @param theme the colours
    /// @param ports the clipboard, and where to save pictures
    /// @param tasks writes pictures
    public FlameView(ProfileViewModel model, Theme theme, Ports ports, Tasks tasks) {
        this.model = model;
        this.theme = theme;
        getStyleClass().add("flame-view");
        card = new FlameCard(stage);
        export = new FlameExport(ports, tasks);
        surface.setFocusTraversable(true);
        surface.setAccessibleRole(AccessibleRole.TREE_VIEW);
        surface.setAccessibleRoleDescription(STRINGS.get("flame.role"));
        empty.setVisible(false);
        stage.getChildren().add(empty);
        stage.setMinSize(0, 0);
        bar.setOrientation(Orientation.VERTICAL);
        bar.valueProperty().addListener((_, _, now) -> scrolled(now.doubleValue()));
        setTop(crumbs);
        setCenter(stage);
        setRight(bar);
        setBottom(legend);
        new FlameControls(this, surface, new FlameMenu(this, model, ports));

        surface.widthProperty().addListener(_ -> resized());
        surface.heightProperty().addListener(_ -> resized());
        surface.focusedProperty().addListener(_ -> mark());
        model.analysis().addListener(_ -> show());
        model.matches().addListener(_ -> rebuild());
        model.selected().addListener(_ -> selectedElsewhere());
        theme.tokens().addListener(new WeakChangeListener<>(themed));
        show();
    }

    /// The selected box as a node of the present tree, or -1: one of those of the selected function.
    public ReadOnlyIntegerProperty selectedNode() {
        return selectedNode.getReadOnlyProperty();
    }

    /// How many times the whole is enlarged; 1 shows everything.
    public double magnification() {
        return view == null ? 1 : view.magnification();
    }

    /// What can be done with the graph.
    public List<Command> commands() {
        return FlameMenu.commands(this, model);
    }

    @Override public void requestFocus() {
        surface.requestFocus();
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

    /// Selects a box, and its function in all views; -1 selects nothing.
    public void select(int node) {
        if (scene == null) return;
        selectedNode.set(node);
        model.selected().set(node < 0 ? -1 : scene.tree().frame(node));
        surface.setAccessibleText(node < 0 ? null : scene.labels().description(node));
        mark();
    }

    /// Zooms so that a box fills the width; node 0 shows everything.
    public void zoomTo(int node) {
        if (view == null || node < 0) return;
        if (node == 0) view.reset();
        else view.fit(node);
        moved();
    }

    /// Zooms to the selected box; does nothing where none is.
    public void zoomToSelection() {
        zoomTo(selectedNode.get());
    }

    /// Shows everything.
    public void reset() {
        zoomTo(0);
    }

    /// Enlarges, or shrinks where `factor` is less than 1, around the selected box where it is in sight, else around the middle.
    public void zoom(double factor) {
        if (view == null) return;
        double at = view.width() / 2;
        int node = selectedNode.get();
        if (node >= 0) {
            double middle = view.x((view.layout().x(node) + view.layout().right(node)) / 2);
            if (middle >= 0 && middle <= view.width()) at = middle;
        }
        zoomAt(at, factor);
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
        moved();
    }

    void pan(double dx, double dy) {
        if (view == null) return;
        view.pan(dx, dy);
        moved();
    }

    /// Selects and brings into sight.
    void walkTo(int node) {
        if (view == null || node < 0) return;
        select(node);
        view.reveal(node);
        moved();
    }

    /// Where keys begin to walk from: the selected box, else the dearest one of the selected function, else what fills the view.
    int walkFrom() {
        if (selectedNode.get() >= 0) return selectedNode.get();
        int dearest = -1;
        if (same != null)
            for (int i = 0; i < same.size(); i++)
                if (dearest < 0 || scene.tree().total(same.node(i)) > scene.tree().total(dearest)) dearest = same.node(i);
        return dearest >= 0 ? dearest : view.focus();
    }

    /// The pointer is at a place of the surface, or outside where `node` is -1.
    void point(int node, double x, double y) {
        hovered = node;
        mark();
        card.point(node, x, y, scene == null ? null : scene.labels(), theme.tokens().get());
    }

    /// Takes the card away while the graph moves under the pointer.
    void dismissCard() {
        card.dismiss();
    }

    /// Shows the card of a box at once.
    void showCard(int node, double x, double y) {
        card.show(node, x, y, scene.labels(), theme.tokens().get());
    }

    private void show() {
        Analysis analysis = model.analysis().get();
        if (analysis == null) return;
        selectedNode.set(-1);
        hovered = -1;
        card.dismiss();
        view = new FlameViewport(analysis.layout());
        view.resize(surface.getWidth(), surface.getHeight());
        empty.setVisible(analysis.layout().width() <= 0);
        rebuild();
        selectedElsewhere();
    }

    private void rebuild() {
        Analysis analysis = model.analysis().get();
        if (analysis == null || view == null) return;
        var tokens = theme.tokens().get();
        int background = FlamePainter.argb(tokens.background());
        boolean sameColors = scene != null && scene.colors().fit(analysis.frames(), tokens.dark(), background);
        FlameColors colors = sameColors ? scene.colors() : new FlameColors(analysis.frames(), tokens.dark(), background);
        ProfileViewModel.Matches matches = model.matches().get();
        boolean search = matches.found() != null;
        scene = new FlameScene(analysis, colors, new FlameLabels(analysis), search ? matches.functions() : null,
                search ? analysis.layout().rowsOf(matches.functions()) : null, FlamePainter.argb(tokens.match()));
        surface.show(view, scene, tokens);
        legend.show(scene, tokens);
        crumbs.forget();
        moved();
    }

    private void selectedElsewhere() {
        int function = model.selected().get();
        if (scene == null) return;
        int node = selectedNode.get();
        if (node >= 0 && scene.tree().frame(node) != function) selectedNode.set(-1);
        same = null;
        if (function >= 0) {
            var one = new BitSet();
            one.set(function);
            same = scene.layout().rowsOf(one);
        }
        mark();
    }

    private void mark() {
        surface.mark(new FlameOverlay.Marks(hovered, selectedNode.get(), same, surface.isFocused()));
    }

    private void resized() {
        if (view == null) return;
        view.resize(surface.getWidth(), surface.getHeight());
        moved();
    }

    private void scrolled(double top) {
        if (syncing || view == null) return;
        view.scrollTo(top);
        moved();
    }

    private void moved() {
        syncing = true;
        bar.setMax(Math.max(1, view.maxTop()));
        bar.setVisibleAmount(view.contentHeight() <= 0 ? 1 : bar.getMax() * Math.min(1, view.height() / view.contentHeight()));
        bar.setUnitIncrement(FlameViewport.ROW);
        bar.setBlockIncrement(Math.max(FlameViewport.ROW, view.height() - FlameViewport.ROW));
        bar.setValue(view.top());
        bar.setVisible(view.maxTop() > 0);
        syncing = false;
        CallTree tree = scene.tree();
        crumbs.show(view.focus(), tree, scene.labels());
        surface.repaint();
    }
}
