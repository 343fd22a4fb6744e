package serpentarium.python.ui;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanExpression;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextArea;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.python.ui.VersionsPane.Surroundings;
import serpentarium.task.Batches;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;

/// Asks how something is done, then shows how it goes: what is said, and a way to stop it. Closed in the middle, the work goes on among the tasks.
final class WorkSheet extends VBox {
    private static final Strings STRINGS = Strings.of(WorkSheet.class);
    private static final int MOST_LINES = 2_000;

    private final Surroundings with;
    private final VBox form = new VBox(8);
    private final ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
    private final TextArea log = new TextArea();
    private final Label wrong = text("", "answer-objection");
    private final Button stop = new Button(STRINGS.get("work.stop"), Icons.of("fth-x"));
    private final Button close = new Button(STRINGS.get("work.close"));
    private final Button go;
    private final BooleanProperty running = new SimpleBooleanProperty(this, "running");
    private TaskHandle<?> task;

    /// @param title what is asked
    /// @param go    what the button says that begins it
    /// @param put   closes the sheet
    WorkSheet(String title, String about, String go, Surroundings with, Runnable put) {
        super(10);
        this.with = with;
        this.go = new Button(go, Icons.of("fth-check"));
        getStyleClass().addAll("overlay-card", "choose-sheet");
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(STRINGS.get("work.runs"));
        log.setId("work-log");
        log.setEditable(false);
        log.setPrefRowCount(8);
        log.setMinHeight(80);
        log.setAccessibleText(STRINGS.get("work.log"));
        log.getStyleClass().add("check-log");
        wrong.setId("work-wrong");
        this.go.setId("work-go");
        this.go.getStyleClass().add("accent");
        this.go.setDefaultButton(true);
        stop.setId("work-stop");
        close.setId("work-close");
        close.setOnAction(_ -> put.run());
        stop.setOnAction(_ -> task.cancel());
        for (Node each : List.of(bar, stop)) shown(each, running);
        shown(log, running.or(log.textProperty().isNotEmpty()));
        shown(wrong, wrong.textProperty().isNotEmpty());
        shown(this.go, running.not());
        form.disableProperty().bind(running);
        close.textProperty().bind(Bindings.when(running).then(STRINGS.get("work.behind")).otherwise(STRINGS.get("work.close")));
        var buttons = new HBox(8, close, stop, this.go);
        for (Button each : List.of(close, stop, this.go)) each.setMinWidth(Region.USE_PREF_SIZE);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(text(title, "card-title"), text(about, "muted"), form, bar, log, wrong, buttons);
        setMaxHeight(USE_PREF_SIZE);
    }

    private static void shown(Node node, BooleanExpression when) {
        node.visibleProperty().bind(when);
        node.managedProperty().bind(when);
    }

    /// A text that wraps.
    static Label text(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    /// What is asked.
    WorkSheet asks(Node... rows) {
        form.getChildren().setAll(rows);
        return this;
    }

    /// What happens when it is begun, and when that can be.
    ///
    /// @param can  whether all is said that is needed
    /// @param work makes the work from where its lines go
    /// @param then takes what came of it
    <T> WorkSheet does(BooleanExpression can, Function<Consumer<String>, TaskSpec<T>> work, Consumer<T> then) {
        go.disableProperty().bind(can.not());
        go.setOnAction(_ -> run(work, then));
        return this;
    }

    private <T> void run(Function<Consumer<String>, TaskSpec<T>> work, Consumer<T> then) {
        wrong.setText("");
        log.clear();
        var lines = new Batches<String>(MOST_LINES, with.fx(), batch -> batch.items().forEach(line -> log.appendText(line + "\n")));
        running.set(true);
        TaskHandle<T> begun = with.tasks().submit(work.apply(lines::offer));
        task = begun;
        begun.whenEnded(state -> {
            lines.close();
            running.set(false);
            if (state instanceof TaskState.Done<T>(T value)) then.accept(value);
            else if (state instanceof TaskState.Failed<T>(Problem problem)) failed(problem);
            else wrong.setText(STRINGS.get("work.stopped"));
        });
    }

    private void failed(Problem problem) {
        if (getScene() == null) {
            with.ports().notify(problem);
            return;
        }
        var words = new java.util.ArrayList<>(List.of(problem.title()));
        if (!problem.detail().isEmpty()) words.add(problem.detail());
        words.addAll(problem.remedies());
        wrong.setText(String.join("\n", words));
    }

    /// Whether it runs.
    BooleanExpression running() {
        return running;
    }
}
