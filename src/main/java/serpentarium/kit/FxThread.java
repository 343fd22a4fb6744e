package serpentarium.kit;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.application.ColorScheme;
import javafx.application.Platform;

/// The window's thread, and the few facts about the platform that only the toolkit knows: the only class that talks to [Platform].
public final class FxThread implements Executor {
    /// Runs at once when already on the window's thread, else soon.
    @Override public void execute(Runnable action) {
        if (Platform.isFxApplicationThread()) action.run();
        else Platform.runLater(action);
    }

    /// Runs after what is already waiting on the window's thread, even when called from it.
    public void later(Runnable action) {
        Platform.runLater(action);
    }

    /// Whether the system asks for dark windows now. To be called on the window's thread.
    public boolean systemDark() {
        return Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
    }

    /// Calls back on the window's thread whenever the system changes between light and dark, for as long as the program runs.
    public void whenSystemDarkChanges(Consumer<Boolean> listener) {
        Platform.getPreferences().colorSchemeProperty().addListener((_, _, scheme) -> listener.accept(scheme == ColorScheme.DARK));
    }

    /// Starts the toolkit without an application, for pictures of windows that nobody sees; it goes on until [#exit()].
    public void start() {
        Platform.startup(() -> Platform.setImplicitExit(false));
    }

    /// Ends the toolkit; the window's thread runs nothing after this.
    public void exit() {
        Platform.exit();
    }
}
