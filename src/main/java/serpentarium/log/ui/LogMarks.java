package serpentarium.log.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javafx.collections.ListChangeListener;
import javafx.scene.paint.Color;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.log.engine.FailureGroup;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.MarkStore;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.list.LogList;
import serpentarium.log.ui.list.MapLane;
import serpentarium.log.ui.list.RowDecor;
import serpentarium.log.ui.list.RowSource;
import serpentarium.log.ui.mark.MarkColours;
import serpentarium.log.ui.mark.MarkCommands;
import serpentarium.log.ui.mark.MarkStrip;
import serpentarium.log.ui.mark.MarksView;
import serpentarium.log.ui.mark.MarksViewModel;
import serpentarium.log.ui.mark.MarksViewModel.Marked;

/// The marks of a log where they are seen: before rows, on the scroll bar, above the record and in a list of their own.
final class LogMarks {
    private static final Strings STRINGS = Strings.of(LogMarks.class);

    private final MarksViewModel model;
    private final MarksView view;
    private final MarkStrip strip;
    private final List<Command> commands = new ArrayList<>();

    /// @param filter   what is shown of the log; empty for all
    /// @param failures what failed, the most frequent first
    /// @param changed  is told when marks have changed
    LogMarks(OpenLog log, LogList list, DetailSide side, Surroundings with, Supplier<String> filter, Supplier<List<FailureGroup>> failures, Runnable changed) {
        model = new MarksViewModel(log.lines(), log.records(), new MarkStore(log.live(), with.places().marks()), with.tasks(), with.ports()::notify);
        strip = new MarkStrip(model, side::first);
        side.detail().say(strip);
        side.whenShown(strip::update);
        var around = new MarkCommands.Around(log.live().getFileName().toString(), () -> list.current().get(), list::go, filter, failures);
        var all = new MarkCommands(model, with.tasks(), with.ports(), log.records().zone(), around);
        view = new MarksView(model, log.records().zone(), list::go, all.export());
        commands.addAll(all.commands(strip, list));
        commands.addAll(all.export());
        side.detail().add(commands.getFirst());
        model.marks().addListener((ListChangeListener<Marked>) _ -> changed.run());
    }

    /// Looks for the marks; to be called again when lines became known.
    void load() {
        model.load();
    }

    /// The list of them.
    MarksView view() {
        return view;
    }

    /// What they share.
    MarksViewModel model() {
        return model;
    }

    /// What can be done with them.
    List<Command> commands() {
        return commands;
    }

    /// How they are drawn before rows.
    RowDecor decor() {
        return new RowDecor() {
            @Override public Color mark(Spot spot) {
                Marked marked = model.at(spot);
                return marked == null ? null : MarkColours.of(marked.mark());
            }
        };
    }

    /// How the scroll bar shows them.
    MapLane lane() {
        return new MapLane(STRINGS.get("marks.lane"), () -> Color.web("#cc9000"), 2, this::any);
    }

    /// Marks are in the order of the log, and so are the rows of every source; those that were not found stand first.
    private boolean any(RowSource source, long from, long to) {
        List<Marked> all = model.marks();
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = low + high >>> 1;
            Spot spot = all.get(middle).spot();
            if (spot == null || Math.max(source.row(spot), -1 - source.row(spot)) < from) low = middle + 1;
            else high = middle;
        }
        for (int i = low; i < all.size(); i++) {
            long row = source.row(all.get(i).spot());
            if (row >= from && row < to) return true;
            if (Math.max(row, -1 - row) >= to) return false;
        }
        return false;
    }
}
