package serpentarium.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.kit.FxThread;
import serpentarium.kit.JobsPanel;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Snapshot;
import serpentarium.kit.StyleWarnings;
import serpentarium.kit.Theme;
import serpentarium.task.InlineTasks;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskSpec;
import serpentarium.task.ThreadTasks;

/// Draws what the shell shows into `target/screens`, light and dark, large and small, and makes sure that no style is complained about.
@ExtendWith(ApplicationExtension.class)
class ScreensTest {
    private static final Path SCREENS = Path.of("target", "screens");

    @TempDir Path folder;

    @Start void start(Stage stage) {}

    @Test void drawsEverythingInBothThemesWithoutAStyleWarning() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("startup.pstats"), "notes one");
        Files.writeString(folder.resolve("callgrind.out.4711"), "notes two");
        try (var warnings = new StyleWarnings()) {
            for (ThemeMode mode : List.of(ThemeMode.LIGHT, ThemeMode.DARK)) {
                draw(mode, 1600, 1000);
                draw(mode, 1100, 700);
            }
            assertEquals(List.of(), warnings.said());
        }
        try (var files = Files.list(SCREENS)) {
            assertTrue(files.filter(file -> file.getFileName().toString().startsWith("shell-")).count() >= 32);
        }
    }

    private void draw(ThemeMode mode, int width, int height) throws IOException, InterruptedException {
        var fx = new FxThread();
        var tasks = new ObservedTasks(new ThreadTasks(fx), fx);
        var settings = new JsonSettings(folder.resolve("settings" + mode.key() + width), new InlineTasks(), Duration.ZERO);
        settings.put("look.theme", mode.key());
        long now = Instant.now().toEpochMilli();
        settings.put("files.recent", List.of(now - 40_000 + " " + folder.resolve("startup.pstats"), now - 7_200_000 + " " + folder.resolve("callgrind.out.4711"),
                now - 90_000_000L + " /srv/projects/warehouse/services/billing-and-invoicing/build/reports/profiles/2026-11-21/nightly/worker-17.pstats",
                now - 900_000_000L + " /srv/projects/gone.pstats"));
        var notices = new Notices(fx);
        var ports = new RecordingPorts(notices);
        String name = "-" + mode.key() + "-" + width;
        Parts parts = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
            var appearance = new Appearance(settings, new Theme(), fx);
            var window = new ShellWindow(List.of(new NotesPane("profiler", "notes", 50)), tasks, settings, appearance, ports, notices, List::of, () -> {});
            var scene = new Scene(window.root(), width, height);
            appearance.dress(scene);
            window.recent().check();
            return new Parts(window, scene);
        });
        ShellWindow window = parts.window;
        WaitForAsyncUtils.waitForFxEvents();
        take(parts, "welcome" + name, () -> {});
        take(parts, "palette" + name, window::showPalette);
        take(parts, "palette-search" + name, () -> ((javafx.scene.control.TextField) window.root().lookup(".palette .text-field")).setText("the"));
        take(parts, "palette-files" + name, () -> ((javafx.scene.control.TextField) window.root().lookup(".palette .text-field")).setText("pstats"));
        take(parts, "cheat-sheet" + name, window::showCheatSheet);
        take(parts, "settings" + name, window::showSettings);
        var problem = Problem.of(serpentarium.base.Strings.of(Shell.class), "shell.unknown-file", Place.of("/srv/projects/warehouse/README.md"), "README.md",
                "Profiler:\n  pstats: the first byte is not a marshal dict\n  callgrind: there is no events line");
        take(parts, "notice" + name, () -> {
            window.overlay().close();
            notices.say("Copied to the clipboard.");
            notices.report(problem);
        });
        take(parts, "problem" + name, () -> window.showProblem(problem));
        take(parts, "drop" + name, () -> {
            window.overlay().close();
            notices.dismissAll();
            window.drop().hover(true);
        });
        WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
            window.drop().hover(false);
            window.deck().bring(window.deck().hosts().getFirst());
        });
        take(parts, "empty" + name, () -> {});
        WaitForAsyncUtils.waitForAsyncFx(20_000, () -> window.opener().open(List.of(folder.resolve("startup.pstats"), folder.resolve("callgrind.out.4711"))));
        WaitForAsyncUtils.waitForFxEvents();
        take(parts, "documents" + name, () -> {});
        take(parts, "large-narrow" + name, () -> {
            window.commands().run("view.sidebar");
            for (int i = 0; i < 6; i++) window.commands().run("view.font-bigger");
            window.commands().run("go.home");
        });
        take(parts, "large-palette" + name, window::showPalette);
        take(parts, "large-cheat-sheet" + name, window::showCheatSheet);
        take(parts, "large-settings" + name, window::showSettings);
        WaitForAsyncUtils.waitForAsyncFx(20_000, () -> window.commands().run("view.font-reset"));
        jobs(tasks, fx, settings, name);
        assertTrue(tasks.shutdown(Duration.ofSeconds(5)));
    }

    private static void jobs(ObservedTasks tasks, FxThread fx, JsonSettings settings, String name) throws IOException, InterruptedException {
        var told = new CountDownLatch(2);
        var end = new CountDownLatch(1);
        tasks.submit(TaskSpec.of("Reading worker-17.pstats", Lane.IO, context -> {
            context.message("Reading the function table");
            context.progress(19_000_000, 42_000_000, Progress.Unit.BYTES);
            told.countDown();
            end.await();
            return null;
        }));
        tasks.submit(TaskSpec.of("Laying out the flame graph", Lane.IO, _ -> {
            told.countDown();
            end.await();
            return null;
        }));
        tasks.submit(TaskSpec.of("Reading broken.pstats", Lane.IO, _ -> {
            throw new IOException("cut off");
        }));
        assertTrue(told.await(5, TimeUnit.SECONDS));
        WaitForAsyncUtils.waitForFxEvents();
        Parts parts = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
            var scene = new Scene(new JobsPanel(tasks), 440, 420);
            new Appearance(settings, new Theme(), fx).dress(scene);
            return new Parts(null, scene);
        });
        WaitForAsyncUtils.waitForFxEvents();
        take(parts, "jobs" + name, () -> {});
        end.countDown();
    }

    private static void take(Parts parts, String name, Runnable act) throws IOException {
        WaitForAsyncUtils.waitForAsyncFx(20_000, act);
        WaitForAsyncUtils.waitForFxEvents();
        WritableImage image = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> Snapshot.of(parts.scene));
        Snapshot.write(image, SCREENS.resolve("shell-" + name + ".png"));
    }

    private record Parts(ShellWindow window, Scene scene) {}
}
