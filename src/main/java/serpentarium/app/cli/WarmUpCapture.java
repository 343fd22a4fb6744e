package serpentarium.app.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes a small capture of HTTP to warm up with: what reads it is then known to the cache that the program starts with.
final class WarmUpCapture {
    private static final int HEADERS = 14 + 20 + 20;
    private static final int OVER_ONE = 50;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int FIN = 1;

    private final OutputStream out;
    private final ByteBuffer frame = ByteBuffer.allocate(16 + HEADERS + 2_000);
    private long micros = 1_795_000_000_000_000L;
    private int port = 20_000;
    private int client;
    private int server;

    private WarmUpCapture(OutputStream out) {
        this.out = out;
    }

    /// Writes so many requests with their responses, over several connections.
    static void write(Path file, int exchanges) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new WarmUpCapture(out).make(exchanges);
        }
    }

    private void make(int exchanges) throws IOException {
        out.write(ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putLong(0).putInt(262_144).putInt(1).array());
        for (int number = 0; number < exchanges; number++) {
            if (number % OVER_ONE == 0) open();
            say(true, "GET /items/" + number + "?page=" + number % 17 + " HTTP/1.1\r\nHost: shop.test\r\nUser-Agent: python-requests/2.32.3\r\nAccept: */*\r\nCookie: a=" + number + "\r\n\r\n");
            String body = ("{\"id\": " + number + ", \"name\": \"thing\"} ").repeat(number % 40);
            say(false, "HTTP/1.1 " + (number % 20 == 0 ? 404 : 200) + " OK\r\nServer: nginx\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
            if (number % OVER_ONE == OVER_ONE - 1 || number == exchanges - 1) close();
        }
    }

    private void open() throws IOException {
        client = port * 7_919;
        server = port * 104_729;
        packet(true, SYN, "");
        client++;
        packet(false, SYN | ACK, "");
        server++;
        packet(true, ACK, "");
    }

    private void close() throws IOException {
        packet(true, FIN | ACK, "");
        client++;
        packet(false, FIN | ACK, "");
        server++;
        packet(true, ACK, "");
        port++;
    }

    private void say(boolean asks, String text) throws IOException {
        packet(asks, ACK, text);
        if (asks) client += text.length();
        else server += text.length();
        packet(!asks, ACK, "");
    }

    private void packet(boolean asks, int flags, String text) throws IOException {
        byte[] data = text.getBytes(StandardCharsets.US_ASCII);
        int length = HEADERS + data.length;
        micros += 50;
        frame.clear();
        frame.order(ByteOrder.LITTLE_ENDIAN).putInt((int) (micros / 1_000_000)).putInt((int) (micros % 1_000_000)).putInt(length).putInt(length);
        frame.order(ByteOrder.BIG_ENDIAN).putLong(0x0202_0000_0001_0202L).putInt(2).putShort((short) 0x0800);
        frame.putShort((short) 0x4500).putShort((short) (length - 14)).putInt(0x0001_4000).putInt(0x4006_0000).putInt(asks ? 0x0a000001 : 0x0a000002).putInt(asks ? 0x0a000002 : 0x0a000001);
        frame.putShort((short) (asks ? port : 80)).putShort((short) (asks ? 80 : port)).putInt(asks ? client : server).putInt(flags == SYN ? 0 : asks ? server : client);
        frame.putShort((short) (0x5000 | flags)).putShort((short) 501).putInt(0).put(data);
        out.write(frame.array(), 0, frame.position());
    }
}
