package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.base.ProblemException;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.resend.RepeatSummary;
import serpentarium.traffic.engine.resend.Repetition;
import serpentarium.task.TaskContext;

/// Requests that are sent from here, to real servers: they go out as they were written, and become flows.
class SendingTest {
    @TempDir Path folder;
    private Proxied proxied;

    @BeforeEach void begin() throws Exception {
        proxied = new Proxied(folder);
    }

    @AfterEach void end() throws Exception {
        proxied.close();
    }

    private static Outgoing request(String method, String url, byte[] body, Outgoing.Version version, Headers.Field... fields) {
        return new Outgoing(method, url, List.of(fields), Outgoing.Content.of(body), version, Duration.ofSeconds(15), Map.of("sent.of", "abc.1".getBytes(StandardCharsets.UTF_8)));
    }

    private Sent send(Outgoing request) throws Exception {
        var sent = new CompletableFuture<Sent>();
        proxied.proxy.send(request, sent::complete);
        return sent.get(20, TimeUnit.SECONDS);
    }

    private Flow flow(Sent sent) throws Exception {
        return proxied.until(flow -> flow.id().equals(sent.flow()) && flow.extras().containsKey("sent.of"));
    }

    private static Headers.Field field(String name, String value) {
        return new Headers.Field(name, value);
    }

