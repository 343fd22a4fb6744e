package serpentarium.traffic.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;

/// A process that writes a session is killed at any moment, again and again into the same session.
class KilledWriterTest {
    private static final int KILLS = 30;

    @TempDir Path folder;

    /// The process that is killed: writes flows and says after each that it is written.
    static final class Writer {
        public static void main(String[] arguments) throws IOException {
            Path path = Path.of(arguments[0]);
            var limits = new SessionLimits(Long.MAX_VALUE, false, 1 << 20);
            try (var out = new FileOutputStream(FileDescriptor.out);
                 DiskSession session = Files.exists(path) ? DiskSession.open(path, limits) : DiskSession.create(path, limits)) {
                for (int number = session.table().size(); ; number++) {
                    try (FlowWriter flow = session.begin("f" + number, FlowKind.HTTP, FlowSource.PROXY, number)) {
                        flow.request(new RequestHead("GET", "http", "a.test", 80, "", "/" + number, "HTTP/1.1", Headers.NONE));
                        byte[] body = body(number);
                        flow.body(Side.RESPONSE, body, 0, body.length);
                        flow.response(new ResponseHead(200, "OK", "HTTP/1.1", Headers.NONE));
                    }
                    out.write(("\ndone " + number + " .").getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
    }

    static byte[] body(int number) {
        byte[] body = new byte[number % 17 * 3000];
        new Random(number).nextBytes(body);
        return body;
    }

    @Test void everyFlowThatWasWrittenIsThere() throws IOException, InterruptedException {
        Path path = folder.resolve("s");
        Path said = folder.resolve("said");
        var random = new Random(11);
        var written = new BitSet();
        String java = ProcessHandle.current().info().command().orElseThrow();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(List.of(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                    System.getProperty("java.class.path"), Writer.class.getName(), path.toString())).redirectOutput(said.toFile()).start();
            // However busy the machine is, it has written something.
            for (int looks = 0; looks < 4000 && Files.size(said) == 0; looks++) assertFalse(process.waitFor(5, TimeUnit.MILLISECONDS), "the writer ended by itself");
            assertFalse(process.waitFor(random.nextInt(120), TimeUnit.MILLISECONDS), "the writer ended by itself");
            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            for (String line : Files.readAllLines(said, StandardCharsets.US_ASCII))
                if (line.startsWith("done ") && line.endsWith(" .")) written.set(Integer.parseInt(line.substring(5, line.length() - 2)));
            if (!written.isEmpty()) check(path, written);
        }
        assertTrue(written.cardinality() >= KILLS, "written " + written.cardinality());
    }

    private static void check(Path path, BitSet written) throws IOException {
        try (var session = DiskSession.open(path, SessionLimits.NONE)) {
            assertTrue(session.table().size() >= written.length(), session.table().size() + " of " + written.length());
            for (int row = Math.max(0, written.length() - 60); row < session.table().size(); row++) {
                Flow flow = session.flow(row);
                assertEquals("f" + row, flow.id());
                if (!written.get(row)) continue;
                assertEquals("/" + row, flow.request().path());
                assertEquals(200, flow.response().status());
                assertArrayEquals(body(row), session.body(row, Side.RESPONSE).readAllBytes());
            }
        }
    }
}
