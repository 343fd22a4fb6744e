package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// Rules act on what goes through the proxy; what no rule is for goes through as it came.
class RewritingTest extends RuledProxy {
    @Test void headersAreChangedOnBothSidesAndTheOriginalsKept() throws IOException {
        rules(new RuleAction.SetHeader(Side.REQUEST, "X-New", "yes"), new RuleAction.RemoveHeader(Side.REQUEST, "Accept"),
                new RuleAction.SetHeader(Side.RESPONSE, "X-Old", "2"), new RuleAction.RemoveHeader(Side.RESPONSE, "Content-Type"));
        try (Talk talk = talk()) {
            for (int i = 0; i < 2; i++) assertEquals("HTTP/1.1 200 OK\r\nX-Old: 2\r\nContent-Length: 5\r\n\r\nhello", talk.ask(get("/a" + i)));
        }
        assertEquals("GET /a0 HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nX-New: yes\r\n\r\n", server.heads.getFirst());
        List<Flow> flows = proxied.ended(2);
        Flow flow = flows.getFirst();
        assertEquals(server.url() + "/a0", flow.request().url());
        assertEquals("yes", flow.request().headers().first("x-new").orElseThrow());
        assertEquals(List.of(), flow.request().headers().all("accept"));
        assertEquals("2", flow.response().headers().first("x-old").orElseThrow());
        assertEquals("hello", body(flow, Side.RESPONSE));
        assertEquals(get("/a0"), extra(flow, "rules.request"));
        assertTrue(extra(flow, "rules.response").contains("X-Old: 1\r\n"));
        assertEquals(4, extra(flow, "rules").split("\n").length);
        assertTrue(flow.comment().startsWith("Changed by: "), flow.comment());
        assertNull(flow.error());
        assertEquals(server.url() + "/a1", flows.get(1).request().url());
        assertEquals(flow.connection().id(), flows.get(1).connection().id());
        assertEquals(server.port(), flow.connection().server().port());
    }

    @Test void whatNoRuleIsForGoesThroughByteForByte() throws IOException {
        rules("host:other.test", new RuleAction.Block());
        answer = "HTTP/1.1 200 fine  \r\ncOntent-Length:5\r\nX:  y \r\n\r\nhello";
        try (Talk talk = talk()) {
            talk.say("GET " + server.url() + "/ HTTP/1.1\r\nhOst:   127.0.0.1:" + server.port() + "\r\naCCept:x\r\n\r\n");
            byte[] got = talk.socket.getInputStream().readNBytes(answer.length());
            assertEquals(answer, new String(got, StandardCharsets.ISO_8859_1));
        }
        assertEquals("GET / HTTP/1.1\r\nhOst:   127.0.0.1:" + server.port() + "\r\naCCept:x\r\n\r\n", server.heads.getFirst());
        assertEquals(java.util.Map.of(), proxied.ended(1).getFirst().extras());
    }

    @Test void oneConnectionToHostsWithAndWithoutRules() throws IOException {
        rules(new RuleAction.SetHeader(Side.RESPONSE, "X-Ruled", "1"));
        try (Scripted other = Talk.server(_ -> "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok"); Talk talk = talk()) {
            String elsewhere = "GET " + other.url() + "/ HTTP/1.1\r\nHost: 127.0.0.1:" + other.port() + "\r\n\r\n";
            for (int i = 0; i < 2; i++) {
                assertTrue(talk.ask(get("/")).contains("X-Ruled: 1"));
                assertEquals("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", talk.ask(elsewhere));
            }
        }
        assertEquals(4, proxied.ended(4).size());
    }

