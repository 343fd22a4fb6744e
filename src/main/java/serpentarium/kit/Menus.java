package serpentarium.kit;

import javafx.beans.binding.Bindings;
import javafx.scene.control.MenuItem;

/// Menu items made of commands.
public final class Menus {
    private Menus() {}

    /// An item that runs a command, shows its keys, and is disabled with it. A bare key is written into the text instead of being an
    /// accelerator, because an accelerator would also fire while a person types that character into a field.
    public static MenuItem item(Command command) {
        boolean bare = command.shortcut() != null && Shortcuts.types(command.shortcut());
        var item = new MenuItem(bare ? command.text() + "   [" + Shortcuts.text(command.shortcut()) + "]" : command.text(), Icons.of(command.icon()));
        item.setMnemonicParsing(false);
        item.setId(command.id());
        if (command.shortcut() != null && !bare) item.setAccelerator(command.shortcut());
        item.setOnAction(_ -> command.runIfEnabled());
        item.disableProperty().bind(Bindings.createBooleanBinding(() -> !command.enabled().get(), command.enabled()));
        return item;
    }
}
