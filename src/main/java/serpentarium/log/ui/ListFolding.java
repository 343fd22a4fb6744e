package serpentarium.log.ui;

import java.util.List;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Rerun;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.filter.FoundRows;
import serpentarium.log.ui.list.FoldedRows;
import serpentarium.log.ui.list.LogList;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;

/// The rows of a log with its records folded or not, as a person likes them, kept up to date in the background.
final class ListFolding {
    private static final Strings STRINGS = Strings.of(ListFolding.class);
    private static final String FOLDED = "log.folded";

    private final LogList list;
    private final Surroundings with;
    private final FoldedRows rows;
    private FoundRows found;
    private FoldedRows narrowed;
    private final Rerun<Boolean> looking;
    private boolean all;

    ListFolding(OpenLog log, LogList list, Surroundings with) {
        this.list = list;
        this.with = with;
        rows = new FoldedRows(log.indexes(), with.settings().text(FOLDED).filter("false"::equals).isEmpty());
        looking = new Rerun<>(with.tasks(), () -> {
            boolean whatever = all;
            all = false;
            List<FoldedRows> each = narrowed == null ? List.of(rows) : List.of(rows, narrowed);
            return TaskSpec.of(STRINGS.get("fold.task"), Lane.CPU, _ -> {
                boolean changed = false;
                for (FoldedRows some : each) changed |= some.update(whatever);
                return changed;
            }).hidden();
        }, changed -> {
            if (changed) list.refresh();
        }, with.ports()::notify);
        list.folding(this::fold);
    }

    /// The rows.
    FoldedRows rows() {
        return rows;
    }

    /// The rows of what was found.
    FoldedRows over(FoundRows wanted) {
        if (wanted != found) {
            found = wanted;
            narrowed = rows.over(wanted::lines);
            look();
        }
        return narrowed;
    }

    /// Looks again at what is to be hidden: more is known of the records, or other rows are shown.
    void look() {
        looking.news();
    }

    private void fold(Spot spot, boolean away) {
        FoldedRows shown = list.source().get() instanceof FoldedRows folded ? folded : rows;
        shown.fold(spot, away).ifPresent(first -> {
            if (shown != rows) rows.again(spot.part());
            else if (narrowed != null) narrowed.again(spot.part());
            look();
            list.reload();
            if (away) list.go(first);
        });
    }

    private void foldAll() {
        rows.fold(!rows.folding());
        with.settings().put(FOLDED, String.valueOf(rows.folding()));
        all = true;
        list.reload();
        looking.news();
    }

    /// What can be done with records that have several lines.
    List<Command> commands() {
        return List.of(Command.of("log.fold", STRINGS.get("command.fold"), "fth-minimize-2", "Alt+F", this::foldAll));
    }

    void close() {
        looking.close();
    }
}
