package serpentarium.profile.ui;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableBooleanValue;
import serpentarium.base.Strings;
import serpentarium.kit.Command;

/// What can be done with a flame graph as a whole.
final class FlameCommands {
    private static final Strings STRINGS = Strings.of(FlameCommands.class);

    private FlameCommands() {}

    /// All of them.
    static List<Command> of(FlameView graph, FlameModel flame, ProfileViewModel model) {
        ObservableBooleanValue ready = model.analysis().isNotNull();
        ObservableBooleanValue selected = Bindings.greaterThanOrEqual(graph.selectedBox(), 0);
        var commands = new ArrayList<Command>();
        for (FlameMode mode : FlameMode.values())
            if (flame.offers(mode)) commands.add(command("mode-" + mode.id(), null, null, ready, () -> graph.use(mode)));
        commands.addAll(walking(graph));
        commands.add(step(graph, flame, 1));
        commands.add(step(graph, flame, -1));
        commands.add(command("zoom-in", "fth-zoom-in", "Shortcut+EQUALS", ready, () -> graph.zoom(1.4)));
        commands.add(command("zoom-out", "fth-zoom-out", "Shortcut+MINUS", ready, () -> graph.zoom(1 / 1.4)));
        commands.add(command("zoom-selection", "fth-maximize-2", null, selected, graph::zoomToSelection));
        commands.add(command("reset-zoom", "fth-maximize", "Shortcut+0", ready, graph::reset));
        commands.add(command("export-svg", "fth-image", null, ready, graph::exportSvg));
        commands.add(command("export-png", "fth-image", null, ready, graph::exportPng));
        return List.copyOf(commands);
    }

    /// Back and forward among the parts that were in sight.
    static List<Command> walking(FlameView graph) {
        return List.of(command("zoom-back", "fth-corner-up-left", null, graph.history().canGoBack(), graph::back),
                command("zoom-forward", "fth-corner-up-right", null, graph.history().canGoForward(), graph::forward));
    }

    /// To the next or the previous match.
    static Command step(FlameView graph, FlameModel flame, int step) {
        return command(step > 0 ? "next-match" : "previous-match", step > 0 ? "fth-chevron-down" : "fth-chevron-up", step > 0 ? "F3" : "Shift+F3",
                flame.matches().isNotNull(), () -> graph.stepMatch(step));
    }

    private static Command command(String id, String icon, String keys, ObservableBooleanValue enabled, Runnable run) {
        return Command.of("profile.flame." + id, STRINGS.get("flame.command." + id), icon, keys, enabled, run);
    }
}
