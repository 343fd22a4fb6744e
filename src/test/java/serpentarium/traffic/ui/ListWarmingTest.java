package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.Pane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.engine.TrafficReader;

/// Rows that nobody sees are drawn, and leave nothing behind.
class ListWarmingTest {
    private final MemorySettings settings = new MemorySettings();

    @BeforeEach void stage() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private ListWarming warming() {
        var scene = new Scene(new Pane(), 100, 100);
        Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
        return new ListWarming(new TrafficReader(List.of()), new TrafficPane.Surroundings(new InlineTasks(), new RecordingPorts(), settings, new Theme(), new FxThread()), scene);
    }

    @Test void itEndsByItselfAndRemembersNothing() throws Exception {
        fx(() -> {
            ListWarming warming = warming();
            int steps = 0;
            while (warming.step()) steps++;
            assertTrue(steps > 40 && steps < 100, "steps " + steps);
            assertEquals(List.of(), settings.texts("traffic.columns"));
            return null;
        });
    }

    @Test void itIsLeftOffAtAnyStep() throws Exception {
        fx(() -> {
            for (int steps : new int[] {0, 1, 2, 3, 4, 20, 45, 47}) {
                ListWarming warming = warming();
                for (int i = 0; i < steps; i++) assertTrue(warming.step());
                warming.close();
                assertFalse(warming.step());
            }
            return null;
        });
    }
}
