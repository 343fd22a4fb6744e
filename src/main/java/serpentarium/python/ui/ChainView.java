package serpentarium.python.ui;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Menus;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;

/// The rules in pyenv's order: what each says, what it would mean, which one wins and which are shadowed. A row opens a menu of what can be done with it.
final class ChainView extends VBox {
    private static final Strings STRINGS = Strings.of(ChainView.class);

    private final Function<Rule, List<Command>> actions;

    /// @param actions what can be done with a rule
    ChainView(Function<Rule, List<Command>> actions) {
        this.actions = actions;
        setId("chain");
        getStyleClass().add("chain");
        setAccessibleText(STRINGS.get("chain"));
    }

    void show(Resolution resolution) {
        getChildren().clear();
        int number = 1;
        for (Rule rule : resolution.chain()) getChildren().add(row(rule, number++));
    }

    private HBox row(Rule rule, int number) {
        String effect = rule.effect().name().toLowerCase(Locale.ROOT);
        var step = new Label(String.valueOf(number));
        step.getStyleClass().add("rule-number");
        step.setMinWidth(Region.USE_PREF_SIZE);
        var title = new Label(AnswerText.rule(rule));
        title.getStyleClass().add("rule-title");
        title.setMinWidth(0);
        title.setWrapText(true);
        title.setMinHeight(USE_PREF_SIZE);
        HBox.setHgrow(title, Priority.ALWAYS);
        title.setMaxWidth(Double.MAX_VALUE);
        var chip = new Label(STRINGS.get("effect." + effect));
        chip.getStyleClass().add("rule-effect");
        chip.setMinWidth(Region.USE_PREF_SIZE);
        var head = new HBox(8, title, chip);
        head.setAlignment(Pos.CENTER_LEFT);
        var place = new Label(AnswerText.place(rule));
        place.getStyleClass().add("rule-place");
        place.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        place.setMinWidth(0);
        var says = new Label(AnswerText.rowText(rule));
        says.getStyleClass().add("rule-says");
        says.setWrapText(true);
        says.setMinHeight(USE_PREF_SIZE);
        var words = new VBox(1, head, place, says);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        var content = new HBox(10, step, words);
        content.setMinWidth(0);
        content.getStyleClass().addAll("rule-row", "rule-" + effect);
        if (!rule.troubles().isEmpty() || !rule.missing().isEmpty()) content.getStyleClass().add("rule-troubled");
        content.setFocusTraversable(true);
        content.setAccessibleRole(AccessibleRole.BUTTON);
        content.setAccessibleText(STRINGS.get("chain.row", number, title.getText(), chip.getText(), place.getText(), says.getText()));
        rule.file().ifPresent(file -> Tooltip.install(content, new Tooltip(file.toString())));
        List<Command> commands = actions.apply(rule);
        if (commands.isEmpty()) return content;
        var menu = new ContextMenu();
        commands.forEach(command -> menu.getItems().add(Menus.item(command)));
        content.setOnContextMenuRequested(event -> menu.show(content, event.getScreenX(), event.getScreenY()));
        content.setOnMouseClicked(event -> {
            content.requestFocus();
            if (event.getButton() == MouseButton.PRIMARY) menu.show(content, Side.BOTTOM, 24, 0);
        });
        content.setOnKeyPressed(event -> {
            if (event.getCode() != KeyCode.ENTER && event.getCode() != KeyCode.SPACE) return;
            menu.show(content, Side.BOTTOM, 24, 0);
            event.consume();
        });
        content.getProperties().put(ContextMenu.class, menu);
        head.getChildren().add(Icons.of("fth-more-horizontal", "rule-more"));
        return content;
    }
}
