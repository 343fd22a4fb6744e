package serpentarium.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.task.Progress;

/// The shared controls.
@ExtendWith(ApplicationExtension.class)
class KitTest {
    @TempDir Path folder;

    private final StackPane root = new StackPane();

    @Start void start(Stage stage) {
        stage.setScene(new Scene(root, 500, 300));
        Look.dress(stage.getScene(), Tokens.LIGHT, Look.FONT_SIZE);
        stage.show();
    }

    @Test void columnsComeBackAsTheyWereLeft() {
        var settings = new MemorySettings();
        fx(() -> {
            TableView<String> table = table("name", "self", "total");
            var layout = ColumnLayout.remember(table, "columns", settings);
            table.getColumns().get(1).setVisible(false);
            table.getColumns().add(table.getColumns().removeFirst());
            table.getColumns().getFirst().setPrefWidth(150);
            layout.save();
        });
        assertEquals(List.of("self", "total", "name"), settings.texts("columns").stream().map(text -> text.split(" ")[0]).toList());
        fx(() -> {
            TableView<String> table = table("name", "new", "self", "total");
            ColumnLayout.remember(table, "columns", settings);
            assertEquals(List.of("self", "new", "total", "name"), table.getColumns().stream().map(TableColumn::getId).toList());
            assertEquals(List.of(false, true, true, true), table.getColumns().stream().map(TableColumn::isVisible).toList());
        });
        settings.put("columns", List.of("", "name", "name -5 true", "name 99999999999 true", "self x true"));
        fx(() -> {
            TableView<String> table = table("name", "self");
            ColumnLayout.remember(table, "columns", settings);
            assertEquals(List.of("name", "self"), table.getColumns().stream().map(TableColumn::getId).toList());
        });
    }

    private static TableView<String> table(String... ids) {
        var table = new TableView<String>();
        for (String id : ids) {
            var column = new TableColumn<String, String>(id);
            column.setId(id);
            table.getColumns().add(column);
        }
        return table;
    }

    @Test void dividersComeBack() {
        var settings = new MemorySettings();
        fx(() -> {
            var pane = new SplitPane(new Region(), new Region());
            Dividers.remember(pane, "divider", settings, 0.3);
            assertEquals(0.3, pane.getDividerPositions()[0], 1e-9);
            pane.setDividerPositions(0.6);
            var again = new SplitPane(new Region(), new Region());
            Dividers.remember(again, "divider", settings, 0.3);
            assertEquals(0.6, again.getDividerPositions()[0], 1e-9);
        });
    }

    @Test void aDividerHasAPlaceForEachOrientationAndComesBackWithItsHalf() {
        var settings = new MemorySettings();
        fx(() -> {
            var half = new Region();
            var pane = new SplitPane(new Region(), half);
            Dividers.remember(pane, "divider", settings, 0.3, 0.7);
            pane.setDividerPositions(0.4);
            pane.setOrientation(javafx.geometry.Orientation.VERTICAL);
            assertEquals(0.7, pane.getDividerPositions()[0], 1e-9);
            pane.setDividerPositions(0.8);
            pane.getItems().remove(half);
            pane.getItems().add(half);
            assertEquals(0.8, pane.getDividerPositions()[0], 1e-9);
            pane.setOrientation(javafx.geometry.Orientation.HORIZONTAL);
            assertEquals(0.4, pane.getDividerPositions()[0], 1e-9);
        });
    }

    @Test void aNoticeCanOfferSomethingToDo() {
        var notices = new Notices(Runnable::run);
        int[] done = {0};
        notices.say("Saved a.svg.", new Notices.Action("Show folder", () -> done[0]++));
        var stack = fx(() -> new NoticeStack(notices, new RecordingPorts(), _ -> {}));
        fx(() -> {
            var button = (javafx.scene.control.Button) stack.lookupAll(".small").iterator().next();
            assertEquals("Show folder", button.getText());
            button.fire();
        });
        assertEquals(1, done[0]);
        assertEquals(0, notices.open().size(), "it goes when it was answered");
    }

    @Test void theSearchFieldCountsStepsAndClears(FxRobot robot) {
        var steps = new java.util.ArrayList<String>();
        var field = fx(() -> {
            var search = new SearchField("Search functions");
            search.setOnStep(() -> steps.add("next"), () -> steps.add("previous"));
            search.setMatches("3 matches");
            root.getChildren().setAll(search);
            search.requestFocus();
            return search;
        });
        WaitForAsyncUtils.waitForFxEvents();
        robot.write("abc", 0);
        robot.type(KeyCode.ENTER);
        robot.press(KeyCode.SHIFT, KeyCode.ENTER).release(KeyCode.ENTER, KeyCode.SHIFT);
        assertEquals("abc", field.getText());
        assertEquals(List.of("next", "previous"), steps);
        assertEquals("3 matches", field.matchesProperty().get());
        robot.clickOn(".search-field-clear");
        assertEquals("", field.getText());
        assertFalse(robot.lookup(".search-field-clear").query().isVisible());
    }

