package serpentarium.traffic.ui.live;

import java.nio.file.Path;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.traffic.engine.live.CaptureInterface;

/// Where a person says which packets to capture, starts and stops it, and sees how it goes.
public final class PacketsForm extends VBox {
    private static final Strings STRINGS = Strings.of(PacketsForm.class);
    private static final Duration TYPING = Duration.millis(350);
    private static final Duration LOOK = Duration.millis(250);

    private final PacketsViewModel model;
    private final Ports ports;
    private final ComboBox<CaptureInterface> device = new ComboBox<>();
    private final TextField filter = new TextField();
    private final Label filterError = new Label();
    private final TextField keyLog = new TextField();
    private final Button start = new Button();
    private final Button stop = new Button(STRINGS.get("packets.stop"));
    private final TextField command = new TextField();
    private final CheckBox apart = new CheckBox(STRINGS.get("packets.apart"));
    private final Label said = new Label();
    private final VBox obstacle = new VBox(6);
    private final PauseTransition typed = new PauseTransition(TYPING);
    private final Timeline looking = new Timeline();

    /// A form over its model, which is asked for the interfaces at once.
    public PacketsForm(PacketsViewModel model, Ports ports) {
        this.model = model;
        this.ports = ports;
        setSpacing(8);
        setPrefWidth(460);
        getStyleClass().add("packets-form");
        var output = new OutputLines(model.output(), STRINGS.get("clients.output"));
        name();
        bind();
        var browse = new Button(STRINGS.get("packets.keylog.choose"));
        browse.setId("packets-keylog-choose");
        browse.setOnAction(_ -> chooseKeyLog());
        HBox.setHgrow(keyLog, Priority.ALWAYS);
        var buttons = new HBox(8, start, stop, said);
        buttons.setAlignment(Pos.CENTER_LEFT);
        var keys = new HBox(8, keyLog, browse);
        browse.disableProperty().bind(model.running());
        device.setMaxWidth(Double.MAX_VALUE);
        getChildren().addAll(label("packets.device", device), device, label("packets.filter", filter), filter, filterError, label("packets.keylog", keyLog), keys,
                label("packets.command", command), command, apart, buttons, obstacle, output);
        model.refresh();
    }

    private void name() {
        device.setId("packets-device");
        filter.setId("packets-filter");
        filterError.setId("packets-filter-error");
        keyLog.setId("packets-keylog");
        start.setId("packets-start");
        stop.setId("packets-stop");
        said.setId("packets-said");
        obstacle.setId("packets-problem");
        command.setId("packets-command");
        apart.setId("packets-apart");
        command.setPromptText(STRINGS.get("packets.command.prompt"));
        filter.setPromptText(STRINGS.get("packets.filter.prompt"));
        keyLog.setPromptText(STRINGS.get("packets.keylog.prompt"));
        filterError.setWrapText(true);
        filterError.getStyleClass().add("danger");
        said.setWrapText(true);
        start.setDefaultButton(true);
        start.setMinWidth(Region.USE_PREF_SIZE);
        stop.setMinWidth(Region.USE_PREF_SIZE);
    }

    private static Label label(String key, Node of) {
        var label = new Label(STRINGS.get(key));
        label.setLabelFor(of);
        return label;
    }

    private void bind() {
        device.setItems(model.interfaces());
        device.setConverter(Named.of(PacketsForm::line));
        device.valueProperty().bindBidirectional(model.chosen());
        filter.textProperty().bindBidirectional(model.filter());
        keyLog.textProperty().bindBidirectional(model.keyLog());
        command.textProperty().bindBidirectional(model.command());
        apart.selectedProperty().bindBidirectional(model.apart());
        apart.disableProperty().bind(model.running().or(model.command().isEmpty()));
        // A program that is run here writes its secrets to a file of its own.
        keyLog.disableProperty().bind(model.running().or(model.command().isNotEmpty()));
        start.textProperty().bind(Bindings.when(model.command().isEmpty()).then(STRINGS.get("packets.start")).otherwise(STRINGS.get("packets.run")));
        for (Node each : List.of(device, filter, command)) each.disableProperty().bind(model.running());
        typed.setOnFinished(_ -> model.checkFilter());
        filter.textProperty().addListener(_ -> typed.playFromStart());
        model.chosen().addListener(_ -> typed.playFromStart());
        filterError.textProperty().bind(model.filterError());
        filterError.visibleProperty().bind(model.filterError().isNotEmpty());
        filterError.managedProperty().bind(filterError.visibleProperty());
        said.textProperty().bind(model.said());
        start.disableProperty().bind(model.running().or(model.chosen().isNull()).or(model.filterError().isNotEmpty()));
        stop.disableProperty().bind(model.running().not());
        start.setOnAction(_ -> model.start());
        stop.setOnAction(_ -> model.stop());
        model.problem().subscribe(this::show);
        looking.getKeyFrames().add(new KeyFrame(LOOK, _ -> model.look()));
        looking.setCycleCount(Animation.INDEFINITE);
        model.running().subscribe(on -> {
            if (on) looking.play();
            else looking.stop();
        });
    }

    private static String line(CaptureInterface value) {
        String more = value.addresses().isEmpty() ? value.label() : String.join(", ", value.addresses());
        return more.isEmpty() ? value.name() : STRINGS.get("packets.device.line", value.name(), more);
    }

    private void chooseKeyLog() {
        List<Path> files = ports.chooseOpen(STRINGS.get("packets.keylog"));
        if (!files.isEmpty()) keyLog.setText(files.getFirst().toString());
    }

    private void show(Problem problem) {
        obstacle.getChildren().clear();
        obstacle.setVisible(problem != null);
        obstacle.setManaged(problem != null);
        if (problem == null) return;
        var title = new Label(problem.title(), Icons.of("fth-alert-triangle", "problem-icon"));
        title.setWrapText(true);
        var detail = new Label(problem.detail());
        detail.setWrapText(true);
        detail.getStyleClass().add("muted");
        obstacle.getChildren().addAll(title, detail);
        for (String remedy : problem.remedies()) {
            var words = new TextField(remedy);
            words.setEditable(false);
            words.setAccessibleText(STRINGS.get("packets.remedy"));
            HBox.setHgrow(words, Priority.ALWAYS);
            var copy = new Button(STRINGS.get("packets.copy"), Icons.of("fth-copy"));
            copy.setMinWidth(Region.USE_PREF_SIZE);
            copy.setOnAction(_ -> ports.copy(command(remedy)));
            obstacle.getChildren().add(new HBox(8, words, copy));
        }
        var again = new Button(STRINGS.get("packets.again"));
        again.setOnAction(_ -> model.refresh());
        obstacle.getChildren().add(again);
    }

    /// What to paste into a terminal: the remedy without the words in parentheses that follow a command.
    private static String command(String remedy) {
        int words = remedy.startsWith("sudo ") ? remedy.indexOf(" (") : -1;
        return words < 0 ? remedy : remedy.substring(0, words);
    }
}
