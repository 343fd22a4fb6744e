package serpentarium.profile.ui;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.profile.analysis.Outline;

/// What can be done with a flame graph as a whole, and with a box of it.
final class FlameMenu {
    private static final Strings STRINGS = Strings.of(FlameMenu.class);
    private static final int MOST_LINES = 5_000;

    private final FlameView graph;
    private final ProfileViewModel model;
    private final Ports ports;
    private final ContextMenu menu = new ContextMenu();

    FlameMenu(FlameView graph, ProfileViewModel model, Ports ports) {
        this.graph = graph;
        this.model = model;
        this.ports = ports;
    }

    /// The commands of the whole graph.
    static List<Command> commands(FlameView graph, ProfileViewModel model) {
        ObservableBooleanValue ready = model.analysis().isNotNull();
        ObservableBooleanValue selected = Bindings.greaterThanOrEqual(graph.selectedNode(), 0);
        return List.of(
                command("zoom-in", "fth-zoom-in", "Shortcut+EQUALS", ready, () -> graph.zoom(1.4)),
                command("zoom-out", "fth-zoom-out", "Shortcut+MINUS", ready, () -> graph.zoom(1 / 1.4)),
                command("zoom-selection", "fth-maximize-2", null, selected, () -> graph.zoomTo(graph.selectedNode().get())),
                command("reset-zoom", "fth-maximize", "Shortcut+0", ready, graph::reset),
                command("export-svg", "fth-image", null, ready, graph::exportSvg),
                command("export-png", "fth-image", null, ready, graph::exportPng));
    }

    private static Command command(String id, String icon, String keys, ObservableBooleanValue enabled, Runnable run) {
        return new Command("profile.flame." + id, STRINGS.get("flame.command." + id), icon, keys == null ? null : KeyCombination.valueOf(keys),
                enabled, run);
    }

    /// Shows the menu of a node; of the graph alone for -1.
    void show(Node anchor, int node, double screenX, double screenY) {
        menu.getItems().setAll(items(node));
        menu.show(anchor, screenX, screenY);
    }

    /// Takes the menu away.
    void hide() {
        menu.hide();
    }

    List<MenuItem> items(int node) {
        MenuItem reset = item("reset", graph::reset);
        MenuItem svg = item("svg", graph::exportSvg);
        MenuItem png = item("png", graph::exportPng);
        if (node < 0) return List.of(reset, new SeparatorMenuItem(), svg, png);
        boolean function = graph.scene().tree().frame(node) >= 0;
        MenuItem search = item("search", () -> search(node));
        MenuItem select = item("select", () -> graph.select(node));
        MenuItem name = item("copy-name", () -> copyName(node));
        for (MenuItem needsFunction : List.of(search, select, name)) needsFunction.setDisable(!function);
        return List.of(item("zoom", () -> graph.zoomTo(node)), reset, new SeparatorMenuItem(), select, search, new SeparatorMenuItem(), name,
                item("copy-details", () -> ports.copy(graph.scene().labels().description(node))), item("copy-text", () -> copyText(node)),
                new SeparatorMenuItem(), svg, png);
    }

    private static MenuItem item(String key, Runnable run) {
        var item = new MenuItem(STRINGS.get("flame.menu." + key));
        item.setId("flame-menu-" + key);
        item.setMnemonicParsing(false);
        item.setOnAction(_ -> run.run());
        return item;
    }

    /// Copies the name of a node's function; whether it has one.
    boolean copyName(int node) {
        String name = node < 0 ? null : graph.scene().labels().rawName(node);
        if (name == null) return false;
        ports.copy(name);
        return true;
    }

    private void search(int node) {
        model.regex().set(false);
        model.query().set(graph.scene().labels().rawName(node));
    }

    private void copyText(int node) {
        Outline outline = Outline.of(graph.scene().tree(), node, MOST_LINES, graph.scene().labels()::outlineLine);
        String text = outline.leftOut() == 0 ? outline.text() : outline.text() + STRINGS.get("flame.outline-left-out", outline.leftOut()) + "\n";
        ports.copy(text);
        ports.notify(STRINGS.get("flame.copied-lines", outline.lines()));
    }
}
