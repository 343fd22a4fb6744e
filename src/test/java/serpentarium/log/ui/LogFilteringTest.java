package serpentarium.log.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.log.Level;
import serpentarium.log.ui.filter.FilterViewModel;
import serpentarium.log.ui.list.FoldedRows;
import serpentarium.log.ui.list.Row;
import serpentarium.log.ui.list.RowSource;
import serpentarium.task.TaskContext;
import serpentarium.task.ThreadTasks;

/// A person narrows a log: by typing, by levels, by what stands in it.
class LogFilteringTest {
    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final ThreadTasks tasks = new ThreadTasks(new FxThread());
    private final FxRobot robot = new FxRobot();
    private OpenLog log;
    private LogView view;

    @AfterEach void close() throws Exception {
        if (view != null) fx(() -> {
            view.close();
            return null;
        });
        FxToolkit.cleanupStages();
        tasks.shutdown(Duration.ofSeconds(5));
        if (log != null) log.close();
    }

    private LogView make(Path file, Theme theme) throws Exception {
        LogPane.Places places = LogPane.Places.in(folder.resolve("state"));
        log = OpenLog.of(file, places, TaskContext.detached());
        var settings = new MemorySettings();
        settings.put("log.folded", "false");
        return new LogView(log, new LogPane.Surroundings(tasks, ports, settings, theme, new FxThread(), places), _ -> {});
    }

    private void show(Path file) throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        view = fx(() -> {
            LogView made = make(file, new Theme());
            var scene = new Scene(made, 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            made.requestFocus();
            return made;
        });
        until("everything is painted", 10, () -> view.settled().get());
    }

    private void run(String id) {
        Command command = view.commands().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        fx(() -> {
            assertTrue(command.runIfEnabled(), () -> id + " is not enabled");
            return null;
        });
    }

    private RowSource rows() {
        return fx(() -> view.list().source().get());
    }

    private void found(long lines) {
        until(lines + " lines", 10, () -> !view.filtering().model().busy().get() && view.list().source().get() instanceof FoldedRows rows && rows.some() && rows.rows() == lines && view.list().settled().get());
    }

    private String count() {
        return fx(() -> ((Label) view.lookup("#log-count")).getText());
    }

    private String current() {
        return fx(() -> view.list().currentRow().map(Row::text).orElse(""));
    }

    @Test void whatIsTypedNarrowsTheLogToWholeRecords() throws Exception {
        show(LogSamples.failures(folder.resolve("app.log"), 3000));
        until("records are counted", 5, () -> count().startsWith("3,000"));
        robot.clickOn("#log-filter").write("keyerror");
        // The text stands in the last line of a traceback; its record has eight.
        found(30 * 8);
        assertEquals("30 of 3,000 shown", count());
        robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
        until("all rows", 5, () -> view.list().source().get() instanceof FoldedRows rows && !rows.some());
        robot.write("logger=app.db level>=warning");
        long wanted = java.util.stream.IntStream.range(0, 3000).filter(i -> i % 3 == 0 && (i % 100 == 50 || i % 7 == 3)).mapToLong(i -> i % 100 == 50 ? 8 : 1).sum();
        found(wanted);
        robot.write(" (");
        until("said what is wrong", 5, () -> !((Label) view.lookup("#log-filter-wrong")).getText().isEmpty());
        assertEquals(wanted, rows().rows(), "what was found stays");
    }

    @Test void levelsAndWhatStandsInRecordsAreChips() throws Exception {
        show(LogSamples.failures(folder.resolve("app.log"), 3000));
        robot.clickOn("#level-ERROR");
        found(30 * 8);
        robot.clickOn("#level-ERROR");
        until("all rows", 5, () -> view.list().source().get() instanceof FoldedRows rows && !rows.some());
        assertNull(fx(() -> view.filtering().model().least().get()));
        fx(() -> view.filtering().model().restrict("logger=app.web", true));
        found(1000 + 10 * 7);
        fx(() -> view.filtering().model().restrict("message 29", false));
        until("both", 5, () -> rows() instanceof FoldedRows rows && rows.some() && view.filtering().model().found().get().search().found() < 200 && !view.filtering().model().busy().get());
        assertEquals(2, fx(() -> view.lookupAll(".filter-chip").size()));
        robot.clickOn(robot.lookup(".filter-chip .filter-cross").nth(1).queryButton());
        found(1000 + 10 * 7);
        robot.clickOn("#log-filter-clear");
        until("all rows", 5, () -> view.list().source().get() instanceof FoldedRows rows && !rows.some());
        fx(() -> view.filtering().model().restrict("nowhere", false));
        until("told that nothing passes", 5, () -> view.lookup(".empty-state") != null);
    }

