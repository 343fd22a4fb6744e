package serpentarium.traffic.ui.rule;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;

/// What an action needs to know, a line each.
final class ActionFields extends GridPane {
    private static final Strings STRINGS = Strings.of(ActionFields.class);

    private final Ports ports;
    private final Consumer<RuleAction> changed;
    private RuleAction action;

    /// @param changed gets the action whenever a field was changed
    ActionFields(Ports ports, Consumer<RuleAction> changed) {
        this.ports = ports;
        this.changed = changed;
        getStyleClass().add("rule-fields");
        var names = new ColumnConstraints();
        var values = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        values.setHgrow(Priority.ALWAYS);
        getColumnConstraints().setAll(names, values);
    }

    /// Shows an action's fields; what is being typed stays as it is.
    void show(RuleAction shown) {
        if (shown.equals(action)) return;
        action = shown;
        getChildren().clear();
        switch (shown) {
            case RuleAction.Pause(Side side, int seconds) -> {
                side(side, (RuleAction.Pause was, Side to) -> new RuleAction.Pause(to, was.seconds()));
                number("seconds", seconds, (RuleAction.Pause was, Double to) -> new RuleAction.Pause(was.side(), to.intValue()));
            }
            case RuleAction.SetHeader(Side side, String name, String value) -> {
                side(side, (RuleAction.SetHeader was, Side to) -> new RuleAction.SetHeader(to, was.name(), was.value()));
                text("header", name, (RuleAction.SetHeader was, String to) -> new RuleAction.SetHeader(was.side(), to, was.value()));
                text("value", value, (RuleAction.SetHeader was, String to) -> new RuleAction.SetHeader(was.side(), was.name(), to));
            }
            case RuleAction.RemoveHeader(Side side, String name) -> {
                side(side, (RuleAction.RemoveHeader was, Side to) -> new RuleAction.RemoveHeader(to, was.name()));
                text("header", name, (RuleAction.RemoveHeader was, String to) -> new RuleAction.RemoveHeader(was.side(), to));
            }
            case RuleAction.ReplaceInBody(Side side, String pattern, String by) -> {
                side(side, (RuleAction.ReplaceInBody was, Side to) -> new RuleAction.ReplaceInBody(to, was.pattern(), was.by()));
                text("pattern", pattern, (RuleAction.ReplaceInBody was, String to) -> new RuleAction.ReplaceInBody(was.side(), to, was.by()));
                text("by", by, (RuleAction.ReplaceInBody was, String to) -> new RuleAction.ReplaceInBody(was.side(), was.pattern(), to));
            }
            case RuleAction.Respond(int status, String type, String body) -> {
                number("status", status, (RuleAction.Respond was, Double to) -> new RuleAction.Respond(to.intValue(), was.type(), was.body()));
                text("type", type, (RuleAction.Respond was, String to) -> new RuleAction.Respond(was.status(), to, was.body()));
                area("body", body, (RuleAction.Respond was, String to) -> new RuleAction.Respond(was.status(), was.type(), to));
            }
            case RuleAction.MapLocal(String path) -> file("path", path, (RuleAction.MapLocal _, String to) -> new RuleAction.MapLocal(to));
            case RuleAction.MapRemote(String url) -> text("url", url, (RuleAction.MapRemote _, String to) -> new RuleAction.MapRemote(to));
            case RuleAction.Replay(String session, boolean onward) -> {
                file("session", session, (RuleAction.Replay was, String to) -> new RuleAction.Replay(to, was.onward()));
                flag("onward", onward, (RuleAction.Replay was, Boolean to) -> new RuleAction.Replay(was.session(), to));
            }
            case RuleAction.Block() -> { }
            case RuleAction.Fail(double percent, int status) -> {
                number("percent", percent, (RuleAction.Fail was, Double to) -> new RuleAction.Fail(to, was.status()));
                number("fail-status", status, (RuleAction.Fail was, Double to) -> new RuleAction.Fail(was.percent(), to.intValue()));
            }
            case RuleAction.Delay(int milliseconds) -> number("milliseconds", milliseconds, (RuleAction.Delay _, Double to) -> new RuleAction.Delay(to.intValue()));
            case RuleAction.Throttle(int kilobytes) -> number("kilobytes", kilobytes, (RuleAction.Throttle _, Double to) -> new RuleAction.Throttle(to.intValue()));
        }
        getChildren().stream().filter(TextField.class::isInstance).forEach(field -> GridPane.setHgrow(field, Priority.ALWAYS));
    }

