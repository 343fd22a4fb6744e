package serpentarium.log.ui.mark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.engine.Investigation;
import serpentarium.log.engine.LogLines;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogMark;
import serpentarium.log.engine.MarkStore;
import serpentarium.log.engine.RecordReader;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The marks of a log: where they are now, and what becomes of them. They are kept at once.
public final class MarksViewModel {
    private static final Strings STRINGS = Strings.of(MarksViewModel.class);

    private final LogLines log;
    private final RecordReader records;
    private final MarkStore store;
    private final Tasks tasks;
    private final Lane lane;
    private final Consumer<Problem> problems;
    private final ObservableList<Marked> marks = FXCollections.observableArrayList();
    private final Map<Spot, Marked> places = new HashMap<>();

    /// A mark and where it is.
    ///
    /// @param mark what is kept
    /// @param spot the first line of the record; null where it is not in the log any more, or not found yet
    public record Marked(LogMark mark, Spot spot) {}

    /// @param problems is told what keeps marks from being kept
    public MarksViewModel(LogLines log, RecordReader records, MarkStore store, Tasks tasks, Consumer<Problem> problems) {
        this.log = log;
        this.records = records;
        this.store = store;
        this.tasks = tasks;
        this.problems = problems;
        lane = Lane.serial("log-marks " + store.file());
    }

    /// All marks in the order of the log; those that are not in it any more stand at their time.
    public ObservableList<Marked> marks() {
        return marks;
    }

    /// The mark of a record's first line, or null.
    public Marked at(Spot spot) {
        return places.get(spot);
    }

    private interface Change {
        List<LogMark> make() throws IOException;
    }

    private void change(String title, Change change) {
        tasks.submit(TaskSpec.of(STRINGS.get(title), lane, _ -> found(change.make())).hidden()).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<List<Marked>>(List<Marked> found) -> show(found);
                case TaskState.Failed<List<Marked>>(Problem problem) -> problems.accept(problem);
                case TaskState.Cancelled<List<Marked>> _, TaskState.Queued<List<Marked>> _, TaskState.Running<List<Marked>> _ -> { }
            }
        });
    }

    private List<Marked> found(List<LogMark> all) throws IOException {
        var found = new ArrayList<Marked>();
        for (LogMark mark : all) found.add(new Marked(mark, mark.find(log).orElse(null)));
        return found;
    }

    private void show(List<Marked> found) {
        var sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingLong((Marked each) -> each.spot == null ? Long.MIN_VALUE : log.row(each.spot))
                .thenComparingLong(each -> each.mark.time()).thenComparingLong(each -> each.mark.line()));
        places.clear();
        for (Marked each : sorted) if (each.spot != null) places.put(each.spot, each);
        marks.setAll(sorted);
    }

    /// Reads what is kept, and looks again for marks that were not found.
    public void load() {
        change("marks.task.load", store::load);
    }

    /// Sets a mark at the record that a line belongs to, or takes it away.
    public void toggle(Spot spot) {
        change("marks.task.put", () -> {
            Spot first = first(spot);
            LogMark mark = LogMark.of(first, records.record(first));
            boolean there = store.load().stream().anyMatch(each -> each.same(mark));
            return there ? store.remove(mark) : store.put(mark);
        });
    }

    private Spot first(Spot spot) throws IOException {
        Optional<RecordReader.Extent> extent = records.extent(spot);
        return extent.map(each -> new Spot(each.part(), each.first())).orElse(spot);
    }

    /// Writes a note and tags; a record that has no mark gets one.
    public void write(Spot spot, String note, List<String> tags) {
        change("marks.task.put", () -> {
            Spot first = first(spot);
            return store.put(LogMark.of(first, records.record(first)).with(note, tags));
        });
    }

    /// Takes a mark away.
    public void remove(Marked marked) {
        change("marks.task.put", () -> store.remove(marked.mark()));
    }

    /// The next mark behind a line, or before it; empty where there is none.
    ///
    /// @param from null for the beginning, or the end
    public Optional<Spot> next(Spot from, boolean forward) {
        long row = from == null ? forward ? -1 : Long.MAX_VALUE : log.row(from);
        List<Marked> ordered = forward ? marks : marks.reversed();
        for (Marked each : ordered) {
            long at = each.spot == null ? -1 : log.row(each.spot);
            if (at >= 0 && (forward ? at > row : at < row)) return Optional.of(each.spot);
        }
        return Optional.empty();
    }

    /// The tags of all marks, the most frequent first.
    public List<String> tags() {
        var counts = new HashMap<String, Integer>();
        for (Marked each : marks) for (String tag : each.mark.tags()) counts.merge(tag, 1, Integer::sum);
        return counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey())).map(Map.Entry::getKey).toList();
    }

    /// What was found out, with the marked records as they stand in the log now. Reads files.
    public List<Investigation.Finding> findings(List<Marked> of) throws IOException {
        var findings = new ArrayList<Investigation.Finding>();
        for (Marked each : of) {
            Optional<LogRecord> record = each.spot == null ? Optional.empty() : records.record(each.spot);
            if (each.spot != null && record.isEmpty()) record = Optional.of(line(each));
            findings.add(new Investigation.Finding(each.mark, record));
        }
        return findings;
    }

    /// A line that belongs to no record.
    private static LogRecord line(Marked each) {
        return new LogRecord(each.mark.file(), each.mark.line() + 1, 1, "plain", RecordView.NO_TIME, null, -1, null, each.mark.text(), null, -1, null, null, null, Map.of());
    }
}
