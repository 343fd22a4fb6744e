package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Side;

/// Streams, upgrades, faults and bounds, with clients and servers that say exactly what a test wants.
@Timeout(60)
class LiveTrafficTest {
    @TempDir Path folder;
    private Proxied proxied;

    @BeforeEach void begin() throws IOException {
        proxied = new Proxied(folder);
    }

    @AfterEach void end() throws IOException {
        proxied.close();
    }

    private Socket client(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private String ask(Scripted server, String request) throws IOException {
        try (Socket client = client(proxied.forward.port())) {
            Scripted.say(client, request.replace("URL", server.url()));
            return rest(client);
        }
    }

    @Test void eventsAreSeenWhileTheyCome() throws Exception {
        var go = new java.util.concurrent.CountDownLatch(1);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n");
            await(go);
            Scripted.say(socket, "data: two\n\n");
        }); Socket client = client(proxied.forward.port())) {
            Scripted.say(client, "GET " + server.url() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
            Flow growing = proxied.until(flow -> flow.kind() == FlowKind.SSE && flow.messages() == 1);
            assertTrue(proxied.session.table().open(proxied.session.row(growing.id())));
            go.countDown();
            assertTrue(rest(client).endsWith("data: one\n\ndata: two\n\n"));
            assertEquals(2, proxied.ended(1).getFirst().messages());
        }
    }

    private static void await(java.util.concurrent.CountDownLatch latch) {
        try {
            latch.await(20, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test void anUpgradeToWebSocketGoesThrough() throws Exception {
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            // The first frame comes with the answer.
            Scripted.say(socket, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\u0081\u0002hi");
            byte[] frame = socket.getInputStream().readNBytes(8);
            socket.getOutputStream().write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
            assertEquals(8, frame.length);
        }); Socket client = client(proxied.forward.port())) {
            Scripted.say(client, "GET " + server.url() + "/ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: eA==\r\n\r\n");
            assertTrue(Scripted.head(client).startsWith("HTTP/1.1 101 "));
            assertEquals("\u0081\u0002hi", new String(client.getInputStream().readNBytes(4), StandardCharsets.ISO_8859_1));
            client.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, 'y', 'o'});
            assertEquals(4, client.getInputStream().readAllBytes().length);
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(FlowKind.WEBSOCKET, flow.kind());
        assertEquals(3, flow.messages());
        assertArrayEquals("hi".getBytes(StandardCharsets.US_ASCII), proxied.session.content(0, 0, 10));
        assertEquals(Side.REQUEST, proxied.session.messages(0, 1, 2).getFirst().from());
    }

    @Test void theServerIsAskedBeforeTheBodyIsSent() throws Exception {
        try (var server = new Scripted((socket, self) -> {
            self.heads.add(Scripted.head(socket));
            Scripted.say(socket, "HTTP/1.1 100 Continue\r\n\r\n");
            self.heads.add(new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII));
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n3\r\nabc\r\n0\r\nSum: 6\r\n\r\n");
        }); Socket client = client(proxied.forward.port())) {
            Scripted.say(client, "POST " + server.url() + "/ HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", Scripted.head(client));
            Scripted.say(client, "hello");
            assertTrue(rest(client).endsWith("\r\n\r\n3\r\nabc\r\n0\r\nSum: 6\r\n\r\n"));
            assertTrue(server.heads.getFirst().startsWith("POST / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nExpect: 100-continue\r\n"));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("hello", new String(proxied.body(flow, Side.REQUEST), StandardCharsets.US_ASCII));
        assertEquals("abc", new String(proxied.body(flow, Side.RESPONSE), StandardCharsets.US_ASCII));
        assertEquals("6", flow.responseTrailers().first("sum").orElseThrow());
    }

    @Test void responsesWithoutABody() throws Exception {
        try (var server = new Scripted((socket, _) -> {
            for (int i = 0; i < 4; i++) {
                String head = Scripted.head(socket);
                Scripted.say(socket, head.startsWith("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n" : head.contains("/none") ? "HTTP/1.1 204 No Content\r\n\r\n"
                        : head.contains("/same") ? "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlast");
            }
        })) {
            String said = ask(server, "HEAD URL/ HTTP/1.1\r\nHost: x\r\n\r\nGET URL/none HTTP/1.1\r\nHost: x\r\n\r\nGET URL/same HTTP/1.1\r\nHost: x\r\n\r\nGET URL/ HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(said.endsWith("last"), said);
        }
        for (Flow flow : proxied.ended(4)) assertNull(flow.error());
    }

    @Test void halfABody() throws Exception {
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        })) {
            assertTrue(ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("half"));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(BodyFacts.State.PARTIAL, flow.responseBody().state());
        assertTrue(flow.error().contains("before the message was complete"), flow.error());
    }

    @Test void aServerThatBreaksOff() throws Exception {
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            socket.setSoLinger(true, 0);
        })) {
            try {
                assertEquals("", ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\n\r\n"));
            } catch (IOException e) {
                assertTrue(e.getMessage().contains("reset"), e.getMessage());
            }
        }
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.response());
        assertEquals("The server broke off the connection.", flow.error());
    }

    @Test void aServerThatHangsWhileTheClientGoesAway() throws Exception {
        var gone = new java.util.concurrent.CountDownLatch(1);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            assertEquals(-1, socket.getInputStream().read());
            gone.countDown();
        })) {
            try (Socket client = client(proxied.forward.port())) {
                Scripted.say(client, "GET " + server.url() + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
                Flow flow = proxied.until(each -> each.request() != null);
                assertTrue(proxied.session.table().open(proxied.session.row(flow.id())));
            }
            assertTrue(gone.await(20, java.util.concurrent.TimeUnit.SECONDS));
        }
        assertTrue(proxied.ended(1).getFirst().error() != null);
    }

    @Test void whatIsInDoubtIsNotHandedOn() throws Exception {
        try (var server = new Scripted((socket, self) -> self.heads.add(Scripted.head(socket)))) {
            String said = ask(server, "POST URL/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
            assertTrue(said.startsWith("HTTP/1.1 400 "), said);
            assertEquals(List.of(), server.heads);
        }
        assertTrue(proxied.ended(1).getFirst().error().contains("two ways"));
    }

    @Test void aServerThatSpeaksFirst() throws Exception {
        try (var server = new Scripted((socket, _) -> {
            Scripted.say(socket, "220 mail.test ready\r\n");
            assertEquals("QUIT\r\n", new String(socket.getInputStream().readNBytes(6), StandardCharsets.US_ASCII));
            Scripted.say(socket, "221 bye\r\n");
        }); Socket client = client(proxied.forward.port())) {
            Scripted.say(client, "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\n\r\n");
            assertTrue(Scripted.head(client).startsWith("HTTP/1.1 200 "));
            assertEquals("220 mail.test ready\r\n", new String(client.getInputStream().readNBytes(21), StandardCharsets.US_ASCII));
            Scripted.say(client, "QUIT\r\n");
            assertEquals("221 bye\r\n", rest(client));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(FlowKind.TCP, flow.kind());
        assertEquals(3, flow.messages());
    }

    @Test void whatCannotBeRecordedIsMarkedAndTheTrafficGoesOn() throws Exception {
        proxied.close();
        proxied = new Proxied(folder, ProxyOptions.USUAL, 100_000);
        byte[] big = new byte[8_000_000];
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + big.length + "\r\n\r\n");
            socket.getOutputStream().write(big);
        })) {
            String said = ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\n\r\n");
            assertEquals(big.length, said.length() - said.indexOf("\r\n\r\n") - 4);
        }
        Flow flow = proxied.ended(1).getFirst();
        assertTrue(proxied.proxy.unrecorded() > 0);
        assertEquals(BodyFacts.State.PARTIAL, flow.responseBody().state());
        assertTrue(flow.error().contains("bytes were not captured"), flow.error());
    }

    @Test void allIsRecordedWhereTheTrafficMayWait() throws Exception {
        proxied.close();
        proxied = new Proxied(folder, ProxyOptions.USUAL.withWhole(true), 1 << 20);
        byte[] big = new byte[30_000_000];
        new java.util.Random(3).nextBytes(big);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + big.length + "\r\n\r\n");
            socket.getOutputStream().write(big);
        })) {
            ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\n\r\n");
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(0, proxied.proxy.unrecorded());
        assertArrayEquals(big, proxied.body(flow, Side.RESPONSE));
    }

    @Test void onlyWhoShowsThePassword() throws Exception {
        proxied.close();
        proxied = new Proxied(folder, ProxyOptions.USUAL.withCredentials(new ProxyOptions.Credentials("me", "secret")), Recorder.MOST);
        try (var server = new Scripted((socket, self) -> {
            self.heads.add(Scripted.head(socket));
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        })) {
            assertTrue(ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 407 "));
            assertEquals(List.of(), server.heads);
            assertTrue(ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n").endsWith("ok"));
            assertTrue(!server.heads.getFirst().contains("Proxy-"), server.heads.getFirst());
            if (java.nio.file.Files.isExecutable(Path.of("/usr/bin/curl"))) {
                String socks = "127.0.0.1:" + proxied.forward.port();
                assertEquals("ok", Partner.run("curl", "-s", "--socks5", socks, "--proxy-user", "me:secret", server.url()).text());
                assertTrue(Partner.run("curl", "-s", "--socks5", socks, "--proxy-user", "me:wrong", server.url()).code() != 0);
            }
        }
    }

    @Test void nothingListensBeyondThisMachine() throws Exception {
        for (Listener listener : proxied.proxy.listeners()) assertTrue(listener.address().getAddress().isLoopbackAddress());
        assertThrowsProblem("listen.needs-password", new ListenerSpec.Forward("0.0.0.0", 0));
        assertThrowsProblem("listen.taken", new ListenerSpec.Forward("127.0.0.1", proxied.forward.port()));
        assertTrue(proxied.forward.notice().isEmpty());
    }

    private void assertThrowsProblem(String id, ListenerSpec spec) {
        ProblemException thrown = org.junit.jupiter.api.Assertions.assertThrows(ProblemException.class, () -> proxied.proxy.start(spec));
        assertEquals(id, thrown.problem().id());
    }

    @Test void anotherProxyBehindThisOne() throws Exception {
        try (var behind = new Proxied(folder); var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        })) {
            for (var kind : ProxyOptions.Chain.Kind.values()) {
                proxied.proxy.options(ProxyOptions.USUAL.withChain(new ProxyOptions.Chain(kind, "127.0.0.1", behind.forward.port(), null)));
                assertTrue(ask(server, "GET URL/ HTTP/1.1\r\nHost: x\r\n\r\n").endsWith("ok"));
            }
            assertEquals(2, behind.ended(2).size());
        }
    }
}
