package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;
import serpentarium.profile.analysis.Outline;

/// What can be done with a box of a flame graph.
final class FlameMenu {
    private static final Strings STRINGS = Strings.of(FlameMenu.class);
    private static final int MOST_LINES = 5_000;

    private final FlameView graph;
    private final FlameModel flame;
    private final ProfileViewModel model;
    private final Ports ports;
    private final ContextMenu menu = new ContextMenu();

    FlameMenu(FlameView graph, FlameModel flame, ProfileViewModel model, Ports ports) {
        this.graph = graph;
        this.flame = flame;
        this.model = model;
        this.ports = ports;
    }

    /// Shows the menu of a box; of the graph alone for -1.
    void show(Node anchor, int box, double screenX, double screenY) {
        menu.getItems().setAll(items(box));
        menu.show(anchor, screenX, screenY);
    }

    /// Takes the menu away.
    void hide() {
        menu.hide();
    }

    List<MenuItem> items(int box) {
        MenuItem reset = item("reset", graph::reset);
        MenuItem svg = item("svg", graph::exportSvg);
        MenuItem png = item("png", graph::exportPng);
        if (box < 0) return List.of(reset, new SeparatorMenuItem(), svg, png);
        int function = graph.scene().layout().frame(box);
        MenuItem search = item("search", () -> search(box));
        MenuItem select = item("select", () -> graph.select(box));
        MenuItem sandwich = item("sandwich", () -> flame.sandwich(function));
        MenuItem name = item("copy-name", () -> copyName(box));
        for (MenuItem needsFunction : List.of(search, select, sandwich, name)) needsFunction.setDisable(function < 0);
        var items = new ArrayList<MenuItem>(List.of(item("zoom", () -> graph.zoomTo(box)), reset, new SeparatorMenuItem(),
                select, sandwich, search, new SeparatorMenuItem()));
        FilterActions.opening(model, graph.scene().layout().like(box)).ifPresent(items::add);
        items.addAll(FilterActions.items(model, function));
        items.addAll(List.of(new SeparatorMenuItem(),
                name, item("copy-stack", () -> ports.copy(graph.scene().labels().stack(box))),
                item("copy-details", () -> ports.copy(graph.scene().labels().description(box))),
                item("copy-text", () -> copyText(box, "")), item("copy-markdown", () -> copyText(box, "- ")), new SeparatorMenuItem(),
                svg, png));
        return items;
    }

    private static MenuItem item(String key, Runnable run) {
        var item = new MenuItem(STRINGS.get("flame.menu." + key));
        item.setId("flame-menu-" + key);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> run.run());
        return item;
    }

    /// Copies the name of a box's function; whether it has one.
    boolean copyName(int box) {
        String name = box < 0 ? null : graph.scene().labels().rawName(box);
        if (name == null) return false;
        ports.copy(name);
        return true;
    }

    /// Opens a fold of frames in its place; false for any other box.
    boolean openFold(int box) {
        int node = box < 0 ? -1 : graph.scene().layout().like(box);
        return FilterActions.open(model, node);
    }

    private void search(int box) {
        model.regex().set(false);
        model.query().set(graph.scene().labels().rawName(box));
    }

    private void copyText(int box, String mark) {
        FlameLabels labels = graph.scene().labels();
        Outline outline = Outline.of(graph.scene().layout(), box, MOST_LINES, mark, mark.isEmpty() ? labels::outlineLine : labels::markdownLine);
        String more = outline.leftOut() == 0 ? "" : STRINGS.get("flame.outline-left-out", outline.leftOut()) + "\n";
        ports.copy(outline.text() + more);
        ports.notify(STRINGS.get("flame.copied-lines", outline.lines()));
    }
}
