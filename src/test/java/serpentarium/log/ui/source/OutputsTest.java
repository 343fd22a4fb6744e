package serpentarium.log.ui.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.Overlay;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.kit.Workpane;
import serpentarium.log.ui.LogPane;
import serpentarium.task.ThreadTasks;

/// Outputs of commands as a person opens them.
@DisabledOnOs(OS.WINDOWS)
class OutputsTest {
    @TempDir Path folder;
    private final ThreadTasks tasks = new ThreadTasks(new FxThread());
    private final RecordingPorts ports = new RecordingPorts();
    private final FxRobot robot = new FxRobot();
    private final List<Path> opened = new CopyOnWriteArrayList<>();
    private Stage stage;
    private Region behind;
    private LogPane pane;
    private Workpane.Offer offer;

    @BeforeEach void show() throws Exception {
        stage = FxToolkit.registerPrimaryStage();
        fx(() -> {
            var overlay = new Overlay();
            ports.overlay = overlay;
            behind = new Region();
            var scene = new Scene(new StackPane(behind, overlay), 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            pane = new LogPane(tasks, ports, new MemorySettings(), new Theme(), new FxThread(), LogPane.Places.in(folder));
            offer = pane.offers(opened::add).getFirst();
            return null;
        });
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
        tasks.shutdown(Duration.ofSeconds(5));
    }

    private void ask() {
        fx(() -> offer.command().runIfEnabled());
    }

    private String shown(String id) {
        return fx(() -> robot.lookup(id).queryAs(Label.class).getText());
    }

    @Test void theSheetSaysWhatWillRun() throws Exception {
        ask();
        assertTrue(fx(() -> robot.lookup("#output-open").queryAs(Button.class).isDisabled()));
        robot.clickOn("#output-first").write("ls -l");
        assertEquals("ls -l", shown("#output-runs"));
        fx(() -> {
            @SuppressWarnings("unchecked")
            ComboBox<Preset> kind = robot.lookup("#output-kind").queryAs(ComboBox.class);
            kind.setValue(Preset.SSH);
            robot.lookup("#output-first").queryAs(TextField.class).setText("web1");
            return null;
        });
        assertTrue(fx(() -> robot.lookup("#output-open").queryAs(Button.class).isDisabled()), "the path is missing");
        fx(() -> {
            robot.lookup("#output-second").queryAs(TextField.class).setText("/var/log/it's.log");
            return null;
        });
        assertEquals("ssh -o BatchMode=yes web1 tail -n 100000 -F -- '/var/log/it'\\''s.log'", shown("#output-runs"));
        fx(() -> {
            robot.lookup("#output-first").queryAs(TextField.class).setText("-oProxyCommand=x");
            return null;
        });
        assertTrue(fx(() -> robot.lookup("#output-open").queryAs(Button.class).isDisabled()), "an option is no machine");
        robot.push(KeyCode.ESCAPE);
        assertFalse(fx(() -> ports.overlay.open().get()));
        assertTrue(opened.isEmpty());
    }

    @Test void pictures() {
        Shots.write("log-output-sheet", _ -> {
            var settings = new MemorySettings();
            settings.put("log.output.kind", "SSH");
            settings.put("log.output.ssh.1", "web1.example.org");
            settings.put("log.output.ssh.2", "/var/log/shop/orders.log");
            var overlay = new Overlay();
            var sheet = new OutputSheet(settings, (_, _) -> {}, () -> {});
            overlay.show(sheet, sheet.focus(), Pos.CENTER);
            return new StackPane(new Region(), overlay);
        });
        assertTrue(Files.exists(Path.of("target/screens/log-output-sheet-dark-1600x1000.png")));
    }

    @Test void whatACommandWritesIsALogUntilItsTabIsClosed() throws Exception {
        ask();
        robot.clickOn("#output-first").write("echo INFO:root:hello; sleep 600");
        robot.push(KeyCode.ENTER);
        until("opened", 10, () -> !opened.isEmpty());
        Path file = opened.getFirst();
        assertTrue(pane.opensEmpty(file));
        assertFalse(pane.opensEmpty(folder.resolve("other")));
        assertInstanceOf(Bid.Yes.class, pane.sniff(Head.of(Source.of(file))));
        Document document = fx(() -> pane.open(file));
        assertEquals("echo INFO:root:hello; sleep 600", document.title());
        until("shown", 10, () -> document.settled().get());
        until("written", 10, () -> Files.size(file) == 16);
        assertTrue(fx(() -> document.commands().getValue().stream().anyMatch(each -> each.id().equals("log.end-command"))));
        fx(() -> {
            document.close();
            return null;
        });
        until("gone", 10, () -> !Files.exists(file));
        until("not known", 5, () -> !pane.opensEmpty(file));
    }

    @Test void aFolderIsAListOfItsLogs() throws Exception {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path app = Files.writeString(logs.resolve("app.log"), "INFO:root:now\n");
        Files.writeString(logs.resolve("app.log.1"), "INFO:root:before\n");
        Files.setLastModifiedTime(Files.writeString(logs.resolve("old.log"), "INFO:root:long ago\n"), FileTime.from(Instant.EPOCH));
        Files.writeString(logs.resolve("notes.txt"), "none");
        assertTrue(pane.opensFolder(logs));
        Document document = fx(() -> pane.open(logs));
        fx(() -> ((StackPane) stage.getScene().getRoot()).getChildren().set(0, document.view()));
        until("read", 10, () -> document.settled().get());
        TableView<?> table = robot.lookup("#log-folder").queryAs(TableView.class);
        assertEquals(List.of(app, logs.resolve("old.log")), fx(() -> table.getItems().stream().map(each -> ((FolderDocument.Log) each).file()).toList()));
        assertEquals(2, fx(() -> ((FolderDocument.Log) table.getItems().getFirst()).count()));
        robot.push(KeyCode.ENTER);
        until("opened", 5, () -> opened.equals(List.of(app)));
        robot.doubleClickOn("old.log");
        until("opened", 5, () -> opened.equals(List.of(app, logs.resolve("old.log"))));
    }

    @Test void theEndOfACommandIsSaid() throws Exception {
        ask();
        robot.clickOn("#output-first").write("exit 3");
        robot.push(KeyCode.ENTER);
        until("said", 10, () -> ports.said.contains("“exit 3” has ended: exit status 3."));
        until("opened", 10, () -> !opened.isEmpty());
        Document document = fx(() -> pane.open(opened.getFirst()));
        fx(() -> {
            document.close();
            return null;
        });
    }
}
