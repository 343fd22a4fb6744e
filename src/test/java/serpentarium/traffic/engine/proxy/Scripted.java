package serpentarium.traffic.engine.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that does with each connection what a test says, and keeps what it was sent.
final class Scripted implements AutoCloseable {
    final List<String> heads = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    /// What is done with a connection.
    interface Script {
        void run(Socket socket, Scripted self) throws IOException;
    }

    Scripted(Script script) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(() -> accept(script));
    }

    private void accept(Script script) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread.startVirtualThread(() -> {
                    try (socket) {
                        script.run(socket, this);
                    } catch (IOException e) {
                        heads.add("failed: " + e.getMessage());
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    /// Reads to the end of a head; what was read before the connection ended otherwise.
    static String head(Socket socket) throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (int b; (b = socket.getInputStream().read()) >= 0;) {
            bytes.write(b);
            if (b == '\n' && bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) break;
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override public void close() throws IOException {
        server.close();
    }
}
