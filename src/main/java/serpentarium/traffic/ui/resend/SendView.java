package serpentarium.traffic.ui.resend;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PopOver;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Named;
import serpentarium.kit.Popovers;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;
import serpentarium.traffic.engine.proxy.Outgoing;
import serpentarium.traffic.engine.resend.Draft;

/// Where a request is written and sent: method and URL, header, body, how often; what is wrong stands below, and what came of it.
public final class SendView extends BorderPane {
    private static final Strings STRINGS = Strings.of(SendView.class);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS");

    private final SendViewModel model;
    private final Ports ports;
    private final TextField url = new TextField();
    private final TextField count = new TextField();
    private final TextField line = new TextField();

    /// @param compare shows the answer beside that of the flow that the request was made from
    public SendView(SendViewModel model, Ports ports, Command compare) {
        this.model = model;
        this.ports = ports;
        getStyleClass().add("send-view");
        getStylesheets().add(SendView.class.getResource("send.css").toExternalForm());
        setMinSize(0, 0);
        var texts = new SplitPane(header(), body());
        texts.setOrientation(Orientation.VERTICAL);
        texts.setDividerPositions(0.5);
        texts.setMinSize(0, 0);
        setTop(new VBox(first(), second()));
        setCenter(texts);
        setBottom(outcome(compare));
    }

