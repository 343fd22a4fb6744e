package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.TaskContext;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.format.ReadOptions;
import serpentarium.traffic.format.packets.PcapFormat;

/// The capture that the program is warmed up with is a real one.
class WarmUpCaptureTest {
    @Test void itIsReadWithoutAWarning(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("warm-up.pcap");
        WarmUpCapture.write(file, 120);
        try (var traffic = new TrafficReader(List.of(new PcapFormat())).open(file, ReadOptions.NONE, TaskContext.detached())) {
            assertEquals(120, traffic.session().table().size());
            assertEquals(List.of(), traffic.session().warnings());
            for (int row = 0; row < 120; row++) assertTrue(traffic.session().table().status(row) > 0);
        }
    }
}
