package serpentarium.app;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javafx.scene.image.WritableImage;
import javafx.stage.Stage;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import serpentarium.app.cli.Renderer.Picture;
import serpentarium.kit.FxThread;
import serpentarium.kit.Snapshot;
import serpentarium.kit.StyleWarnings;

/// Pictures of the profiler as `render` takes them, in `target/screens`: each view, light and dark, large and small.
@ExtendWith(ApplicationExtension.class)
class ProfilerPicturesTest {
    private static final Path SCREENS = Path.of("target", "screens");

    @Start void start(Stage stage) {}

    @ParameterizedTest
    @CsvSource({"shop.pstats, flame", "shop.pstats, tree", "shop.pstats, functions", "shop.pstats, source", "callgrind.out.workers, flame", "shop.collapsed, flame",
            "workers.speedscope.json, time", "callgrind.out.workers, graph"})
    void aPicture(String file, String view) throws Exception {
        Path source = Path.of("assets/demo").resolve(file);
        for (boolean dark : new boolean[] {false, true})
            for (int[] size : List.of(dark ? new int[] {1100, 700} : new int[] {1600, 1000})) {
                String name = "profiler-" + file.replace('.', '-') + "-" + view + (dark ? "-dark-" : "-light-") + size[0] + "x" + size[1] + ".png";
                Path out = SCREENS.resolve(name);
                try (var warnings = new StyleWarnings()) {
                    WritableImage image = new WindowShot(new Picture(source, null, view, size[0], size[1], dark, out), new FxThread()).taken().get(60, TimeUnit.SECONDS);
                    Snapshot.write(image, out);
                    assertTrue(warnings.said().isEmpty(), () -> String.join("\n", warnings.said()));
                }
                assertTrue(Files.size(out) > 20_000, name);
            }
    }
}
