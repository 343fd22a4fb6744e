package serpentarium.log.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.log.ui.list.LogList;
import serpentarium.task.ThreadTasks;

/// A log in a tab: keys go to its list, it is read again, and is told about where it is gone.
class LogDocumentTest {
    @TempDir Path folder;
    private final ThreadTasks tasks = new ThreadTasks(new FxThread());
    private final FxRobot robot = new FxRobot();
    private LogDocument document;
    private Scene scene;

    @AfterEach void close() throws Exception {
        fx(() -> {
            document.close();
            return null;
        });
        FxToolkit.cleanupStages();
        tasks.shutdown(Duration.ofSeconds(5));
    }

    private void open(Path file) throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        fx(() -> {
            document = new LogDocument(List.of(file), new LogPane.Surroundings(tasks, new RecordingPorts(), new MemorySettings(), new Theme(), new FxThread(),
                    LogPane.Places.in(folder.resolve("state"))));
            scene = new Scene(new StackPane(document.view()), 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            document.view().requestFocus();
            return null;
        });
        until("it is read", 10, () -> document.settled().get());
    }

    private void run(String id) {
        assertTrue(fx(() -> document.commands().getValue().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow().runIfEnabled()));
    }

    private LogList list() {
        return (LogList) scene.lookup("#log-list");
    }

    @Test void keysGoToItsListAlsoWhenItIsReadAgainAndItSaysWhereItIsGone() throws Exception {
        Path file = LogSamples.records(folder.resolve("app.log"), 300);
        open(file);
        robot.press(KeyCode.HOME).release(KeyCode.HOME);
        until("the first line", 10, () -> list().currentRow().map(row -> row.text().endsWith("message 0")).orElse(false));
        LogList before = fx(this::list);
        run("log.reload");
        until("read again", 10, () -> list() != null && list() != before && document.settled().get());
        robot.press(KeyCode.HOME).release(KeyCode.HOME);
        until("the first line again", 10, () -> list().currentRow().map(row -> row.text().endsWith("message 0")).orElse(false));
        run("log.go-line");
        robot.write("what").press(KeyCode.ENTER).release(KeyCode.ENTER);
        robot.press(KeyCode.SHORTCUT, KeyCode.A).release(KeyCode.A, KeyCode.SHORTCUT).write("50%").press(KeyCode.ENTER).release(KeyCode.ENTER);
        until("its middle", 10, () -> list().currentRow().map(row -> row.text().endsWith("message 150")).orElse(false));
        Files.delete(file);
        run("log.reload");
        until("told", 10, () -> scene.lookup(".empty-state-title") instanceof javafx.scene.control.Label title && title.getText().equals("There is no such file."));
        assertEquals(List.of("log.reload"), fx(() -> document.commands().getValue().stream().map(each -> each.id()).toList()));
    }
}
