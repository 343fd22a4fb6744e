package serpentarium.log.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.layout.StackPane;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.EmptyState;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.format.ReadAs;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// A log in a tab: its last lines are there at once, the others as soon as they were found.
final class LogDocument implements Document {
    private static final Strings STRINGS = Strings.of(LogDocument.class);

    private final List<Path> files;
    private final Surroundings with;
    private final StackPane root = new StackPane() {
        @Override public void requestFocus() {
            if (view == null) super.requestFocus();
            else view.requestFocus();
        }
    };
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled");
    private final ReadOnlyObjectWrapper<List<Command>> commands = new ReadOnlyObjectWrapper<>(this, "commands");
    private final Command reload;
    private TaskHandle<OpenLog> opening;
    private OpenLog opened;
    private LogView view;
    private ReadAs as = ReadAs.found();
    private String wantedView;
    private boolean closed;

    LogDocument(List<Path> files, Surroundings with) {
        this.files = List.copyOf(files);
        this.with = with;
        reload = Command.of("log.reload", STRINGS.get("document.reload"), "fth-refresh-cw", "F5", () -> load(as));
        commands.set(List.of(reload));
        root.getStyleClass().add("log-document");
        root.setMinSize(0, 0);
        load(as);
    }

    private void load(ReadAs wanted) {
        as = wanted;
        release();
        settled.set(false);
        TaskHandle<OpenLog> mine = with.tasks().submit(TaskSpec.of(STRINGS.get("document.opening", title()), Lane.IO,
                context -> OpenLog.of(files.getFirst(), wanted, with.places(), context)));
        opening = mine;
        mine.whenEnded(state -> {
            switch (state) {
                case TaskState.Done<OpenLog>(OpenLog done) -> {
                    if (mine == opening && !closed) show(done);
                    else discard(done);
                }
                case TaskState.Failed<OpenLog>(Problem problem) -> {
                    if (mine == opening && !closed) failed(problem);
                }
                default -> settled.set(true);
            }
        });
    }

    private void show(OpenLog done) {
        opened = done;
        view = new LogView(done, with, this::load);
        if (wantedView != null) view.showView(wantedView);
        boolean focused = focused();
        root.getChildren().setAll(view);
        if (focused) view.requestFocus();
        var all = new ArrayList<>(view.commands());
        all.add(reload);
        commands.set(List.copyOf(all));
        settled.bind(view.settled());
    }

    /// Whether keys go to the tab, also while its window is not in front.
    private boolean focused() {
        Node owner = root.getScene() == null ? null : root.getScene().getFocusOwner();
        while (owner != null && owner != root) owner = owner.getParent();
        return owner == root;
    }

    private void failed(Problem problem) {
        commands.set(List.of(reload));
        var text = new StringBuilder(problem.place().describe());
        if (!problem.detail().isEmpty()) text.append("\n").append(problem.detail());
        problem.remedies().forEach(remedy -> text.append("\n\n").append(remedy));
        Command copy = Command.of("log.copy-problem", STRINGS.get("document.copy-problem"), "fth-copy", null, () -> with.ports().copy(problem.report()));
        root.getChildren().setAll(new EmptyState("fth-alert-triangle", problem.title(), text.toString(), reload, copy));
        settled.set(true);
    }

    private void release() {
        settled.unbind();
        if (opening != null) opening.cancel();
        opening = null;
        if (view != null) view.close();
        view = null;
        if (opened != null) discard(opened);
        opened = null;
    }

    private void discard(OpenLog old) {
        with.tasks().submit(TaskSpec.of(STRINGS.get("document.closing", title()), Lane.IO, _ -> {
            old.close();
            return null;
        }).hidden());
    }

    @Override public String title() {
        Path file = files.getFirst();
        return file.getFileName() == null ? file.toString() : file.getFileName().toString();
    }

    @Override public Path file() {
        return files.getFirst();
    }

    @Override public Node view() {
        return root;
    }

    @Override public ObservableBooleanValue settled() {
        return settled.getReadOnlyProperty();
    }

    @Override public ObservableValue<List<Command>> commands() {
        return commands.getReadOnlyProperty();
    }

    @Override public List<String> views() {
        return LogView.VIEWS;
    }

    @Override public void showView(String name) {
        wantedView = name;
        if (view != null) view.showView(name);
    }

    @Override public void close() {
        closed = true;
        release();
    }
}