    private Node first() {
        var method = new ComboBox<String>();
        method.getItems().setAll(METHODS);
        method.setEditable(true);
        method.setId("send-method");
        method.setAccessibleText(STRINGS.get("send.method"));
        method.setPrefWidth(110);
        method.setMinWidth(USE_PREF_SIZE);
        method.getEditor().textProperty().bindBidirectional(model.method());
        url.setId("send-url");
        url.setPromptText(STRINGS.get("send.url"));
        url.setAccessibleText(STRINGS.get("send.url"));
        url.setMinWidth(60);
        url.textProperty().bindBidirectional(model.url());
        url.setOnAction(_ -> model.send());
        HBox.setHgrow(url, Priority.ALWAYS);
        Command go = Command.of("traffic.send-now", STRINGS.get("send.send"), "fth-send", null, model.wrong().isEmpty().and(model.busy().not()), model::send);
        Button send = Toolbars.labelled(go);
        send.setId("send-send");
        send.getStyleClass().add("accent");
        send.setMinWidth(USE_PREF_SIZE);
        Button cancel = Toolbars.labelled(Command.of("traffic.send-cancel", STRINGS.get("send.cancel"), "fth-x", null, model.busy(), model::cancel));
        cancel.setId("send-cancel");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.visibleProperty().bind(model.busy());
        cancel.managedProperty().bind(cancel.visibleProperty());
        var row = new HBox(method, url, send, cancel);
        row.getStyleClass().add("send-line");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private Node second() {
        var version = new ComboBox<Outgoing.Version>();
        version.getItems().setAll(SendViewModel.VERSIONS);
        version.setConverter(Named.of(each -> each == Outgoing.Version.HTTP_2 ? "HTTP/2" : "HTTP/1.1"));
        version.valueProperty().bindBidirectional(model.version());
        version.setId("send-version");
        version.setAccessibleText(STRINGS.get("send.version"));
        number(count, "send-count", model.count());
        var atOnce = new TextField();
        number(atOnce, "send-at-once", model.atOnce());
        Button paste = Toolbars.labelled(Command.of("traffic.send-curl", STRINGS.get("send.curl"), "fth-clipboard", null, () -> { }));
        paste.setId("send-curl");
        paste.setOnAction(_ -> pasteOver(paste));
        Button anew = Toolbars.labelled(Command.of("traffic.send-new", STRINGS.get("send.new"), "fth-file", null, () -> model.load(Draft.empty())));
        var ruled = new CheckBox(STRINGS.get("send.ruled"));
        ruled.setId("send-ruled");
        ruled.setTooltip(new Tooltip(STRINGS.get("send.ruled.about")));
        ruled.selectedProperty().bindBidirectional(model.ruled());
        var row = new FlowPane(version, pair("send.times-label", count), pair("send.at-once-label", atOnce), ruled, paste, anew);
        row.getStyleClass().add("send-line");
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private static void number(TextField field, String id, javafx.beans.property.StringProperty value) {
        field.setId(id);
        field.setPrefColumnCount(4);
        field.textProperty().bindBidirectional(value);
    }

    private static Node pair(String key, Node field) {
        var label = new Label(STRINGS.get(key));
        label.setLabelFor(field);
        var pair = new HBox(6, label, field);
        pair.setAlignment(Pos.CENTER_LEFT);
        return pair;
    }

    private void pasteOver(Node at) {
        line.setId("send-curl-line");
        line.setPrefColumnCount(52);
        line.clear();
        var wrong = new Label();
        wrong.setId("send-curl-wrong");
        wrong.setWrapText(true);
        wrong.getStyleClass().add("send-wrong");
        wrong.managedProperty().bind(wrong.textProperty().isNotEmpty());
        var take = new Button(STRINGS.get("send.curl.take"));
        take.setId("send-curl-take");
        take.setDefaultButton(true);
        var label = new Label(STRINGS.get("send.curl.prompt"));
        label.setLabelFor(line);
        var box = new VBox(8, label, line, wrong, take);
        box.getStyleClass().add("popover-text");
        box.getStylesheets().addAll(getStylesheets());
        PopOver popover = Popovers.of(box);
        popover.setArrowLocation(PopOver.ArrowLocation.TOP_LEFT);
        take.setOnAction(_ -> {
            String said = model.paste(line.getText());
            wrong.setText(said);
            if (said.isEmpty()) popover.hide();
        });
        popover.show(at);
        line.requestFocus();
    }

    private Node header() {
        var header = new TextArea();
        header.setId("send-header");
        header.setAccessibleText(STRINGS.get("send.header"));
        header.setPromptText(STRINGS.get("send.header.prompt"));
        header.textProperty().bindBidirectional(model.header());
        var title = new Label(STRINGS.get("send.header"));
        title.getStyleClass().add("side-title");
        var bar = new HBox(title);
        bar.getStyleClass().add("send-line");
        return new BorderPane(header, bar, null, null, null);
    }

    private Node body() {
        var text = new TextArea();
        text.setId("send-body");
        text.setAccessibleText(STRINGS.get("send.body"));
        text.textProperty().bindBidirectional(model.body());
        var file = new TextField();
        file.setId("send-file");
        file.setAccessibleText(STRINGS.get("send.body.file"));
        file.textProperty().bindBidirectional(model.file());
        HBox.setHgrow(file, Priority.ALWAYS);
        var choose = new Button(STRINGS.get("send.choose"));
        choose.setOnAction(_ -> {
            List<Path> files = ports.chooseOpen(STRINGS.get("send.body.file"));
            if (!files.isEmpty()) model.file().set(files.getFirst().toString());
        });
        var named = new HBox(8, file, choose);
        named.getStyleClass().add("send-line");
        named.setAlignment(Pos.TOP_LEFT);
        var kept = new Label(STRINGS.get("send.kept"));
        kept.setWrapText(true);
        kept.getStyleClass().addAll("view-note", "send-line");
        var kind = new ComboBox<BodyKind>();
        kind.setId("send-kind");
        kind.setAccessibleText(STRINGS.get("send.body"));
        kind.setConverter(Named.of(BodyKind::text));
        kind.valueProperty().bindBidirectional(model.kind());
        Runnable kinds = () -> kind.getItems().setAll(Arrays.stream(BodyKind.values()).filter(each -> each != BodyKind.KEPT || model.keeps()).toList());
        model.fromFlow().addListener(_ -> kinds.run());
        kinds.run();
        text.visibleProperty().bind(model.kind().isEqualTo(BodyKind.TEXT).or(model.kind().isEqualTo(BodyKind.HEX)));
        named.visibleProperty().bind(model.kind().isEqualTo(BodyKind.FILE));
        kept.visibleProperty().bind(model.kind().isEqualTo(BodyKind.KEPT));
        var place = new StackPane(text, named, kept);
        place.setAlignment(Pos.TOP_LEFT);
        place.setMinSize(0, 0);
        var title = new Label(STRINGS.get("send.body"));
        title.getStyleClass().add("side-title");
        var bar = new HBox(title, kind);
        bar.getStyleClass().add("send-line");
        bar.setAlignment(Pos.CENTER_LEFT);
        return new BorderPane(place, bar, null, null, null);
    }

    private Node outcome(Command compare) {
        var wrong = new Label();
        wrong.setId("send-wrong");
        wrong.setWrapText(true);
        wrong.getStyleClass().add("send-wrong");
        wrong.textProperty().bind(model.wrong());
        wrong.managedProperty().bind(model.wrong().isNotEmpty());
        wrong.visibleProperty().bind(wrong.managedProperty());
        var result = new Label();
        result.setId("send-result");
        result.setWrapText(true);
        result.textProperty().bind(model.result());
        HBox.setHgrow(result, Priority.ALWAYS);
        result.setMaxWidth(Double.MAX_VALUE);
        var progress = new ProgressBar();
        progress.progressProperty().bind(Bindings.min(1, model.progress()));
        progress.visibleProperty().bind(model.busy());
        progress.managedProperty().bind(progress.visibleProperty());
        Button beside = Toolbars.labelled(compare);
        beside.setId("send-compare");
        beside.setMinWidth(USE_PREF_SIZE);
        beside.visibleProperty().bind(model.fromFlow().and(model.summary().isNotNull()));
        beside.managedProperty().bind(beside.visibleProperty());
        var row = new HBox(8, progress, result, beside);
        row.setAlignment(Pos.CENTER_LEFT);
        var box = new VBox(4, wrong, row);
        box.getStyleClass().addAll("send-line", "send-outcome");
        return box;
    }

    /// Puts the caret where a person begins.
    ///
    /// @param times whether that is how often it is sent
    public void begin(boolean times) {
        TextField field = times ? count : url;
        field.requestFocus();
        field.selectAll();
    }
}
