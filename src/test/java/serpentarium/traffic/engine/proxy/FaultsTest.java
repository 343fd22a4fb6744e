package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// Servers and clients that do not keep their word: each end is told what the other did, and the flow says what happened. With rules and without.
@Timeout(60)
class FaultsTest {
    @TempDir Path folder;
    private Proxied proxied;

    @BeforeEach void begin() throws IOException {
        proxied = new Proxied(folder, ProxyOptions.USUAL, Recorder.MOST, new Patience(700, 700));
    }

    @AfterEach void end() throws IOException {
        proxied.close();
    }

    private void rules(boolean ruled) {
        if (ruled) proxied.proxy.rules(new RuleBook(List.of(new Rule("", true, "host:127.0.0.1", new RuleAction.SetHeader(Side.RESPONSE, "X-Ruled", "1")))));
    }

    private Talk talk() throws IOException {
        return new Talk(proxied.forward.port());
    }

    private static String get(String url) {
        return "GET " + url + "/ HTTP/1.1\r\nHost: x\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatRefuses(boolean ruled) throws IOException {
        rules(ruled);
        try (Talk talk = talk()) {
            assertTrue(talk.ask(get("http://127.0.0.1:" + Partner.freePort())).startsWith("HTTP/1.1 502 "));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(502, flow.response().status());
        assertTrue(flow.error().contains("refused the connection"), flow.error());
    }

    /// Nobody takes connections off a queue that is full: the system leaves the next one without an answer.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatDoesNotTakeConnections(boolean ruled) throws IOException {
        rules(ruled);
        var full = new ArrayList<Socket>();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()); Talk talk = talk()) {
            try {
                for (int i = 0; i < 8; i++) {
                    var socket = new Socket();
                    full.add(socket);
                    socket.connect(server.getLocalSocketAddress(), 100);
                }
            } catch (IOException e) {
                assertTrue(full.size() > 1);
            }
            assertTrue(talk.ask(get("http://127.0.0.1:" + server.getLocalPort())).startsWith("HTTP/1.1 504 "));
        } finally {
            for (Socket each : full) each.close();
        }
        assertTrue(proxied.ended(1).getFirst().error().contains("did not answer in time"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatDoesNotBeginTls(boolean ruled) throws Exception {
        Partner.needs("curl");
        rules(ruled);
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
        var over = new CountDownLatch(1);
        try (var server = new Scripted((socket, _) -> {
            while (socket.getInputStream().read() >= 0) continue;
            over.countDown();
        })) {
            var command = List.of("curl", "-s", "-i", "-m", "20", "-x", proxied.url(), "--cacert", bundle.toString(), "https://127.0.0.1:" + server.port() + "/");
            assertTrue(Partner.run(Map.of(), command).text().contains("\r\n\r\nHTTP/1.1 502 "));
            assertTrue(over.await(10, TimeUnit.SECONDS));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(502, flow.response().status());
        assertTrue(flow.error().contains("handshake timed out"), flow.error());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatHangsIsLeftWithItsClient(boolean ruled) throws Exception {
        rules(ruled);
        var gone = new CountDownLatch(1);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            try {
                if (socket.getInputStream().read() < 0) gone.countDown();
            } catch (IOException e) {
                // Broken off, as its client was.
                gone.countDown();
            }
        })) {
            try (Talk talk = talk()) {
                talk.say(get(server.url()));
                Flow flow = proxied.until(each -> each.request() != null);
                assertTrue(proxied.session.table().open(proxied.session.row(flow.id())));
                talk.socket.setSoLinger(true, 0);
            }
            assertTrue(gone.await(10, TimeUnit.SECONDS));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.response());
        assertTrue(flow.error().contains("client"), flow.error());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatBreaksOffInItsBody(boolean ruled) throws Exception {
        rules(ruled);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            proxied.until(flow -> flow.responseBody().stored() == 4 || flow.response() != null);
            socket.setSoLinger(true, 0);
        }); Talk talk = talk()) {
            talk.say(get(server.url()));
            String got = talk.rest();
            // The client cannot take it for the whole.
            assertTrue(got.contains("\r\n\r\nhalf"), got);
            assertTrue(got.contains("Content-Length: 10"), got);
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(BodyFacts.State.PARTIAL, flow.responseBody().state());
        assertTrue(flow.error() != null);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatBreaksOffInChunks(boolean ruled) throws Exception {
        rules(ruled);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
        }); Talk talk = talk()) {
            talk.say(get(server.url()));
            String got = talk.rest();
            assertTrue(got.contains("4\r\nhalf\r\n") && !got.contains("0\r\n\r\n"), got);
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(BodyFacts.State.PARTIAL, flow.responseBody().state());
        assertTrue(flow.error() != null);
    }

    /// A server that sends more than it said. Without rules the client gets each byte; with them nothing but what was said.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aServerThatSaysTooShortALength(boolean ruled) throws Exception {
        rules(ruled);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef");
        }); Talk talk = talk()) {
            talk.say(get(server.url()));
            if (ruled) assertTrue(talk.next().endsWith("\r\n\r\nabc"));
            else assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef", talk.rest());
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("abc", new String(proxied.body(flow, Side.RESPONSE), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatSaysTooLongALength(boolean ruled) throws Exception {
        rules(ruled);
        try (var server = new Scripted((socket, self) -> {
            String head = Scripted.head(socket);
            if (!head.isEmpty()) self.heads.add(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }); Talk talk = talk()) {
            talk.say("POST " + server.url() + "/ HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf");
            proxied.until(flow -> flow.request() != null);
            talk.socket.shutdownOutput();
            assertEquals("", talk.rest().replace(" (broken off)", ""));
            proxied.ended(1);
            assertTrue(server.heads.isEmpty() || server.heads.getFirst().equals("half"), server.heads::toString);
        }
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.response());
        assertEquals("half", new String(proxied.body(flow, Side.REQUEST), StandardCharsets.US_ASCII));
        assertEquals(BodyFacts.State.PARTIAL, flow.requestBody().state());
        assertTrue(flow.error() != null);
    }

    /// Nothing is read from a server for a client that is gone.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aClientThatGoesAwayInTheMiddle(boolean ruled) throws Exception {
        rules(ruled);
        var stopped = new CountDownLatch(1);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n");
            byte[] piece = new byte[1 << 16];
            try {
                while (true) socket.getOutputStream().write(piece);
            } catch (IOException e) {
                stopped.countDown();
            }
        })) {
            try (Talk talk = talk()) {
                talk.say(get(server.url()));
                talk.socket.getInputStream().readNBytes(300_000);
            }
            assertTrue(stopped.await(10, TimeUnit.SECONDS));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(BodyFacts.State.PARTIAL, flow.responseBody().state());
        assertTrue(flow.error().contains("client"), flow.error());
    }

    /// The answer is there before the body was sent: the client gets it.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anAnswerBeforeTheRequestIsOver(boolean ruled) throws Exception {
        rules(ruled);
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
        }); Talk talk = talk()) {
            talk.say("POST " + server.url() + "/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nhalf");
            String got = talk.next();
            assertTrue(got.startsWith("HTTP/1.1 413 ") && got.endsWith("\r\n\r\nbig"), got);
        }
        assertEquals(413, proxied.ended(1).getFirst().response().status());
    }
}
