package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// Rules inside TLS and inside tunnels.
@Timeout(90)
class TlsRewritingTest {
    @TempDir Path folder;
    private Nginx nginx;
    private Proxied proxied;
    private Path bundle;

    @BeforeEach void begin() throws Exception {
        Partner.needs("curl");
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("a.txt"), "hello ".repeat(100));
        nginx = new Nginx(folder, files);
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
        nginx.close();
    }

    private void rules(String filter, RuleAction action) {
        proxied.proxy.rules(new RuleBook(List.of(new Rule("", true, filter, action))));
    }

    private String curl(String... arguments) throws Exception {
        return curlBy(proxied.url(), arguments);
    }

    private String curlBy(String proxy, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("curl", "-s", "-S", "-m", "20", "-x", proxy, "--cacert", bundle.toString()));
        command.addAll(List.of(arguments));
        return Partner.run(Map.of(), command).text();
    }

    private String url(String path) {
        return "https://localhost:" + nginx.secure + path;
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "socks5h", "socks5"})
    void bodiesInsideTls(String scheme) throws Exception {
        rules("host:localhost", new RuleAction.ReplaceInBody(Side.RESPONSE, "hello", "good bye"));
        String got = curlBy(scheme + "://127.0.0.1:" + proxied.forward.port(), "--http2", "-w", "%{http_version}", "--compressed", url("/a.txt"), "--next", "-s", "--cacert", bundle.toString(),
                "-x", scheme + "://127.0.0.1:" + proxied.forward.port(), url("/a.txt?2"));
        assertEquals("good bye ".repeat(100) + "1.1" + "good bye ".repeat(100), got);
        Flow flow = proxied.ended(2).getFirst();
        assertEquals(url("/a.txt"), flow.request().url());
        assertEquals("http/1.1", flow.connection().clientTls().alpn());
        assertEquals("good bye ".repeat(100), new String(proxied.body(flow, Side.RESPONSE), StandardCharsets.UTF_8));
        assertTrue(flow.connection().serverTls() != null);
    }

    @Test void whatNoRuleIsForStaysHttp2() throws Exception {
        rules("host:other.test", new RuleAction.Block());
        assertEquals("hello ".repeat(100) + "2", curl("--http2", "-w", "%{http_version}", url("/a.txt")));
    }

    @Test void answersWhereNoServerIs() throws Exception {
        rules("host:mock.test", new RuleAction.Respond(200, "application/json", "{}"));
        assertEquals("{}", curl("https://mock.test/x"));
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("https://mock.test/x", flow.request().url());
    }

    @Test void aCertificateThatIsNotTrustedIsSaid() throws Exception {
        proxied.proxy.options(ProxyOptions.USUAL);
        rules("host:localhost", new RuleAction.SetHeader(Side.REQUEST, "a", "b"));
        assertTrue(curl(url("/a.txt")).contains("not trusted"));
        assertTrue(proxied.ended(1).getFirst().error().contains("not trusted"));
    }

    @Test void fromPlainToTls() throws Exception {
        rules("host:plain.test", new RuleAction.MapRemote(url("/")));
        assertEquals("hello ".repeat(100), curl("http://plain.test/a.txt"));
        assertEquals(url("/a.txt"), proxied.ended(1).getFirst().request().url());
    }

    @Test void behindAReverseListener() throws Exception {
        Listener reverse = proxied.reverse("https://localhost:" + nginx.secure, false);
        rules("path:/a.txt", new RuleAction.ReplaceInBody(Side.RESPONSE, "hello", "x"));
        for (String scheme : List.of("http", "https")) {
            var command = List.of("curl", "-s", "-S", "--noproxy", "*", "--cacert", bundle.toString(), scheme + "://localhost:" + reverse.port() + "/a.txt");
            assertEquals("x ".repeat(100), Partner.run(Map.of(), command).text());
        }
    }

    @Test void webSocketsGoThroughAfterTheHead() throws Exception {
        try (var server = new Scripted((socket, self) -> {
            self.heads.add(Scripted.head(socket));
            Scripted.say(socket, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n\u0081\u0002hi");
            self.heads.add(new String(socket.getInputStream().readNBytes(8), StandardCharsets.ISO_8859_1));
        }); Talk talk = new Talk(proxied.forward.port())) {
            rules("port:" + server.port(), new RuleAction.SetHeader(Side.REQUEST, "X-New", "yes"));
            talk.say("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(Scripted.head(talk.socket).startsWith("HTTP/1.1 200"));
            talk.say("GET /ws HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: k\r\n\r\n");
            String head = Scripted.head(talk.socket);
            assertTrue(head.startsWith("HTTP/1.1 101 ") && head.contains("Connection: Upgrade\r\n"), head);
            assertEquals("\u0081\u0002hi", new String(talk.socket.getInputStream().readNBytes(4), StandardCharsets.ISO_8859_1));
            talk.say("\u0081\u0082\0\0\0\0yo");
            Flow flow = proxied.until(each -> each.messages() == 2);
            assertEquals(FlowKind.WEBSOCKET, flow.kind());
            assertTrue(server.heads.getFirst().contains("X-New: yes\r\n") && server.heads.getFirst().contains("Upgrade: websocket\r\n"));
        }
    }

    @Test void aServerThatSpeaksFirst() throws Exception {
        try (var server = new Scripted((socket, _) -> Scripted.say(socket, "220 mail\r\n")); Talk talk = new Talk(proxied.forward.port())) {
            rules("port:" + server.port(), new RuleAction.Block());
            talk.say("CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertTrue(Scripted.head(talk.socket).startsWith("HTTP/1.1 200"));
            assertEquals("220 mail\r\n", talk.rest());
        }
    }

    /// A program that ends with its answer is looked for before it gets that. On a busy machine the look is given up for some.
    @Test void programsThatEndAtOnce() throws Exception {
        int count = 20;
        for (int i = 0; i < count; i++) Partner.run(Map.of(), List.of("curl", "-s", "-o", "/dev/null", "-x", proxied.url(), "http://localhost:" + nginx.plain + "/a.txt"));
        var known = proxied.ended(count).stream().filter(flow -> flow.process() != null).map(flow -> flow.process().name()).toList();
        assertTrue(!known.isEmpty(), "none is known");
        assertTrue(known.stream().allMatch("curl"::equals), known::toString);
    }
}
