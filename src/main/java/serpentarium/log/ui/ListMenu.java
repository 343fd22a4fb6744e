package serpentarium.log.ui;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Menus;
import serpentarium.kit.Ports;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.engine.RecordReader;
import serpentarium.log.ui.detail.LogActions;
import serpentarium.log.ui.detail.ValueMenu;
import serpentarium.log.ui.list.LogList;
import serpentarium.log.ui.list.Pointed;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The menu of a right click on a row: about the value under it, and what can be done with the selected rows. The record is read first, which takes about a
/// millisecond.
final class ListMenu {
    private static final Strings STRINGS = Strings.of(ListMenu.class);

    private final LogList list;
    private final RecordReader records;
    private final Tasks tasks;
    private final ValueMenu values;
    private final List<Command> commands;
    private final ContextMenu menu = new ContextMenu();
    private final Object key = new Object();

    /// @param actions  does what is asked about values; gives null while nobody can
    /// @param commands what is offered below
    ListMenu(LogList list, RecordReader records, Tasks tasks, Ports ports, Supplier<LogActions> actions, List<Command> commands) {
        this.list = list;
        this.records = records;
        this.tasks = tasks;
        this.commands = List.copyOf(commands);
        values = new ValueMenu(actions, ports);
        menu.setId("log-list-menu");
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::asked);
    }

    private void asked(ContextMenuEvent event) {
        event.consume();
        Optional<Pointed> pointed = event.isKeyboardTrigger() ? list.currentRow().map(row -> new Pointed(row.spot(), row.text(), 0))
                : Pointed.at(list, event.getX(), event.getY());
        if (pointed.isEmpty()) return;
        String word = list.selectedLetters().filter(text -> !text.isBlank())
                .orElseGet(() -> event.isKeyboardTrigger() ? "" : ValueMenu.word(pointed.get().text(), pointed.get().letter()));
        Spot spot = pointed.get().spot();
        tasks.submit(TaskSpec.of(STRINGS.get("detail.reading"), Lane.IO, _ -> records.record(spot)).latest(key).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Optional<LogRecord>>(Optional<LogRecord> record)) show(record.orElseGet(() -> line(pointed.get())), word, event.getScreenX(), event.getScreenY());
        });
    }

    private void show(LogRecord record, String word, double x, double y) {
        ZoneId zone = records.zone();
        List<MenuItem> items = new ArrayList<>(values.about(record, word, zone));
        if (!items.isEmpty()) items.add(new SeparatorMenuItem());
        for (Command command : commands) items.add(Menus.item(command));
        menu.getItems().setAll(items);
        menu.show(list, x, y);
    }

    /// A line that belongs to no record.
    private static LogRecord line(Pointed pointed) {
        return new LogRecord(pointed.spot().part().file().name(), pointed.spot().line() + 1, 1, "plain", RecordView.NO_TIME, null, -1, null, pointed.text(), null, -1, null, null, null,
                Map.of());
    }
}