    private interface Edit<A extends RuleAction, V> {
        RuleAction with(A was, V to);
    }

    @SuppressWarnings("unchecked") // A field stands only while the action is of its kind.
    private <A extends RuleAction, V> void edited(Edit<A, V> edit, V value) {
        RuleAction next = edit.with((A) action, value);
        if (next.equals(action)) return;
        action = next;
        changed.accept(next);
    }

    private void line(String key, Node field) {
        int row = getRowCount();
        var label = new Label(STRINGS.get("field." + key));
        label.setLabelFor(field);
        field.setId("rule-" + key);
        field.setAccessibleText(STRINGS.get("field." + key));
        addRow(row, label, field);
        if (field instanceof TextArea) GridPane.setValignment(label, javafx.geometry.VPos.TOP);
    }

    private <A extends RuleAction> void side(Side side, Edit<A, Side> edit) {
        var box = new ComboBox<Side>();
        box.getItems().setAll(Side.values());
        box.setConverter(Named.of(each -> STRINGS.get("side." + each.name().toLowerCase(Locale.ROOT))));
        box.setValue(side);
        box.valueProperty().addListener((_, _, now) -> edited(edit, now));
        line("side", box);
    }

    private <A extends RuleAction, C extends TextInputControl> C input(C field, String text, Edit<A, String> edit) {
        field.setText(text);
        field.textProperty().addListener((_, _, now) -> edited(edit, now));
        return field;
    }

    private <A extends RuleAction> void text(String key, String text, Edit<A, String> edit) {
        line(key, input(new TextField(), text, edit));
    }

    private <A extends RuleAction> void area(String key, String text, Edit<A, String> edit) {
        TextArea area = input(new TextArea(), text, edit);
        area.setPrefRowCount(6);
        area.getStyleClass().add("rule-body");
        line(key, area);
    }

    private <A extends RuleAction> void flag(String key, boolean on, Edit<A, Boolean> edit) {
        var box = new CheckBox();
        box.setSelected(on);
        box.selectedProperty().addListener((_, _, now) -> edited(edit, now));
        line(key, box);
    }

    /// A number that cannot be read is told as one that is out of range, and never applied.
    private <A extends RuleAction> void number(String key, double value, Edit<A, Double> edit) {
        Function<String, Double> read = text -> {
            try {
                return Double.valueOf(text.strip());
            } catch (NumberFormatException e) {
                return -1.0;
            }
        };
        var field = new TextField(value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value));
        field.setPrefColumnCount(8);
        field.textProperty().addListener((_, _, now) -> edited(edit, read.apply(now)));
        line(key, field);
    }

    private <A extends RuleAction> void file(String key, String path, Edit<A, String> edit) {
        TextField field = input(new TextField(), path, edit);
        HBox.setHgrow(field, Priority.ALWAYS);
        var choose = new Button(STRINGS.get("field.choose"), Icons.of("fth-folder"));
        choose.setOnAction(_ -> {
            List<Path> chosen = ports.chooseOpen(STRINGS.get("field." + key));
            if (!chosen.isEmpty()) field.setText(chosen.getFirst().toString());
        });
        field.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) event.acceptTransferModes(javafx.scene.input.TransferMode.COPY);
            event.consume();
        });
        field.setOnDragDropped(event -> {
            boolean file = event.getDragboard().hasFiles();
            if (file) field.setText(event.getDragboard().getFiles().getFirst().toString());
            event.setDropCompleted(file);
            event.consume();
        });
        var row = new HBox(6, field, choose);
        line(key, row);
        row.setId(null);
        field.setId("rule-" + key);
    }
}
