package serpentarium.traffic.format.packets;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Makes a capture of many HTTP exchanges, the same one each time:
/// `java src/jmh/java/serpentarium/traffic/format/packets/ExchangesCapture.java FILE EXCHANGES`.
///
/// Fifty exchanges a connection, eight connections at once, each with its handshake, acknowledgements and end, as curl and nginx talk on an
/// Ethernet; responses have about a kilobyte of JSON.
public final class ExchangesCapture {
    private static final int OVER_ONE = 50;
    private static final int AT_ONCE = 8;
    private static final int HEADERS = 14 + 20 + 20;

    private final OutputStream out;
    private final Random random = new Random(5);
    private final ByteBuffer frame = ByteBuffer.allocate(16 + HEADERS + 2000);
    private long micros = 1_795_000_000_000_000L;

    private ExchangesCapture(OutputStream out) {
        this.out = out;
    }

    private final class Connection {
        private final int port;
        private int left;
        private int clientNext = random.nextInt();
        private int serverNext = random.nextInt();

        Connection(int port, int left) {
            this.port = port;
            this.left = left;
        }

        void open() throws IOException {
            packet(true, 2, "");
            clientNext++;
            packet(false, 18, "");
            serverNext++;
            packet(true, 16, "");
        }

        void exchange(int number) throws IOException {
            String path = "/api/items/" + number % 5000 + "?page=" + number % 17 + "&q=term" + number % 97;
            send(true, "GET " + path + " HTTP/1.1\r\nHost: shop.test:8080\r\nUser-Agent: python-requests/2.32.3\r\nAccept-Encoding: gzip, deflate\r\nAccept: */*\r\n"
                    + "Connection: keep-alive\r\nAuthorization: Bearer eyJhbGciOiJIUzI1NiJ9." + Long.toHexString(random.nextLong()) + "\r\n\r\n");
            packet(false, 16, "");
            var body = new StringBuilder("{\"id\": " + number + ", \"items\": [");
            while (body.length() < 640 + number % 128) body.append("{\"sku\": \"").append(Long.toHexString(random.nextLong())).append("\", \"price\": ").append(random.nextInt(10_000)).append("}, ");
            body.append("{}]}");
            int status = number % 50 == 0 ? 500 : number % 20 == 0 ? 404 : 200;
            send(false, "HTTP/1.1 " + status + " OK\r\nServer: nginx/1.22.1\r\nDate: Sun, 22 Nov 2026 07:51:01 GMT\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\nConnection: keep-alive\r\nX-Request-Id: " + Long.toHexString(random.nextLong()) + "\r\n\r\n" + body);
            packet(true, 16, "");
            left--;
        }

        void close() throws IOException {
            packet(true, 17, "");
            clientNext++;
            packet(false, 17, "");
            serverNext++;
            packet(true, 16, "");
        }

        private void send(boolean client, String text) throws IOException {
            packet(client, 24, text);
            if (client) clientNext += text.length();
            else serverNext += text.length();
        }

        private void packet(boolean client, int flags, String text) throws IOException {
            byte[] data = text.getBytes(StandardCharsets.ISO_8859_1);
            micros += 20 + random.nextInt(100);
            int length = HEADERS + data.length;
            frame.clear();
            frame.order(ByteOrder.LITTLE_ENDIAN).putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000)).putInt(length).putInt(length);
            frame.order(ByteOrder.BIG_ENDIAN).putLong(0x0202_0000_0001_0202L).putInt(0x0000_0002).putShort((short) 0x0800);
            frame.putShort((short) 0x4500).putShort((short) (length - 14)).putInt(0x0001_4000).putInt(0x4006_0000).putInt(client ? 0x0a000001 : 0x0a000002)
                    .putInt(client ? 0x0a000002 : 0x0a000001);
            frame.putShort((short) (client ? port : 8080)).putShort((short) (client ? 8080 : port)).putInt(client ? clientNext : serverNext)
                    .putInt(flags == 2 ? 0 : client ? serverNext : clientNext).putShort((short) (0x5000 | flags)).putShort((short) 501).putInt(0);
            frame.put(data);
            out.write(frame.array(), 0, frame.position());
        }
    }

    private void make(int exchanges) throws IOException {
        out.write(ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(262_144).putInt(1).array());
        var open = new Connection[AT_ONCE];
        int port = 20_000;
        for (int number = 0; number < exchanges; number++) {
            int slot = random.nextInt(AT_ONCE);
            if (open[slot] != null && open[slot].left == 0) {
                open[slot].close();
                open[slot] = null;
            }
            if (open[slot] == null) {
                open[slot] = new Connection(port++, OVER_ONE);
                open[slot].open();
            }
            open[slot].exchange(number);
        }
        for (Connection connection : open) if (connection != null) connection.close();
    }

    /// Makes the capture.
    public static void main(String[] arguments) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[0])), 1 << 20)) {
            new ExchangesCapture(out).make(Integer.parseInt(arguments[1]));
        }
    }
}
