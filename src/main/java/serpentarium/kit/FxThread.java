package serpentarium.kit;

import java.util.concurrent.Executor;
import javafx.application.Platform;

/// The window's thread: the only class that talks to [Platform] about it.
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
}
