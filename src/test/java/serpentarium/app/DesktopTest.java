package serpentarium.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.StyleWarnings;
import serpentarium.kit.Theme;
import serpentarium.shell.Shell;
import serpentarium.task.ThreadTasks;

/// The product as it is put together, driven as a person drives it.
@ExtendWith(ApplicationExtension.class)
class DesktopTest {
    @TempDir Path folder;

    private final FxThread fx = new FxThread();
    private final ObservedTasks tasks = new ObservedTasks(new ThreadTasks(fx), fx);
    private final Notices notices = new Notices(fx);
    private final RecordingPorts ports = new RecordingPorts(notices);
    private final StyleWarnings warnings = new StyleWarnings();
    private Stage stage;
    private Shell shell;

    @Start void start(Stage stage) {
        this.stage = stage;
        var settings = new MemorySettings();
        var theme = new Theme();
        shell = new Shell(stage, Wiring.panes(tasks, ports, settings, theme, fx), tasks, settings, theme, fx, ports, notices, Demo::files);
        shell.show();
        stage.setX(0);
        stage.setY(0);
        stage.setWidth(1000);
        stage.setHeight(800);
    }

    @AfterEach void end() throws TimeoutException {
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> {
            shell.close();
            stage.hide();
        });
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
        assertEquals(List.of(), warnings.said());
        warnings.close();
    }

    private void until(BooleanSupplier condition) throws TimeoutException {
        WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.waitForAsyncFx(5000, condition::getAsBoolean));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void open(Path... files) throws TimeoutException {
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> shell.open(List.of(files)));
        until(() -> shell.documents().size() >= files.length && shell.documents().stream().allMatch(document -> document.settled().get()));
    }

    private String text(FxRobot robot, String selector) {
        return robot.lookup(selector).<Label>query().getText();
    }

    private static void keys(FxRobot robot, KeyCode... keys) {
        robot.push(keys);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test void aProfileOpensWithItsDearestFunctionSelectedEverywhere(FxRobot robot) throws TimeoutException {
        open(Demo.files().getFirst());
        assertEquals("shop.pstats – Serpentarium", stage.getTitle());
        until(() -> text(robot, "#relations-self").startsWith("487"));
        assertEquals("487 ms (31.5 %)", text(robot, "#relations-self"));
        assertEquals("607,197", text(robot, "#relations-calls"));
        TableView<?> callers = robot.lookup("#relations-callers").query();
        until(() -> callers.getItems().size() == 1);
    }

    private Path valgrind(String name) throws IOException {
        String packed = "/serpentarium/profile/format/callgrind/" + name + ".gz";
        try (var in = new GZIPInputStream(getClass().getResourceAsStream(packed))) {
            return Files.write(folder.resolve(name), in.readAllBytes());
        }
    }

    @Test void theFilesOfOneRunOpenTogether(FxRobot robot) throws IOException, TimeoutException {
        for (String part : List.of(".1", ".2", ".3", ".4")) valgrind("callgrind.out.work-parts" + part);
        open(valgrind("callgrind.out.work-parts"));
        until(() -> robot.lookup(".run-bar .label").queryAllAs(Label.class).stream().anyMatch(label -> label.getText().equals("4 more files of this run")));
        Hyperlink together = robot.lookup(".run-bar .hyperlink").queryAllAs(Hyperlink.class).stream().findFirst().orElseThrow();
        assertEquals("Open together", together.getText());
        WaitForAsyncUtils.waitForAsyncFx(5000, together::fire);
        until(() -> robot.lookup(".run-bar .label").queryAllAs(Label.class).stream().anyMatch(label -> label.getText().startsWith("5 files of one run")));
        until(() -> robot.lookup(".profile-bar .label").queryAllAs(Label.class).stream().anyMatch(label -> label.getText().contains("782,446 Ir")));
        assertTrue(shell.documents().getFirst().commands().getValue().stream().anyMatch(command -> command.text().equals("Only this file")));
    }

    @Test void theEmptyFileOfARunOpensThoseOfItsThreads(FxRobot robot) throws IOException, TimeoutException {
        for (String thread : List.of("-01", "-02", "-03")) valgrind("callgrind.out.threads-sep" + thread);
        open(valgrind("callgrind.out.threads-sep"));
        until(() -> robot.lookup(".run-bar .label").queryAllAs(Label.class).stream().anyMatch(label -> label.getText().startsWith("3 files of one run")));
        assertEquals(List.of("List"), robot.lookup(".run-bar .hyperlink").queryAllAs(Hyperlink.class).stream().map(Hyperlink::getText).toList());
    }

    @Test void keysGoFromViewToViewAndTheSearchSaysWhatItFound(FxRobot robot) throws TimeoutException {
        open(Demo.files().getFirst());
        keys(robot, KeyCode.SHORTCUT, KeyCode.DIGIT3);
        until(() -> shown(robot, ".function-table-view", "#functions-table"));
        keys(robot, KeyCode.SHORTCUT, KeyCode.DIGIT2);
        keys(robot, KeyCode.SHORTCUT, KeyCode.F);
        robot.write("casefold");
        until(() -> robot.lookup(".label").queryAllAs(Label.class).stream().anyMatch(label -> label.getText() != null && label.getText().startsWith("1 functions · 15.6")));
    }

    private static boolean shown(FxRobot robot, String... selectors) {
        for (String selector : selectors) if (robot.lookup(selector).tryQuery().filter(Node::isVisible).isPresent()) return true;
        return false;
    }

    @Test void theDemoOpensAllItsFilesFromThePaletteAndEachSettles(FxRobot robot) throws TimeoutException {
        keys(robot, KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.P);
        robot.write("demo");
        WaitForAsyncUtils.waitForFxEvents();
        keys(robot, KeyCode.ENTER);
        until(() -> shell.documents().size() == Demo.files().size() && shell.documents().stream().allMatch(document -> document.settled().get()));
        assertEquals(Demo.files().stream().map(file -> file.toAbsolutePath().normalize()).toList(),
                shell.documents().stream().map(document -> document.file().toAbsolutePath().normalize()).toList());
    }

    @Test void aFileOfNoKnownFormatBecomesANoticeWithEachReason() throws IOException, TimeoutException {
        Path file = Files.writeString(folder.resolve("shopping.txt"), "two eggs\nmilk\n");
        WaitForAsyncUtils.waitForAsyncFx(5000, () -> shell.open(List.of(file)));
        until(() -> !ports.problems.isEmpty());
        String detail = ports.problems.getFirst().report();
        for (String format : List.of("pstats", "callgrind", "collapsed")) assertTrue(detail.toLowerCase(Locale.ROOT).contains(format + ":"), detail);
        assertTrue(shell.documents().isEmpty());
    }

    @Test void aFileThatIsDamagedFromTheStartShowsWhyInItsTab(FxRobot robot) throws IOException, TimeoutException {
        byte[] whole = Files.readAllBytes(Demo.files().getFirst());
        Path file = Files.write(folder.resolve("cut.pstats"), java.util.Arrays.copyOf(whole, 60));
        open(file);
        assertTrue(shell.selectedDocument().map(Document::title).orElse("").equals("cut.pstats"));
        assertTrue(robot.lookup(".empty-state").tryQuery().isPresent());
        Files.write(file, whole);
        keys(robot, KeyCode.F5);
        until(() -> robot.lookup("#relations-self").tryQuery().isPresent());
        assertFalse(robot.lookup(".empty-state").tryQuery().filter(Node::isVisible).isPresent());
    }

    @Test void perCentAndUnitsSwitchAndTheWindowLivesOn(FxRobot robot) throws TimeoutException {
        open(Demo.files().get(1));
        keys(robot, KeyCode.SHORTCUT, KeyCode.U);
        keys(robot, KeyCode.SHORTCUT, KeyCode.D);
        assertFalse(robot.lookup("#relations-self").tryQuery().isPresent());
        keys(robot, KeyCode.SHORTCUT, KeyCode.D);
        assertTrue(robot.lookup("#relations-self").tryQuery().isPresent());
        keys(robot, KeyCode.SHORTCUT, KeyCode.W);
        assertTrue(shell.documents().isEmpty());
    }
}
