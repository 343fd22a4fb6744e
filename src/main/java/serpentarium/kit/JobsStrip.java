package serpentarium.kit;

import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;

/// The button in the status bar that says what runs, and opens the [JobsPanel]. Looks at the tasks ten times a second while one of
/// them runs or waits, and not at all otherwise.
public final class JobsStrip extends Button {
    private static final Strings STRINGS = Strings.of(JobsStrip.class);
    private static final PseudoClass BUSY = PseudoClass.getPseudoClass("busy");

    private final ObservedTasks tasks;
    private final ProgressBar bar = new ProgressBar();
    private final Timeline clock = new Timeline(new KeyFrame(Duration.millis(100), _ -> refresh()));
    private PopOver popover;
    private JobsPanel panel;

    /// Shows the tasks of `tasks`.
    public JobsStrip(ObservedTasks tasks) {
        this.tasks = tasks;
        getStyleClass().addAll("flat", "jobs-strip");
        setGraphic(bar);
        bar.setPrefWidth(64);
        bar.setFocusTraversable(false);
        setMnemonicParsing(false);
        setTooltip(new Tooltip(STRINGS.get("jobs.tooltip")));
        setOnAction(_ -> toggle());
        clock.setCycleCount(Animation.INDEFINITE);
        tasks.whenSubmitted(this::refresh);
        refresh();
    }

    /// Whether it is looking at the tasks now.
    public boolean watching() {
        return clock.getStatus() == Animation.Status.RUNNING;
    }

    /// Opens the list of tasks, or closes it.
    public void toggle() {
        if (popover != null && popover.isShowing()) {
            popover.hide();
            return;
        }
        if (popover == null) {
            panel = new JobsPanel(tasks);
            popover = Popovers.of(panel);
            popover.setArrowLocation(PopOver.ArrowLocation.BOTTOM_RIGHT);
            popover.setTitle(STRINGS.get("jobs.title"));
        }
        panel.refresh();
        popover.show(this);
    }

    /// The list of tasks while it is open, else null.
    public JobsPanel panel() {
        return popover != null && popover.isShowing() ? panel : null;
    }

    private void refresh() {
        List<TaskHandle<?>> live = tasks.recent().stream().filter(handle -> !handle.state().ended()).toList();
        pseudoClassStateChanged(BUSY, !live.isEmpty());
        bar.setVisible(!live.isEmpty());
        bar.setManaged(!live.isEmpty());
        double known = 0;
        int counted = 0;
        for (TaskHandle<?> handle : live) {
            if (handle.state() instanceof TaskState.Running<?>(var progress) && progress.fraction() >= 0) {
                known += progress.fraction();
                counted++;
            }
        }
        // An indeterminate bar is animated, and would keep the window drawing after it was hidden.
        bar.setProgress(live.isEmpty() ? 0 : counted == 0 ? -1 : known / counted);
        String text = live.isEmpty() ? STRINGS.get("jobs.none")
                : counted == 0 ? STRINGS.get("jobs.running", live.size()) : STRINGS.get("jobs.running.share", live.size(), (int) (known / counted * 100));
        setText(text);
        setAccessibleText(text);
        if (panel() != null) panel.refresh();
        if (live.isEmpty()) clock.stop();
        else if (!watching()) clock.play();
    }
}
