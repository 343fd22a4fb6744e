package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextArea;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.RecordingPorts;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.SessionLimits;

class TrafficExportTest {
    @TempDir Path folder;

    @BeforeAll static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test void theListedFlowsAreSavedWithoutWhatThePersonCallsSecret() throws Exception {
        try (DiskSession session = DiskSession.create(folder.resolve("s"), SessionLimits.NONE)) {
            for (String path : new String[] {"/a?token=t0p&mine=own", "/b"}) {
                try (FlowWriter flow = session.begin(null, FlowKind.HTTP, FlowSource.PROXY, 1)) {
                    flow.request(new RequestHead("GET", "http", "a.test", 80, "", path, "HTTP/1.1", Headers.NONE));
                }
            }
            var ports = new RecordingPorts();
            Path out = folder.resolve("out.har");
            ports.save = java.util.Optional.of(out);
            WaitForAsyncUtils.asyncFx(() -> {
                var model = new TrafficViewModel(session, new SessionContent(session), new InlineTasks(), Runnable::run);
                model.filterText().set("path ~ a");
                var form = new TrafficExport(session, () -> new int[0], new InlineTasks(), ports).form(model, false, () -> { });
                new Scene(form);
                assertEquals(ExportForm.Rows.LISTED, ((ComboBox<?>) form.lookup("#export-rows")).getValue());
                assertTrue(((CheckBox) form.lookup("#export-redact")).isSelected());
                TextArea names = (TextArea) form.lookup("#export-names");
                assertTrue(names.getText().contains("authorization"));
                names.setText("mine");
                ((Button) form.lookup("#export-save")).fire();
                model.close();
            }).get(20, TimeUnit.SECONDS);
            String har = Files.readString(out, StandardCharsets.UTF_8);
            assertTrue(har.contains("token=t0p&mine=redacted-"), har);
            assertFalse(har.contains("/b\""), har);
        }
    }
}
