package serpentarium.log.ui;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.engine.LogTimes.Range;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.list.LogList;
import serpentarium.log.ui.time.GoToTime;
import serpentarium.log.ui.time.HistogramView;
import serpentarium.log.ui.time.TimesViewModel;

/// The time of a log: the histogram above its list, and the way to a time.
final class LogTime {
    private static final Strings STRINGS = Strings.of(LogTime.class);
    private static final String SHOWN = "log.histogram.shown";

    private final TimesViewModel model;
    private final HistogramView view;
    private final LogList list;
    private final DetailSide side;
    private final OpenLog log;
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown");
    private final List<Command> commands;
    private Consumer<Range> chosen = _ -> { };

    LogTime(OpenLog log, LogList list, DetailSide side, Surroundings with) {
        this.log = log;
        this.list = list;
        this.side = side;
        model = new TimesViewModel(log.indexes(), with.tasks(), with.ports()::notify);
        view = new HistogramView(model, with.theme(), log.records().zone());
        shown.set(!with.settings().text(SHOWN).filter("false"::equals).isPresent());
        shown.addListener((_, _, now) -> with.settings().put(SHOWN, String.valueOf(now)));
        view.visibleProperty().bind(shown.and(model.histogram().isNotNull()));
        view.onGo(time -> model.find(time, list::go));
        view.onChosen(range -> {
            chosen.accept(range);
            if (range != null) model.find(range.from(), list::go);
        });
        side.whenShown(() -> {
            LogRecord record = side.detail().record();
            view.cursor().set(record == null || record.time() == RecordView.NO_TIME ? null : record.time());
        });
        commands = List.of(Command.of("log.time.histogram", STRINGS.get("time.histogram"), "fth-bar-chart-2", "Alt+H", () -> shown.set(!shown.get())),
                Command.of("log.time.go", STRINGS.get("time.go"), "fth-clock", "Shortcut+Shift+G", model.whole().isNotNull(), this::ask),
                Command.of("log.time.all", STRINGS.get("time.all"), "fth-maximize", null, model.chosen().isNotNull(), () -> choose(null)));
    }

    private void ask() {
        LogRecord record = side.detail().record();
        long base = record != null && record.time() != RecordView.NO_TIME ? record.time() : model.whole().get().to();
        GoToTime.ask(list, log.records().zone(), base, time -> {
            model.find(time, list::go);
            list.requestFocus();
        });
    }

    /// Shows a stretch of time; null for all.
    void choose(Range range) {
        model.chosen().set(range);
        chosen.accept(range);
    }

    /// Is told the stretch of time that is shown; null for all.
    void whenChosen(Consumer<Range> listener) {
        chosen = listener;
    }

    TimesViewModel model() {
        return model;
    }

    HistogramView view() {
        return view;
    }

    /// What can be done with time.
    List<Command> commands() {
        return commands;
    }
}
