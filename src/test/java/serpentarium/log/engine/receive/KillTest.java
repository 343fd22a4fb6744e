package serpentarium.log.engine.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.Source;
import serpentarium.log.engine.RotatedSet;
import serpentarium.pack.Unpacked;
import serpentarium.task.ChildProcess;

/// The receiver is killed under load, again and again: what it acknowledged is there, each once, and nothing else but whole records. The system property
/// `serpentarium.kills` says how often.
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KillTest {
    private static final int SENDERS = 3;

    @TempDir Path folder;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @Test void whatWasAcknowledgedIsThere() throws IOException, InterruptedException {
        int kills = Integer.getInteger("serpentarium.kills", 3);
        for (int kill = 0; kill < kills; kill++) kill(kill);
        Set<String> found = new HashSet<>();
        int lines = 0;
        try (LogStore store = LogStore.open(store(), StoreLimits.USUAL, _ -> { })) {
            assertEquals(List.of(), store.warnings());
            for (RotatedSet.Member each : RotatedSet.of(store.live()).members()) lines += read(each.path(), found);
        }
        acknowledged.removeAll(found);
        assertEquals(Set.of(), acknowledged);
        assertTrue(lines > kills * 100, "only " + lines);
    }

    private Path store() {
        return folder.resolve("store");
    }

    private static int read(Path file, Set<String> found) throws IOException {
        int lines = 0;
        try (var in = new BufferedReader(new InputStreamReader(Unpacked.of(Source.of(file)).open(), StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; lines++) {
                Object message = JSON.std.mapFrom(line).get("msg");
                assertTrue(found.add(String.valueOf(message)) || String.valueOf(message).startsWith("load"), line);
            }
        }
        return lines;
    }

    private void kill(int number) throws IOException, InterruptedException {
        Path said = Files.createTempFile(folder, "ports", "");
        var command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-cp",
                System.getProperty("java.class.path"), KilledServer.class.getName(), store().toString(), said.toString());
        ChildProcess child = ChildProcess.start(ChildProcess.Spec.of(command.toArray(String[]::new)));
        try {
            while (!Files.readString(said).endsWith("\n")) LockSupport.parkNanos(5_000_000);
            String[] ports = Files.readString(said).strip().split(" ");
            int http = Integer.parseInt(ports[0]);
            int tcp = Integer.parseInt(ports[1]);
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < SENDERS; i++) {
                String name = number + "-" + i;
                threads.add(Thread.ofVirtual().start(() -> acknowledge(http, name)));
            }
            threads.add(Thread.ofVirtual().start(() -> load(tcp)));
            int before = acknowledged.size();
            ServerFixture.await(() -> acknowledged.size() > before + 60 + 37 * (number % 5));
            ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();
            child.await();
            for (Thread each : threads) each.join();
        } finally {
            child.kill();
        }
    }

    /// One request after the other on one connection, until it breaks.
    private void acknowledge(int port, String name) {
        try (Socket socket = ServerFixture.connect(port)) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            for (int i = 0;; i++) {
                String message = name + "-" + i;
                out.write(ServerFixture.ascii("GET /log?msg=" + message + " HTTP/1.1\r\nHost: x\r\n\r\n"));
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    int c = in.read();
                    if (c < 0) return;
                    head.append((char) c);
                }
                if (!head.toString().startsWith("HTTP/1.1 200")) return;
                acknowledged.add(message);
            }
        } catch (IOException _) {
            // It was killed.
            return;
        }
    }

    private static void load(int port) {
        byte[] some = ServerFixture.pickled("load" + "x".repeat(500));
        try (Socket socket = ServerFixture.connect(port)) {
            for (;;) {
                socket.getOutputStream().write(some);
                LockSupport.parkNanos(100_000);
            }
        } catch (IOException _) {
            return;
        }
    }
}
