package serpentarium.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.controlsfx.control.PopOver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.base.Target;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Snapshot;
import serpentarium.kit.StyleWarnings;
import serpentarium.kit.Theme;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.ThreadTasks;

/// The window, driven as a person drives it.
@ExtendWith(ApplicationExtension.class)
class ShellTest {
    @TempDir Path folder;

    private final FxThread fx = new FxThread();
    private final ObservedTasks tasks = new ObservedTasks(new ThreadTasks(fx), fx);
    private final Notices notices = new Notices(fx);
    private final RecordingPorts ports = new RecordingPorts(notices);
    private final MemorySettings settings = new MemorySettings();
    private final Theme theme = new Theme();
    private final NotesPane notes = new NotesPane("notes", "notes", 40);
    private final NotesPane both = new NotesPane("better", "notes!", 90);
    private Stage stage;
    private Shell shell;
    private Path one;
    private Path two;

    @Start void start(Stage stage) throws IOException {
        this.stage = stage;
        one = Files.writeString(folder.resolve("one.txt"), "notes one");
        two = Files.writeString(folder.resolve("two.txt"), "notes two");
        shell = new Shell(stage, List.of(notes, both), tasks, settings, theme, fx, ports, notices, () -> List.of(one, two));
        shell.show();
    }

    @AfterEach void end() {
        fx(() -> {
            shell.close();
            stage.hide();
        });
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    @Test void opensWhatTheDialogGivesInThePaneThatBidsHighest(FxRobot robot) throws IOException, TimeoutException {
        Path best = Files.writeString(folder.resolve("best"), "notes! and more");
        ports.open = List.of(one, best);
        robot.press(KeyCode.CONTROL, KeyCode.O).release(KeyCode.O, KeyCode.CONTROL);
        settle();
        assertEquals(List.of(one), notes.opened.stream().map(Document::file).toList());
        assertEquals(List.of(best), both.opened.stream().map(Document::file).toList());
        assertEquals(best, selected().file());
        assertEquals("best – Serpentarium", stage.getTitle());
        assertEquals(List.of(best, one), shell.window().recent().files().stream().map(RecentFiles.RecentFile::path).toList());
    }

    @Test void opensWhatIsDroppedAndShowsTheHintWhileItHovers() throws TimeoutException {
        fx(() -> shell.window().drop().hover(true));
        assertTrue(shell.window().drop().isVisible());
        fx(() -> {
            shell.window().drop().hover(false);
            shell.window().drop().dropped(List.of(one.toFile(), two.toFile()));
        });
        settle();
        assertFalse(shell.window().drop().isVisible());
        assertEquals(List.of(one, two), shell.documents().stream().map(Document::file).toList());
    }

    @Test void whatAPaneOffersIsOnTheWelcomePageInItsEmptyPaneAndAmongTheCommands(FxRobot robot) throws TimeoutException {
        notes.begun = one;
        robot.clickOn("#welcome-file-new-notes");
        settle();
        assertEquals(one, selected().file());
        fx(() -> {
            shell.window().deck().front().get().closeAll();
            shell.commands().run("go.pane-notes");
        });
        notes.begun = two;
        robot.clickOn("New notes");
        settle();
        assertEquals(two, selected().file());
        assertTrue(shell.commands().find("file.new-better").isPresent());
    }

    @Test void aPaneOpensItsHomeOnceAndItsTabFollowsWhereTheDocumentGoes() {
        notes.home = one;
        fx(() -> shell.commands().run("go.pane-notes"));
        fx(() -> shell.commands().run("go.home"));
        fx(() -> shell.commands().run("go.pane-notes"));
        assertEquals(List.of(one), shell.documents().stream().map(Document::file).toList());
        assertEquals(List.of(), shell.window().recent().files());
        fx(() -> notes.opened.getFirst().file.set(two));
        assertEquals("two.txt – Serpentarium", stage.getTitle());
        assertEquals("two.txt", ((Label) stage.getScene().getRoot().lookup(".documents .tab .tab-label")).getText());
        assertTrue(((Label) stage.getScene().getRoot().lookup(".status-bar .path-label")).getText().endsWith("two.txt"));
    }

    @Test void aCompressedFileGoesToThePaneOfItsContent() throws Exception {
        byte[] notesInside = "notes in a packed file".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Path packed = Files.write(folder.resolve("packed"), serpentarium.pack.Packs.pack(serpentarium.pack.Packing.ZSTD, notesInside));
        open(packed);
        assertEquals(packed, selected().file());
    }

    @Test void anOpenFileIsBroughtToTheFrontInsteadOfOpenedTwice() throws TimeoutException {
        open(one, two);
        assertEquals(two, selected().file());
        open(one);
        assertEquals(one, selected().file());
        assertEquals(2, notes.opened.size());
        assertTrue(fx(() -> shell.show(new Target.ProfileFile(two))));
        settle();
        assertEquals(two, selected().file());
        assertFalse(fx(() -> shell.show(new Target.SourceLine(one, 3))));
    }

    @Test void saysWhyAFileCannotBeOpened() throws IOException, TimeoutException {
        Path unknown = Files.writeString(folder.resolve("unknown"), "something else");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        open(unknown, empty, folder, folder.resolve("missing"));
        assertEquals(List.of("shell.unknown-file", "shell.empty-file", "shell.folder", "shell.missing-file"),
                ports.problems.stream().map(problem -> problem.id()).toList());
        assertEquals("Notes:\n  it does not begin with notes\nBetter:\n  it does not begin with notes!", ports.problems.getFirst().detail());
        assertEquals(List.of(), shell.documents());
    }

    @Test void aProblemIsShownWithDetailsThatCanBeCopied(FxRobot robot) throws TimeoutException {
        open(folder.resolve("missing"));
        robot.clickOn("Details");
        assertTrue(shell.window().overlay().open().get());
        robot.clickOn("Copy report");
        assertTrue(ports.copied.getFirst().contains("[shell.missing-file]"));
        robot.type(KeyCode.ESCAPE);
        assertFalse(shell.window().overlay().open().get());
        Button dismiss = robot.lookup(".notice-close").queryButton();
        assertEquals("Dismiss", dismiss.getAccessibleText());
        robot.clickOn(dismiss);
        assertEquals(List.of(), List.copyOf(notices.open()));
    }

    @Test void tabsCloseAndStepByKeysAndTheMiddleButton(FxRobot robot) throws TimeoutException {
        open(one, two);
        robot.press(KeyCode.CONTROL, KeyCode.TAB).release(KeyCode.TAB, KeyCode.CONTROL);
        assertEquals(one, selected().file());
        robot.press(KeyCode.CONTROL, KeyCode.W).release(KeyCode.W, KeyCode.CONTROL);
        assertTrue(notes.opened.getFirst().closed);
        assertEquals(two, selected().file());
        robot.clickOn(robot.lookup(".tab-label").<Label>queryAs(Label.class), MouseButton.MIDDLE);
        assertTrue(notes.opened.getLast().closed);
        assertEquals(Optional.empty(), fx(() -> shell.selectedDocument()));
        assertNotNull(fx(() -> stage.getScene().lookup(".empty-state")));
        open(one);
        assertEquals(3, notes.opened.size());
    }

    @Test void thePaletteRunsWhatAFewLettersFindAndRemembersIt(FxRobot robot) throws TimeoutException {
        open(one);
        robot.press(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.P).release(KeyCode.P, KeyCode.SHIFT, KeyCode.CONTROL);
        assertTrue(shell.window().overlay().open().get());
        robot.write("thdark", 0);
        assertEquals("Theme: dark", fx(() -> shell.window().palette().shown()).getFirst());
        robot.type(KeyCode.ENTER);
        assertFalse(shell.window().overlay().open().get());
        assertTrue(theme.tokens().get().dark());
        fx(() -> shell.window().showPalette());
        List<String> shown = fx(() -> shell.window().palette().shown());
        assertEquals("Theme: dark", shown.getFirst());
        assertTrue(shown.contains("one.txt"));
        assertTrue(shown.contains("Reset zoom of one.txt"));
        robot.type(KeyCode.ESCAPE);
        assertFalse(shell.window().overlay().open().get());
    }

    @Test void theCheatSheetListsEveryCommandAndCanBeSearched(FxRobot robot) throws TimeoutException {
        open(one);
        robot.type(KeyCode.F1);
        List<String> all = fx(() -> shell.window().cheatSheet().shown());
        assertEquals(shell.commands().all().stream().map(command -> command.text()).sorted().toList(), all.stream().sorted().toList());
        robot.write("ctrl+w", 0);
        assertEquals(List.of("Close document"), fx(() -> shell.window().cheatSheet().shown()));
    }

    @Test void aDocumentsBareKeyRunsItsCommandButNotWhileTyping(FxRobot robot) throws TimeoutException {
        open(one);
        robot.type(KeyCode.DIGIT0);
        assertEquals(1, notes.opened.getFirst().run);
        assertTrue(fx(() -> shell.commands().find("notes.reset-zoom")).isPresent());
        fx(() -> shell.window().showPalette());
        robot.type(KeyCode.DIGIT0);
        assertEquals(1, notes.opened.getFirst().run);
        fx(() -> shell.window().overlay().close());
        fx(() -> shell.commands().run("go.home"));
        assertTrue(fx(() -> shell.commands().find("notes.reset-zoom")).isEmpty());
    }

    @Test void themesAndFontSizesChangeWithoutAStyleWarning(FxRobot robot) {
        try (var warnings = new StyleWarnings()) {
            for (String theme : List.of("view.theme-dark", "view.theme-light", "view.theme-system", "view.font-bigger", "view.font-smaller")) {
                fx(() -> shell.commands().run(theme));
                fx(() -> shell.window().showSettings());
                robot.clickOn("Close");
            }
            robot.clickOn("File");
            robot.type(KeyCode.ESCAPE);
            assertEquals(List.of(), warnings.said());
            fx(() -> stage.getScene().getRoot().setStyle("-fx-background-color: -no-such-colour;"));
            fx(() -> stage.getScene().getRoot().applyCss());
            assertFalse(warnings.said().isEmpty(), "the listener hears style warnings");
            fx(() -> stage.getScene().getRoot().setStyle(""));
        }
        assertEquals(Optional.of("system"), settings.text("look.theme"));
    }

    @Test void theJobsStripShowsWhatRunsCancelsItAndRestsWhenNothingRuns(FxRobot robot) throws InterruptedException, TimeoutException {
        var began = new CountDownLatch(1);
        var cancelled = new CountDownLatch(1);
        TaskHandle<Void> handle = fx(() -> tasks.submit(TaskSpec.of("Counting sheep", Lane.IO, context -> {
            context.onCancel(cancelled::countDown);
            context.progress(1, 4, serpentarium.task.Progress.Unit.ITEMS);
            began.countDown();
            cancelled.await();
            return null;
        })));
        assertTrue(began.await(5, TimeUnit.SECONDS));
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, () -> fx(() -> shell.window().jobs().getText()).equals("1 running · 25 %"));
        assertTrue(fx(() -> shell.window().jobs().watching()));
        fx(() -> shell.window().jobs().toggle());
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, () -> robot.lookup("Cancel").tryQuery().map(node -> !node.isDisabled()).orElse(false));
        robot.clickOn("Cancel");
        assertTrue(cancelled.await(5, TimeUnit.SECONDS));
        assertEquals(new TaskState.Cancelled<Void>(), handle.state());
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, () -> !fx(() -> shell.window().jobs().watching()));
        assertEquals("No jobs running", shell.window().jobs().getText());
        assertEquals(List.of(), fx(() -> shell.window().jobs().panel().running()));
        fx(() -> shell.window().jobs().toggle());
    }

    @Test void popupsFollowTheThemeOfTheWindow(FxRobot robot) throws IOException, TimeoutException {
        fx(() -> shell.commands().run("view.theme-dark"));
        open(one);
        try (var warnings = new StyleWarnings()) {
            fx(() -> shell.window().jobs().toggle());
            WaitForAsyncUtils.waitForFxEvents();
            take("shell-popover", Window.getWindows().stream().filter(PopOver.class::isInstance).findFirst().orElseThrow());
            fx(() -> shell.window().jobs().toggle());
            robot.clickOn("File");
            WaitForAsyncUtils.waitForFxEvents();
            take("shell-menu", Window.getWindows().stream().filter(ContextMenu.class::isInstance).findFirst().orElseThrow());
            robot.type(KeyCode.ESCAPE);
            assertEquals(List.of(), warnings.said());
        }
    }

    private static void take(String name, Window window) throws IOException {
        WritableImage image = fx(() -> window.getScene().snapshot(null));
        Snapshot.write(image, Path.of("target", "screens", name + "-dark.png"));
        int background = image.getPixelReader().getArgb((int) image.getWidth() / 2, (int) image.getHeight() / 2);
        assertTrue((background & 0xff) < 0x80 && (background >> 16 & 0xff) < 0x80, "dark, not " + Integer.toHexString(background));
    }

    @Test void theWindowOutlivesAnExceptionNobodyCaught() {
        fx.later(() -> {
            throw new IllegalStateException("a bug");
        });
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.clearExceptions();
        assertEquals("shell.unexpected", ports.problems.getFirst().id());
        assertTrue(ports.problems.getFirst().detail().startsWith("IllegalStateException: a bug"));
        assertTrue(stage.isShowing());
    }

    @Test void whatWasOpenComesBackAndWhatIsGoneIsMentionedOnce() throws IOException, TimeoutException {
        open(one, two, Files.writeString(folder.resolve("three.txt"), "notes three"));
        open(two);
        fx(() -> {
            shell.close();
            stage.hide();
        });
        Files.delete(folder.resolve("three.txt"));
        fx(() -> {
            shell = new Shell(stage, List.of(notes, both), tasks, settings, theme, fx, ports, notices, List::of);
            shell.show();
        });
        settle();
        assertEquals(List.of(one, two), shell.documents().stream().map(Document::file).toList());
        assertEquals(two, selected().file());
        assertEquals(List.of("A document of last time could not be opened again."), ports.said);
        assertEquals(List.of(), ports.problems);
    }

    @Test void theDemoOpensFromTheWelcomePage(FxRobot robot) throws TimeoutException {
        robot.clickOn("#welcome-file-open-demo");
        WaitForAsyncUtils.waitFor(5, TimeUnit.SECONDS, () -> notes.opened.size() == 2);
        settle();
        assertSame(notes.opened.getLast(), selected());
    }

    private Document selected() {
        return fx(() -> shell.selectedDocument()).orElseThrow();
    }

    private void open(Path... files) throws TimeoutException {
        fx(() -> shell.open(List.of(files)));
        settle();
    }

    private void settle() throws TimeoutException {
        WaitForAsyncUtils.waitForFxEvents();
        WaitForAsyncUtils.waitFor(10, TimeUnit.SECONDS, () -> !fx(() -> shell.opening().get()));
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static void fx(Runnable act) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, act);
        WaitForAsyncUtils.waitForFxEvents();
    }

    private static <T> T fx(java.util.concurrent.Callable<T> ask) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, ask);
    }
}
