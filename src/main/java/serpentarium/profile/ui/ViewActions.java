package serpentarium.profile.ui;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import serpentarium.kit.Command;

/// Puts a view's commands on keys and into its context menu, so that each exists once.
final class ViewActions {
    private ViewActions() {}

    /// Always.
    static ObservableBooleanValue always() {
        return new ReadOnlyBooleanWrapper(true).getReadOnlyProperty();
    }

    /// A key with the platform's command key (Ctrl, or ⌘ on a Mac) and others.
    static KeyCombination shortcut(KeyCode key, KeyCombination.Modifier... more) {
        var modifiers = Stream.concat(Stream.of(KeyCombination.SHORTCUT_DOWN), Arrays.stream(more));
        return new KeyCodeCombination(key, modifiers.toArray(KeyCombination.Modifier[]::new));
    }

    /// Runs the commands by their shortcuts while the focus is in `node`. A command that is not enabled lets the key pass.
    static void keys(Node node, List<Command> commands) {
        node.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            for (Command command : commands) {
                if (command.shortcut() == null || !command.shortcut().match(event) || !command.enabled().get()) continue;
                command.run().run();
                event.consume();
                return;
            }
        });
    }

    /// The commands as the window offers them: keys such as Enter, that each view uses for itself, are left to the view that has the focus.
    static List<Command> offered(List<Command> commands) {
        return commands.stream().map(c -> c.shortcut() == null || !own(c.shortcut()) ? c
                : new Command(c.id(), c.text(), c.icon(), null, c.enabled(), c.run())).toList();
    }

    private static boolean own(KeyCombination keys) {
        if (!(keys instanceof KeyCodeCombination key)) return false;
        return switch (key.getCode()) {
            case ENTER, C, H -> true;
            case LEFT, RIGHT -> key.getAlt() != KeyCombination.ModifierValue.DOWN;
            default -> false;
        };
    }

    /// A context menu of commands, in groups.
    @SafeVarargs
    static ContextMenu menu(List<Command>... groups) {
        var menu = new ContextMenu();
        var items = new LinkedHashMap<MenuItem, Command>();
        for (List<Command> group : groups) {
            if (!menu.getItems().isEmpty()) menu.getItems().add(new SeparatorMenuItem());
            for (Command command : group) {
                var item = new MenuItem(command.text());
                item.setId(command.id());
                item.disableProperty().bind(javafx.beans.binding.Bindings.not(command.enabled()));
                item.setOnAction(_ -> command.run().run());
                items.put(item, command);
                menu.getItems().add(item);
            }
        }
        // An accelerator of a context menu is one of the whole window for as long as it is set, and two tables would fight for Ctrl+C.
        menu.setOnShowing(_ -> items.forEach((item, command) -> item.setAccelerator(command.shortcut())));
        menu.setOnHidden(_ -> items.keySet().forEach(item -> item.setAccelerator(null)));
        return menu;
    }
}
