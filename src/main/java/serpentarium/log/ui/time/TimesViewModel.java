package serpentarium.log.ui.time;

import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.util.Duration;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Rerun;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogTimes;
import serpentarium.log.engine.LogTimes.Histogram;
import serpentarium.log.engine.LogTimes.Range;
import serpentarium.log.engine.RecordIndexes;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// When the records of a log were written, of all of it or of a stretch that a person has chosen.
public final class TimesViewModel {
    private static final Strings STRINGS = Strings.of(TimesViewModel.class);
    private static final int COLUMNS = 400;
    /// Of a log that grows, a share of the time goes into counting and no more.
    private static final double SHARE = 0.1;
    private static final double LEAST = 200;

    private final RecordIndexes records;
    private final Tasks tasks;
    private final Consumer<Problem> problems;
    private final ObjectProperty<Range> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final ReadOnlyObjectWrapper<Range> whole = new ReadOnlyObjectWrapper<>(this, "whole");
    private final ReadOnlyObjectWrapper<Histogram> histogram = new ReadOnlyObjectWrapper<>(this, "histogram");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled", true);
    private final Rerun<Counted> counting;
    private final PauseTransition pause = new PauseTransition();
    private final Object key = new Object();
    private boolean waiting;

    /// What a round has found; both null where no record has a time.
    private record Counted(Range whole, Histogram histogram, double millis) {}

    /// @param problems is told what keeps records from being counted
    public TimesViewModel(RecordIndexes records, Tasks tasks, Consumer<Problem> problems) {
        this.records = records;
        this.tasks = tasks;
        this.problems = problems;
        counting = new Rerun<>(tasks, this::count, this::show, problems);
        pause.setOnFinished(_ -> {
            if (!waiting) return;
            waiting = false;
            counting.news();
        });
        chosen.addListener(_ -> {
            settled.set(false);
            counting.news();
        });
    }

    private TaskSpec<Counted> count() {
        Range wanted = chosen.get();
        return TaskSpec.of(STRINGS.get("task"), Lane.CPU, context -> {
            long began = System.nanoTime();
            Optional<Range> all = LogTimes.range(records);
            if (all.isEmpty()) return new Counted(null, null, 0);
            Histogram found = LogTimes.histogram(records, wanted == null ? all.get() : wanted, COLUMNS, context);
            return new Counted(all.get(), found, (System.nanoTime() - began) / 1e6);
        }).hidden();
    }

    private void show(Counted counted) {
        whole.set(counted.whole);
        histogram.set(counted.histogram);
        settled.set(!counting.running() && !waiting);
        pause.setDuration(Duration.millis(Math.max(LEAST, counted.millis / SHARE)));
        pause.playFromStart();
    }

    /// Looks at what the records' index has got to know. To be called when that has grown.
    public void look() {
        settled.set(false);
        if (pause.getStatus() == javafx.animation.Animation.Status.RUNNING) waiting = true;
        else counting.news();
    }

    /// The stretch that is shown; null for all of the log.
    public ObjectProperty<Range> chosen() {
        return chosen;
    }

    /// When the first and the last record were written; null where none has a time.
    public ReadOnlyObjectProperty<Range> whole() {
        return whole.getReadOnlyProperty();
    }

    /// What is shown; null where there is nothing.
    public ReadOnlyObjectProperty<Histogram> histogram() {
        return histogram.getReadOnlyProperty();
    }

    /// Whether what is shown is all that is known.
    public ReadOnlyBooleanProperty settled() {
        return settled.getReadOnlyProperty();
    }

    /// Finds the first record from a time on.
    public void find(long time, Consumer<Spot> then) {
        tasks.submit(TaskSpec.of(STRINGS.get("finding"), Lane.IO, context -> LogTimes.find(records, time, context)).latest(key).hidden()).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<Optional<Spot>>(Optional<Spot> spot) -> spot.ifPresent(then);
                case TaskState.Failed<Optional<Spot>>(Problem problem) -> problems.accept(problem);
                case TaskState.Cancelled<Optional<Spot>> _, TaskState.Queued<Optional<Spot>> _, TaskState.Running<Optional<Spot>> _ -> { }
            }
        });
    }

    /// Stops what runs.
    public void close() {
        pause.stop();
        counting.close();
    }
}
