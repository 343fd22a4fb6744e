package serpentarium.traffic.ui.live;

import java.nio.file.Path;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.EmptyState;
import serpentarium.kit.Icons;
import serpentarium.kit.Named;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.engine.trust.ClientEnvironment;
import serpentarium.traffic.engine.trust.ClientLibrary;

/// Certificates and clients: which client is looked at above, what the doctor found in the middle, programs with everything set below.
public final class ClientsView extends BorderPane {
    private static final Strings STRINGS = Strings.of(ClientsView.class);

    private final ClientsViewModel model;
    private final Ports ports;
    private final VBox findings = new VBox(8);

    /// Shows a model, and lets it look for interpreters.
    public ClientsView(ClientsViewModel model, Ports ports) {
        this.model = model;
        this.ports = ports;
        getStyleClass().add("clients-view");
        getStylesheets().add(ClientsView.class.getResource("clients.css").toExternalForm());
        setMinSize(0, 0);
        Command check = Command.of("traffic.clients.check", STRINGS.get("clients.check"), "fth-check-circle", null, model.checking().not(), () -> model.check(this::failed));
        setTop(question(check));
        setCenter(answers(check));
        setBottom(programs());
        model.look();
    }

    private void failed(Problem problem) {
        ports.notify(problem);
    }

    private FlowPane question(Command check) {
        var interpreter = new ComboBox<>(model.interpreters());
        interpreter.setId("client-interpreter");
        interpreter.setAccessibleText(STRINGS.get("clients.interpreter"));
        interpreter.setPromptText(STRINGS.get("clients.interpreter"));
        interpreter.setConverter(Named.of(Path::toString));
        interpreter.valueProperty().bindBidirectional(model.interpreter());
        var other = new Button(STRINGS.get("clients.other"), Icons.of("fth-folder"));
        other.setOnAction(_ -> ports.chooseOpen(STRINGS.get("clients.choose")).stream().findFirst().ifPresent(model::choose));
        var library = box("client-library", "clients.library", ClientLibrary.values(), ClientLibrary::label);
        library.valueProperty().bindBidirectional(model.library());
        var ours = box("client-ours", "clients.variables", new Boolean[] {true, false}, each -> STRINGS.get(each ? "clients.ours" : "clients.own"));
        ours.valueProperty().bindBidirectional(model.ours().asObject());
        var shell = box("client-shell", "clients.shell", ClientEnvironment.Shell.values(), ClientsView::name);
        shell.valueProperty().bindBidirectional(model.shell());
        Button button = Toolbars.labelled(check);
        button.setId("client-check");
        button.getStyleClass().add("accent");
        var said = new Label();
        said.setId("client-said");
        said.getStyleClass().add("view-note");
        said.textProperty().bind(Bindings.when(model.checking()).then(STRINGS.get("clients.busy")).otherwise(model.said()));
        var bar = new FlowPane(8, 6, interpreter, other, library, ours, shell, button, said);
        bar.getStyleClass().add("clients-bar");
        bar.setRowValignment(javafx.geometry.VPos.CENTER);
        return bar;
    }

    private static String name(ClientEnvironment.Shell shell) {
        return STRINGS.get("shell." + shell.name().toLowerCase(Locale.ROOT));
    }

    private static <T> ComboBox<T> box(String id, String key, T[] values, java.util.function.Function<T, String> name) {
        var box = new ComboBox<T>();
        box.setId(id);
        box.getItems().setAll(values);
        box.setConverter(Named.of(name));
        box.setAccessibleText(STRINGS.get(key));
        box.setTooltip(new javafx.scene.control.Tooltip(STRINGS.get(key)));
        return box;
    }

    private StackPane answers(Command check) {
        findings.getStyleClass().add("findings");
        findings.setId("findings");
        var scroll = new ScrollPane(findings);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("findings-scroll");
        var empty = new EmptyState("fth-shield", STRINGS.get("clients.empty.title"), STRINGS.get("clients.empty.text"), check);
        model.diagnosis().subscribe(found -> {
            findings.getChildren().setAll(found.stream().flatMap(each -> each.findings().stream()).map(each -> new FindingCard(each, ports)).toList());
            scroll.setVvalue(0);
            scroll.setVisible(found.isPresent());
            empty.setVisible(found.isEmpty());
        });
        scroll.setMinHeight(0);
        var answers = new StackPane(scroll, empty);
        answers.setMinHeight(0);
        var shown = new javafx.scene.shape.Rectangle();
        shown.widthProperty().bind(answers.widthProperty());
        shown.heightProperty().bind(answers.heightProperty());
        answers.setClip(shown);
        return answers;
    }

    private VBox programs() {
        BooleanBinding ready = Bindings.createBooleanBinding(() -> model.proxy().get().isPresent(), model.proxy());
        var note = new Label();
        note.setId("client-proxy");
        note.setWrapText(true);
        note.getStyleClass().add("view-note");
        note.textProperty().bind(Bindings.createStringBinding(() -> model.proxy().get().map(each -> STRINGS.get("clients.ready", each.getHost() + ":" + each.getPort()))
                .orElse(STRINGS.get("clients.not-ready")), model.proxy()));
        Button copy = Toolbars.labelled(Command.of("traffic.clients.copy", STRINGS.get("clients.copy"), "fth-copy", null, ready, () -> model.lines(text -> {
            ports.copy(text);
            ports.notify(STRINGS.get("clients.copied", text.lines().count()));
        }, this::failed)));
        copy.setId("client-copy");
        Button open = Toolbars.labelled(Command.of("traffic.clients.shell", STRINGS.get("clients.open-shell"), "fth-terminal", null, ready, () -> model.openShell(this::failed)));
        open.setId("client-open");
        var command = new TextField();
        command.setId("client-command");
        command.setPromptText(STRINGS.get("clients.command"));
        command.setAccessibleText(STRINGS.get("clients.command"));
        command.textProperty().bindBidirectional(model.command());
        command.setOnAction(_ -> {
            if (ready.get()) model.run(this::failed);
        });
        HBox.setHgrow(command, Priority.ALWAYS);
        Button run = Toolbars.labelled(Command.of("traffic.clients.run", STRINGS.get("clients.run"), "fth-play", null,
                ready.and(model.runs().not()).and(model.command().isNotEmpty()), () -> model.run(this::failed)));
        run.setId("client-run");
        Button stop = Toolbars.labelled(Command.of("traffic.clients.stop", STRINGS.get("clients.stop"), "fth-square", null, model.runs(), model::stop));
        stop.setId("client-stop");
        for (Button each : new Button[] {copy, open, run, stop}) each.setMinWidth(Region.USE_PREF_SIZE);
        var bar = new HBox(8, open, copy, command, run, stop);
        bar.setAlignment(Pos.CENTER_LEFT);
        var output = new OutputLines(model.output(), STRINGS.get("clients.output"));
        output.setId("client-output");
        var programs = new VBox(6, note, bar, output);
        programs.getStyleClass().add("clients-programs");
        return programs;
    }
}
