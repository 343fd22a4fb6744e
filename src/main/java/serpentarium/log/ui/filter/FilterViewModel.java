package serpentarium.log.ui.filter;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.util.Duration;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.log.Level;
import serpentarium.log.Warning;
import serpentarium.log.analysis.LogFilter;
import serpentarium.log.analysis.LogFilterParser;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogPart;
import serpentarium.log.engine.RecordIndexes;
import serpentarium.log.engine.RecordKinds;
import serpentarium.log.engine.RecordSearch;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What is asked of a log and what was found: the filter, the level, what is hidden besides, and the rows that pass. The search runs in the background;
/// a newer one ends an older one, whose rows stay until the newer one has some.
public final class FilterViewModel {
    private static final Strings STRINGS = Strings.of(FilterViewModel.class);
    private static final String SPAN = "time>=";
    private static final Duration PULSE = Duration.millis(120);

    private final RecordIndexes records;
    private final Supplier<Optional<Spot>> near;
    private final Tasks tasks;
    private final Consumer<Problem> problems;
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyObjectWrapper<LogFilterParser.Result> parsed = new ReadOnlyObjectWrapper<>(this, "parsed", new LogFilterParser.Result.Parsed(new LogFilter.All()));
    private final ObjectProperty<Level> least = new SimpleObjectProperty<>(this, "least");
    private final ObservableList<Restriction> restrictions = FXCollections.observableArrayList();
    private final IntegerProperty around = new SimpleIntegerProperty(this, "around");
    private final BooleanProperty below = new SimpleBooleanProperty(this, "below");
    private final ReadOnlyObjectWrapper<FoundRows> found = new ReadOnlyObjectWrapper<>(this, "found");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");
    private final ReadOnlyLongWrapper changes = new ReadOnlyLongWrapper(this, "changes");
    private final Object key = new Object();
    private final Timeline pulse = new Timeline(new KeyFrame(PULSE, _ -> tell()));
    private LogFilter filter = new LogFilter.All();
    private FoundRows wanted;
    private TaskHandle<?> running;
    private boolean again;

    /// @param near     the line that a person looks at
    /// @param problems is told what keeps the log from being searched
    public FilterViewModel(RecordIndexes records, Supplier<Optional<Spot>> near, Tasks tasks, Consumer<Problem> problems) {
        this.records = records;
        this.near = near;
        this.tasks = tasks;
        this.problems = problems;
        pulse.setCycleCount(Animation.INDEFINITE);
        text.addListener(_ -> parse());
        least.addListener(_ -> ask());
        restrictions.addListener((ListChangeListener<Restriction>) _ -> ask());
        around.addListener(_ -> widen());
    }

    /// What is written in the field.
    public StringProperty text() {
        return text;
    }

    /// What became of it.
    public ReadOnlyObjectProperty<LogFilterParser.Result> parsed() {
        return parsed.getReadOnlyProperty();
    }

    /// The least level that is shown; null for all records.
    public ObjectProperty<Level> least() {
        return least;
    }

    /// What keeps records out of sight besides.
    public ObservableList<Restriction> restrictions() {
        return restrictions;
    }

    /// How many lines are shown around each record.
    public IntegerProperty around() {
        return around;
    }

    /// Whether what was found is shown in a list of its own below.
    public BooleanProperty below() {
        return below;
    }

    /// What was found; null while nothing is asked.
    public ReadOnlyObjectProperty<FoundRows> found() {
        return found.getReadOnlyProperty();
    }

    /// Whether it is being searched.
    public ReadOnlyBooleanProperty busy() {
        return busy.getReadOnlyProperty();
    }

    /// Goes up whenever something was found.
    public ReadOnlyLongProperty changes() {
        return changes.getReadOnlyProperty();
    }

    /// The records of the log.
    public RecordIndexes records() {
        return records;
    }

    /// All that is asked, as one filter; takes all records where nothing is.
    public LogFilter filter() {
        return filter;
    }

    /// How many records were found.
    public long shown() {
        return found.get() == null ? records.count(RecordKinds.ALL) : found.get().search().found();
    }

    /// How far the search is, 0…1.
    public double progress() {
        if (wanted == null) return 1;
        long all = 1;
        for (LogPart part : records.log().parts()) all += part.index().bytes();
        return Math.min(1, (double) wanted.search().searched() / all);
    }

    /// What kept the search from an answer for every record.
    public Optional<Warning> trouble() {
        return wanted == null ? Optional.empty() : wanted.search().trouble();
    }

    /// What is asked, as a person reads it; empty where nothing is.
    public String said() {
        var parts = new ArrayList<String>();
        if (!text.get().isBlank()) parts.add(text.get().strip());
        if (least.get() != null) parts.add("level>=" + least.get());
        for (Restriction each : restrictions) if (each.on()) parts.add(each.hides() ? "not (" + each.text() + ")" : "(" + each.text() + ")");
        return String.join(" ", parts);
    }

