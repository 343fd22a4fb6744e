package serpentarium.log.engine.receive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.log.engine.receive.ServerFixture.ascii;
import static serpentarium.log.engine.receive.ServerFixture.connect;
import static serpentarium.log.engine.receive.ServerFixture.http;
import static serpentarium.log.engine.receive.ServerFixture.pickled;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.log.format.wire.Refusal;
import serpentarium.log.format.wire.Via;

/// All protocols over sockets of this machine, well-meaning senders and others.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReceiveServerTest {
    @TempDir Path folder;
    private ServerFixture fixture;

    @BeforeEach void start() throws IOException {
        fixture = new ServerFixture(folder, ReceiveOptions.USUAL);
    }

    @AfterEach void stop() {
        fixture.close();
    }

    private void datagram(int port, byte[] bytes) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    private void say(int port, byte[]... parts) throws IOException {
        try (Socket socket = connect(port)) {
            for (byte[] part : parts) socket.getOutputStream().write(part);
        }
    }

    private String said() throws IOException {
        return fixture.records().stream().map(record -> record.get("via") + " " + record.getOrDefault("message", record.get("msg"))).sorted().collect(Collectors.joining("|"));
    }

    @Test void eachProtocolIsKnownByItsFirstBytes() throws IOException {
        say(fixture.tcp, pickled("a"), pickled("b"));
        say(fixture.tcp, ascii("{\"message\":\"c\"}\n"));
        say(fixture.tcp, ascii("<14>d\0<14>e\0"));
        say(fixture.tcp, ascii("{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"f\"}\0"));
        say(fixture.syslog, ascii("6 <14>gg"));
        datagram(fixture.udp, pickled("h"));
        datagram(fixture.udp, ascii("<14>i"));
        datagram(fixture.udp, ascii("{\"version\":\"1.1\",\"host\":\"h\",\"short_message\":\"j\"}"));
        datagram(fixture.syslogDatagrams, ascii("<14>k\0"));
        assertEquals("HTTP/1.1 200 OK", http(fixture.http, "GET /log?msg=l%25s&args=%28%271%27%2C%29 HTTP/1.1", new byte[0]));
        assertEquals("HTTP/1.1 200 OK", http(fixture.http, "POST /log HTTP/1.0\r\nContent-Type: application/x-www-form-urlencoded", ascii("msg=m&args=%28%29")));
        assertEquals("HTTP/1.1 200 OK", http(fixture.http, "POST /x HTTP/1.1\r\nContent-Type: application/json", ascii("{\"message\":\"n\"}")));
        fixture.await(14);
        assertEquals("datagram h|gelf j|http l1|http m|json c|json f|json n|socket a|socket b|syslog d|syslog e|syslog gg|syslog i|syslog k", said());
        List<SourceCounts> sources = fixture.server.sources();
        assertEquals(14, sources.stream().mapToLong(SourceCounts::records).sum());
        assertEquals(6, sources.stream().filter(each -> each.via() == Via.SYSLOG).mapToLong(SourceCounts::records).sum() + 1);
    }

    @Test void openTelemetry() throws IOException {
        byte[] json = ascii("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":\"a\"}},{\"body\":{\"stringValue\":\"b\"}}]}]}]}");
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(json);
        }
        assertEquals("HTTP/1.1 200 OK", http(fixture.http, "POST /v1/logs HTTP/1.1\r\nContent-Type: application/json\r\nContent-Encoding: gzip", packed.toByteArray()));
        assertEquals("HTTP/1.1 400 Bad Request", http(fixture.http, "POST /v1/logs HTTP/1.1\r\nContent-Type: application/x-protobuf", ascii("xxx")));
        assertEquals("otlp a|otlp b", said());
    }

    @Test void sendersThatMeanIllHarmNobody() throws IOException {
        try (Socket good = connect(fixture.tcp)) {
            good.getOutputStream().write(pickled("first"));
            say(fixture.tcp, new byte[] {0x7f, -1, -1, -1});
            say(fixture.tcp, pickled("x"), new byte[] {0, 0, 1, 0, 'x'});
            say(fixture.tcp, new byte[] {0, 0, 0, 30}, ascii("cos\nsystem\n(S'touch /tmp/x'\ntR."));
            byte[] bomb = ascii("]" + "q\0](" + "h\0".repeat(3) + "e.");
            say(fixture.tcp, new byte[] {0, 0, 0, (byte) bomb.length}, bomb);
            say(fixture.tcp, ascii("GET / HTTP/1.1\r\n\r\n"));
            say(fixture.syslog, ascii("99999999 <14>x"));
            say(fixture.http, ascii("\0\1\2 no http\r\n\r\n"));
            var packed = new ByteArrayOutputStream();
            try (var gzip = new GZIPOutputStream(packed)) {
                for (int i = 0; i < 64; i++) gzip.write(new byte[1 << 20]);
            }
            assertEquals("HTTP/1.1 413 Request Entity Too Large", http(fixture.http, "POST /v1/logs HTTP/1.1\r\nContent-Encoding: gzip", packed.toByteArray()));
            assertEquals("HTTP/1.1 413 Request Entity Too Large", http(fixture.http, "POST / HTTP/1.1\r\nContent-Length: 99999999999", new byte[0]));
            assertEquals("HTTP/1.1 400 Bad Request", http(fixture.http, "GET / HTTP/1.1", new byte[0]));
            datagram(fixture.udp, packed.toByteArray().length > 60_000 ? java.util.Arrays.copyOf(packed.toByteArray(), 60_000) : packed.toByteArray());
            datagram(fixture.udp, new byte[] {0x1e, 0x0f, 1});
            good.getOutputStream().write(pickled("last"));
        }
        ServerFixture.await(() -> fixture.server.refused(Refusal.TOO_LARGE) >= 3 && fixture.server.refused(Refusal.DAMAGED) >= 5 && fixture.server.refused(Refusal.CUT_OFF) >= 1);
        ServerFixture.await(() -> fixture.server.sources().stream().anyMatch(each -> each.via() == Via.SOCKET && each.records() >= 3));
        var messages = fixture.records().stream().map(record -> record.get("msg")).toList();
        assertTrue(messages.containsAll(List.of("first", "x", "last")), messages::toString);
    }

    /// As many as the test may open files: each says half a record, one of them all, and others are served meanwhile.
    @Test void manyConnections() throws IOException {
        var sockets = new ArrayList<Socket>();
        byte[] half = java.util.Arrays.copyOf(pickled("never"), 20);
        for (int i = 0; i < 1500; i++) {
            Socket socket = connect(fixture.tcp);
            socket.getOutputStream().write(half);
            sockets.add(socket);
        }
        say(fixture.tcp, pickled("served"));
        fixture.await(1);
        for (Socket each : sockets) each.close();
        ServerFixture.await(() -> fixture.server.refused(Refusal.CUT_OFF) == 1500);
        assertEquals("socket served", said());
        assertEquals(0, fixture.server.receivers().stream().filter(each -> each.spec().kind() == ReceiverSpec.Kind.HTTP).mapToLong(Receiver::accepted).sum());
    }

    /// Twenty senders of sixteen megabytes each hold more than all may: those with most are ended, the others go on.
    @Test void allTogetherHoldNoMoreThanTheyMay() throws IOException {
        byte[] half = new byte[15 << 20];
        half[1] = (byte) 0xff;
        var sockets = new ArrayList<Socket>();
        try (Socket good = connect(fixture.tcp)) {
            good.getOutputStream().write(java.util.Arrays.copyOf(pickled("good"), 30));
            for (int i = 0; i < 16; i++) {
                Socket socket = connect(fixture.tcp);
                sockets.add(socket);
                try {
                    socket.getOutputStream().write(half);
                } catch (IOException _) {
                    // It was ended while it spoke.
                    continue;
                }
            }
            ServerFixture.await(() -> fixture.server.refused(Refusal.TOO_LARGE) > 0);
            byte[] whole = pickled("good");
            good.getOutputStream().write(whole, 30, whole.length - 30);
            ServerFixture.await(() -> fixture.server.records() == 1);
        }
        for (Socket each : sockets) each.close();
        assertEquals("socket good", said());
    }

    @Test void slowSendersAndSyslogThatNothingEnds() throws IOException {
        byte[] frame = pickled("slow");
        try (Socket socket = connect(fixture.tcp); Socket syslog = connect(fixture.syslog)) {
            syslog.getOutputStream().write(ascii("<14>app: one<12>app: two"));
            for (byte each : frame) {
                socket.getOutputStream().write(each);
                socket.getOutputStream().flush();
            }
            fixture.await(3);
        }
        assertEquals("socket slow|syslog one|syslog two", said());
    }

    @Test void aTokenIsAskedFor() throws IOException {
        fixture.close();
        fixture = new ServerFixture(folder, new ReceiveOptions("secret", null, null));
        assertEquals("HTTP/1.1 401 Unauthorized", http(fixture.http, "GET /?msg=a HTTP/1.1", new byte[0]));
        assertEquals("HTTP/1.1 401 Unauthorized", http(fixture.http, "GET /?msg=a HTTP/1.1\r\nAuthorization: Bearer secre", new byte[0]));
        assertEquals("HTTP/1.1 401 Unauthorized", http(fixture.http, "GET /?msg=a HTTP/1.1\r\nAuthorization: Basic !", new byte[0]));
        assertEquals("HTTP/1.1 200 OK", http(fixture.http, "GET /?msg=b HTTP/1.1\r\nAuthorization: Bearer secret", new byte[0]));
        assertEquals("HTTP/1.1 200 OK", http(fixture.http, "GET /?msg=c HTTP/1.1\r\nAuthorization: Basic dTpzZWNyZXQ=", new byte[0]));
        assertEquals("http b|http c", said());
    }

    @Test void aPortThatIsTaken() {
        var spec = ReceiverSpec.of(ReceiverSpec.Kind.TCP, fixture.tcp);
        assertEquals("receive.taken", assertThrows(ProblemException.class, () -> fixture.server.start(spec)).problem().id());
        var nowhere = new ReceiverSpec(ReceiverSpec.Kind.TCP, "no such host.invalid", 0);
        assertEquals("receive.no-address", assertThrows(ProblemException.class, () -> fixture.server.start(nowhere)).problem().id());
    }

    @Test void skewAndGaps() throws IOException {
        double now = System.currentTimeMillis() / 1e3;
        say(fixture.tcp, ascii("{\"message\":\"a\",\"created\":" + (now - 100) + ",\"process\":7}\n"));
        fixture.await(1);
        say(fixture.tcp, ascii("{\"message\":\"a\",\"created\":" + (now - 50) + ",\"process\":7}\n"));
        fixture.await(2);
        SourceCounts source = fixture.server.sources().getFirst();
        assertEquals(7, source.process());
        assertEquals(50, source.skew(), 20);
        assertTrue(source.gap() > 0 && source.gap() < 20, source::toString);
        assertTrue(source.rate() > 0);
    }
}
