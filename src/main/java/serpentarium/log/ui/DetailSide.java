package serpentarium.log.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Dividers;
import serpentarium.kit.FxThread;
import serpentarium.kit.Settings;
import serpentarium.log.LogRecord;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.RecordReader;
import serpentarium.log.ui.LogPane.Surroundings;
import serpentarium.log.ui.detail.RecordDetail;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The log with the detail of its current record below or beside it. The detail comes with the first record that is selected, and goes where a person
/// puts it away.
final class DetailSide extends SplitPane {
    private static final Strings STRINGS = Strings.of(DetailSide.class);
    private static final String SHOWN = "log.detail.shown";
    private static final String PLACE = "log.detail.place";
    private static final double BESIDE = 0.6;
    private static final double BELOW = 0.58;

    private final Tasks tasks;
    private final Settings settings;
    private final RecordReader records;
    private final RecordDetail detail;
    private final BooleanProperty shown = new SimpleBooleanProperty(this, "shown");
    private final Object key = new Object();
    private final FxThread later = new FxThread();
    private final List<Runnable> told = new ArrayList<>();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper(this, "reading");
    private Spot spot;
    private Spot first;
    private double share = Double.NaN;

    /// @param log  what stands above or beside the detail
    DetailSide(Node log, OpenLog open, Surroundings with) {
        tasks = with.tasks();
        settings = with.settings();
        records = open.records();
        detail = new RecordDetail(tasks, with.ports(), settings, records.zone(), open.live());
        getStyleClass().add("detail-side");
        setMinSize(0, 0);
        getItems().add(log);
        shown.set(!settings.text(SHOWN).filter("false"::equals).isPresent());
        orient();
        Dividers.remember(this, "log.detail.divider", settings, BESIDE, BELOW);
    }

    private void orient() {
        setOrientation(settings.text(PLACE).filter("right"::equals).isPresent() ? Orientation.HORIZONTAL : Orientation.VERTICAL);
    }

    /// The detail.
    RecordDetail detail() {
        return detail;
    }

    /// True when the record that was asked for is shown.
    ObservableBooleanValue settled() {
        return Bindings.and(reading.not(), detail.settled());
    }

    /// The first line of the record that is shown, or null.
    Spot first() {
        return first;
    }

    /// Is called when another record is shown.
    void whenShown(Runnable listener) {
        told.add(listener);
    }

    /// What was read.
    ///
    /// @param first  the record's first line
    /// @param record empty where the line belongs to none
    private record Read(Spot first, Optional<LogRecord> record) {}

    /// Shows the record of a line; null for none.
    void show(Spot now) {
        spot = now;
        place();
        if (now != null && shown.get()) read();
        if (now != null) return;
        first = null;
        reading.set(false);
        detail.show(null);
        told.forEach(Runnable::run);
    }

    /// Looks again at the record that is shown, which may have gone on.
    void again() {
        if (spot == null || !shown.get()) return;
        long left = spot.part().index().lines() - spot.line();
        if (left < 2000) read();
    }

    private void read() {
        Spot wanted = spot;
        reading.set(true);
        tasks.submit(TaskSpec.of(STRINGS.get("detail.reading"), Lane.IO, _ -> {
            Spot begins = records.extent(wanted).map(extent -> new Spot(extent.part(), extent.first())).orElse(wanted);
            return new Read(begins, records.record(wanted));
        }).latest(key).hidden()).whenEnded(state -> {
            if (spot == wanted) reading.set(false);
            if (spot != wanted || !(state instanceof TaskState.Done<Read>(Read read))) return;
            first = read.first;
            detail.show(read.record.orElse(null));
            told.forEach(Runnable::run);
        });
    }

    private void place() {
        boolean wanted = shown.get() && spot != null;
        boolean there = getItems().contains(detail);
        if (wanted == there) return;
        if (wanted) {
            getItems().add(detail);
            share = getDividerPositions()[0];
        } else if (!shown.get()) getItems().remove(detail);
    }

    /// A pane that changes its size while a second half comes gives that nothing.
    @Override protected void layoutChildren() {
        super.layoutChildren();
        if (Double.isNaN(share)) return;
        double wanted = share;
        share = Double.NaN;
        later.later(() -> setDividerPositions(wanted));
    }

    private void toggle() {
        shown.set(!shown.get());
        settings.put(SHOWN, String.valueOf(shown.get()));
        show(spot);
    }

    private void turn() {
        settings.put(PLACE, getOrientation() == Orientation.HORIZONTAL ? "below" : "right");
        orient();
    }

    /// What can be done with the detail.
    List<Command> commands() {
        var all = new ArrayList<>(List.of(
                Command.of("log.detail.show", STRINGS.get("detail.show"), "fth-info", "Alt+Enter", this::toggle),
                Command.of("log.detail.place", STRINGS.get("detail.place"), "fth-columns", null, this::turn)));
        all.addAll(detail.commands());
        return all;
    }
}
