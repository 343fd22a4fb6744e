package serpentarium.kit;

import java.util.Objects;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;

/// Something a person can ask for. Menus, toolbars, context menus, shortcuts, the palette and tests all run this one object.
///
/// @param id       stable identifier, such as `profile.flame.reset-zoom`
/// @param text     what it is called, in words; may hold no mnemonic
/// @param icon     an Ikonli code such as `fth-search`, or null
/// @param shortcut the key combination, or null
/// @param enabled  whether it can be run now
/// @param run      what it does, on the window's thread
public record Command(String id, String text, String icon, KeyCombination shortcut, ObservableBooleanValue enabled, Runnable run) {
    public Command {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(enabled, "enabled");
        Objects.requireNonNull(run, "run");
    }
}
