package serpentarium.log.ui;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Rerun;
import serpentarium.log.Warning;
import serpentarium.log.engine.Follower;
import serpentarium.log.engine.IndexCache;
import serpentarium.log.engine.LogPart;
import serpentarium.log.format.Detection;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What the views of one log share: how far it is known, what came to it, and what happened meanwhile. News of a log that grows are told once however
/// many there are, and again only after they were taken.
final class LogViewModel {
    private static final Strings STRINGS = Strings.of(LogViewModel.class);
    private static final int MOST_WARNINGS = 200;

    private final OpenLog log;
    private final Tasks tasks;
    private final Executor window;
    private final LogPane.Places places;
    private final LongProperty rows = new SimpleLongProperty(this, "rows");
    private final BooleanProperty known = new SimpleBooleanProperty(this, "known");
    private final ReadOnlyBooleanWrapper following = new ReadOnlyBooleanWrapper(this, "following");
    private final ObjectProperty<Problem> problem = new SimpleObjectProperty<>(this, "problem");
    private final ObjectProperty<Detection> detection = new SimpleObjectProperty<>(this, "detection");
    private final ObservableList<Warning> warnings = FXCollections.observableArrayList();
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicLong grown = new AtomicLong();
    private final ReadOnlyLongWrapper indexed = new ReadOnlyLongWrapper(this, "indexed");
    private final Rerun<Boolean> indexing;
    private Runnable news = () -> {};
    private TaskHandle<?> filling;
    private TaskHandle<?> follower;

    LogViewModel(OpenLog log, Tasks tasks, Executor window, LogPane.Places places) {
        this.log = log;
        this.tasks = tasks;
        this.window = window;
        this.places = places;
        indexing = new Rerun<>(tasks, () -> TaskSpec.of(STRINGS.get("model.indexing", log.live().getFileName()), Lane.CPU, log.indexes()::extend).hidden(), changed -> {
            if (changed) indexed.set(indexed.get() + 1);
        }, problem::set);
        rows.set(log.lines().rows());
        detect();
        warnings.addAll(log.lines().warnings());
    }

    OpenLog log() {
        return log;
    }

    /// How many lines are known.
    LongProperty rows() {
        return rows;
    }

    /// Whether all lines that were there are known, so that their numbers stay.
    BooleanProperty known() {
        return known;
    }

    /// Changes whenever more is known of the log's records.
    ReadOnlyLongProperty indexed() {
        return indexed.getReadOnlyProperty();
    }

    /// Has the records looked at that came with the lines that are known now.
    void index() {
        indexing.news();
    }

    /// Whether the log is followed.
    ReadOnlyBooleanProperty following() {
        return following.getReadOnlyProperty();
    }

    /// What went wrong last; null where nothing did.
    ObjectProperty<Problem> problem() {
        return problem;
    }

    /// How the last part of the log is written; null while nobody knows.
    ObjectProperty<Detection> detection() {
        return detection;
    }

    /// Looks again how the log is written.
    void detect() {
        if (log.lines().parts().isEmpty()) return;
        LogPart last = log.lines().parts().getLast();
        tasks.submit(TaskSpec.of(STRINGS.get("model.looking"), Lane.IO, _ -> log.records().format(last)).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Detection>(Detection found)) detection.set(found);
        });
    }

    /// What is to be said about the log, the newest last.
    ObservableList<Warning> warnings() {
        return warnings;
    }

    /// Is called on the window's thread after the log has grown, at most once for all that came since it was called.
    void whenGrown(Runnable listener) {
        news = listener;
    }

    /// The task that looks through the log, while it runs; else null.
    TaskHandle<?> filling() {
        return filling;
    }

    /// Looks through the log and follows it.
    void begin(boolean follow) {
        if (log.lines().settled()) {
            known.set(true);
            index();
        } else fill();
        if (follow) follow();
    }

    private void fill() {
        IndexCache cache = OpenLog.cache(places);
        TaskHandle<Boolean> mine = tasks.submit(TaskSpec.of(STRINGS.get("model.reading", log.live().getFileName()), Lane.IO, context -> {
            log.lines().fill(Optional.of(cache).filter(_ -> log.as().charset().isEmpty()), context);
            return true;
        }));
        filling = mine;
        mine.whenEnded(state -> {
            filling = null;
            warnings.setAll(log.lines().warnings());
            grew();
            if (state instanceof TaskState.Failed<Boolean>(Problem why)) problem.set(why);
            if (state instanceof TaskState.Done<Boolean>) known.set(true);
        });
    }

    private void follow() {
        following.set(true);
        TaskHandle<Void> mine = tasks.submit(TaskSpec.<Void>of(STRINGS.get("model.following", log.live().getFileName()), Lane.IO, context -> {
            var listener = new Follower.Listener() {
                @Override public void grew(LogPart part, long from, long to) {
                    grown.addAndGet(to - from);
                    tell();
                }

                @Override public void warned(Warning warning) {
                    window.execute(() -> {
                        warnings.add(warning);
                        if (warnings.size() > MOST_WARNINGS) warnings.removeFirst();
                    });
                }
            };
            new Follower(log.lines(), log.live(), places.unpacked(), listener).run(context);
            return null;
        }).hidden());
        follower = mine;
        mine.whenEnded(state -> {
            if (follower != mine) return;
            following.set(false);
            if (state instanceof TaskState.Failed<Void>(Problem why)) problem.set(why);
        });
    }

    /// How many bytes came while the log was followed.
    long grown() {
        return grown.get();
    }

    private void tell() {
        if (told.compareAndSet(false, true)) window.execute(this::grew);
    }

    private void grew() {
        told.set(false);
        rows.set(log.lines().rows());
        news.run();
    }

    /// Follows the log, or no longer.
    void follow(boolean wanted) {
        if (wanted == following.get()) return;
        if (wanted) follow();
        else {
            TaskHandle<?> was = follower;
            follower = null;
            following.set(false);
            if (was != null) was.cancel();
        }
    }

    void close() {
        indexing.close();
        if (filling != null) filling.cancel();
        TaskHandle<?> was = follower;
        follower = null;
        if (was != null) was.cancel();
    }
}
