package serpentarium.traffic.ui;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import org.controlsfx.control.PopOver;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Session;
import serpentarium.traffic.analysis.RowSet;
import serpentarium.traffic.engine.SessionExport;

/// Saves flows as HAR, as mitmproxy's dump or as a session: all, those listed or those selected, without their secrets unless a person says
/// otherwise.
final class TrafficExport {
    private static final Strings STRINGS = Strings.of(TrafficExport.class);

    private final Session session;
    private final Tasks tasks;
    private final Ports ports;
    private final Supplier<int[]> selected;
    private final SessionExport export = SessionExport.usual();

    private record Saved(Path file, List<String> notes) {}

    /// @param selected the rows that are selected
    TrafficExport(Session session, Supplier<int[]> selected, Tasks tasks, Ports ports) {
        this.selected = selected;
        this.session = session;
        this.tasks = tasks;
        this.ports = ports;
    }

    /// The command that shows the form below a node.
    Command command(TrafficViewModel model, Node below) {
        return Command.of("traffic.export", STRINGS.get("export.command"), "fth-download", "Shortcut+Shift+S", () -> show(model, below, false));
    }

    /// The command that shows the form for what is selected.
    Command selection(TrafficViewModel model, Node below, ObservableBooleanValue some) {
        return Command.of("traffic.flow.export", STRINGS.get("export.selected"), "fth-download", null, some, () -> show(model, below, true));
    }

    private void show(TrafficViewModel model, Node below, boolean selection) {
        PopOver[] over = new PopOver[1];
        ExportForm form = form(model, selection, () -> over[0].hide());
        over[0] = Popovers.of(form);
        over[0].setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        over[0].show(below);
    }

    /// The form for what a model lists.
    ///
    /// @param selection whether what is selected is chosen at first
    /// @param chosen    runs before a place is asked for
    ExportForm form(TrafficViewModel model, boolean selection, Runnable chosen) {
        FlowTable table = model.table().get();
        RowSet listed = model.shown().get();
        int[] some = selected.get();
        int all = 0;
        for (int row = 0; row < table.size(); row++) if (!table.deleted(row)) all++;
        return new ExportForm(new int[] {all, listed.size(), some.length}, selection || some.length > 1, choice -> {
            chosen.run();
            save(choice, rows(choice.rows(), listed, some));
        });
    }

    private static IntPredicate rows(ExportForm.Rows rows, RowSet listed, int[] selected) {
        return switch (rows) {
            case ALL -> _ -> true;
            case SELECTED -> set(selected, selected.length);
            case LISTED -> set(listed.rows(), listed.size());
        };
    }

    private static IntPredicate set(int[] rows, int size) {
        var wanted = new BitSet();
        for (int i = 0; i < size; i++) wanted.set(rows[i]);
        return wanted::get;
    }

    /// Asks for a file and writes the rows.
    void save(ExportForm.Choice choice, IntPredicate rows) {
        Optional<Path> chosen = ports.chooseSave(STRINGS.get("export.choose"), STRINGS.get("export.name") + choice.kind().ending());
        if (chosen.isEmpty()) return;
        Path out = chosen.get();
        tasks.submit(TaskSpec.of(STRINGS.get("export.task", out.getFileName()), Lane.IO, context ->
                // The chooser has asked whether a file that is there is to be replaced.
                new Saved(out, export.write(session, rows, out, choice.secrets(), true, context)))).whenEnded(this::saved);
    }

    private void saved(TaskState<Saved> state) {
        switch (state) {
            case TaskState.Done<Saved>(Saved saved) -> {
                String notes = saved.notes().isEmpty() ? "" : " " + String.join(" ", saved.notes());
                ports.notifySaved(STRINGS.get("export.done", saved.file()) + notes, saved.file());
            }
            case TaskState.Failed<Saved>(Problem why) -> ports.notify(why);
            case TaskState.Cancelled<Saved> _, TaskState.Queued<Saved> _, TaskState.Running<Saved> _ -> { }
        }
    }
}
