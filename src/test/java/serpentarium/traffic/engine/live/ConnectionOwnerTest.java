package serpentarium.traffic.engine.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.task.ChildProcess;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.ProcessFacts;

/// The program behind a connection, from the tables of the system.
class ConnectionOwnerTest {
    private static final String HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir Path folder;
    private final AtomicLong clock = new AtomicLong();

    private void table(String name, String... rows) throws IOException {
        Files.createDirectories(folder.resolve("net"));
        Files.writeString(folder.resolve("net").resolve(name), HEAD + String.join("\n", rows) + "\n");
    }

    private void process(long pid, String command, long... sockets) throws IOException {
        Path files = Files.createDirectories(folder.resolve(Long.toString(pid)).resolve("fd"));
        Files.write(folder.resolve(Long.toString(pid)).resolve("cmdline"), command.replace(' ', '\0').getBytes(StandardCharsets.UTF_8));
        int number = 3;
        for (long socket : sockets) Files.createSymbolicLink(files.resolve(Integer.toString(number++)), Path.of("socket:[" + socket + "]"));
    }

    private ConnectionOwner owner() {
        return new ConnectionOwner(folder, folder.resolve("net"), clock::get);
    }

    private static String row(String near, String far, long inode) {
        return "   0: " + near + " " + far + " 01 00000000:00000000 00:00000000 00000000  1000        0 " + inode + " 1 0000000000000000 20 4 30 10 -1";
    }

    @Test void bothFamiliesAndWhoIsAtWhichEnd() throws IOException {
        table("tcp", row("0100007F:9C40", "0100007F:1F90", 11), row("0100007F:1F90", "0100007F:9C40", 12));
        table("tcp6", row("00000000000000000000000001000000:9C41", "00000000000000000000000001000000:1F91", 13),
                row("0000000000000000FFFF00000100007F:9C42", "0000000000000000FFFF00000100007F:1F92", 14));
        process(100, "/usr/bin/python3 -X dev client.py --fast", 11, 14);
        process(200, "python3 -m http.server 8080", 12, 13);
        ConnectionOwner owner = owner();
        assertEquals(Optional.of(new ProcessFacts(100, "client.py", "/usr/bin/python3 -X dev client.py --fast")),
                owner.of(new Endpoint("127.0.0.1", 40_000), new Endpoint("127.0.0.1", 8080)));
        clock.addAndGet(300_000_000L);
        assertEquals("http.server", owner.of(new Endpoint("127.0.0.1", 8080), new Endpoint("127.0.0.1", 40_000)).orElseThrow().name());
        assertEquals(200, owner.of(new Endpoint("::1", 40_001), new Endpoint("::1", 8081)).orElseThrow().pid());
        assertEquals(200, owner.of(new Endpoint("0:0:0:0:0:0:0:1%lo", 40_001), new Endpoint("0:0:0:0:0:0:0:1", 8081)).orElseThrow().pid());
        assertEquals(100, owner.of(new Endpoint("::ffff:127.0.0.1", 40_002), new Endpoint("127.0.0.1", 8082)).orElseThrow().pid());
        assertEquals(Optional.empty(), owner.of(new Endpoint("127.0.0.1", 1), new Endpoint("127.0.0.1", 8080)));
    }

    @Test void whatWasReadCountsForASecondAndWhatIsNewIsSeenAtOnce() throws IOException {
        table("tcp", row("0100007F:0001", "0100007F:1F90", 21));
        process(100, "one", 21, 22);
        ConnectionOwner owner = owner();
        Endpoint server = new Endpoint("127.0.0.1", 8080);
        assertEquals(100, owner.of(new Endpoint("127.0.0.1", 1), server).orElseThrow().pid());
        table("tcp", row("0100007F:0002", "0100007F:1F90", 22));
        clock.addAndGet(500_000_000L);
        assertEquals(100, owner.of(new Endpoint("127.0.0.1", 1), server).orElseThrow().pid());
        assertEquals(100, owner.of(new Endpoint("127.0.0.1", 2), server).orElseThrow().pid());
        clock.addAndGet(1_100_000_000L);
        assertEquals(Optional.empty(), owner.of(new Endpoint("127.0.0.1", 1), server));
    }

    @Test void hostileAndMissingTablesGiveNobody() throws IOException {
        assertEquals(Optional.empty(), owner().of(new Endpoint("127.0.0.1", 1), new Endpoint("127.0.0.1", 2)));
        table("tcp", "nothing", row("zz00007F:0001", "0100007F:1F90", 1), row("0100007F:0001", "0100007F:1F90", 0));
        assertEquals(Optional.empty(), owner().of(new Endpoint("127.0.0.1", 1), new Endpoint("127.0.0.1", 8080)));
    }

    @Test void namesForAPerson() {
        assertEquals("gunicorn: worker [app]", name("gunicorn: worker [app]\0"));
        assertEquals("curl", name("/usr/bin/curl\0-s\0http://x\0"));
        assertEquals("python3.12", name("python3.12\0-c\0import x\0"));
        assertEquals("manage.py", name("python\0-W\0ignore\0-u\0/srv/manage.py\0runserver\0"));
        assertEquals("", name(""));
    }

    private static String name(String raw) {
        return CommandLine.facts(1, raw.getBytes(StandardCharsets.UTF_8)).name();
    }

    @Test void aRealConnectionOfThisProcessAndOfAChild() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")), "needs Linux: there is no /proc/net/tcp");
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress()); var socket = new Socket(server.getInetAddress(), server.getLocalPort());
             var accepted = server.accept()) {
            Endpoint near = new Endpoint("127.0.0.1", socket.getLocalPort());
            ProcessFacts own = new ConnectionOwner().of(near, new Endpoint("127.0.0.1", server.getLocalPort())).orElseThrow();
            assertEquals(ProcessHandle.current().pid(), own.pid());
            assertTrue(accepted.isConnected());
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "curl is not installed");
            var spec = ChildProcess.Spec.of("curl", "-s", "--max-time", "20", "http://127.0.0.1:" + server.getLocalPort() + "/");
            ChildProcess child = ChildProcess.start(spec);
            try (Socket theirs = server.accept()) {
                var owner = new ConnectionOwner().of(new Endpoint("127.0.0.1", theirs.getPort()), new Endpoint("127.0.0.1", server.getLocalPort()));
                assertEquals("curl", owner.orElseThrow().name());
                assertEquals(child.pid(), owner.orElseThrow().pid());
            } finally {
                child.kill();
            }
        }
    }
}
