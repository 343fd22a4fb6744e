package serpentarium.traffic.ui;

import java.nio.file.Path;
import javafx.animation.AnimationTimer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import serpentarium.base.Strings;
import serpentarium.kit.ProgressText;
import serpentarium.task.Progress;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;

/// How far reading a file is, above what was read of it.
final class ReadingBar extends HBox {
    private static final Strings STRINGS = Strings.of(ReadingBar.class);

    ReadingBar(Path file, TaskHandle<?> task) {
        getStyleClass().addAll("banner", "reading-bar");
        setAlignment(Pos.CENTER_LEFT);
        setSpacing(10);
        var title = new Label(STRINGS.get("document.reading", file.getFileName()));
        var bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        bar.setPrefWidth(220);
        bar.setAccessibleText(STRINGS.get("document.progress"));
        var text = new Label();
        text.getStyleClass().add("muted");
        var cancel = new Button(STRINGS.get("document.cancel"));
        cancel.getStyleClass().add("small");
        cancel.setOnAction(_ -> task.cancel());
        getChildren().addAll(title, bar, text, cancel);
        var timer = new AnimationTimer() {
            @Override public void handle(long now) {
                if (!(task.state() instanceof TaskState.Running<?>(Progress progress))) return;
                bar.setProgress(progress.fraction());
                text.setText(ProgressText.of(progress));
            }
        };
        timer.start();
        task.whenEnded(_ -> timer.stop());
    }
}
