package serpentarium.traffic.ui;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Session;
import serpentarium.traffic.analysis.SessionComparison;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.ui.TrafficPane.Surroundings;

/// Compares two flows of a session, or the session with another one; the comparison stands in place of the views until it is ended.
final class Comparisons {
    private static final Strings STRINGS = Strings.of(Comparisons.class);

    /// @param other      the second session
    /// @param left       the first session's columns as they were compared
    /// @param right      the second session's
    /// @param comparison of these
    private record Compared(OpenTraffic other, FlowTable left, FlowTable right, SessionComparison comparison) {}

    private final TrafficView view;
    private final TrafficReader reader;
    private final Surroundings with;
    private TaskHandle<Compared> reading;
    private OpenTraffic other;

    Comparisons(TrafficView view, TrafficReader reader, Surroundings with) {
        this.view = view;
        this.reader = reader;
        this.with = with;
    }

    List<Command> commands() {
        return List.of(Command.of("traffic.compare", STRINGS.get("compare.command"), "fth-columns", null, this::flows),
                Command.of("traffic.compare-session", STRINGS.get("compare.session"), "fth-git-pull-request", null, this::choose));
    }

    /// What the list's menu offers.
    List<Command> offered() {
        return commands().stream().map(each -> each.id().equals("traffic.compare")
                ? Command.of(each.id(), each.text(), each.icon(), null, view.selected(2), each.run()) : each).toList();
    }

    private void flows() {
        int[] rows = view.selectedRows();
        if (rows.length != 2) {
            with.ports().notify(STRINGS.get("compare.two"));
            return;
        }
        Session session = view.model().session();
        view.instead(new CompareFlows(session, rows[0], session, rows[1], view.model().masked(), with, () -> view.instead(null)));
    }

    private void choose() {
        List<Path> chosen = with.ports().chooseOpen(STRINGS.get("compare.choose"));
        if (!chosen.isEmpty()) with(chosen.getFirst());
    }

    /// Compares the session with a file.
    void with(Path file) {
        close();
        Session session = view.model().session();
        TaskHandle<Compared> task = with.tasks().submit(TaskSpec.of(STRINGS.get("compare.opening", file.getFileName()), Lane.IO, context -> read(session, file, context)));
        reading = task;
        task.whenEnded(state -> {
            if (state instanceof TaskState.Done<Compared>(Compared done)) {
                if (reading == task) sessions(done);
                else discard(done.other());
            }
            if (state instanceof TaskState.Failed<Compared>(Problem problem)) with.ports().notify(problem);
        });
    }

    private Compared read(Session session, Path file, TaskContext context) throws IOException {
        OpenTraffic opened = reader.open(file, ReadOptions.NONE, context);
        boolean whole = false;
        try {
            FlowTable left = session.table();
            FlowTable right = opened.session().table();
            var compared = new Compared(opened, left, right, SessionComparison.of(left, right, context));
            whole = true;
            return compared;
        } finally {
            if (!whole) opened.close();
        }
    }

    private void sessions(Compared done) {
        other = done.other();
        var list = new CompareSessions[1];
        list[0] = new CompareSessions(done.comparison(), done.left(), done.right(), view.model().masked(), with.ports(), (left, right) -> view.instead(
                new CompareFlows(view.model().session(), left, done.other().session(), right, view.model().masked(), with, () -> view.instead(list[0]))), this::end);
        view.instead(list[0]);
    }

    private void end() {
        view.instead(null);
        close();
    }

    /// Stops what runs and closes the second session.
    void close() {
        if (reading != null) reading.cancel();
        reading = null;
        if (other != null) discard(other);
        other = null;
    }

    private void discard(OpenTraffic old) {
        with.tasks().submit(TaskSpec.of(STRINGS.get("compare.closing"), Lane.IO, _ -> {
            old.close();
            return null;
        }).hidden());
    }
}
