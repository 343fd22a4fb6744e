package serpentarium.traffic.ui.watch;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.traffic.engine.proxy.ProxyOptions;

/// How the proxy behaves: whom it lets in, what it leaves encrypted, whom it believes, through whom it goes. What is wrong is said while it is typed.
public final class OptionsForm extends VBox {
    private static final Strings STRINGS = Strings.of(OptionsForm.class);

    private final TextField user = new TextField();
    private final PasswordField password = new PasswordField();
    private final TextField passThrough = new TextField();
    private final TextField unverified = new TextField();
    private final TextField chain = new TextField();
    private final CheckBox whole = new CheckBox(STRINGS.get("options.whole"));
    private final Label wrong = new Label();
    private final Button use = new Button(STRINGS.get("options.use"));
    private final GridPane fields = new GridPane();
    private final LiveViewModel model;
    private Runnable after = () -> { };

    /// @param settings remembers all but passwords
    public OptionsForm(LiveViewModel model, Settings settings) {
        this.model = model;
        getStyleClass().add("popover-text");
        getStylesheets().add(OptionsForm.class.getResource("watch.css").toExternalForm());
        setSpacing(8);
        setPrefWidth(520);
        fields.setHgap(10);
        fields.setVgap(8);
        var names = new ColumnConstraints();
        var values = new ColumnConstraints();
        names.setMinWidth(USE_PREF_SIZE);
        values.setHgrow(Priority.ALWAYS);
        fields.getColumnConstraints().setAll(names, values);
        line("user", user);
        line("password", password);
        line("pass-through", passThrough);
        line("unverified", unverified);
        line("upstream", chain);
        fields.add(whole, 1, fields.getRowCount());
        whole.setWrapText(true);
        whole.setId("options-whole");
        wrong.setId("options-wrong");
        wrong.setWrapText(true);
        wrong.getStyleClass().add("filter-wrong");
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        use.setId("options-use");
        use.setDefaultButton(true);
        use.setOnAction(_ -> {
            OptionsText now = typed();
            model.options(now.options(model.options()));
            now.remember(settings);
            after.run();
        });
        var about = new Label(STRINGS.get("options.about"));
        about.setWrapText(true);
        about.getStyleClass().add("view-note");
        var buttons = new HBox(use);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        getChildren().addAll(about, fields, wrong, buttons);
        show(OptionsText.read(settings), model.options());
        for (TextField each : List.of(user, password, passThrough, unverified, chain)) each.textProperty().addListener(_ -> check());
        check();
    }

    private void line(String key, TextField field) {
        var label = new Label(STRINGS.get("options." + key));
        label.setLabelFor(field);
        field.setId("options-" + key);
        field.setPromptText(STRINGS.get("options." + key + ".prompt"));
        fields.addRow(fields.getRowCount(), label, field);
    }

    private void show(OptionsText remembered, ProxyOptions now) {
        passThrough.setText(remembered.passThrough());
        unverified.setText(remembered.unverified());
        chain.setText(url(remembered, now));
        whole.setSelected(now.whole());
        if (now.credentials() == null) return;
        user.setText(now.credentials().user());
        password.setText(now.credentials().password());
    }

    /// What is remembered, with the password that is used now.
    private static String url(OptionsText remembered, ProxyOptions now) {
        if (now.chain() == null || now.chain().credentials() == null || remembered.chain().isEmpty()) return remembered.chain();
        int at = remembered.chain().indexOf("://") + 3;
        return remembered.chain().substring(0, at) + now.chain().credentials().user() + ":" + now.chain().credentials().password() + "@" + remembered.chain().substring(at);
    }

    private OptionsText typed() {
        return new OptionsText(user.getText(), password.getText(), passThrough.getText(), unverified.getText(), chain.getText(), whole.isSelected());
    }

    private void check() {
        String said = "";
        try {
            typed().options(model.options());
        } catch (ProblemException e) {
            said = e.problem().title();
        }
        wrong.setText(said);
        use.setDisable(!said.isEmpty());
    }

    /// Calls back when the options were taken over.
    void whenDone(Runnable then) {
        after = then;
    }

    /// Puts the caret into the first field.
    void begin() {
        user.requestFocus();
    }
}
