package serpentarium.traffic.engine.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// HTTP/1 to the byte over a socket, for tests.
final class Talk implements AutoCloseable {
    final Socket socket;

    Talk(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    Talk(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /// Sends a request and gives the message that answers it.
    String ask(String request) throws IOException {
        say(request);
        return message(socket, request.startsWith("HEAD"));
    }

    /// The next message, its body as it was framed.
    String next() throws IOException {
        return message(socket, false);
    }

    /// All that comes until the connection is closed.
    String rest() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(bytes);
        } catch (IOException e) {
            bytes.writeBytes(" (broken off)".getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    /// Reads a message: its head and its body to the end that the head says.
    static String message(Socket socket, boolean bodiless) throws IOException {
        String head = Scripted.head(socket);
        String small = head.toLowerCase(Locale.ROOT);
        if (head.isEmpty() || bodiless || small.startsWith("http/1.1 204") || small.startsWith("http/1.1 304") || small.startsWith("http/1.1 1")) return head;
        InputStream in = socket.getInputStream();
        int length = small.indexOf("\r\ncontent-length: ");
        if (length >= 0) {
            int end = small.indexOf("\r\n", length + 2);
            return head + new String(in.readNBytes(Integer.parseInt(small.substring(length + 18, end))), StandardCharsets.ISO_8859_1);
        }
        if (small.contains("\r\ntransfer-encoding: chunked")) {
            var body = new StringBuilder();
            while (true) {
                String line = line(in);
                body.append(line);
                int size = Integer.parseInt(line.strip(), 16);
                if (size == 0) break;
                body.append(new String(in.readNBytes(size + 2), StandardCharsets.ISO_8859_1));
            }
            String line;
            do body.append(line = line(in)); while (!line.equals("\r\n"));
            return head + body;
        }
        return small.startsWith("http/") ? head + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1) : head;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int b; (b = in.read()) >= 0;) {
            line.append((char) b);
            if (b == '\n') return line.toString();
        }
        throw new IOException("the connection ended within a line");
    }

    /// A server that answers each message on a connection, and keeps what it was sent.
    static Scripted server(UnaryOperator<String> answer) throws IOException {
        return new Scripted((socket, self) -> {
            while (true) {
                String request = message(socket, false);
                if (request.isEmpty()) return;
                self.heads.add(request);
                String said = answer.apply(request);
                Scripted.say(socket, said);
                if (said.toLowerCase(Locale.ROOT).contains("connection: close") || said.startsWith("HTTP/1.0")) return;
            }
        });
    }

    @Override public void close() throws IOException {
        socket.close();
    }
}
