package serpentarium.kit;

import java.util.Objects;
import javafx.beans.InvalidationListener;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableBooleanValue;
import javafx.scene.input.KeyCombination;

/// Something a person can ask for. Menus, toolbars, context menus, shortcuts, the palette and tests all run this one object.
///
/// @param id       stable identifier, such as `profile.flame.reset-zoom`; what stands before the first dot groups it
/// @param text     what it is called, in words; may hold no mnemonic
/// @param icon     an Ikonli code such as `fth-search`, or null
/// @param shortcut the key combination, or null
/// @param enabled  whether it can be run now
/// @param run      what it does, on the window's thread
public record Command(String id, String text, String icon, KeyCombination shortcut, ObservableBooleanValue enabled, Runnable run) {
    /// For commands that can always be run. Keeps no listeners, for it never changes.
    public static final ObservableBooleanValue ALWAYS = new Always();

    public Command {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(enabled, "enabled");
        Objects.requireNonNull(run, "run");
    }

    /// A command that can always be run.
    ///
    /// @param keys as [KeyCombination#valueOf(String)] reads them, such as `Shortcut+Shift+P`, or null
    public static Command of(String id, String text, String icon, String keys, Runnable run) {
        return of(id, text, icon, keys, ALWAYS, run);
    }

    /// A command that can be run at times. See [#of(String, String, String, String, Runnable)].
    public static Command of(String id, String text, String icon, String keys, ObservableBooleanValue enabled, Runnable run) {
        return new Command(id, text, icon, keys == null ? null : KeyCombination.valueOf(keys), enabled, run);
    }

    /// What stands before the first dot of the id: `profile` of `profile.flame.reset-zoom`.
    public String group() {
        int dot = id.indexOf('.');
        return dot < 0 ? id : id.substring(0, dot);
    }

    /// Runs it when it can be run now; says whether it did.
    public boolean runIfEnabled() {
        if (!enabled.get()) return false;
        run.run();
        return true;
    }

    private static final class Always implements ObservableBooleanValue {
        @Override public boolean get() {
            return true;
        }

        @Override public Boolean getValue() {
            return true;
        }

        @Override public void addListener(ChangeListener<? super Boolean> listener) {}

        @Override public void removeListener(ChangeListener<? super Boolean> listener) {}

        @Override public void addListener(InvalidationListener listener) {}

        @Override public void removeListener(InvalidationListener listener) {}
    }
}
