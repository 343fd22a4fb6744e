package serpentarium.traffic.analysis;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A server on the loopback that keeps the bytes that came, by the field `X-Case`, and answers what it was told for each.
final class EchoServer implements AutoCloseable {
    /// A request as it came. Texts hold a byte a character.
    ///
    /// @param fields names and values, in their order
    record Received(String method, String target, List<String[]> fields, byte[] body) {
        List<String> all(String name) {
            return fields.stream().filter(field -> field[0].equalsIgnoreCase(name)).map(field -> field[1]).toList();
        }
    }

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, Received> received = new ConcurrentHashMap<>();
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();

    EchoServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    Map<String, Received> received() {
        return received;
    }

    /// Status line, fields and body that a case is answered with.
    void answer(String id, byte[] response) {
        answers.put(id, response);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                Thread.ofVirtual().start(() -> {
                    try (connection) {
                        connection.setSoTimeout(20_000);
                        one(connection);
                    } catch (IOException e) {
                        // The client went away: the case has no answer, and its test fails.
                    }
                });
            } catch (IOException e) {
                return;
            }
        }
    }

    private void one(Socket connection) throws IOException {
        InputStream in = new BufferedInputStream(connection.getInputStream());
        String[] start = line(in).split(" ", 3);
        var fields = new ArrayList<String[]>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            fields.add(new String[] {line.substring(0, colon), line.substring(colon + 1).replaceAll("^[ \t]+|[ \t]+$", "")});
        }
        var request = new Received(start[0], start[1], fields, new byte[0]);
        byte[] body = request.all("transfer-encoding").isEmpty()
                ? in.readNBytes(request.all("content-length").stream().mapToInt(Integer::parseInt).findFirst().orElse(0)) : chunks(in);
        String id = request.all("x-case").isEmpty() ? "?" : request.all("x-case").getFirst();
        received.put(id, new Received(start[0], start[1], fields, body));
        connection.getOutputStream().write(answers.getOrDefault(id, "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
        connection.getOutputStream().flush();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(in).split(";")[0].strip(), 16);
            body.writeBytes(in.readNBytes(size));
            line(in);
            if (size == 0) return body.toByteArray();
        }
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) throw new IOException("the request broke off");
            line.append((char) c);
        }
        return line.isEmpty() ? "" : line.substring(0, line.length() - (line.charAt(line.length() - 1) == '\r' ? 1 : 0));
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}
