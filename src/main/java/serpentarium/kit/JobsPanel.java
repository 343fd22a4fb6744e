package serpentarium.kit;

import java.util.HashSet;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.controlsfx.control.TaskProgressView;
import serpentarium.base.Strings;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The tasks that run, each with its progress and a cancel button, and below them how the most recent ones ended. Shows what it is told
/// by [#refresh()]; looks at nothing by itself.
public final class JobsPanel extends VBox {
    private static final Strings STRINGS = Strings.of(JobsPanel.class);
    private static final int ENDED = 8;

    private final TaskProgressView<JobTask> running = new TaskProgressView<>();
    private final VBox ended = new VBox();
    private final Tasks tasks;
    private List<Long> shownEnded = List.of();

    /// Shows the tasks of `tasks`.
    public JobsPanel(Tasks tasks) {
        this.tasks = tasks;
        getStyleClass().add("jobs-panel");
        ended.getStyleClass().add("jobs-ended");
        var scroll = new ScrollPane(ended);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(220);
        scroll.getStyleClass().add("edge-to-edge");
        var heading = new Label(STRINGS.get("jobs.recent"));
        heading.getStyleClass().add("section-title");
        heading.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(ended.getChildren()));
        heading.visibleProperty().bind(heading.managedProperty());
        scroll.managedProperty().bind(heading.managedProperty());
        scroll.visibleProperty().bind(heading.managedProperty());
        running.managedProperty().bind(running.visibleProperty());
        var idle = new Label(STRINGS.get("jobs.idle"), Icons.of("fth-check-circle"));
        idle.getStyleClass().addAll("muted", "jobs-idle");
        idle.visibleProperty().bind(running.visibleProperty().not());
        idle.managedProperty().bind(idle.visibleProperty());
        getChildren().addAll(running, idle, heading, scroll);
        refresh();
    }

    /// Takes over the state of the tasks. To be called on the window's thread.
    public void refresh() {
        List<TaskHandle<?>> recent = tasks.recent();
        List<TaskHandle<?>> live = recent.stream().filter(handle -> !handle.state().ended()).toList();
        var known = new HashSet<Long>();
        running.getTasks().removeIf(job -> live.stream().noneMatch(handle -> handle.id() == job.handle().id()));
        running.getTasks().forEach(job -> {
            known.add(job.handle().id());
            job.refresh();
        });
        live.stream().filter(handle -> !known.contains(handle.id())).forEach(handle -> running.getTasks().add(JobTask.follow(handle, tasks)));
        running.setVisible(!running.getTasks().isEmpty());
        running.setPrefHeight(Math.min(4, running.getTasks().size()) * 62.0 + 4);
        running.setMinHeight(running.getPrefHeight());
        List<TaskHandle<?>> over = recent.stream().filter(handle -> handle.state().ended()).limit(ENDED).toList();
        List<Long> ids = over.stream().map(TaskHandle::id).toList();
        if (!ids.equals(shownEnded)) {
            shownEnded = ids;
            ended.getChildren().setAll(over.stream().map(JobsPanel::row).toList());
        }
    }

    /// The tasks that run or wait, as shown.
    public List<JobTask> running() {
        return List.copyOf(running.getTasks());
    }

    private static Node row(TaskHandle<?> handle) {
        var title = new Label(handle.spec().title());
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        title.setMinWidth(40);
        var row = switch (handle.state()) {
            case TaskState.Failed<?>(var problem) -> {
                var failed = new HBox(Icons.of("fth-alert-triangle", "problem-icon"), title, new Label(STRINGS.get("job.failed")));
                Tooltip.install(failed, new Tooltip(problem.line()));
                yield failed;
            }
            case TaskState.Cancelled<?> _ -> new HBox(Icons.of("fth-slash"), title, new Label(STRINGS.get("job.cancelled")));
            case TaskState.Done<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ ->
                    new HBox(Icons.of("fth-check", "job-done"), title, new Label(STRINGS.get("job.done")));
        };
        row.getStyleClass().add("job-row");
        ((Label) row.getChildren().getLast()).setMinWidth(USE_PREF_SIZE);
        row.getChildren().getLast().getStyleClass().add("muted");
        return row;
    }
}
