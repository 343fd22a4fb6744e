package serpentarium.kit;

import javafx.beans.binding.Bindings;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Tooltip;

/// Buttons made of commands.
public final class Toolbars {
    private Toolbars() {}

    /// A flat button for a tool bar: the icon alone when the command has one, with a tooltip that names the command and its keys.
    public static Button button(Command command) {
        Button button = labelled(command);
        button.getStyleClass().add("flat");
        if (command.icon() != null) button.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        return button;
    }

    /// A button with icon and words.
    public static Button labelled(Command command) {
        var button = new Button(command.text(), Icons.of(command.icon()));
        button.getStyleClass().add("command-button");
        button.setMnemonicParsing(false);
        button.setAccessibleText(command.text());
        button.setTooltip(new Tooltip(tip(command)));
        button.setOnAction(_ -> command.runIfEnabled());
        button.disableProperty().bind(Bindings.createBooleanBinding(() -> !command.enabled().get(), command.enabled()));
        return button;
    }

    private static String tip(Command command) {
        return command.shortcut() == null ? command.text() : command.text() + "  (" + Shortcuts.text(command.shortcut()) + ")";
    }
}
