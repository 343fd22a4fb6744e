package serpentarium.log.ui.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.value.ObservableValue;
import javafx.util.Duration;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Rerun;
import serpentarium.kit.Tokens;
import serpentarium.log.Level;
import serpentarium.log.engine.LineSet;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.LogPart;
import serpentarium.log.engine.RecordIndexes;
import serpentarium.log.engine.RecordKinds;
import serpentarium.log.ui.list.FoldedRows;
import serpentarium.log.ui.list.MapLane;
import serpentarium.log.ui.list.RowSource;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// Errors and warnings on the scroll bar, and what was found where all rows are shown.
public final class LevelLanes {
    private static final Strings STRINGS = Strings.of(LevelLanes.class);

    private static final int ASKED = 24;

    private final ObservableValue<Tokens> tokens;
    private final Rerun<Known> looking;
    /// All of a long log is looked at, which takes a while: not each time that a line is written.
    private final PauseTransition rest = new PauseTransition(Duration.seconds(2));
    private boolean more;
    private Known known = new Known(Map.of(), Map.of());

    /// First lines of records.
    private record Known(Map<LogPart, LineSet> errors, Map<LogPart, LineSet> warnings) {}

    /// @param tokens   the colours in force
    /// @param problems is told what keeps it from being known
    /// @param told     is called when more is known
    public LevelLanes(RecordIndexes records, ObservableValue<Tokens> tokens, Tasks tasks, Consumer<Problem> problems, Runnable told) {
        this.tokens = tokens;
        looking = new Rerun<>(tasks, () -> TaskSpec.of(STRINGS.get("lanes.task"), Lane.CPU, _ -> look(records)).hidden(), now -> {
            known = now;
            told.run();
        }, problems);
        rest.setOnFinished(_ -> {
            if (more) look();
        });
    }

    private static Known look(RecordIndexes records) {
        var errors = new HashMap<LogPart, LineSet>();
        var warnings = new HashMap<LogPart, LineSet>();
        for (LogPart part : records.log().parts()) {
            errors.put(part, records.of(part).marks().starts(RecordKinds.atLeast(Level.ERROR)));
            warnings.put(part, records.of(part).marks().starts(RecordKinds.of(Level.WARNING)));
        }
        return new Known(Map.copyOf(errors), Map.copyOf(warnings));
    }

    /// More is known of the log's records.
    public void look() {
        more = rest.getStatus() == Animation.Status.RUNNING;
        if (more) return;
        looking.news();
        rest.playFromStart();
    }

    /// The lanes.
    ///
    /// @param found what was found, where all rows are shown; else null
    public List<MapLane> lanes(FoundRows found) {
        var warnings = new MapLane(STRINGS.get("lanes.warnings"), () -> tokens.getValue().warning().deriveColor(0, 1, 1, 0.55), 0, (source, from, to) -> any(known.warnings, source, from, to));
        var errors = new MapLane(STRINGS.get("lanes.errors"), () -> tokens.getValue().danger(), 0, (source, from, to) -> any(known.errors, source, from, to));
        if (found == null) return List.of(warnings, errors);
        var hits = new MapLane(STRINGS.get("lanes.hits"), () -> tokens.getValue().match(), 1, (source, from, to) -> within(source, from, to, spot -> found.search().starts(spot.part())));
        return List.of(warnings, errors, hits);
    }

    private interface Lines {
        LineSet of(Spot spot);
    }

    private static boolean any(Map<LogPart, LineSet> lines, RowSource source, long from, long to) {
        if (!within(source, from, to, spot -> lines.getOrDefault(spot.part(), LineSet.EMPTY))) return false;
        boolean gaps = source instanceof FoundRows || source instanceof FoldedRows folded && folded.some();
        if (!gaps) return true;
        // Between rows that follow one another are lines that are not shown.
        Optional<Spot> first = source.spot(from);
        if (first.isEmpty()) return false;
        LineSet one = lines.getOrDefault(first.get().part(), LineSet.EMPTY);
        long next = one.rank(first.get().line());
        for (int i = 0; i < ASKED && next < one.size(); i++, next++) {
            long row = source.row(new Spot(first.get().part(), one.select(next)));
            if (row >= 0) return row < to;
        }
        return false;
    }

    private static boolean within(RowSource source, long from, long to, Lines lines) {
        Optional<Spot> first = source.spot(from);
        Optional<Spot> last = source.spot(to - 1);
        if (first.isEmpty() || last.isEmpty() || first.get().line() < 0) return false;
        LineSet one = lines.of(first.get());
        if (first.get().part() == last.get().part()) return one.rank(last.get().line() + 1) > one.rank(first.get().line());
        return one.size() > one.rank(first.get().line()) || lines.of(last.get()).rank(last.get().line() + 1) > 0;
    }

    /// Ends what runs.
    public void close() {
        rest.stop();
        looking.close();
    }
}
