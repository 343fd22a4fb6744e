package serpentarium.log.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.log.ui.list.FoldedRows;
import serpentarium.task.TaskContext;
import serpentarium.task.ThreadTasks;

/// The pane on a stage: a log is opened, read, followed and rotated while a person looks.
class LogViewTest {
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

    private LogView show(Path file) throws Exception {
        LogPane.Places places = LogPane.Places.in(folder.resolve("state"));
        log = OpenLog.of(file, places, TaskContext.detached());
        Stage stage = FxToolkit.registerPrimaryStage();
        view = fx(() -> {
            var made = new LogView(log, new LogPane.Surroundings(tasks, ports, new MemorySettings(), new Theme(), new FxThread(), places), _ -> {});
            var scene = new Scene(made, 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            made.requestFocus();
            return made;
        });
        until("everything is painted", 10, () -> view.settled().get());
        return view;
    }

    private String current() {
        return fx(() -> view.list().currentRow().map(row -> row.text()).orElse(""));
    }

    private void press(KeyCode... keys) {
        robot.press(keys).release(keys);
        until("painted", 20, () -> view.list().settled().get());
    }

    private void run(String id) {
        Command command = view.commands().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        fx(() -> {
            assertTrue(command.runIfEnabled(), () -> id + " is not enabled");
            return null;
        });
    }

    @Test void theEndIsShownAndTheKeyboardGoesEverywhere() throws Exception {
        show(LogSamples.records(folder.resolve("app.log"), 5000));
        assertTrue(fx(() -> view.list().sticking().get()), "the end is kept");
        press(KeyCode.END);
        assertTrue(current().contains("message 4999"), this::current);
        press(KeyCode.UP);
        assertTrue(current().contains("message 4998"), this::current);
        assertFalse(fx(() -> view.list().sticking().get()), "who goes up is left alone");
        press(KeyCode.HOME);
        assertTrue(current().contains("message 0"), this::current);
        press(KeyCode.PAGE_DOWN);
        press(KeyCode.PAGE_UP);
        assertTrue(current().contains("message 0"), this::current);
        press(KeyCode.SHIFT, KeyCode.DOWN);
        run("log.copy");
        until("copied", 20, () -> !ports.copied.isEmpty());
        assertEquals(2, ports.copied.getFirst().lines().count());
        run("log.copy-places");
        until("copied", 20, () -> ports.copied.size() == 2);
        assertTrue(ports.copied.getLast().startsWith("app.log:1: "), ports.copied.getLast());
        press(KeyCode.END);
        assertTrue(fx(() -> view.list().sticking().get()));
    }

    @Test void whatIsWrittenIsSeenAlsoAfterTheFileWasRotated() throws Exception {
        Path file = LogSamples.records(folder.resolve("app.log"), 200);
        show(file);
        Files.writeString(file, "2026-11-28 10:00:00,000 - app - ERROR - it broke\n", StandardOpenOption.APPEND);
        until("the new line", 20, () -> view.model().rows().get() == 201 && view.list().settled().get());
        Files.move(file, folder.resolve("app.log.1"));
        Files.writeString(file, "2026-11-28 10:00:01,000 - app - INFO - and goes on\n");
        until("the line of the new file", 20, () -> view.model().rows().get() == 202 && view.list().settled().get());
        press(KeyCode.END);
        assertTrue(current().contains("and goes on"), this::current);
        press(KeyCode.UP);
        assertTrue(current().contains("it broke"), this::current);
        // Now the person looks at something: new lines are told, not shown.
        Files.writeString(file, "2026-11-28 10:00:02,000 - app - INFO - two\n2026-11-28 10:00:03,000 - app - INFO - three\n", StandardOpenOption.APPEND);
        until("the news", 20, () -> view.lookup("#log-news").isVisible());
        assertTrue(current().contains("it broke"), this::current);
        robot.clickOn("#log-news");
        until("the end", 20, () -> view.list().sticking().get() && view.list().settled().get());
        assertTrue(current().endsWith("three"), this::current);
    }

    @Test void aLogThatIsNotIndexedYetShowsItsEndFirst() throws Exception {
        Path file = LogSamples.large(folder.resolve("big.log"), 40 << 20);
        LogPane.Places places = LogPane.Places.in(folder.resolve("state"));
        try (OpenLog opened = OpenLog.of(file, places, TaskContext.detached())) {
            assertEquals(0, opened.lines().rows(), "nothing was looked through");
            assertTrue(opened.end().orElseThrow().rows() >= 1000);
            assertTrue(opened.end().orElseThrow().lines().getLast().text().endsWith("last"));
        }
        show(file);
        assertTrue(fx(() -> view.list().source().get() instanceof FoldedRows), "lines have numbers now");
        press(KeyCode.END);
        assertTrue(current().endsWith("last"), this::current);
        // Opened again, its index is known.
        try (OpenLog opened = OpenLog.of(file, places, TaskContext.detached())) {
            assertTrue(opened.end().isEmpty());
            assertEquals(fx(() -> view.model().rows().get()), opened.lines().rows());
        }
    }

    @Test void theRecordOfTheSelectedLineIsShownAndGoesOnAsItIsWritten() throws Exception {
        Path file = LogSamples.records(folder.resolve("app.log"), 200);
        show(file);
        assertEquals(1, fx(() -> view.side().getItems().size()), "nothing is selected yet");
        Files.writeString(file, "2026-11-28 10:00:00,000 - app - ERROR - it broke\nTraceback (most recent call last):\n", StandardOpenOption.APPEND);
        until("the new lines", 20, () -> view.list().source().get().rows() == 201 && view.list().settled().get());
        press(KeyCode.END);
        until("its record", 20, () -> view.side().detail().record() != null && view.side().detail().record().message().startsWith("it broke"));
        Files.writeString(file, "  File \"a.py\", line 1, in f\nKeyError: 'x'\n", StandardOpenOption.APPEND);
        assertTrue(fx(() -> view.side().detail().getHeight()) > 100, () -> "the detail has room: " + fx(() -> view.side().detail().getHeight() + " of " + view.side().getHeight() + " at " + view.side().getDividerPositions()[0]));
        until("its traceback", 20, () -> view.side().detail().record().exception() != null && view.side().detail().record().exception().endsWith("KeyError: 'x'"));
        press(KeyCode.HOME);
        until("another record", 20, () -> view.side().detail().record().message().startsWith("message 0"));
        run("log.detail.show");
        assertEquals(1, fx(() -> view.side().getItems().size()));
    }

    @Test void recordsAreMarkedWithANoteAndFoundAgain() throws Exception {
        Path file = LogSamples.records(folder.resolve("app.log"), 300);
        show(file);
        press(KeyCode.HOME);
        press(KeyCode.DOWN);
        until("the record", 20, () -> view.side().first() != null && view.side().detail().record().message().startsWith("message 1"));
        run("log.mark.note");
        until("the editor", 20, () -> robot.lookup("#mark-note").tryQuery().isPresent());
        robot.write("it begins here");
        press(KeyCode.TAB);
        robot.write("cause, db");
        press(KeyCode.ENTER);
        until("the mark", 20, () -> view.marks().model().marks().size() == 1);
        assertEquals("it begins here", fx(() -> ((javafx.scene.control.Label) view.lookup("#mark-text")).getText()));
        assertTrue(Files.exists(folder.resolve(".app.log.marks.json")));
        press(KeyCode.END);
        run("log.mark.toggle");
        until("another mark", 20, () -> view.marks().model().marks().size() == 2);
        run("log.mark.previous");
        until("the first one", 20, () -> current().contains("message 1 ") || current().endsWith("message 1"));
        run("log.mark.next");
        until("the second one", 20, () -> current().contains("message 299"));
        run("log.side.marks");
        assertEquals("marks", fx(() -> view.panel().front()));
        run("log.marks.copy");
        until("copied", 20, () -> ports.copied.size() == 1);
        assertTrue(ports.copied.getFirst().contains("it begins here\n\nTags: `cause` `db`"), ports.copied.getFirst());
        ports.save = java.util.Optional.of(folder.resolve("out.md"));
        run("log.marks.save");
        until("saved", 20, () -> Files.exists(folder.resolve("out.md")));
        fx(() -> {
            view.close();
            return null;
        });
        log.close();
        Files.move(file, folder.resolve("app.log.1"));
        Files.writeString(file, "2026-11-28 10:00:01,000 - app - INFO - and goes on\n");
        show(file);
        until("both are found in the rotated file", 20, () -> view.marks().model().marks().stream().filter(each -> each.spot() != null).count() == 2);
        assertTrue(fx(() -> view.marks().decor().mark(view.marks().model().marks().getFirst().spot())) != null);
    }

    @Test void theSameFailureIsCountedAndFound() throws Exception {
        Path file = LogSamples.records(folder.resolve("app.log"), 100);
        var text = new StringBuilder();
        for (int i = 0; i < 30; i++) text.append("2026-11-28 10:00:").append(10 + i).append(",000 - app - ERROR - broke ").append(i)
                .append("\nTraceback (most recent call last):\n  File \"/srv/a.py\", line 1, in ").append(i % 3 == 0 ? "other" : "work").append("\n    x\nValueError: ").append(i).append('\n');
        Files.writeString(file, text, StandardOpenOption.APPEND);
        show(file);
        until("failures", 20, () -> view.failures().model().groups().get().size() == 2);
        assertEquals(30, fx(() -> view.failures().model().count().get()));
        run("log.side.failures");
        robot.clickOn("ValueError: 29");
        until("the last one", 20, () -> view.side().first() != null && view.side().detail().record() != null && view.side().detail().record().message().startsWith("broke 29"));
        assertTrue(fx(() -> ((javafx.scene.control.Label) view.lookup("#failure-said")).getText()).startsWith("seen 20 times since "));
        run("log.failure.same-previous");
        until("the one before", 20, () -> view.side().detail().record().message().startsWith("broke 28"));
        run("log.failure.same-next");
        until("the last one again", 20, () -> view.side().detail().record().message().startsWith("broke 29"));
        Files.writeString(file, text, StandardOpenOption.APPEND);
        until("twice as many", 20, () -> view.failures().model().count().get() == 60);
    }

    @Test void timeIsShownChosenAndGoneTo() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 3000; i++) text.append(String.format("2026-11-28 %02d:%02d:%02d,000 - app - %s - at %d%n", 8 + i / 3600, i / 60 % 60, i % 60, i % 100 == 0 ? "ERROR" : "INFO", i));
        show(Files.writeString(folder.resolve("app.log"), text));
        until("the histogram", 20, () -> view.time().model().histogram().get() != null && view.time().view().isVisible());
        assertEquals(3000, fx(() -> java.util.stream.IntStream.range(0, view.time().model().histogram().get().columns()).mapToLong(view.time().model().histogram().get()::sum).sum()));
        var bounds = fx(() -> view.time().view().localToScreen(view.time().view().getLayoutBounds()));
        robot.clickOn(bounds.getMinX() + bounds.getWidth() / 2, bounds.getCenterY());
        until("its middle", 20, () -> current().contains("at 15") || current().contains("at 149"));
        until("the cursor", 20, () -> view.time().view().cursor().get() != null);
        run("log.time.go");
        robot.write("08:10:05").press(KeyCode.ENTER).release(KeyCode.ENTER);
        until("the time", 20, () -> current().endsWith("at 605"));
        run("log.time.go");
        robot.write("+1m").press(KeyCode.ENTER).release(KeyCode.ENTER);
        until("a minute later", 20, () -> current().endsWith("at 665"));
        robot.drag(bounds.getMinX() + bounds.getWidth() * 0.2, bounds.getCenterY()).dropTo(bounds.getMinX() + bounds.getWidth() * 0.4, bounds.getCenterY());
        until("the stretch", 20, () -> view.time().model().chosen().get() != null && view.settled().get() && view.time().model().histogram().get().step() <= 2_000_000_000L);
        assertTrue(current().contains("at 5") || current().contains("at 6"), this::current);
        press(KeyCode.ESCAPE);
        until("all of it", 20, () -> view.time().model().chosen().get() == null && view.settled().get());
        run("log.time.histogram");
        assertFalse(fx(() -> view.time().view().isVisible()));
    }

    @Test void recordsAreFoldedWithWhatFailedAndOpenedByKeys() throws Exception {
        show(LogSamples.failures(folder.resolve("app.log"), 400));
        until("only first lines", 20, () -> view.list().source().get().rows() == 400 && view.list().settled().get());
        press(KeyCode.HOME);
        for (int i = 0; i < 50; i++) robot.press(KeyCode.DOWN).release(KeyCode.DOWN);
        assertTrue(current().contains("message 50"), this::current);
        assertEquals("KeyError: 'user'", fx(() -> view.list().currentRow().orElseThrow().fold().exception()));
        assertEquals(7, fx(() -> view.list().currentRow().orElseThrow().fold().lines()));
        press(KeyCode.RIGHT);
        until("the record is open", 20, () -> view.list().source().get().rows() == 407 && view.list().settled().get());
        press(KeyCode.DOWN);
        assertEquals("Traceback (most recent call last):", current());
        press(KeyCode.UP);
        press(KeyCode.LEFT);
        until("it is closed", 20, () -> view.list().source().get().rows() == 400 && view.list().settled().get());
        assertTrue(current().contains("message 50"), this::current);
        // A line that is folded away is shown when a person goes there.
        fx(() -> {
            view.list().go(new serpentarium.log.engine.LogLines.Spot(log.lines().parts().getFirst(), 57));
            return null;
        });
        until("it is open again", 20, () -> view.list().source().get().rows() == 407 && view.list().settled().get());
        assertEquals("KeyError: 'user'", current());
        run("log.fold");
        until("all lines", 20, () -> view.list().source().get().rows() == 428 && view.list().settled().get());
        assertEquals("KeyError: 'user'", current());
        Files.writeString(folder.resolve("app.log"), "2026-11-28 11:00:00,000 - app.web - ERROR - again\nTraceback (most recent call last):\nValueError: no\n", StandardOpenOption.APPEND);
        run("log.fold");
        until("also what is written now", 20, () -> view.list().source().get().rows() == 401 && view.list().settled().get());
    }

    @Test void aRightClickAsksAboutTheValueUnderIt() throws Exception {
        Path file = Files.writeString(folder.resolve("app.log"), "2026-11-28 10:00:00,000 [worker-1] ERROR shop.db: broke here\n".repeat(20));
        show(file);
        var asked = new java.util.ArrayList<String>();
        fx(() -> {
            view.side().detail().actions().set(new serpentarium.log.ui.detail.LogActions() {
                @Override public void narrow(String filter) {
                    asked.add(filter);
                }

                @Override public void between(long from, long to) {
                    asked.add((to - from) / 1_000_000_000L + " s");
                }

                @Override public void ask(String question) {
                    asked.add(question);
                }
            });
            return null;
        });
        // Where “shop.db” is drawn: letters are all as wide as the first.
        var bounds = fx(() -> view.list().localToScreen(view.list().getLayoutBounds()));
        double x = bounds.getMinX();
        double y = bounds.getMinY() + 40;
        for (double at = bounds.getMinX(); at < bounds.getMinX() + 900; at += 4) {
            double local = at - bounds.getMinX();
            if (fx(() -> serpentarium.log.ui.list.Pointed.at(view.list(), local, 40).map(each -> serpentarium.log.ui.detail.ValueMenu.word(each.text(), each.letter())).orElse("")).equals("shop.db")) {
                x = at + 4;
                break;
            }
        }
        robot.rightClickOn(x, y);
        until("the menu", 20, () -> robot.lookup("Only logger = shop.db").tryQuery().isPresent());
        robot.clickOn("Only logger = shop.db");
        until("asked", 20, () -> asked.equals(java.util.List.of("logger=shop.db")));
    }
}
