package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Another program that takes part in a test: a client or a server.
final class Partner implements AutoCloseable {
    private static final int SECONDS = 30;

    private final Process process;
    private final CompletableFuture<byte[]> said;

    /// What a program said and how it ended.
    record Said(int code, byte[] out) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    private Partner(Process process) {
        this.process = process;
        said = CompletableFuture.supplyAsync(() -> all(process.getInputStream()), Thread::startVirtualThread);
    }

    private static byte[] all(InputStream in) {
        var bytes = new ByteArrayOutputStream();
        try (in) {
            in.transferTo(bytes);
        } catch (IOException e) {
            // It was ended: what it said until then counts.
            return bytes.toByteArray();
        }
        return bytes.toByteArray();
    }

    /// Skips the test, and says why, where a program is missing.
    static void needs(String program) {
        assumeTrue(List.of("/usr/bin/", "/usr/sbin/", "/usr/local/bin/").stream().anyMatch(folder -> Files.isExecutable(Path.of(folder + program))),
                () -> program + " is not installed");
    }

    /// Starts a program. Variables for proxies that this machine may have set are taken away.
    static Partner start(Map<String, String> environment, List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Partner(process);
    }

    /// Runs a program to its end.
    static Said run(Map<String, String> environment, List<String> command) throws Exception {
        try (Partner partner = start(environment, command)) {
            assertTrue(partner.process.waitFor(SECONDS, TimeUnit.SECONDS), () -> command + " did not end");
            return new Said(partner.process.exitValue(), partner.said.get(SECONDS, TimeUnit.SECONDS));
        }
    }

    static Said run(String... command) throws Exception {
        return run(Map.of(), List.of(command));
    }

    /// A port that nobody listens on now.
    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Waits until somebody listens on a port.
    static void awaitPort(int port) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (System.nanoTime() < end) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(20_000_000);
            }
        }
        throw new AssertionError("nobody listens on " + port);
    }

    @Override public void close() {
        // Itself first: nginx starts a worker anew that ends before it does.
        List<ProcessHandle> below = process.descendants().toList();
        process.destroyForcibly();
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
