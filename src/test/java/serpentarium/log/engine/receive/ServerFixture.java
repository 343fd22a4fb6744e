package serpentarium.log.engine.receive;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// A server with a receiver of each kind, and what tests say to it.
final class ServerFixture implements AutoCloseable {
    final ReceiveServer server;
    final int tcp;
    final int udp;
    final int http;
    final int syslog;
    final int syslogDatagrams;

    ServerFixture(Path folder, ReceiveOptions options) throws IOException {
        server = new ReceiveServer(folder, StoreLimits.USUAL, options);
        tcp = server.start(ReceiverSpec.of(ReceiverSpec.Kind.TCP, 0)).port();
        udp = server.start(ReceiverSpec.of(ReceiverSpec.Kind.UDP, 0)).port();
        http = server.start(ReceiverSpec.of(ReceiverSpec.Kind.HTTP, 0)).port();
        syslog = server.start(ReceiverSpec.of(ReceiverSpec.Kind.SYSLOG_TCP, 0)).port();
        syslogDatagrams = server.start(ReceiverSpec.of(ReceiverSpec.Kind.SYSLOG_UDP, 0)).port();
    }

    static Socket connect(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void await(BooleanSupplier done) {
        while (!done.getAsBoolean()) LockSupport.parkNanos(2_000_000);
    }

    void await(long records) {
        await(() -> server.records() >= records);
    }

    /// What a request is answered with: the status line.
    static String http(int port, String head, byte[] body) throws IOException {
        try (Socket socket = connect(port)) {
            OutputStream out = socket.getOutputStream();
            out.write(ascii(head + "\r\nHost: x\r\nConnection: close\r\n" + (body.length > 0 ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n"));
            out.write(body);
            out.flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return answer.substring(0, Math.max(0, answer.indexOf("\r\n")));
        }
    }

    /// The four bytes of length and a pickle of a record with a message.
    static byte[] pickled(String message) {
        byte[] pickle = ascii("(dp0\nVmsg\np1\nV" + message + "\np2\nsVlevelname\np3\nVINFO\np4\nsVlevelno\np5\nI20\ns.");
        byte[] frame = new byte[pickle.length + 4];
        for (int i = 0; i < 4; i++) frame[i] = (byte) (pickle.length >> 24 - 8 * i);
        System.arraycopy(pickle, 0, frame, 4, pickle.length);
        return frame;
    }

    List<Map<String, Object>> records() throws IOException {
        var list = new ArrayList<Map<String, Object>>();
        for (String line : Files.readAllLines(server.live())) list.add(JSON.std.mapFrom(line));
        return list;
    }

    @Override public void close() {
        server.close();
    }
}
