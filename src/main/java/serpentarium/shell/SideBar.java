package serpentarium.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Icons;
import serpentarium.kit.Shortcuts;

/// The panes at the left edge, each an icon with its name; narrow it is icons only.
final class SideBar extends VBox {
    private static final Strings STRINGS = Strings.of(SideBar.class);

    private final BooleanProperty wide = new SimpleBooleanProperty(this, "wide", true);
    private final ToggleGroup group = new ToggleGroup();
    private final List<ToggleButton> buttons = new ArrayList<>();

    /// @param go       the commands that bring the welcome page and each pane to the front, in the order of the deck's hosts
    /// @param bottom   commands at the lower end, such as the settings
    SideBar(Deck deck, List<Command> go, List<Command> bottom) {
        getStyleClass().add("side-bar");
        setAccessibleText(STRINGS.get("sidebar.name"));
        for (int i = 0; i < go.size(); i++) {
            PaneHost host = i == 0 ? null : deck.hosts().get(i - 1);
            var button = new ToggleButton(i == 0 ? STRINGS.get("sidebar.home") : host.pane().title(), Icons.of(go.get(i).icon()));
            Command command = go.get(i);
            decorate(button, command, button.getText());
            button.setToggleGroup(group);
            button.setUserData(host);
            button.setOnAction(_ -> {
                command.runIfEnabled();
                follow(deck.front().get());
            });
            buttons.add(button);
        }
        getChildren().addAll(buttons);
        var space = new Region();
        VBox.setVgrow(space, Priority.ALWAYS);
        getChildren().add(space);
        for (Command command : bottom) {
            var button = new Button(command.text(), Icons.of(command.icon()));
            decorate(button, command, command.text());
            button.setOnAction(_ -> command.runIfEnabled());
            getChildren().add(button);
        }
        deck.front().addListener((_, _, host) -> follow(host));
        follow(deck.front().get());
    }

    private void decorate(javafx.scene.control.ButtonBase button, Command command, String text) {
        button.getStyleClass().add("side-button");
        button.setMnemonicParsing(false);
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setAccessibleText(text);
        String keys = command.shortcut() == null ? "" : "  (" + Shortcuts.text(command.shortcut()) + ")";
        button.setTooltip(new Tooltip(text + keys));
        button.contentDisplayProperty().bind(wide.map(is -> is ? ContentDisplay.LEFT : ContentDisplay.GRAPHIC_ONLY));
    }

    /// Whether the names are shown.
    BooleanProperty wide() {
        return wide;
    }

    private void follow(PaneHost host) {
        buttons.forEach(button -> button.setSelected(button.getUserData() == host));
    }
}
