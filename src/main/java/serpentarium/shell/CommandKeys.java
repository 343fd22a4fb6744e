package serpentarium.shell;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import serpentarium.kit.Command;
import serpentarium.kit.Shortcuts;

/// Runs commands by their keys. A key that the focused control uses itself stays with it; a bare key does nothing while a person types.
/// The selected document's commands come before those of the window.
final class CommandKeys {
    private final CommandRegistry registry;

    CommandKeys(CommandRegistry registry) {
        this.registry = registry;
    }

    /// Listens to the keys of a scene.
    void install(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            boolean typing = scene.getFocusOwner() instanceof TextInputControl input && input.isEditable();
            if (run(registry.document().get(), event, typing) || run(registry.all(), event, typing)) event.consume();
        });
    }

    private static boolean run(List<Command> commands, KeyEvent event, boolean typing) {
        for (Command command : commands) {
            if (command.shortcut() == null || !command.shortcut().match(event)) continue;
            if (typing && Shortcuts.types(command.shortcut())) continue;
            if (command.runIfEnabled()) return true;
        }
        return false;
    }
}
