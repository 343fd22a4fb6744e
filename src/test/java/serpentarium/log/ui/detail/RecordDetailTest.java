package serpentarium.log.ui.detail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TabPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.kit.StyleWarnings;
import serpentarium.kit.Tokens;
import serpentarium.log.LogRecord;
import serpentarium.log.RecordView;
import serpentarium.task.InlineTasks;

class RecordDetailTest {
    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private final List<String> asked = new ArrayList<>();
    private final LogActions actions = new LogActions() {
        @Override public void narrow(String filter) {
            asked.add("narrow " + filter);
        }

        @Override public void between(long from, long to) {
            asked.add("between " + (to - from) / 1_000_000_000L + " s");
        }

        @Override public void ask(String question) {
            asked.add("ask " + question);
        }
    };
    private final FxRobot robot = new FxRobot();
    private RecordDetail detail;

    @BeforeEach void stage() throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        detail = fx(() -> {
            RecordDetail made = made();
            var scene = new Scene(made, 1000, 600);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setX(0);
            stage.setY(0);
            stage.setScene(scene);
            stage.show();
            return made;
        });
    }

    private RecordDetail made() {
        var made = new RecordDetail(new InlineTasks(), ports, settings, DetailRecords.ZONE, folder.resolve("app.log"));
        made.actions().set(actions);
        return made;
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    private static LogRecord failed() {
        return DetailRecords.first(DetailRecords.FAILED);
    }

    private void show(LogRecord record) {
        fx(() -> {
            detail.show(record);
            return null;
        });
    }

    private String label(String selector) {
        return ((Label) detail.lookup(selector)).getText();
    }

    /// Clicks where a piece of the text is drawn.
    private void click(String piece, MouseButton button) {
        Point2D at = fx(() -> {
            int offset = detail.area().getText().indexOf(piece);
            Bounds bounds = detail.area().getCharacterBoundsOnScreen(offset, offset + 1).orElseThrow();
            return new Point2D(bounds.getCenterX(), bounds.getCenterY());
        });
        robot.clickOn(at, button);
        WaitForAsyncUtils.waitForFxEvents();
    }

    @Test void theHeadingSaysWhatAndWhere() {
        show(failed());
        assertEquals("ERROR", label(".level-badge"));
        assertEquals("2026-11-22 08:49:01.164 +01:00", label(".record-time"));
        assertEquals("shop.views", label(".record-logger"));
        assertEquals("app.log:1–23", label(".record-heading .view-note"));
        show(null);
        assertTrue(detail.lookup(".empty-state") != null);
        assertNull(detail.record());
    }

    @Test void framesAreUnfoldedByAClickAndByKeys() {
        show(failed());
        click("2 frames of libraries", MouseButton.PRIMARY);
        assertTrue(detail.area().getText().contains("get_response(request)"));
        click("2 frames of libraries", MouseButton.PRIMARY);
        assertTrue(!detail.area().getText().contains("get_response(request)"));
        fx(() -> {
            detail.area().requestFocus();
            detail.area().moveTo(detail.area().getText().indexOf("2 frames of"));
            return null;
        });
        robot.press(KeyCode.ENTER).release(KeyCode.ENTER);
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(detail.area().getText().contains("get_response(request)"));
        assertTrue(fx(() -> detail.area().getParagraph(detail.area().getCurrentParagraph()).getText()).contains("2 frames of"), "the caret stays");
    }

    @Test void aFrameOpensItsSource() throws Exception {
        Path here = Files.createDirectories(folder.resolve("checkout/shop"));
        Path views = Files.writeString(here.resolve("views.py"), "import x\ndef checkout(cart):\n    total = cart.total(currency=\"EUR\")  # may fail\n    return 1\n    raise Other\n");
        show(failed());
        click("File \"/srv/shop/views.py\", line 3", MouseButton.PRIMARY);
        assertEquals("source", fx(() -> ((TabPane) detail.lookup(".tab-pane")).getSelectionModel().getSelectedItem().getId()));
        assertEquals("The file /srv/shop/views.py is not on this machine.", label("#frame-explanation"));
        ports.open = List.of(views);
        robot.clickOn((Button) detail.lookup("#frame-choose"));
        WaitForAsyncUtils.waitForFxEvents();
        assertEquals(views + ":3", label(".frame-title"));
        assertEquals(List.of("/srv", folder.resolve("checkout").toString()), settings.texts("profile.source.map"));
        fx(() -> {
            detail.commands().get(3).run().run();
            detail.show(null);
            detail.show(failed());
            return null;
        });
        click("File \"/srv/shop/views.py\", line 5", MouseButton.PRIMARY);
        assertTrue(label(".frame-doubt").startsWith("Another line ran here: “raise CheckoutError"), () -> label(".frame-doubt"));
    }

    private List<String> menu(List<MenuItem> items) {
        return items.stream().filter(item -> item.getText() != null).map(MenuItem::getText).toList();
    }

    @Test void valuesCanBeAskedAbout() {
        LogRecord record = failed();
        var menu = new ValueMenu(() -> actions, ports);
        List<FieldRow> rows = FieldRow.of(record, DetailRecords.ZONE);
        FieldRow logger = rows.stream().filter(row -> row.name().equals("logger")).findFirst().orElseThrow();
        List<MenuItem> items = fx(() -> menu.field(record, logger));
        assertEquals(List.of("Only logger = shop.views", "Not logger = shop.views", "Count by logger", "Same thread: worker-1", "Same request: request = 9f31c0",
                "30 seconds before and after", "5 minutes before and after", "Copy value", "Copy name and value"), menu(items));
        fx(() -> {
            items.forEach(item -> {
                if (item.getText() != null) item.fire();
            });
            return null;
        });
        assertEquals(List.of("narrow logger=shop.views", "narrow not logger=shop.views", "ask | count by logger", "narrow thread=worker-1", "narrow 9f31c0",
                "between 60 s", "between 600 s"), asked);
        assertEquals(List.of("shop.views", "logger: shop.views"), ports.copied);
        LogRecord json = DetailRecords.first(DetailRecords.JSON);
        FieldRow duration = FieldRow.of(json, DetailRecords.ZONE).stream().filter(row -> row.name().equals("duration")).findFirst().orElseThrow();
        assertTrue(menu(fx(() -> menu.field(json, duration))).contains("Average duration over time"));
    }

    @Test void aRightClickAsksAboutTheWordUnderIt() {
        show(failed());
        click("9f31c0", MouseButton.SECONDARY);
        List<MenuItem> items = fx(() -> List.copyOf(detail.area().getContextMenu().getItems()));
        assertEquals("Only records with “9f31c0”", items.getFirst().getText());
        fx(() -> {
            items.getFirst().fire();
            detail.area().getContextMenu().hide();
            return null;
        });
        assertEquals(List.of("narrow 9f31c0"), asked);
        assertEquals(List.of("Copy text"), menu(fx(() -> new ValueMenu(() -> null, ports).text(failed(), "x"))));
        assertEquals("shop.views", ValueMenu.word("in (shop.views): x", 6));
        assertEquals("", ValueMenu.word("a  b", 2));
    }

    @Test void recordsAreCopiedAsTheyWereWritten() {
        show(failed());
        fx(() -> {
            detail.commands().subList(0, 3).forEach(command -> command.run().run());
            return null;
        });
        assertTrue(ports.copied.get(0).endsWith(DetailRecords.TRACEBACK));
        assertTrue(ports.copied.get(1).startsWith("{\"time\": \"2026-11-22T07:49:01.164Z\", \"level\": \"ERROR\", \"logger\": \"shop.views\", \"message\": \"checkout failed"), ports.copied.get(1));
        assertTrue(ports.copied.get(2).startsWith("**2026-11-22 08:49:01.164 +01:00 ERROR `shop.views` ** `/var/log/shop/app.log:1`\n\n```\ncheckout failed"), ports.copied.get(2));
    }

    @Test void theLastFrameComesFirstFromNowOn() {
        show(failed());
        fx(() -> {
            detail.commands().getLast().run().run();
            return null;
        });
        String text = detail.area().getText();
        assertTrue(text.indexOf("CheckoutError") < text.indexOf("InvalidOperation"), text);
        show(DetailRecords.first(DetailRecords.JSON));
        show(failed());
        assertEquals(text, detail.area().getText());
    }

    @Test void aRecordOfMegabytesIsShown() {
        var record = new LogRecord("a.log", 1, 1, "plain", RecordView.NO_TIME, null, -1, null, "{\"k\": \"" + "x".repeat(3_000_000) + "\"}", null, -1, null, null, null, java.util.Map.of());
        long before = System.nanoTime();
        show(record);
        assertTrue(System.nanoTime() - before < 5_000_000_000L);
        assertTrue(detail.lookup(".detail-note").isVisible());
    }

    @Test void screens() {
        try (var warnings = new StyleWarnings()) {
            for (String log : List.of(DetailRecords.FAILED, DetailRecords.JSON)) Shots.write(log == DetailRecords.JSON ? "log-detail-json" : "log-detail", theme -> {
                RecordDetail made = made();
                made.show(DetailRecords.first(log));
                return made;
            });
            assertEquals(List.of(), warnings.said());
        }
        assertTrue(Files.exists(Path.of("target/screens/log-detail-dark-1600x1000.png")));
    }
}
