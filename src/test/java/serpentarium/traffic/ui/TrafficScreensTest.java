package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.scene.Parent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.FxThread;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.kit.Theme;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;

/// Pictures of the traffic pane, light and dark, to be looked at.
class TrafficScreensTest {
    @TempDir Path folder;

    @BeforeAll static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private Parent view(Theme theme, Path session, Consumer<TrafficView> then) {
        try {
            var with = new TrafficPane.Surroundings(new InlineTasks(), new RecordingPorts(), new MemorySettings(), theme, new FxThread());
            var opened = new TrafficReader(java.util.List.of()).open(session, ReadOptions.NONE, TaskContext.detached());
            var view = new TrafficView(opened, new SessionContent(opened.session()), with);
            then.accept(view);
            return view;
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path sample() throws Exception {
        Path session = folder.resolve("s");
        SampleTraffic.session(session, 2000).close();
        return session;
    }

    private static void written(String name) throws java.io.IOException {
        assertTrue(Files.size(Path.of("target/screens", name + "-dark-1600x1000.png")) > 30_000, "an almost empty picture");
    }

    @Test void list() throws Exception {
        Path session = sample();
        Shots.write("traffic-list", theme -> view(theme, session, view -> view.model().selected().set(21)));
        written("traffic-list");
    }

    @Test void filtered() throws Exception {
        Path session = sample();
        Shots.write("traffic-filtered", theme -> view(theme, session, view -> {
            view.model().filterText().set("status >= 400 or duration > 200ms");
            view.model().filterText().set("status >= 40x or duration > 200ms");
        }));
        written("traffic-filtered");
    }

    @Test void search() throws Exception {
        Path session = sample();
        Shots.write("traffic-search", theme -> view(theme, session, view -> {
            view.showView("search");
            view.search().find("KeyError");
        }));
        written("traffic-search");
    }

    @Test void charts() throws Exception {
        Path session = sample();
        Shots.write("traffic-charts", theme -> view(theme, session, view -> view.showView("charts")));
        written("traffic-charts");
    }
}
