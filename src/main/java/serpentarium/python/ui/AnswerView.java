package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Ports;
import serpentarium.kit.Toolbars;
import serpentarium.python.Resolution;
import serpentarium.python.Trouble;

/// The question above and its answer: which folder, which Python, why, and what typing `python3` there starts. The worst that is wrong stands right below.
final class AnswerView extends VBox {
    private static final Strings STRINGS = Strings.of(AnswerView.class);

    private final VersionsViewModel model;
    private final Ports ports;
    private final Function<Trouble, TroubleCard> cards;
    private final TextField field = new TextField();
    private final MenuButton recent = new MenuButton(STRINGS.get("folder.recent"));
    private final Label objection = text("answer-objection");
    private final Label version = new Label();
    private final Label because = text("answer-because");
    private final Label typing = text("muted");
    private final VBox loud = new VBox(6);
    private final HBox answer;

    /// @param cards shows what is wrong
    AnswerView(VersionsViewModel model, Ports ports, Function<Trouble, TroubleCard> cards, List<Command> commands) {
        super(8);
        this.model = model;
        this.ports = ports;
        this.cards = cards;
        getStyleClass().add("answer");
        version.getStyleClass().add("answer-version");
        version.setId("answer-version");
        version.setMinWidth(Region.USE_PREF_SIZE);
        because.setId("answer-because");
        typing.setId("answer-typing");
        var words = new VBox(2, because, typing);
        words.setMinWidth(0);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        answer = new HBox(18, version, words);
        answer.setAlignment(Pos.CENTER_LEFT);
        answer.setFocusTraversable(true);
        answer.getStyleClass().add("answer-line");
        objection.setId("folder-objection");
        objection.textProperty().bind(model.where().objection());
        objection.visibleProperty().bind(model.where().objection().isNotEmpty());
        objection.managedProperty().bind(objection.visibleProperty());
        loud.setId("answer-troubles");
        getChildren().addAll(question(commands), objection, answer, loud);
        model.resolution().subscribe(now -> {
            answer.setVisible(now.isPresent());
        });
    }

    private static Label text(String style) {
        var label = new Label();
        label.setWrapText(true);
        label.setMinHeight(USE_PREF_SIZE);
        label.getStyleClass().add(style);
        return label;
    }

    private HBox question(List<Command> commands) {
        field.setId("folder-field");
        field.setPromptText(STRINGS.get("folder.prompt"));
        field.setAccessibleText(STRINGS.get("folder.name"));
        field.setTooltip(new Tooltip(STRINGS.get("folder.name")));
        HBox.setHgrow(field, Priority.ALWAYS);
        model.folder().subscribe(now -> {
            // What is being typed stays as it is typed.
            if (!field.isFocused() || model.where().path(field.getText()).filter(now::equals).isEmpty()) field.setText(AnswerText.folder(now));
        });
        field.textProperty().addListener((_, _, now) -> {
            if (field.isFocused() && model.where().path(now).filter(model.folder().get()::equals).isEmpty()) model.where().preview(now);
        });
        field.setOnAction(_ -> model.where().go(field.getText()));
        field.setOnKeyPressed(event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                field.setText(AnswerText.folder(model.folder().get()));
                event.consume();
            }
        });
        Button browse = Toolbars.labelled(Command.of("versions.browse", STRINGS.get("folder.browse"), "fth-folder", null,
                () -> ports.chooseFolder(STRINGS.get("folder.choose"), model.folder().get()).ifPresent(model::go)));
        browse.setId("folder-browse");
        Button up = Toolbars.button(Command.of("versions.up", STRINGS.get("folder.up"), "fth-arrow-up", null,
                () -> Optional.ofNullable(model.folder().get().getParent()).ifPresent(model::go)));
        up.setId("folder-up");
        recent.setId("folder-recent");
        recent.setGraphic(Icons.of("fth-clock"));
        model.where().recent().addListener((ListChangeListener<Path>) _ -> remembered());
        remembered();
        var row = new HBox(8, field, up, browse, recent);
        row.setAlignment(Pos.CENTER_LEFT);
        for (Command command : commands) {
            Button button = Toolbars.button(command);
            button.setId(command.id().replace('.', '-'));
            row.getChildren().add(button);
        }
        for (var each : row.getChildren()) if (each != field) ((Region) each).setMinWidth(Region.USE_PREF_SIZE);
        field.setMinWidth(160);
        return row;
    }

    private void remembered() {
        recent.getItems().setAll(model.where().recent().stream().map(path -> {
            var item = new MenuItem(AnswerText.folder(path));
            item.setMnemonicParsing(false);
            item.setOnAction(_ -> model.where().go(path));
            return item;
        }).toList());
        recent.setDisable(model.where().recent().isEmpty());
    }

    /// @param troubles what stands below the answer, across the pane
    void show(Resolution resolution, List<Trouble> troubles) {
        version.setText(AnswerText.headline(resolution));
        boolean missing = resolution.names().isEmpty();
        version.getStyleClass().removeAll("answer-missing");
        if (missing) version.getStyleClass().add("answer-missing");
        because.setText(AnswerText.because(resolution));
        typing.setText(String.join("\n", AnswerText.typing(resolution)));
        answer.setAccessibleText(version.getText() + ". " + because.getText() + " " + typing.getText());
        loud.getChildren().setAll(troubles.stream().map(cards).toList());
    }

    /// Puts the caret into the folder's field.
    void focusFolder() {
        field.requestFocus();
        field.selectAll();
    }
}
