package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// Rules, breakpoints and all that is written anew, where a client or a server speaks HTTP/2 and nothing else.
@Timeout(90)
class Http2RewritingTest {
    @TempDir Path folder;
    private Nginx nginx;
    private OnlyHttp2 server;
    private OnlyHttp2 plain;
    private Proxied proxied;
    private Path bundle;

    @BeforeEach void begin() throws Exception {
        Partner.needs("curl");
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("a.txt"), "hello");
        nginx = new Nginx(folder, files);
        server = new OnlyHttp2(folder.resolve("nginx"));
        plain = new OnlyHttp2(null);
        X509Certificate root;
        try (InputStream in = Files.newInputStream(nginx.root)) {
            root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        proxied = new Proxied(folder, ProxyOptions.USUAL.withRoots(List.of(root)), Recorder.MOST);
        bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
    }

    @AfterEach void end() throws IOException {
        proxied.close();
        server.close();
        plain.close();
        nginx.close();
    }

    private void rules(String filter, RuleAction... actions) {
        proxied.proxy.rules(new RuleBook(Arrays.stream(actions).map(action -> new Rule("", true, filter, action)).toList()));
    }

    private String curl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("curl", "-s", "-S", "-m", "25", "-x", proxied.url(), "--cacert", bundle.toString()));
        command.addAll(List.of(arguments));
        return Partner.run(Map.of(), command).text();
    }

    private String url(String path) {
        return "https://localhost:" + server.port() + path;
    }

    /// curl that speaks HTTP/2 with prior knowledge inside a tunnel to a server that does, too.
    private String curl2(String path, String... arguments) throws Exception {
        var all = new ArrayList<>(List.of("-p", "--http2-prior-knowledge", "http://localhost:" + plain.port() + path));
        all.addAll(List.of(arguments));
        return curl(all.toArray(String[]::new));
    }

    /// A client that offers only HTTP/2 is spoken that with.
    @Test void insideTls() throws Exception {
        Partner.needs("nghttp");
        Listener reverse = proxied.reverse("https://localhost:" + server.port(), true);
        rules("path:/x", new RuleAction.ReplaceInBody(Side.REQUEST, "hello", "good bye"), new RuleAction.ReplaceInBody(Side.RESPONSE, "bye", "day"));
        Path data = folder.resolve("data");
        Files.writeString(data, "hello");
        String said = Partner.run("nghttp", "-y", "-d", data.toString(), "https://localhost:" + reverse.port() + "/x").text();
        assertTrue(said.endsWith("good day"), said);
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.error());
        assertEquals("HTTP/2.0", flow.request().httpVersion());
        assertEquals("HTTP/2.0", flow.response().httpVersion());
        assertEquals("h2", flow.connection().serverTls().alpn());
        assertEquals("h2", flow.connection().clientTls().alpn());
        assertEquals(1, proxied.all().size());
    }

    /// A client that speaks both is spoken HTTP/1.1 with.
    @ParameterizedTest
    @ValueSource(strings = {"--http2", "--http1.1"})
    void bodiesBothWays(String version) throws Exception {
        rules("host:localhost", new RuleAction.ReplaceInBody(Side.REQUEST, "hello", "good bye"), new RuleAction.ReplaceInBody(Side.RESPONSE, "bye", "day"),
                new RuleAction.SetHeader(Side.REQUEST, "X-New", "yes"));
        assertEquals("good day 1.1", curl(version, "-d", "hello", "-w", " %{http_version}", url("/x")));
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.error());
        assertEquals(url("/x"), flow.request().url());
        assertEquals("HTTP/1.1", flow.request().httpVersion());
        assertEquals("HTTP/2.0", flow.response().httpVersion());
        assertEquals("h2", flow.connection().serverTls().alpn());
        assertEquals("http/1.1", flow.connection().clientTls().alpn());
        assertEquals("good bye", new String(proxied.body(flow, Side.REQUEST), StandardCharsets.UTF_8));
        assertEquals("good day", new String(proxied.body(flow, Side.RESPONSE), StandardCharsets.UTF_8));
        assertEquals("8", flow.response().headers().first("content-length").orElse("8"));
        assertEquals("yes", server.asked.getFirst().get("x-new").toString());
        assertEquals("localhost:" + server.port(), server.asked.getFirst().authority().toString());
    }

    @Test void redirectedToAServerThatSpeaksOnlyHttp2() throws Exception {
        rules("host:plain.test", new RuleAction.MapRemote(url("/there")));
        assertEquals("what", curl("-d", "what", "http://plain.test/x"));
        assertEquals("what", curl("-d", "what", "https://plain.test/x").replaceAll("^curl.*", "what"));
        assertTrue(proxied.ended(1).getFirst().request().url().startsWith(url("/there")));
    }

    @Test void severalRequestsShareAConnection() throws Exception {
        rules("host:localhost", new RuleAction.SetHeader(Side.RESPONSE, "x-by", "rule"));
        assertEquals("abc", curl("-d", "a", url("/1"), "--next", "-s", "--cacert", bundle.toString(), "-x", proxied.url(), "-d", "b", url("/2"), "--next", "-s", "--cacert", bundle.toString(),
                "-x", proxied.url(), "-d", "c", url("/3")));
        assertEquals(3, proxied.ended(3).size());
        // The first one found out that HTTP/1.1 is not spoken there, the second that HTTP/2 is.
        assertTrue(server.connections.get() <= 3, () -> server.connections + " connections");
        for (Flow flow : proxied.all()) assertNotNull(flow.connection().serverTls(), flow::toString);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void largeBodiesStream(boolean two) throws Exception {
        rules("host:localhost", new RuleAction.SetHeader(Side.RESPONSE, "x-by", "rule"));
        byte[] body = new byte[20_000_000];
        new Random(3).nextBytes(body);
        Path file = folder.resolve("body");
        Files.write(file, body);
        Path out = folder.resolve("out");
        String[] arguments = {"-H", "Expect:", "--data-binary", "@" + file, "-o", out.toString()};
        if (two) curl2("/big", arguments);
        else curl(java.util.stream.Stream.concat(Arrays.stream(arguments), java.util.stream.Stream.of(url("/big"))).toArray(String[]::new));
        assertArrayEquals(body, Files.readAllBytes(out));
        Flow flow = proxied.ended(1).getFirst();
        assertArrayEquals(body, proxied.body(flow, Side.REQUEST));
        assertArrayEquals(body, proxied.body(flow, Side.RESPONSE));
        assertEquals("20000000", flow.responseTrailers().first("x-bytes").orElse("none"));
    }

    @Test void manyStreamsAtOnce() throws Exception {
        Partner.needs("h2load");
        Listener reverse = proxied.reverse("https://localhost:" + server.port(), true);
        rules("path:/x", new RuleAction.SetHeader(Side.RESPONSE, "x-by", "rule"));
        Path data = folder.resolve("data");
        Files.writeString(data, "some");
        String said = Partner.run("h2load", "-n", "300", "-c", "2", "-m", "20", "-d", data.toString(), "--npn-list=h2", "https://localhost:" + reverse.port() + "/x").text();
        assertTrue(said.contains("300 succeeded, 0 failed, 0 errored"), said);
        assertEquals(300, proxied.ended(300).size());
        assertEquals(300, server.asked.size());
        assertTrue(server.connections.get() <= 6, () -> server.connections + " connections");
    }

    /// Who speaks HTTP/2 without TLS on purpose has a server that does.
    @Test void withPriorKnowledge() throws Exception {
        Listener reverse = proxied.reverse("http://localhost:" + plain.port(), false);
        rules("path:/x", new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "b"));
        assertEquals("bbb 2", Partner.run("curl", "-s", "-S", "-m", "20", "--noproxy", "*", "--http2-prior-knowledge", "-d", "aaa", "-w", " %{http_version}",
                "http://127.0.0.1:" + reverse.port() + "/x").text());
        assertEquals("localhost:" + plain.port(), plain.asked.getFirst().authority().toString());
        rules("host:localhost", new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "c"));
        assertEquals("ccc", curl("-p", "--http2-prior-knowledge", "-d", "aaa", "http://localhost:" + plain.port() + "/x"));
    }

    @Test void breakpointsAndAnswersOfOurOwn() throws Exception {
        rules("path:/held", new RuleAction.Pause(Side.REQUEST, 20));
        var got = new FutureTask<>(() -> curl2("/held", "-d", "was"));
        Thread.startVirtualThread(got);
        HeldExchanges held = proxied.proxy.held();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (held.list().isEmpty() && System.nanoTime() < end) LockSupport.parkNanos(5_000_000);
        HeldExchanges.Held one = held.list().getFirst();
        assertTrue(held.proceed(one.id(), one.head(), "is now".getBytes(StandardCharsets.UTF_8)).isEmpty());
        assertEquals("is now", got.get(20, TimeUnit.SECONDS));
        rules("host:localhost", new RuleAction.Respond(201, "text/plain", "made"));
        assertEquals("made 201 2", curl2("/made", "-w", " %{http_code} %{http_version}"));
        rules("host:localhost", new RuleAction.Block());
        String blocked = curl2("/made", "-w", " %{http_code}");
        assertTrue(blocked.contains(" 000") && blocked.contains("curl: ("), blocked);
    }

    @Test void heads() throws Exception {
        rules("host:localhost", new RuleAction.SetHeader(Side.RESPONSE, "x-by", "rule"));
        for (String got : List.of(curl("-I", url("/x")), curl2("/x", "-I"))) {
            assertTrue(got.contains("200") && got.contains("x-by: rule"), got);
        }
        String none = curl("-p", "--http2-prior-knowledge", "-w", "%{http_code} %{http_version}", "http://localhost:" + nginx.known + "/none");
        assertEquals("204 2", none);
        String trailers = curl2("/x", "-H", "TE: trailers", "-d", "x", "-D", "-");
        assertTrue(trailers.contains("x-te: trailers") && trailers.contains("x-bytes: 1"), trailers);
    }

    @Test void anAnswerThatBreaksOff() throws Exception {
        rules("host:localhost", new RuleAction.SetHeader(Side.RESPONSE, "x-by", "rule"));
        for (String got : List.of(curl(url("/broken")), curl2("/broken"))) assertTrue(got.contains("curl: ("), got);
        for (Flow flow : proxied.ended(2)) assertNotNull(flow.error(), flow::toString);
        rules("host:localhost", new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "b"));
        assertTrue(curl2("/broken", "-w", "%{http_code}").endsWith("502"));
    }

    private static byte[] ask(byte[]... fields) {
        return Frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, Frames.join(fields));
    }

    /// What could be read in two ways by who gets it as HTTP/1.1 goes nowhere.
    @Test void whatCouldBeSmuggledIsRefused() throws Exception {
        Listener reverse = proxied.reverse("http://localhost:" + plain.port(), true);
        rules("path:/a.txt", new RuleAction.SetHeader(Side.RESPONSE, "x-by", "rule"));
        byte[] open = Frames.frame(Frames.HEADERS, Frames.END_HEADERS, 1, Frames.request("POST", Frames.field("content-length", "5")));
        List<byte[]> cases = List.of(
                Frames.get(1, Frames.field("x", "a\r\nHost: other")), Frames.get(1, Frames.field("x", "a\nb")), Frames.get(1, Frames.field("x", "a\0b")), Frames.get(1, Frames.field("x: y\r\nz", "1")),
                Frames.get(1, Frames.field("X-Large", "1")), Frames.get(1, Frames.field("transfer-encoding", "chunked")), Frames.get(1, Frames.field("connection", "close")),
                Frames.get(1, Frames.field("upgrade", "h2c")), Frames.get(1, Frames.field("te", "gzip")), Frames.get(1, Frames.field("host", "other")), Frames.get(1, Frames.field("content-length", "5")),
                Frames.get(1, Frames.field("content-length", "1"), Frames.field("content-length", "1")), Frames.get(1, Frames.field("keep-alive", "1")),
                ask(Frames.field(":method", "GET"), new byte[] {(byte) 0x86}, Frames.field(":path", "/a.txt HTTP/1.1\r\nx: y"), Frames.field(":authority", "localhost")),
                ask(Frames.field(":method", "GET /x"), new byte[] {(byte) 0x86}, Frames.field(":path", "/a.txt"), Frames.field(":authority", "localhost")),
                ask(Frames.field(":method", "GET"), new byte[] {(byte) 0x86}, Frames.field(":path", "a.txt"), Frames.field(":authority", "localhost")),
                ask(Frames.field(":method", "GET"), new byte[] {(byte) 0x86}, Frames.field(":authority", "localhost")),
                ask(Frames.field(":method", "CONNECT"), Frames.field(":authority", "localhost:1")),
                Frames.join(open, Frames.frame(Frames.DATA, Frames.END_STREAM, 1, "1234".getBytes(StandardCharsets.US_ASCII))),
                Frames.join(open, Frames.frame(Frames.DATA, Frames.END_STREAM, 1, "123456".getBytes(StandardCharsets.US_ASCII))),
                Frames.join(open, Frames.frame(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, Frames.field("x", "y"))));
        for (int i = 0; i < cases.size(); i++) {
            try (var frames = new Frames(reverse.port())) {
                Frames.Outcome outcome = frames.after(cases.get(i));
                int number = i;
                assertTrue(outcome.end() != null || outcome.streams().stream().anyMatch(each -> each.startsWith("1:")), () -> "case " + number + ": " + outcome);
                assertTrue(outcome.streams().stream().noneMatch(each -> each.contains("answered")), () -> "case " + number + ": " + outcome);
            }
        }
        try (var frames = new Frames(reverse.port())) {
            // The same, but for what is wrong with them.
            assertEquals(new Frames.Outcome(List.of(), null), frames.raw(Frames.join(Frames.PREFACE, Frames.frame(Frames.SETTINGS, 0, 0)), true));
        }
    }
}
