package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Look;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.profile.Event;
import serpentarium.profile.Glimpse;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.profile.engine.LatestGlimpse;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.ThreadTasks;

/// What is shown while a file is read.
class LoadingCardTest {
    private static final Path FILE = Path.of("/srv/app/callgrind.out.4242");

    @BeforeAll static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static Glimpse glimpse(int more) {
        double total = 1_480_000_000.0 * more;
        var event = new Event("Ir", "Instructions", Unit.INSTRUCTIONS, total);
        String[] names = {"_PyEval_EvalFrameDefault'2", "unicode_hash", "dict_lookup", "PyObject_GetAttr", "_PyObject_Malloc", "gc_collect_main"};
        return Glimpse.of(event, 2_345, f -> f < names.length ? total / (3 + 4 * f) : 0, f -> names[f]);
    }

    @Test void firstNumbersAreShownWhileReadingGoesOn() throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        var read = new CountDownLatch(1);
        var glimpses = new LatestGlimpse();
        var tasks = new ThreadTasks(Runnable::run);
        try {
            TaskHandle<Profile> task = tasks.submit(TaskSpec.of("read", Lane.IO, context -> {
                context.progress(300, 1_000, Progress.Unit.BYTES);
                assertTrue(read.await(30, TimeUnit.SECONDS));
                return null;
            }));
            LoadingCard card = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
                var made = new LoadingCard(FILE, task, glimpses, new RecordingPorts());
                var scene = new Scene(made, 900, 600);
                Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
                stage.setScene(scene);
                stage.show();
                return made;
            });
            assertFalse(card.lookup(".first-numbers").isVisible(), "nothing is known yet");
            for (int more = 1; more <= 2; more++) {
                glimpses.show(glimpse(more));
                String sum = "So far " + (more == 1 ? "1,480,000,000 Ir" : "2,960,000,000 Ir");
                WaitForAsyncUtils.waitFor(20, TimeUnit.SECONDS, () -> texts(card).stream().anyMatch(text -> text.startsWith(sum)));
            }
            List<String> texts = texts(card);
            assertTrue(card.lookup(".first-numbers").isVisible());
            assertTrue(texts.contains("_PyEval_EvalFrameDefault'2"), texts.toString());
            assertTrue(texts.contains("33.3 %"), texts.toString());
            assertEquals(6, texts.stream().filter(text -> text.endsWith("%")).count(), texts.toString());
            WaitForAsyncUtils.waitForAsyncFx(20_000, card::stop);
        } finally {
            read.countDown();
            tasks.shutdown(Duration.ofSeconds(5));
            FxToolkit.cleanupStages();
        }
    }

    private static List<String> texts(LoadingCard card) {
        return WaitForAsyncUtils.waitForAsyncFx(20_000, () -> card.lookupAll(".first-numbers .label").stream().map(node -> ((Label) node).getText()).toList());
    }

    @Test void pictures() throws Exception {
        Screens.write("first-numbers", () -> {
            var numbers = new FirstNumbers();
            numbers.show(glimpse(1));
            return new StackPane(numbers);
        });
        assertTrue(Files.size(Path.of("target/screens/first-numbers-dark-1600x1000.png")) > 5_000, "an almost empty picture");
    }
}
