package serpentarium.traffic.ui.body;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testfx.api.FxToolkit;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.analysis.body.BodySamples;

/// A picture of each view, light and dark, to be looked at.
class BodyScreensTest {
    @BeforeAll static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    static Stream<String> ids() {
        return Stream.concat(BodySamples.all().keySet().stream(), Stream.of("json-tree"));
    }

    @ParameterizedTest @MethodSource("ids") void view(String id) throws Exception {
        boolean tree = id.equals("json-tree");
        BodyStage.picture("body-" + id, () -> new BodyPane(new InlineTasks(), new RecordingPorts(), new MemorySettings(), new javafx.beans.property.SimpleBooleanProperty()), pane -> {
            pane.show(BodySamples.all().get(tree ? "json" : id));
            if (tree) pane.choose(id);
            assertEquals(id, pane.shownView());
        });
        assertTrue(Files.size(Path.of("target/screens/body-" + id + "-dark-1100x700.png")) > 9_000, "an almost empty picture");
    }
}