    @Test void whatWasFoundIsListedBelowAndLeadsToItsPlace() throws Exception {
        show(LogSamples.failures(folder.resolve("app.log"), 3000));
        run("log.filter-below");
        robot.clickOn("#level-ERROR");
        until("listed below", 5, () -> view.filtering().results().getScene() != null && view.filtering().results().source().get() != null
                && view.filtering().results().source().get().rows() == 240 && view.filtering().results().settled().get());
        assertTrue(rows() instanceof FoldedRows rows && !rows.some());
        fx(() -> {
            view.filtering().results().go(8);
            return null;
        });
        until("the place", 5, () -> current().contains("ERROR - message 150"));
        run("log.next-error");
        until("the next", 5, () -> current().contains("ERROR - message 250"));
        run("log.previous-error");
        until("the one before", 5, () -> current().contains("ERROR - message 150"));
        run("log.previous-warning");
        until("the warning before", 5, () -> current().contains("WARNING - message 143"));
    }

    @Test void whatIsWrittenMeanwhileIsFoundToo() throws Exception {
        Path file = LogSamples.records(folder.resolve("app.log"), 2000);
        show(file);
        fx(() -> {
            view.filtering().model().least().set(Level.ERROR);
            return null;
        });
        until("nothing", 5, () -> rows() instanceof FoldedRows rows && rows.some() && !view.filtering().model().busy().get());
        assertEquals(0, rows().rows());
        Files.writeString(file, "2026-11-28 10:00:00,000 - app - ERROR - it broke\nTraceback (most recent call last):\n  File \"a.py\", line 1, in b\nKeyError: 1\n", StandardOpenOption.APPEND);
        found(4);
        fx(() -> {
            view.filtering().model().around().set(3);
            return null;
        });
        found(7);
        assertFalse(fx(() -> view.lookup(".empty-state") != null));
    }

    @Test void completionOffersWhatTheLogHas() throws Exception {
        show(LogSamples.records(folder.resolve("app.log"), 500));
        robot.clickOn("#log-filter").write("logger=app.");
        until("loggers", 5, () -> robot.lookup("#completion").tryQuery().isPresent() || again());
        robot.press(KeyCode.DOWN).release(KeyCode.DOWN).press(KeyCode.ENTER).release(KeyCode.ENTER);
        found(333);
    }

    private boolean again() {
        robot.press(KeyCode.CONTROL, KeyCode.SPACE).release(KeyCode.SPACE, KeyCode.CONTROL);
        return false;
    }

    @Test void screens() throws Exception {
        Path file = LogSamples.failures(folder.resolve("app.log"), 3000);
        for (Tokens tokens : new Tokens[] {Tokens.LIGHT, Tokens.DARK}) for (int[] size : new int[][] {tokens.dark() ? new int[] {1600, 1000} : new int[] {1100, 700}}) {
            Scene scene = fx(() -> {
                var theme = new Theme();
                theme.use(tokens);
                view = make(file, theme);
                var made = new Scene(new StackPane(view), size[0], size[1]);
                Look.dress(made, tokens, Look.FONT_SIZE);
                FilterViewModel model = view.filtering().model();
                model.text().set("message or KeyError");
                model.restrict("logger=app.web", true);
                view.filtering().highlights().turn("KeyError");
                view.filtering().highlights().turn("return");
                model.below().set(size[0] > 1100);
                model.least().set(Level.WARNING);
                return made;
            });
            until("found", 10, () -> !view.filtering().model().busy().get() && view.filtering().model().found().get() != null);
            for (int i = 0; i < 4; i++) {
                fx(() -> Snapshot.of(scene));
                WaitForAsyncUtils.waitForFxEvents();
            }
            until("painted", 10, () -> view.list().settled().get() && view.filtering().results().settled().get());
            Path picture = Path.of("target/screens", "log-filter-" + (tokens.dark() ? "dark-" : "light-") + size[0] + "x" + size[1] + ".png");
            Snapshot.write(fx(() -> Snapshot.of(scene)), picture);
            assertTrue(Files.size(picture) > 20_000);
            fx(() -> {
                view.close();
                return null;
            });
            log.close();
        }
        view = null;
    }
}
