package serpentarium.traffic.engine.live;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// Real servers and clients on loopback, and whether they are installed.
final class LivePartners implements AutoCloseable {
    static final int PATIENCE = 30;

    private final Process process;
    final int port;

    private LivePartners(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static void need(String... programs) {
        for (String program : programs) assumeTrue(installed(program), program + " is not installed");
    }

    static boolean installed(String program) {
        return Stream.of("/usr/bin", "/usr/sbin", "/bin", "/sbin").anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// The tool, where this user may capture with it.
    static CaptureTool tool(String name) throws IOException, InterruptedException {
        need(name);
        Path program = Stream.of("/usr/bin", "/usr/sbin").map(folder -> Path.of(folder, name)).filter(Files::isExecutable).findFirst().orElseThrow();
        var tool = new CaptureTool(name.equals("dumpcap") ? CaptureTool.Kind.DUMPCAP : CaptureTool.Kind.TCPDUMP, program);
        Process probe = new ProcessBuilder(tool.check("lo", "tcp")).redirectErrorStream(true).start();
        String said = new String(probe.getInputStream().readAllBytes());
        assumeTrue(!CaptureSetup.refused(said), "this user may not capture packets with " + name);
        return tool;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// A server in Python; `PORT` in its text is replaced.
    static LivePartners server(Path folder, String script) throws IOException {
        need("python3");
        int port = freePort();
        Path file = Files.writeString(folder.resolve("server" + port + ".py"), script.replace("PORT", Integer.toString(port)));
        Process process = new ProcessBuilder("/usr/bin/python3", file.toString()).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(folder.resolve("server" + port + ".log").toFile()).start();
        var server = new LivePartners(process, port);
        await("the server listens", server::listens);
        return server;
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) fail("waited in vain: " + what);
            LockSupport.parkNanos(5_000_000);
        }
    }

    static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(PATIENCE, TimeUnit.SECONDS), command.toString());
        assertTrue(process.exitValue() == 0, command + ": " + out);
        return out;
    }

    /// A certificate for 127.0.0.1 in `cert.pem`, its key in `key.pem`.
    static void certificate(Path folder) throws IOException, InterruptedException {
        need("openssl");
        run(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=live.test", "-addext",
                "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", folder.resolve("key.pem").toString(), "-out", folder.resolve("cert.pem").toString()));
    }

    @Override public void close() {
        process.destroyForcibly();
    }
}
