package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.animation.AnimationTimer;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Tokens;
import serpentarium.task.InlineTasks;

/// A window that nobody touches does nothing: no view lays itself out again and again.
class IdleTest {
    private static final int SETTLING = 150;
    private static final int WATCHED = 30;

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    @ParameterizedTest
    @CsvSource({"545, 170", "545, 200", "545, 230", "650, 300", "545, 420", "900, 600"})
    void tablesRestHoweverLowTheyAre(int width, int height) throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        var layouts = new AtomicInteger();
        var watched = new CountDownLatch(1);
        WaitForAsyncUtils.asyncFx(() -> {
            var model = new ProfileViewModel(new SampleProfile().graph(), new InlineTasks());
            var view = new RelationsView(model, new RecordingPorts(), new MemorySettings(), new InlineTasks());
            model.selected().set(model.analysis().get().functions().bySelf()[3]);
            var scene = new Scene(view, width, height);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            new AnimationTimer() {
                private int pulses;

                @Override public void handle(long now) {
                    if (++pulses == SETTLING) watch(view, layouts);
                    if (pulses < SETTLING + WATCHED) return;
                    stop();
                    watched.countDown();
                }
            }.start();
        });
        assertTrue(watched.await(20, TimeUnit.SECONDS));
        assertEquals(0, layouts.get());
    }

    private static void watch(Node node, AtomicInteger layouts) {
        if (!(node instanceof Parent parent)) return;
        parent.needsLayoutProperty().addListener(_ -> layouts.incrementAndGet());
        parent.getChildrenUnmodifiable().forEach(child -> watch(child, layouts));
    }
}
