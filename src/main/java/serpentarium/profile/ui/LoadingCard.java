package serpentarium.profile.ui;

import java.nio.file.Path;
import javafx.animation.AnimationTimer;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.VBox;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.PathLabel;
import serpentarium.kit.Ports;
import serpentarium.kit.ProgressText;
import serpentarium.profile.engine.LatestGlimpse;
import serpentarium.task.Progress;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;

/// What a tab shows while its file is read, and when that came to nothing.
final class LoadingCard extends VBox {
    private static final Strings STRINGS = Strings.of(LoadingCard.class);

    private final AnimationTimer timer;

    LoadingCard(Path file, TaskHandle<?> task, LatestGlimpse glimpses, Ports ports) {
        getStyleClass().add("loading-card");
        setAlignment(Pos.CENTER);
        setSpacing(10);
        var title = new Label(STRINGS.get("document.reading", file.getFileName()));
        title.getStyleClass().add("title-4");
        var path = new PathLabel(file, ports);
        path.setMaxWidth(520);
        var bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        bar.setPrefWidth(420);
        bar.setAccessibleText(STRINGS.get("document.progress"));
        var text = new Label();
        text.getStyleClass().add("text-muted");
        var cancel = new Button(STRINGS.get("document.cancel"));
        cancel.setCancelButton(true);
        cancel.setOnAction(_ -> task.cancel());
        var first = new FirstNumbers();
        getChildren().addAll(title, path, bar, text, first, cancel);
        timer = new AnimationTimer() {
            @Override public void handle(long now) {
                if (!(task.state() instanceof TaskState.Running<?>(Progress progress))) return;
                bar.setProgress(progress.fraction());
                text.setText(ProgressText.of(progress));
                first.show(glimpses.latest());
            }
        };
        timer.start();
    }

    /// Looks at the task no more.
    void stop() {
        timer.stop();
    }

    /// What is shown when reading failed.
    static Node failed(Problem problem, Command retry, Ports ports) {
        var text = new StringBuilder(problem.place().describe());
        if (!problem.detail().isEmpty()) text.append("\n").append(problem.detail());
        problem.remedies().forEach(remedy -> text.append("\n\n").append(remedy));
        var copy = new Command("profile.copy-problem", STRINGS.get("document.copy-problem"), "fth-copy", null, new SimpleBooleanProperty(true),
                () -> ports.copy(problem.report()));
        return new EmptyState("fth-alert-triangle", problem.title(), text.toString(), retry, copy);
    }

    /// What is shown when reading was cancelled.
    static Node cancelled(Path file, Command again) {
        return new EmptyState("fth-slash", STRINGS.get("document.cancelled"), file.toString(), again);
    }
}
