package serpentarium.log.ui;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.log.ui.list.LogList;

/// What can be done with the list of a log.
final class ListCommands {
    private static final Strings STRINGS = Strings.of(ListCommands.class);

    private final LogList list;
    private final LogViewModel model;
    private final Ports ports;

    ListCommands(LogList list, LogViewModel model, Ports ports) {
        this.list = list;
        this.model = model;
        this.ports = ports;
    }

    List<Command> commands() {
        return List.of(
                command("copy", "fth-copy", "Shortcut+C", () -> list.copied(false, ports::copy)),
                command("copy-places", "fth-copy", "Shortcut+Shift+C", () -> list.copied(true, ports::copy)),
                command("select-all", "fth-check-square", null, list::selectAll),
                command("end", "fth-chevrons-down", "Shortcut+End", list::toEnd),
                command("start", "fth-chevrons-up", "Shortcut+Home", () -> list.go(0)),
                command("go-line", "fth-hash", "Shortcut+G", this::askLine),
                command("follow", "fth-radio", null, () -> model.follow(!model.following().get())),
                command("wrap", "fth-corner-down-left", "Alt+Z", () -> list.wrapping().set(!list.wrapping().get())),
                command("deltas", "fth-clock", "Alt+D", () -> list.deltas().set(!list.deltas().get())),
                command("numbers", "fth-list", "Alt+N", () -> list.numbered().set(!list.numbered().get())));
    }

    private static Command command(String name, String icon, String keys, Runnable run) {
        return Command.of("log." + name, STRINGS.get("command." + name), icon, keys, run);
    }

    private void askLine() {
        var field = new TextField();
        field.setId("log-line");
        field.setPrefColumnCount(14);
        var label = new Label(STRINGS.get("line.ask", model.rows().get()));
        label.setLabelFor(field);
        var wrong = new Label();
        wrong.getStyleClass().add("filter-wrong");
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        var box = new VBox(6, label, field, wrong);
        box.getStyleClass().add("popover-text");
        PopOver popover = Popovers.of(box);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
        field.setOnAction(_ -> {
            Optional<Long> row = number(field.getText());
            if (row.isEmpty()) {
                wrong.setText(STRINGS.get("line.wrong", model.rows().get()));
                return;
            }
            popover.hide();
            model.log().lines().spot(row.get()).ifPresent(list::go);
            list.requestFocus();
        });
        popover.show(list, anchorX(), anchorY());
        field.requestFocus();
    }

    private double anchorX() {
        var bounds = list.localToScreen(list.getBoundsInLocal());
        return bounds == null ? 0 : bounds.getMinX() + bounds.getWidth() / 2;
    }

    private double anchorY() {
        var bounds = list.localToScreen(list.getBoundsInLocal());
        return bounds == null ? 0 : bounds.getMinY() + 8;
    }

    /// The row of a number that a person typed, or of a share such as `50%`; empty for what is neither.
    private Optional<Long> number(String typed) {
        String text = typed.strip().replaceAll("[\\s_.,'’]", "");
        long rows = model.rows().get();
        try {
            if (text.endsWith("%")) return Optional.of(Math.clamp((long) (rows * Double.parseDouble(text.substring(0, text.length() - 1)) / 100), 0, Math.max(0, rows - 1)));
            long line = Long.parseLong(text);
            return line < 1 || rows == 0 ? Optional.empty() : Optional.of(Math.min(line, rows) - 1);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}
