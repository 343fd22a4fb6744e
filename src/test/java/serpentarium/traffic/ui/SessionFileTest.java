package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.TrafficReader;

/// A session of one file, as the proxy without a window writes it, opened in the window.
class SessionFileTest {
    @TempDir Path folder;

    @Test void itsFlowsAreListed() throws Exception {
        Path file = folder.resolve("my-program.session");
        try (DiskSession session = DiskSession.createFile(file); FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.PROXY, 1)) {
            flow.request(new RequestHead("GET", "http", "a.test", 80, "", "/kept", "HTTP/1.1", Headers.NONE));
        }
        Stage stage = FxToolkit.registerPrimaryStage();
        var thread = new FxThread();
        var tasks = new ThreadTasks(thread);
        var ports = new RecordingPorts();
        TrafficPane pane = fx(() -> new TrafficPane(new TrafficReader(List.of()), tasks, ports, new MemorySettings(), new Theme(), thread,
                TrafficPane.Places.in(folder.resolve("own"))));
        assertInstanceOf(Bid.Yes.class, pane.sniff(Head.of(Source.of(file))));
        Document document = fx(() -> {
            Document made = pane.open(file);
            stage.setScene(new Scene((javafx.scene.Parent) made.view(), 1000, 700));
            stage.show();
            return made;
        });
        try {
            until("the flow is there", 20, () -> document.view().lookup("#flow-count") instanceof Label label && label.getText().contains("1"));
            assertEquals(List.of(), ports.problems);
        } finally {
            fx(() -> {
                document.close();
                return null;
            });
            FxToolkit.cleanupStages();
            assertTrue(tasks.shutdown(Duration.ofSeconds(10)));
        }
    }
}
