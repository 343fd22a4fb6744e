package serpentarium.traffic.ui.watch;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.traffic.engine.proxy.ListenerSpec;

/// Asks where a new listener listens, and what a reverse one stands in front of.
final class ListenerForm extends VBox {
    private static final Strings STRINGS = Strings.of(ListenerForm.class);

    private interface Make {
        ListenerSpec spec(String host, int port);
    }

    private final TextField host = new TextField(ListenerSpec.LOOPBACK);
    private final TextField port = new TextField();
    private final Label wrong = new Label();
    private final GridPane fields = new GridPane();
    private final BooleanSupplier password;
    private final Make make;
    private final Consumer<ListenerSpec> done;
    private Runnable after = () -> { };

    private ListenerForm(String note, BooleanSupplier password, Make make, Consumer<ListenerSpec> done) {
        this.password = password;
        this.make = make;
        this.done = done;
        getStyleClass().add("popover-text");
        setSpacing(8);
        setPrefWidth(400);
        fields.setHgap(10);
        fields.setVgap(8);
        port.setPrefColumnCount(6);
        port.setPromptText(STRINGS.get("form.any-port"));
        wrong.setId("listener-wrong");
        wrong.setWrapText(true);
        wrong.getStyleClass().add("filter-wrong");
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        var about = new Label(note);
        about.setWrapText(true);
        about.getStyleClass().add("view-note");
        var start = new Button(STRINGS.get("form.start"));
        start.setId("listener-start");
        start.setDefaultButton(true);
        start.setOnAction(_ -> start());
        var buttons = new HBox(start);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(about, fields, wrong, buttons);
    }

    /// For a forward proxy.
    ///
    /// @param password whether clients must show one
    static ListenerForm forward(BooleanSupplier password, Consumer<ListenerSpec> done) {
        var form = new ListenerForm(STRINGS.get("form.forward"), password, ListenerSpec.Forward::new, done);
        form.where();
        return form;
    }

    /// For a reverse proxy.
    ///
    /// @param password whether clients must show one
    static ListenerForm reverse(BooleanSupplier password, Consumer<ListenerSpec> done) {
        var url = new TextField("http://127.0.0.1:8000");
        var keep = new CheckBox(STRINGS.get("form.keep-host"));
        url.setId("listener-url");
        keep.setId("listener-keep-host");
        var form = new ListenerForm(STRINGS.get("form.reverse"), password,
                (host, port) -> ListenerSpec.Reverse.of(host, port, url.getText().strip(), keep.isSelected()), done);
        form.line("form.url", url);
        form.where();
        form.fields.add(keep, 1, form.fields.getRowCount());
        return form;
    }

    private void where() {
        host.setId("listener-host");
        port.setId("listener-port");
        line("form.host", host);
        line("form.port", port);
    }

    private void line(String key, Node field) {
        var label = new Label(STRINGS.get(key));
        label.setLabelFor(field);
        label.setMinWidth(USE_PREF_SIZE);
        GridPane.setHgrow(field, javafx.scene.layout.Priority.ALWAYS);
        fields.addRow(fields.getRowCount(), label, field);
    }

    /// Calls back when the listener was handed on.
    void whenDone(Runnable then) {
        after = then;
    }

    /// Puts the caret into the first field.
    void begin() {
        fields.getChildren().get(1).requestFocus();
    }

    private void start() {
        String text = port.getText().strip();
        int number;
        try {
            number = text.isEmpty() ? 0 : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            number = -1;
        }
        if (number < 0 || number > 65_535) {
            wrong.setText(STRINGS.get("form.bad-port"));
            return;
        }
        String at = host.getText().strip();
        boolean near = at.isEmpty() || at.equals("localhost") || at.equals("::1") || at.matches("127(\\.\\d{1,3}){1,3}");
        if (!near && !password.getAsBoolean()) {
            wrong.setText(STRINGS.get("form.needs-password"));
            return;
        }
        ListenerSpec spec;
        try {
            spec = make.spec(at, number);
        } catch (ProblemException e) {
            wrong.setText(e.problem().line());
            return;
        }
        after.run();
        done.accept(spec);
    }
}