    /// Shows only what passes this filter, too, or hides it.
    ///
    /// @return false where it is no filter
    public boolean restrict(String asked, boolean hides) {
        if (!(LogFilterParser.parse(asked, records.reader().zone()) instanceof LogFilterParser.Result.Parsed(LogFilter one)) || asked.isBlank()) return false;
        restrictions.removeIf(each -> each.text().equals(asked));
        restrictions.add(new Restriction(asked.strip(), one, hides, true));
        return true;
    }

    /// Shows only records between two times, instead of those that were chosen before.
    ///
    /// @param from nanoseconds since 1970
    /// @param to   nanoseconds since 1970
    public void between(long from, long to) {
        List<Restriction> others = restrictions.stream().filter(each -> !each.text().startsWith(SPAN)).toList();
        String asked = SPAN + written(from) + " time<=" + written(to);
        var all = new ArrayList<>(others);
        if (LogFilterParser.parse(asked, records.reader().zone()) instanceof LogFilterParser.Result.Parsed(LogFilter one)) all.add(new Restriction(asked, one, false, true));
        restrictions.setAll(all);
    }

    /// Whether only records between two times are shown.
    public boolean spanned() {
        return restrictions.stream().anyMatch(each -> each.text().startsWith(SPAN));
    }

    /// Shows records of all times again.
    public void always() {
        restrictions.removeIf(each -> each.text().startsWith(SPAN));
    }

    private String written(long nanos) {
        var time = Instant.ofEpochSecond(Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L)).atZone(records.reader().zone());
        return time.toOffsetDateTime().toString();
    }

    /// Takes a restriction away, or puts it out of force and in force again.
    public void turn(Restriction one) {
        int at = restrictions.indexOf(one);
        if (at >= 0) restrictions.set(at, one.turned());
    }

    /// Shows everything again.
    public void clear() {
        text.set("");
        least.set(null);
        restrictions.clear();
    }

    private void parse() {
        parsed.set(LogFilterParser.parse(text.get(), records.reader().zone()));
        if (parsed.get() instanceof LogFilterParser.Result.Parsed) ask();
    }

    private LogFilter whole() {
        var parts = new ArrayList<LogFilter>();
        if (parsed.get() instanceof LogFilterParser.Result.Parsed(LogFilter one) && !(one instanceof LogFilter.All)) parts.add(one);
        if (least.get() != null) parts.add(new LogFilter.LevelOf(LogFilter.Comparison.AT_LEAST, least.get().number()));
        for (Restriction each : restrictions) if (each.on()) parts.add(each.asked());
        return parts.isEmpty() ? new LogFilter.All() : parts.size() == 1 ? parts.getFirst() : new LogFilter.And(parts);
    }

    private void ask() {
        LogFilter now = whole();
        if (now.equals(filter)) return;
        filter = now;
        if (running != null) running.cancel();
        running = null;
        again = false;
        if (now instanceof LogFilter.All) {
            pulse.stop();
            wanted = null;
            found.set(null);
            busy.set(false);
            changes.set(changes.get() + 1);
            return;
        }
        wanted = new FoundRows(records.log(), new RecordSearch(records, now), around.get());
        run();
    }

    private void widen() {
        if (wanted == null) return;
        wanted = new FoundRows(records.log(), wanted.search(), around.get());
        tell();
    }

    /// The log has grown, or more is known of its records.
    public void grew() {
        if (wanted != null && (busy.get() || wanted.search().behind())) run();
        else if (wanted == null) changes.set(changes.get() + 1);
    }

    private void run() {
        if (running != null) {
            again = true;
            return;
        }
        busy.set(true);
        pulse.play();
        RecordSearch search = wanted.search();
        Optional<Spot> place = near.get().filter(spot -> spot.line() >= 0);
        TaskHandle<Boolean> mine = tasks.submit(TaskSpec.of(STRINGS.get("task"), Lane.CPU, context -> {
            search.run(place, context);
            return true;
        }).latest(key).hidden());
        running = mine;
        mine.whenEnded(state -> {
            if (running != mine) return;
            running = null;
            if (state instanceof TaskState.Failed<Boolean>(Problem problem)) problems.accept(problem);
            boolean more = again && state instanceof TaskState.Done<Boolean>;
            again = false;
            if (more) run();
            else {
                busy.set(false);
                pulse.stop();
            }
            tell();
        });
    }

    /// Shows what was found since.
    private void tell() {
        if (wanted != null && found.get() != wanted) found.set(wanted);
        changes.set(changes.get() + 1);
    }

    /// Ends what runs.
    public void close() {
        pulse.stop();
        if (running != null) running.cancel();
        running = null;
    }
}