    @Test void bodiesAreEditedOnBothSides() throws IOException {
        rules(new RuleAction.ReplaceInBody(Side.REQUEST, "cat", "tiger"), new RuleAction.ReplaceInBody(Side.RESPONSE, "hel+o", "good bye"));
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write("say hello".getBytes(StandardCharsets.UTF_8));
        }
        answer = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(packed.size()) + "\r\n"
                + packed.toString(StandardCharsets.ISO_8859_1) + "\r\n0\r\n\r\n";
        try (Talk talk = talk()) {
            assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nsay good bye", talk.ask(post("/", "a cat")));
            String chunked = "POST " + server.url() + "/c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na c\r\n2;x=y\r\nat\r\n0\r\n\r\n";
            assertTrue(talk.ask(chunked).endsWith("say good bye"));
        }
        assertTrue(server.heads.getFirst().endsWith("Content-Length: 7\r\n\r\na tiger"), server.heads.getFirst());
        assertTrue(server.heads.get(1).endsWith("Content-Length: 7\r\n\r\na tiger"), server.heads.get(1));
        Flow flow = proxied.ended(2).getFirst();
        assertEquals("a tiger", body(flow, Side.REQUEST));
        assertEquals("say good bye", body(flow, Side.RESPONSE));
        assertEquals("a cat", extra(flow, "rules.request.body"));
        assertEquals(packed.size(), flow.extras().get("rules.response.body").length);
        assertTrue(extra(flow, "rules.response").contains("Content-Encoding: gzip"));
    }

    @Test void chunksAndTrailersGoOnWhereNothingIsEdited() throws IOException {
        rules(new RuleAction.SetHeader(Side.REQUEST, "X-New", "yes"));
        answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n5;q=\"a\"\r\nhello\r\n0\r\nSum: 1\r\nContent-Length: 9\r\n\r\n";
        try (Talk talk = talk()) {
            String got = talk.ask("POST " + server.url() + "/ HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nEnd: x\r\nHost: evil\r\n\r\n");
            assertEquals("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Sum\r\n\r\n5\r\nhello\r\n0\r\nSum: 1\r\n\r\n", got);
        }
        assertTrue(server.heads.getFirst().endsWith("Transfer-Encoding: chunked\r\nX-New: yes\r\n\r\n3\r\nabc\r\n0\r\nEnd: x\r\n\r\n"), server.heads.getFirst());
        assertTrue(server.heads.getFirst().contains("Host: 127.0.0.1:" + server.port()), server.heads.getFirst());
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("1", flow.responseTrailers().first("sum").orElseThrow());
        assertEquals("abc", body(flow, Side.REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "204", "304"})
    void answersWithoutBodies(String kind) throws IOException {
        rules(new RuleAction.ReplaceInBody(Side.RESPONSE, "x", "y"), new RuleAction.SetHeader(Side.RESPONSE, "X-New", "yes"));
        answer = "HTTP/1.1 " + (kind.equals("HEAD") ? "200 OK" : kind + " Thing") + "\r\nContent-Length: 1000\r\n\r\n";
        try (Talk talk = talk()) {
            for (int i = 0; i < 2; i++) {
                String got = talk.ask(kind.equals("HEAD") ? get("/").replace("GET", "HEAD") : get("/"));
                assertTrue(got.endsWith("X-New: yes\r\n\r\n"), got);
                assertEquals(!kind.equals("204"), got.contains("Content-Length: 1000"), got);
            }
        }
        assertEquals(2, server.heads.size());
    }

    @Test void theWordBeforeABody() throws IOException {
        rules(new RuleAction.ReplaceInBody(Side.REQUEST, "a", "b"));
        try (Talk talk = talk()) {
            talk.say(post("/", "aaa").replace("\r\n\r\naaa", "\r\nExpect: 100-continue\r\n\r\n"));
            assertEquals("HTTP/1.1 100 Continue\r\n\r\n", talk.next());
            assertTrue(talk.ask("aaa").endsWith("hello"));
        }
        assertTrue(server.heads.getFirst().endsWith("bbb"));
        assertFalse(server.heads.getFirst().contains("Expect"));
    }

    @Test void anAnswerThatEndsWithItsConnection() throws IOException {
        rules(new RuleAction.SetHeader(Side.RESPONSE, "X-New", "yes"));
        answer = "HTTP/1.0 200 OK\r\n\r\nhello";
        try (Talk talk = talk()) {
            for (int i = 0; i < 2; i++)
                assertEquals("HTTP/1.1 200 OK\r\nX-New: yes\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", talk.ask(get("/")));
            talk.say(get("/").replace("HTTP/1.1", "HTTP/1.0"));
            assertEquals("HTTP/1.1 200 OK\r\nX-New: yes\r\nConnection: close\r\n\r\nhello", talk.rest());
        }
        for (Flow flow : proxied.ended(3)) assertEquals("hello", body(flow, Side.RESPONSE));
    }

    @Test void answersInTheServersPlace() throws IOException {
        rules(new RuleAction.Respond(418, "text/plain", "short and stout"));
        try (Talk talk = talk()) {
            for (int i = 0; i < 2; i++) {
                String got = talk.ask(post("/tea", "water"));
                assertTrue(got.startsWith("HTTP/1.1 418 I'm a teapot\r\nContent-Type: text/plain\r\n") && got.endsWith("\r\n\r\nshort and stout"), got);
            }
        }
        assertEquals(List.of(), server.heads);
        Flow flow = proxied.ended(2).getFirst();
        assertEquals(418, flow.response().status());
        assertEquals("water", body(flow, Side.REQUEST));
        assertEquals("short and stout", body(flow, Side.RESPONSE));
    }

    @Test void blockedAndFailing() throws IOException {
        rules(new RuleAction.Block());
        try (Talk talk = talk()) {
            talk.say(get("/secret"));
            assertEquals("", talk.rest());
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(server.url() + "/secret", flow.request().url());
        assertEquals("A rule closed the connection.", flow.error());
        assertTrue(extra(flow, "rules") != null);
        rules(new RuleAction.Fail(100, 503));
        try (Talk talk = talk()) {
            assertTrue(talk.ask(get("/")).startsWith("HTTP/1.1 503 Service Unavailable\r\n"));
        }
        assertEquals(List.of(), server.heads);
    }

    @Test void delayedAndThrottled() throws IOException {
        rules(new RuleAction.Delay(300));
        long start = System.nanoTime();
        try (Talk talk = talk()) {
            talk.ask(get("/"));
        }
        assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(300));
        assertTrue(proxied.ended(1).getFirst().timing().duration() >= 0.29);
        rules(new RuleAction.Throttle(100));
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\n\r\n" + "x".repeat(50_000);
        start = System.nanoTime();
        try (Talk talk = talk()) {
            assertTrue(talk.ask(get("/")).endsWith("x".repeat(50_000)));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(seconds > 0.4, () -> "too fast: " + seconds);
    }

    @Test void filesOfThisMachine() throws IOException {
        Path site = Files.createDirectories(folder.resolve("site/sub dir"));
        Files.writeString(site.resolve("a.json"), "{}");
        Files.writeString(folder.resolve("site/index.html"), "<p>start");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(folder.resolve("site/out.txt"), folder.resolve("secret.txt"));
        rules(new RuleAction.MapLocal(folder.resolve("site").toString()));
        try (Talk talk = talk()) {
            String json = talk.ask(get("/sub%20dir/a.json?x=../../secret.txt"));
            assertTrue(json.startsWith("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n") && json.endsWith("{}"), json);
            assertTrue(talk.ask(get("/")).endsWith("<p>start"));
            for (String bad : List.of("/out.txt", "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/sub%20dir/..%5c..%5csecret.txt", "/none", "/sub%20dir/", "/%00", "/%zz", "/%2"))
                assertTrue(talk.ask(get(bad)).startsWith("HTTP/1.1 404 "), bad);
        }
        rules(new RuleAction.MapLocal(folder.resolve("secret.txt").toString()));
        try (Talk talk = talk()) {
            assertTrue(talk.ask(get("/whatever")).endsWith("secret"));
        }
        assertEquals(List.of(), server.heads);
    }

    @Test void anotherServer() throws IOException {
        try (Scripted other = Talk.server(_ -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nother"); Talk talk = talk()) {
            rules("path:/far", new RuleAction.MapRemote(other.url() + "/"));
            assertTrue(talk.ask(get("/far?x=1")).endsWith("other"));
            assertTrue(talk.ask(get("/near")).endsWith("hello"));
            assertTrue(talk.ask(get("/far")).endsWith("other"));
            assertTrue(other.heads.getFirst().startsWith("GET /far?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + other.port() + "\r\n"), other.heads.getFirst());
            assertEquals(1, server.heads.size());
            List<Flow> flows = proxied.ended(3);
            assertEquals(other.url() + "/far?x=1", flows.getFirst().request().url());
            assertEquals(other.port(), flows.getFirst().connection().server().port());
            assertEquals(server.url() + "/near", flows.get(1).request().url());
        }
    }

    @Test void answersOfARecording() throws IOException {
        String path = proxied.session.path().toString();
        try (Talk talk = talk()) {
            for (String each : List.of("one", "two")) {
                answer = "HTTP/1.1 200 OK\r\nX: " + each + "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n" + each + "\r\n0\r\n\r\n";
                talk.ask(get("/r"));
            }
        }
        proxied.ended(2);
        proxied.close();
        proxied = new Proxied(folder);
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nlive";
        rules(new RuleAction.Replay(path, true));
        try (Talk talk = talk()) {
            for (String each : List.of("one", "two", "two")) assertTrue(talk.ask(get("/r")).endsWith("Content-Length: 3\r\n\r\n" + each));
            assertTrue(talk.ask(get("/else")).endsWith("live"));
        }
        assertEquals("", proxied.ended(4).get(3).comment());
        rules(new RuleAction.Replay(path, false));
        try (Talk talk = talk()) {
            assertTrue(talk.ask(get("/else")).startsWith("HTTP/1.1 404 "));
        }
    }

    @Test void inFrontOfOneServer() throws IOException {
        Listener reverse = proxied.reverse(server.url() + "/base", false);
        proxied.proxy.rules(new RuleBook(List.of(new Rule("mine", true, "path:/x", new RuleAction.SetHeader(Side.REQUEST, "X-New", "yes")))));
        answer = "HTTP/1.1 302 Found\r\nLocation: " + server.url() + "/base/y\r\nContent-Length: 0\r\n\r\n";
        try (Talk talk = new Talk(reverse.port())) {
            String got = talk.ask("GET /x HTTP/1.1\r\nHost: localhost:" + reverse.port() + "\r\n\r\n");
            assertTrue(got.contains("Location: http://localhost:" + reverse.port() + "/y\r\n"), got);
        }
        assertEquals("GET /base/x HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nX-New: yes\r\n\r\n", server.heads.getFirst());
        assertEquals("mine", extra(proxied.ended(1).getFirst(), "rules"));
    }

    @Test void aServerThatIsNotThere() throws IOException {
        int port = Partner.freePort();
        rules("port:" + port, new RuleAction.SetHeader(Side.REQUEST, "a", "b"));
        try (Talk talk = talk()) {
            talk.say("GET http://127.0.0.1:" + port + "/ HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(talk.next().startsWith("HTTP/1.1 502 "));
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("http://127.0.0.1:" + port + "/", flow.request().url());
        assertTrue(flow.error().contains("refused"), flow.error());
    }

    /// Longer than what is ever held: from a file, and from the recording of that.
    @Test void answersAsLongAsTheyLike() throws Exception {
        byte[] piece = new byte[1 << 20];
        new Random(5).nextBytes(piece);
        Path file = folder.resolve("long.bin");
        var sum = MessageDigest.getInstance("SHA-256");
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 90; i++) {
                piece[0] = (byte) i;
                out.write(piece);
                sum.update(piece);
            }
        }
        byte[] wanted = sum.digest();
        Path recorded;
        try (var first = new Proxied(Files.createDirectories(folder.resolve("first")))) {
            first.proxy.rules(new RuleBook(List.of(new Rule("", true, "port:" + server.port(), new RuleAction.MapLocal(file.toString())))));
            assertArrayEquals(wanted, summed(first.forward.port()));
            Flow flow = first.ended(1).getFirst();
            assertNull(flow.error());
            assertEquals(90L << 20, flow.responseBody().stored());
            try (var files = Files.list(folder.resolve("first"))) {
                recorded = files.filter(each -> each.getFileName().toString().startsWith("session-")).findFirst().orElseThrow();
            }
        }
        rules(new RuleAction.Replay(recorded.toString(), false));
        assertArrayEquals(wanted, summed(proxied.forward.port()));
        assertEquals(90L << 20, proxied.ended(1).getLast().responseBody().stored());
    }

    private byte[] summed(int port) throws Exception {
        var sum = MessageDigest.getInstance("SHA-256");
        try (Talk talk = new Talk(port)) {
            talk.say(get("/long.bin"));
            String head = Scripted.head(talk.socket);
            assertTrue(head.contains("Content-Length: " + (90 << 20) + "\r\n"), head);
            for (int i = 0; i < 90; i++) sum.update(talk.socket.getInputStream().readNBytes(1 << 20));
        }
        return sum.digest();
    }
}
