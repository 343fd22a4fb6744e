package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.traffic.engine.TrafficReader;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceiveVerbTest {
    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        var parts = new Verbs.Parts(new ProfileReader(List.of()), new ProfileReader(List.of()), new ProfileExport(List.of()), new TrafficReader(List.of()), List.of(), (_, _) -> { });
        return new Verbs(new PrintWriter(out), new PrintWriter(err), parts).run(arguments);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Says a line as soon as somebody listens.
    private static void say(int port, String line) {
        for (;;) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
                return;
            } catch (IOException _) {
                LockSupport.parkNanos(5_000_000);
            }
        }
    }

    @Test void whatCameIsSummedUpAndKept() throws Exception {
        int port = freePort();
        Thread sender = Thread.ofVirtual().start(() -> say(port, "{\"message\":\"hello\",\"levelname\":\"ERROR\",\"process\":7}\nsecond\n"));
        assertEquals(0, run("receive", "--tcp", "" + port, "--out", folder.resolve("store").toString(), "--for", "1.5", "--json"));
        sender.join();
        Map<String, Object> summary = JSON.std.mapFrom(out.toString());
        assertEquals(2, summary.get("records"));
        Path file = Path.of(summary.get("file").toString());
        assertEquals(2, Files.readAllLines(file).size());
        assertTrue(summary.get("sources").toString().contains("process=7"), summary::toString);
        assertTrue(err.toString().contains("First record from 127.0.0.1 (process 7), json"), err::toString);
        out.getBuffer().setLength(0);
        assertEquals(0, run("logs", file.toString(), "--json", "--level", "error"));
        Map<String, Object> record = JSON.std.mapFrom(out.toString());
        assertEquals("hello", record.get("message"));
        assertTrue(record.get("time") != null, record::toString);
    }

    @Test void withoutJsonItIsATable() {
        assertEquals(0, run("receive", "--tcp", "0", "--udp", "0", "--http", "0", "--syslog", "0", "--out", folder.toString(), "--for", "0"));
        assertEquals("", out.toString());
        assertTrue(err.toString().contains("0 records received"), err::toString);
    }

    @ParameterizedTest @ValueSource(strings = {"--tcp=99999", "--for=-1", "--most=0", "--key=x"})
    void wrongCommandLines(String argument) {
        assertEquals(2, run("receive", argument));
    }

    @Test void aFolderThatIsInUseOrNone() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(1, run("receive", "--tcp", "0", "--out", file.toString(), "--for", "0"));
        assertEquals(1, run("receive", "--tcp", "0", "--listen", "no.such.host.invalid", "--out", folder.resolve("x").toString(), "--for", "0"));
        assertTrue(err.toString().contains("no.such.host.invalid"), err::toString);
    }
}