    @Test void theOverlayKeepsTheFocusAndGivesItBack(FxRobot robot) {
        var parts = fx(() -> {
            var below = new javafx.scene.control.Button("below");
            var overlay = new Overlay();
            root.getChildren().setAll(below, overlay);
            below.requestFocus();
            var inside = new javafx.scene.control.Button("inside");
            overlay.show(new StackPane(inside), inside, javafx.geometry.Pos.CENTER);
            return List.of(below, inside, overlay);
        });
        WaitForAsyncUtils.waitForFxEvents();
        assertTrue(parts.get(1).isFocused());
        robot.type(KeyCode.TAB);
        assertTrue(parts.get(1).isFocused(), "the focus stays inside");
        robot.type(KeyCode.ESCAPE);
        assertTrue(parts.get(0).isFocused());
        assertFalse(((Overlay) parts.get(2)).open().get());
    }

    @Test void noticesAreOnceEachAndBounded() {
        var notices = new Notices(Runnable::run);
        var problem = new Problem("a.b", "title", "", Place.NOWHERE, List.of(), null);
        notices.report(problem);
        notices.say("title");
        notices.report(problem);
        assertEquals(2, notices.open().size());
        for (int i = 0; i < 200; i++) notices.say("text " + i);
        assertEquals(Notices.LIMIT, notices.open().size());
        assertEquals("text 199", notices.open().getLast().text());
        var stack = fx(() -> new NoticeStack(notices, new RecordingPorts(), _ -> {}));
        assertEquals(NoticeStack.VISIBLE + 1, stack.getChildren().size(), "four cards and the count of the rest");
        fx(notices::dismissAll);
        assertEquals(0, stack.getChildren().size());
    }

    @Test void aPictureHasTheColoursOfItsTheme() throws IOException {
        for (Tokens tokens : List.of(Tokens.LIGHT, Tokens.DARK)) {
            WritableImage image = fx(() -> {
                var box = new Region();
                box.setStyle("-fx-background-color: -serp-accent;");
                var scene = new Scene(new StackPane(box), 1500, 40);
                Look.dress(scene, tokens, Look.FONT_SIZE);
                return Snapshot.of(scene);
            });
            Path file = folder.resolve("pictures").resolve(tokens.dark() + ".png");
            Snapshot.write(image, file);
            var read = ImageIO.read(file.toFile());
            assertEquals(1500, read.getWidth());
            assertEquals(40, read.getHeight());
            assertEquals(tokens.accent().toString().substring(2, 8), Integer.toHexString(read.getRGB(750, 20)).substring(2));
        }
    }

    @Test void longTextsAreCutInTheMiddle() {
        assertEquals("short", Elide.middle("short", 5));
        assertEquals("/home…/file.txt", Elide.middle("/home/someone/deep/down/file.txt", 15));
        assertEquals("…", Elide.middle("anything", 1));
        assertEquals(10, Elide.middle("x".repeat(100), 10).length());
    }

    @Test void pathsAtHomeAreShort() {
        Path home = Path.of(System.getProperty("user.home"));
        assertEquals("~/a/b", PathLabel.shorten(home.resolve("a/b")));
        assertEquals("/srv/x", PathLabel.shorten(Path.of("/srv/x")));
    }

    @Test void keysAreWrittenAsTheyStandOnTheKeyboard() {
        assertEquals("Ctrl+Shift+P", Shortcuts.text(KeyCombination.valueOf("Ctrl+Shift+P")));
        assertEquals("Ctrl+,", Shortcuts.text(KeyCombination.valueOf("Ctrl+Comma")));
        assertEquals("F1", Shortcuts.text(KeyCombination.valueOf("F1")));
        assertEquals("Alt+1", Shortcuts.text(KeyCombination.valueOf("Alt+1")));
        assertTrue(Shortcuts.types(KeyCombination.valueOf("Shift+G")));
        assertFalse(Shortcuts.types(KeyCombination.valueOf("Shortcut+G")));
        assertFalse(Shortcuts.types(KeyCombination.valueOf("F4")));
    }

    @Test void progressIsSaidInWords() {
        assertEquals("", ProgressText.of(Progress.UNKNOWN));
        assertEquals("Reading · 1.00 MiB of 4.00 MiB · 512 KiB/s · 6.00 s left",
                ProgressText.of(new Progress(1 << 20, 4 << 20, Progress.Unit.BYTES, "Reading", 512 * 1024, Duration.ofSeconds(6))));
        assertEquals("12 of 1,000", ProgressText.of(new Progress(12, 1000, Progress.Unit.STEPS, "", 5, null)));
    }

    @Test void menuItemsAndButtonsAreTheirCommands() {
        var enabled = new javafx.beans.property.SimpleBooleanProperty(true);
        var runs = new java.util.concurrent.atomic.AtomicInteger();
        var command = Command.of("profile.zoom", "Reset zoom", "fth-maximize", "0", enabled, runs::incrementAndGet);
        fx(() -> {
            var item = Menus.item(command);
            assertEquals("Reset zoom   [0]", item.getText());
            assertEquals(Optional.empty(), Optional.ofNullable(item.getAccelerator()), "a bare key is no accelerator");
            var button = Toolbars.button(command);
            assertEquals("Reset zoom", button.getAccessibleText());
            item.fire();
            button.fire();
            enabled.set(false);
            assertTrue(item.isDisable() && button.isDisabled());
        });
        assertEquals(2, runs.get());
    }

    private static void fx(Runnable act) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, act);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static <T> T fx(java.util.concurrent.Callable<T> ask) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, ask);
    }
}
