package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javafx.scene.Scene;
import javafx.scene.control.TableView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;
import serpentarium.traffic.engine.OpenTraffic;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;

/// The pane's views on a stage: show, act, see.
class TrafficViewTest {
    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private OpenTraffic opened;

    private static <T> T fx(Callable<T> action) {
        T value = WaitForAsyncUtils.waitForAsyncFx(20_000, action);
        WaitForAsyncUtils.waitForFxEvents();
        return value;
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
        opened.close();
    }

    private TrafficView show() throws Exception {
        Path session = folder.resolve("s");
        SampleTraffic.session(session, 500).close();
        opened = new TrafficReader(List.of()).open(session, ReadOptions.NONE, TaskContext.detached());
        Stage stage = FxToolkit.registerPrimaryStage();
        return fx(() -> {
            var with = new TrafficPane.Surroundings(new InlineTasks(), ports, new MemorySettings(), new Theme(), new FxThread());
            var view = new TrafficView(opened, new SessionContent(opened.session()), with);
            var scene = new Scene(view, 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return view;
        });
    }

    private static void run(TrafficView view, String id) {
        Command command = view.commands().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        fx(() -> {
            assertTrue(command.runIfEnabled(), () -> id + " is not enabled");
            return null;
        });
    }

    @SuppressWarnings("unchecked")
    private static TableView<Integer> table(TrafficView view) {
        return (TableView<Integer>) view.lookup("#flows");
    }

    @Test void filtersMarksDeletesAndBringsBack() throws Exception {
        TrafficView view = show();
        assertEquals(500, table(view).getItems().size());
        fx(() -> {
            view.model().filterText().set("method = POST");
            table(view).getSelectionModel().selectIndices(0, 1);
            return null;
        });
        int posts = table(view).getItems().size();
        assertTrue(posts > 10 && posts < 500);
        int first = table(view).getItems().getFirst();
        run(view, "traffic.flow.mark");
        assertEquals(":star:", opened.session().table().mark(first));
        run(view, "traffic.flow.copy");
        assertTrue(ports.copied.getFirst().lines().count() == 3 && ports.copied.getFirst().contains("POST"));
        run(view, "traffic.flow.delete");
        assertEquals(posts - 2, table(view).getItems().size());
        run(view, "traffic.flow.undo");
        assertEquals(posts, table(view).getItems().size());
        assertEquals(first, table(view).getItems().getFirst());
    }

    @Test void whatIsSelectedStaysSelectedWhenSorted() throws Exception {
        TrafficView view = show();
        fx(() -> {
            table(view).getSelectionModel().clearAndSelect(123);
            return null;
        });
        run(view, "traffic.flow.slowest");
        assertEquals(123, table(view).getSelectionModel().getSelectedItem());
        assertEquals(123, view.model().selected().get());
    }
}
