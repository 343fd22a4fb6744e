package serpentarium.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.profile.engine.ProfileExport;
import serpentarium.profile.engine.ProfileReader;
import serpentarium.shell.Folders;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.TrafficReader;

@Timeout(60)
class ProxyVerbTest {
    @TempDir Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String home;

    @BeforeEach void ownHome() {
        home = System.getProperty(Folders.PROPERTY);
        System.setProperty(Folders.PROPERTY, folder.resolve("home").toString());
    }

    @AfterEach void homeAgain() {
        if (home == null) System.clearProperty(Folders.PROPERTY);
        else System.setProperty(Folders.PROPERTY, home);
    }

    private int run(String... arguments) {
        var parts = new Verbs.Parts(new ProfileReader(List.of()), new ProfileReader(List.of()), new ProfileExport(List.of()), new TrafficReader(List.of()), List.of(), (_, _) -> { });
        return new Verbs(new PrintWriter(out), new PrintWriter(err), parts).run(arguments);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void ask(int port) {
        for (int i = 0; i < 400; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(20_000_000);
            }
        }
    }

    @Test void flowsArePrintedAsTheyEndAndKept() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        int port = freePort();
        Path session = folder.resolve("kept.session");
        Thread.startVirtualThread(() -> ask(port));
        try {
            int status = run("proxy", "--reverse", "http://127.0.0.1:" + server.getAddress().getPort() + "@" + port, "--for", "4", "--json", "--out", session.toString());
            assertEquals(0, status, err::toString);
        } finally {
            server.stop(0);
        }
        assertEquals("http://a/x", JSON.std.mapFrom(out.toString().lines().findFirst().orElseThrow()).get("url"));
        assertTrue(err.toString().contains("1 flows, kept in"), err::toString);
        try (DiskSession kept = DiskSession.open(session, SessionLimits.NONE)) {
            assertEquals(204, kept.table().status(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--listen=x", "--listen=127.0.0.1:70000", "--for=-1", "--password=x", "--upstream=ftp://a:1", "--upstream=http://a"})
    void badCommandLines(String option) {
        assertEquals(2, run("proxy", option));
    }

    @Test void problemsAreSaidInOneLine() {
        assertEquals(1, run("proxy", "--listen", "0.0.0.0:0", "--for", "1"));
        assertTrue(err.toString().startsWith("Other machines could use the proxy on 0.0.0.0 without a password."), err::toString);
    }
}
