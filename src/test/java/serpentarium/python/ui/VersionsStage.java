package serpentarium.python.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.testfx.api.FxToolkit;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.task.ThreadTasks;

/// The pane on a stage, for a person who tries it.
final class VersionsStage {
    final RecordingPorts ports = new RecordingPorts();
    final MemorySettings settings = new MemorySettings();
    final FxThread fx = new FxThread();
    final ThreadTasks tasks = new ThreadTasks(fx);
    final Stage stage;
    final VersionsPane pane;
    VersionsDocument document;

    VersionsStage(Map<String, String> environment, Path state) throws Exception {
        stage = FxToolkit.registerPrimaryStage();
        pane = fx(() -> new VersionsPane(tasks, ports, settings, fx, environment, state));
    }

    /// Opens a folder and waits until all is read.
    void open(Path folder) {
        document = fx(() -> {
            var made = (VersionsDocument) pane.open(folder);
            var scene = new Scene(new StackPane(made.view()), 1250, 820);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return made;
        });
        until("the machine was looked at", 30, () -> document.settled().get());
    }

    <T extends Node> T find(String selector, Class<T> type) {
        return type.cast(fx(() -> document.view().lookup(selector)));
    }

    String text(String id) {
        return fx(() -> ((Label) document.view().lookup(id)).getText());
    }

    void press(String id) {
        fx(() -> {
            ((Button) document.view().lookup(id)).fire();
            return null;
        });
    }

    void act(Callable<?> action) {
        fx(() -> {
            action.call();
            return null;
        });
    }

    void close() throws Exception {
        if (document != null) act(() -> {
            document.close();
            return null;
        });
        FxToolkit.cleanupStages();
        assertTrue(tasks.shutdown(Duration.ofSeconds(10)));
    }
}