    @Test void fieldsGoOutInTheirOrderAndCaseWithTheBodysLength() throws Exception {
        try (var server = new Scripted((socket, self) -> {
            self.heads.add(Scripted.head(socket));
            self.heads.add(new String(socket.getInputStream().readNBytes(5), StandardCharsets.UTF_8));
            Scripted.say(socket, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
            socket.getInputStream().read();
        })) {
            Sent sent = send(request("POST", server.url() + "/a?b=c#d", "hello".getBytes(StandardCharsets.UTF_8), Outgoing.Version.HTTP_1_1,
                    field("x-ZEBRA", "1"), field("Content-Length", "99"), field("HOST", "other.test"), field("accept", "ü")));
            assertNull(sent.failure());
            assertEquals(201, sent.status());
            assertEquals(3, sent.bytes());
            assertEquals("POST /a?b=c HTTP/1.1\r\nx-ZEBRA: 1\r\nContent-Length: 5\r\nHOST: other.test\r\naccept: Ã¼\r\n\r\n", server.heads.get(0));
            assertEquals("hello", server.heads.get(1));
            Flow flow = flow(sent);
            assertEquals(FlowSource.SENT, flow.source());
            assertEquals("abc.1", new String(flow.extras().get("sent.of"), StandardCharsets.UTF_8));
            assertEquals(List.of("x-ZEBRA", "Content-Length", "HOST", "accept"), flow.request().headers().fields().stream().map(Headers.Field::name).toList());
            assertArrayEquals("hello".getBytes(StandardCharsets.UTF_8), proxied.body(flow, Side.REQUEST));
            assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), proxied.body(flow, Side.RESPONSE));
            assertEquals(BodyFacts.State.COMPLETE, flow.responseBody().state());
            assertEquals(server.port(), flow.connection().server().port());
        }
    }

    @Test void nginxIsAskedOverBothProtocolsAndItsCertificateIsChecked() throws Exception {
        byte[] big = new byte[3 << 20];
        new java.util.Random(5).nextBytes(big);
        Files.write(folder.resolve("big.bin"), big);
        Files.writeString(folder.resolve("a.txt"), "plain text");
        try (var nginx = new Nginx(folder, folder)) {
            Sent untrusted = send(request("GET", nginx.https() + "/a.txt", new byte[0], Outgoing.Version.HTTP_2));
            assertNotNull(untrusted.failure());
            Flow failed = flow(untrusted);
            assertEquals("/a.txt", failed.request().path());
            assertEquals(untrusted.failure(), failed.error());
            proxied.proxy.options(ProxyOptions.USUAL.withUnverified(Set.of("localhost")));
            for (Outgoing.Version version : Outgoing.Version.values()) {
                for (String base : List.of(nginx.https(), nginx.http())) {
                    // This nginx speaks HTTP/2 only inside TLS.
                    if (version == Outgoing.Version.HTTP_2 && base.startsWith("http:")) continue;
                    Sent sent = send(request("GET", base + "/big.bin", new byte[0], version, field("User-Agent", "by hand")));
                    assertNull(sent.failure());
                    assertEquals(200, sent.status());
                    Flow flow = flow(sent);
                    assertEquals(version == Outgoing.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1", flow.request().httpVersion());
                    assertEquals("by hand", flow.headers(Side.REQUEST).first("user-agent").orElse(""));
                    assertArrayEquals(big, proxied.body(flow, Side.RESPONSE));
                    assertEquals(base.startsWith("https"), flow.connection().serverTls() != null);
                }
            }
            Sent posted = send(request("POST", nginx.https() + "/a.txt", big, Outgoing.Version.HTTP_2));
            assertEquals(405, posted.status());
        }
    }

    @Test void whatCannotBeSentIsSaidBefore() {
        for (Outgoing bad : List.of(request("GET", "ftp://x/", new byte[0], Outgoing.Version.HTTP_1_1), request("GE T", "http://x/", new byte[0], Outgoing.Version.HTTP_1_1),
                request("GET", "http://x/ y", new byte[0], Outgoing.Version.HTTP_1_1), request("GET", "http://x/", new byte[0], Outgoing.Version.HTTP_1_1, field("a b", "c")),
                request("GET", "http://x/", new byte[0], Outgoing.Version.HTTP_1_1, field("a", "b\r\nc: d"))))
            assertThrows(ProblemException.class, () -> proxied.proxy.send(bad, _ -> { }));
    }

    @Test void aServerThatSaysNothingIsLeftInTimeAndByHand() throws Exception {
        try (var server = new Scripted((socket, self) -> {
            self.heads.add(Scripted.head(socket));
            socket.getInputStream().read();
        })) {
            var slow = new Outgoing("GET", server.url() + "/slow", List.of(), Outgoing.Content.NONE, Outgoing.Version.HTTP_1_1, Duration.ofMillis(300), Map.of());
            Sent late = send(slow);
            assertTrue(late.failure().contains("within"), late.failure());
            assertEquals(late.failure(), proxied.until(flow -> flow.id().equals(late.flow()) && flow.error() != null).error());
            var sent = new CompletableFuture<Sent>();
            Outgoing.Running running = proxied.proxy.send(request("GET", server.url() + "/cut", new byte[0], Outgoing.Version.HTTP_1_1), sent::complete);
            running.cancel();
            assertNotNull(sent.get(10, TimeUnit.SECONDS).failure());
        }
    }

    @Test void aBodyThatIsNotWantedAnyMoreIsClosed() throws Exception {
        var closed = new CompletableFuture<Boolean>();
        var begun = new CompletableFuture<Boolean>();
        var endless = new java.io.InputStream() {
            @Override public int read() {
                begun.complete(true);
                return 'x';
            }

            @Override public void close() {
                closed.complete(true);
            }
        };
        try (var server = new Scripted((socket, _) -> {
            Scripted.head(socket);
            closed.join();
        })) {
            var request = new Outgoing("POST", server.url() + "/long", List.of(), new Outgoing.Content(1L << 40, () -> endless), Outgoing.Version.HTTP_1_1, Duration.ofSeconds(30), Map.of());
            Outgoing.Running running = proxied.proxy.send(request, _ -> { });
            begun.get(10, TimeUnit.SECONDS);
            running.cancel();
            assertTrue(closed.get(10, TimeUnit.SECONDS));
        }
    }

    @Test void manyAreCounted() throws Exception {
        var number = new java.util.concurrent.atomic.AtomicInteger();
        try (var server = new Scripted((socket, self) -> {
            Scripted.head(socket);
            if (number.incrementAndGet() % 10 == 0) return;
            Scripted.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            socket.getInputStream().read();
        })) {
            Outgoing one = request("GET", server.url() + "/n", new byte[0], Outgoing.Version.HTTP_1_1);
            RepeatSummary summary = new Repetition(50, 8).run(proxied.proxy::send, one, TaskContext.detached());
            assertEquals(50, summary.sent());
            assertEquals(Map.of(200, 45), summary.statuses());
            assertEquals(5, summary.failures().values().stream().mapToInt(Integer::intValue).sum());
            assertTrue(summary.minimum() <= summary.median() && summary.median() <= summary.p99() && summary.p99() <= summary.maximum());
            assertEquals(50, proxied.ended(50).size());
            assertThrows(java.util.concurrent.CancellationException.class, () -> new Repetition(50, 8).run(proxied.proxy::send, one, TaskContext.cancelledAfter(3)));
        }
    }
}
