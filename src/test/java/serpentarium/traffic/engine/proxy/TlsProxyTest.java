package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

/// TLS on both sides, with curl and Python's clients before the proxy and nginx behind it.
@Timeout(90)
class TlsProxyTest {
    private static final byte[] BIG = new byte[400_000];

    static {
        new Random(2).nextBytes(BIG);
    }

    @TempDir Path folder;
    private Nginx nginx;
    private Proxied proxied;
    private Path bundle;

    @BeforeEach void begin() throws Exception {
        Partner.needs("curl");
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("a.txt"), "hello ".repeat(100));
        Files.write(files.resolve("big.bin"), BIG);
        nginx = new Nginx(folder, files);
        begin(ProxyOptions.USUAL.withRoots(List.of(root(nginx.root))));
    }

    private void begin(ProxyOptions options) throws IOException {
        if (proxied != null) proxied.close();
        proxied = new Proxied(folder, options, Recorder.MOST);
        bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
    }

    private static X509Certificate root(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    @AfterEach void end() throws IOException {
        proxied.close();
        nginx.close();
    }

    private Partner.Said curl(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("curl", "-s", "-S", "-m", "20", "-x", proxied.url(), "--cacert", bundle.toString()));
        command.addAll(List.of(arguments));
        return Partner.run(Map.of(), command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2"})
    void bothSidesSpeakTheSame(String version) throws Exception {
        assertArrayEquals(BIG, curl(version, nginx.https() + "/big.bin").out());
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.error());
        assertEquals(nginx.https() + "/big.bin", flow.request().url());
        assertEquals(version.equals("--http2") ? "HTTP/2.0" : "HTTP/1.1", flow.request().httpVersion());
        assertArrayEquals(BIG, proxied.body(flow, Side.RESPONSE));
        assertEquals(version.equals("--http2") ? "h2" : "http/1.1", flow.connection().clientTls().alpn());
        assertEquals(flow.connection().clientTls().alpn(), flow.connection().serverTls().alpn());
        assertEquals("localhost", flow.connection().clientTls().sni());
        assertNotEquals(flow.connection().clientTls().certificates().getFirst(), flow.connection().serverTls().certificates().getFirst());
        assertTrue(flow.timing().tlsEnd() >= flow.timing().connectEnd());
    }

    @Test void theContentIsKeptAsItWasEncoded() throws Exception {
        assertEquals("hello ".repeat(100), curl("--compressed", nginx.https() + "/a.txt").text());
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("gzip", flow.response().headers().first("content-encoding").orElseThrow());
        assertEquals(0x1f, proxied.body(flow, Side.RESPONSE)[0]);
        assertEquals("hello ".repeat(100), new String(content(flow), java.nio.charset.StandardCharsets.US_ASCII));
    }

    /// A response's body without its encoding.
    private byte[] content(Flow flow) throws IOException {
        byte[] body = proxied.body(flow, Side.RESPONSE);
        if (flow.response().headers().first("content-encoding").isEmpty()) return body;
        try (var unpacked = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(body))) {
            return unpacked.readAllBytes();
        }
    }

    /// Java's TLS takes such names for none; containers and tests have them.
    @ParameterizedTest
    @ValueSource(strings = {"my_app.localhost", "a_-.apps.localhost", "plain.apps.localhost"})
    void namesThatAreNoHosts(String name) throws Exception {
        for (String version : List.of("--http1.1", "--http2")) assertEquals(name, named(name, version).text());
        Flow flow = proxied.ended(2).getFirst();
        assertNull(flow.error());
        assertEquals(name, flow.connection().clientTls().sni());
        assertEquals("https://" + name + ":" + nginx.secure + "/name", flow.request().url());
    }

    private Partner.Said named(String name, String version) throws Exception {
        return Partner.run("curl", "-s", "-S", "-m", "20", "--socks5", "127.0.0.1:" + proxied.forward.port(), "--resolve", name + ":" + nginx.secure + ":127.0.0.1", "--cacert",
                bundle.toString(), version, "https://" + name + ":" + nginx.secure + "/name");
    }

    @Test void namesThatAreNoHostsAreChecked() throws Exception {
        Partner.Said said = named("other_app.localhost", "--http1.1");
        assertTrue(said.text().contains("its certificate is not trusted"), said.text());
        String error = proxied.ended(1).getFirst().error();
        assertTrue(error.contains("is not trusted") && error.contains("It is not for other_app.localhost"), error);
    }

    @Test void socksToo() throws Exception {
        Partner.Said said = Partner.run("curl", "-s", "-m", "20", "--socks5-hostname", "127.0.0.1:" + proxied.forward.port(), "--cacert", bundle.toString(), nginx.https() + "/none",
                "-o", "/dev/null", "-w", "%{http_code}");
        assertEquals("204", said.text());
        assertEquals(204, proxied.ended(1).getFirst().response().status());
    }

    @Test void aClientThatDoesNotTrustIsToldWhatToSet() throws Exception {
        assertEquals(60, Partner.run("curl", "-s", "-m", "20", "-x", proxied.url(), nginx.https() + "/a.txt").code());
        Flow flow = proxied.ended(1).getFirst();
        assertEquals("CONNECT", flow.request().method());
        assertTrue(flow.error().contains("does not trust the authority") && flow.error().contains("REQUESTS_CA_BUNDLE"), flow.error());
    }

    @Test void aServerThatIsNotTrustedIsNotReached() throws Exception {
        begin(ProxyOptions.USUAL);
        Partner.Said said = curl("-i", "--http1.1", nginx.https() + "/secret-path");
        assertTrue(said.text().contains("\r\n\r\nHTTP/1.1 502 "), said.text());
        assertTrue(!said.text().contains("secret-path") && !said.text().contains("localhost"), said.text());
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(502, flow.response().status());
        assertTrue(flow.error().startsWith("The certificate of localhost:" + nginx.secure + " is not trusted"), flow.error());
    }

    @Test void anExceptionIsMadeForOneHost() throws Exception {
        begin(ProxyOptions.USUAL.withUnverified(Set.of("localhost")));
        assertEquals("204", curl(nginx.https() + "/none", "-o", "/dev/null", "-w", "%{http_code}").text());
        assertTrue(proxied.ended(1).getFirst().comment().contains("not checked"));
    }

    @Test void passThroughIsNeverDecrypted() throws Exception {
        begin(ProxyOptions.USUAL.withPassThrough(Set.of("LOCALHOST")));
        Partner.Said said = Partner.run("curl", "-s", "-m", "20", "-x", proxied.url(), "--cacert", nginx.root.toString(), nginx.https() + "/big.bin");
        assertArrayEquals(BIG, said.out());
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(FlowKind.TCP, flow.kind());
        assertNull(flow.error());
        assertEquals(0, flow.messages());
        assertEquals("localhost", flow.connection().tls().sni());
    }

    private static final Map<String, String> CLIENTS = Map.of(
            "urllib", "import sys, urllib.request; sys.stdout.buffer.write(urllib.request.urlopen(sys.argv[1]).read())",
            "requests", "import sys, requests; sys.stdout.buffer.write(requests.get(sys.argv[1]).content)",
            "httpx", "import sys, httpx; sys.stdout.buffer.write(httpx.get(sys.argv[1]).content)",
            "aiohttp", """
                    import sys, asyncio, aiohttp
                    async def main():
                        async with aiohttp.ClientSession(trust_env=True) as session, session.get(sys.argv[1]) as answer:
                            sys.stdout.buffer.write(await answer.read())
                    asyncio.run(main())
                    """);

    @ParameterizedTest
    @ValueSource(strings = {"urllib", "requests", "httpx", "aiohttp"})
    void clientsOfPython(String client) throws Exception {
        if (!client.equals("urllib"))
            org.junit.jupiter.api.Assumptions.assumeTrue(Partner.run("/usr/bin/python3", "-c", "import " + client).code() == 0, () -> client + " is not installed");
        var environment = Map.of("http_proxy", proxied.url(), "https_proxy", proxied.url(), "no_proxy", "", "SSL_CERT_FILE", bundle.toString(), "REQUESTS_CA_BUNDLE",
                bundle.toString());
        for (String base : List.of(nginx.https(), nginx.http())) {
            Partner.Said said = Partner.run(environment, List.of("/usr/bin/python3", "-c", CLIENTS.get(client), base + "/big.bin"));
            assertArrayEquals(BIG, said.out(), said::text);
        }
        List<Flow> flows = proxied.ended(2);
        for (Flow flow : flows) {
            assertNull(flow.error());
            assertArrayEquals(BIG, content(flow));
            // A client that is gone at once may be gone before it is looked for; one that stays is looked for in ConnectionOwnerTest.
            if (flow.process() != null) assertTrue(flow.process().pid() > 0);
        }
        assertEquals(nginx.https() + "/big.bin", flows.getFirst().request().url());
    }
}
