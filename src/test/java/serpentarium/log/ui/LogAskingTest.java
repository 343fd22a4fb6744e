package serpentarium.log.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.log.LogRecord;
import serpentarium.log.ui.detail.ValueMenu;
import serpentarium.log.ui.list.FoldedRows;
import serpentarium.log.ui.list.Row;
import serpentarium.task.TaskContext;
import serpentarium.task.ThreadTasks;

/// A person asks a log and looks at what its statements cost.
class LogAskingTest {
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
        return new LogView(log, new LogPane.Surroundings(tasks, ports, new MemorySettings(), theme, new FxThread(), places), _ -> {});
    }

    private void show(Path file) throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        view = fx(() -> {
            LogView made = make(file, new Theme());
            var scene = new Scene(made, 1200, 800);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return made;
        });
        until("everything is painted", 10, () -> view.settled().get());
    }

    private TableView<?> table(String id) {
        return (TableView<?>) view.lookup(id);
    }

    private void run(String id) {
        fx(() -> view.commands().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow().runIfEnabled());
        WaitForAsyncUtils.waitForFxEvents();
    }

    private void type(String question) {
        fx(() -> {
            ((ComboBox<?>) view.lookup("#log-question")).getEditor().clear();
            return null;
        });
        robot.clickOn(fx(() -> ((ComboBox<?>) view.lookup("#log-question")).getEditor())).write(question).press(KeyCode.ENTER).release(KeyCode.ENTER);
    }

    @Test void aQuestionIsAnsweredAndARowOpensItsRecords() throws Exception {
        show(LogSamples.failures(folder.resolve("app.log"), 3000));
        run("log.side.ask");
        type("has:traceback | count by logger");
        until("two groups", 10, () -> table("#log-answer").getItems().size() == 2);
        fx(() -> {
            table("#log-answer").getSelectionModel().select(0);
            table("#log-answer").requestFocus();
            return null;
        });
        until("the first of its records is shown", 5, () -> view.list().currentRow().map(Row::text).orElse("").contains("ERROR"));
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until("its records", 10, () -> !view.filtering().model().busy().get() && view.list().source().get() instanceof FoldedRows rows && rows.some() && view.filtering().model().shown() == 20);
        fx(() -> {
            view.filtering().model().clear();
            return null;
        });
        until("all rows", 5, () -> view.list().source().get() instanceof FoldedRows rows && !rows.some());
        type("extract /message (\\d+)/ | max by 10m, logger");
        until("over time", 10, () -> table("#log-answer").getColumns().size() == 4 && table("#log-answer").getItems().size() == 10);
        type("level> | count");
        until("told what is wrong", 5, () -> view.lookup(".ask-wrong") != null);
    }

    @Test void aValueOfARecordIsCountedAndAveraged() throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < 100; i++) text.append("{\"timestamp\": \"2026-11-28T10:00:").append(10 + i % 50).append("Z\", \"level\": \"INFO\", \"logger\": \"app.").append(i % 3)
                .append("\", \"message\": \"done\", \"took\": ").append(i).append("}\n");
        show(Files.writeString(folder.resolve("app.jsonl"), text));
        fx(() -> {
            view.list().go(0);
            return null;
        });
        until("the record", 10, () -> view.side().detail().record() != null);
        choose("app.0", "log.value.count");
        until("three loggers beside the log", 10, () -> table("#log-answer").getItems().size() == 3 && view.panel().front().equals("ask"));
        choose("0", "log.value.average");
        until("one minute", 10, () -> table("#log-answer").getItems().size() == 1 && view.asking().model().answer().get().text().contains("took"));
        assertEquals(49.5, view.asking().model().answer().get().table().rows().getFirst().value(), 1e-9);
        assertEquals("", view.asking().model().wrong().get());
    }

    /// Chooses from the menu of a value of the record that is shown.
    private void choose(String value, String item) {
        fx(() -> {
            LogRecord record = view.side().detail().record();
            new ValueMenu(view.side().detail().actions()::get, ports).about(record, value, log.records().zone()).stream().filter(each -> item.equals(each.getId())).findFirst().orElseThrow().fire();
            return null;
        });
    }

    @Test void whatStatementsCost() throws Exception {
        show(LogSamples.failures(folder.resolve("app.log"), 3000));
        run("log.side.cost");
        robot.clickOn("#cost-sum");
        until("statements", 10, () -> !table("#log-statements").getItems().isEmpty());
        assertEquals(4, fx(() -> table("#log-statements").getItems().size()), "one template at four levels");
        fx(() -> {
            table("#log-statements").getSelectionModel().select(0);
            table("#log-statements").requestFocus();
            return null;
        });
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        until("its records", 10, () -> view.list().source().get() instanceof FoldedRows rows && rows.some() && !view.filtering().model().busy().get() && view.filtering().model().shown() == 3000);
    }

    @Test void screens() throws Exception {
        Path file = LogSamples.failures(folder.resolve("app.log"), 3000);
        for (Tokens tokens : new Tokens[] {Tokens.LIGHT, Tokens.DARK}) for (int[] size : new int[][] {tokens.dark() ? new int[] {1600, 1000} : new int[] {1100, 700}}) {
            String side = tokens.dark() ? "cost" : "ask";
            Scene scene = fx(() -> {
                var theme = new Theme();
                theme.use(tokens);
                view = make(file, theme);
                var made = new Scene(new StackPane(view), size[0], size[1]);
                Look.dress(made, tokens, Look.FONT_SIZE);
                view.panel().show(side);
                if (side.equals("ask")) view.asking().view().ask(size[0] > 1100 ? "count by level, 1m" : "count by logger, level | top 10");
                else view.asking().model().cost();
                return made;
            });
            until("answered", 10, () -> side.equals("ask") ? view.asking().model().answer().get() != null : !view.asking().model().statements().get().isEmpty());
            for (int i = 0; i < 4; i++) {
                fx(() -> Snapshot.of(scene));
                WaitForAsyncUtils.waitForFxEvents();
            }
            until("painted", 10, () -> view.list().settled().get());
            Path picture = Path.of("target/screens", "log-" + side + (tokens.dark() ? "-dark-" : "-light-") + size[0] + "x" + size[1] + ".png");
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
