package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowSource;

/// Listeners in front of nginx, with curl as the client.
@Timeout(60)
class ReverseProxyTest {
    @TempDir Path folder;
    private Nginx nginx;
    private Proxied proxied;

    @BeforeEach void begin() throws Exception {
        Partner.needs("curl");
        Path files = Files.createDirectories(folder.resolve("files").resolve("below"));
        Files.writeString(files.resolveSibling("a.txt"), "hello");
        Files.writeString(files.resolve("b.txt"), "below");
        nginx = new Nginx(folder, folder.resolve("files"));
        try (var in = Files.newInputStream(nginx.root)) {
            var root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            proxied = new Proxied(folder, ProxyOptions.USUAL.withRoots(List.of(root)), Recorder.MOST);
        }
    }

    @AfterEach void end() throws IOException {
        proxied.close();
        nginx.close();
    }

    private static String at(Listener listener) {
        return "http://127.0.0.1:" + listener.port();
    }

    private static String curl(String... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of("curl", "-s", "-S", "-m", "20"));
        command.addAll(List.of(arguments));
        return Partner.run(java.util.Map.of(), command).text();
    }

    @Test void theServerSeesItsOwnNameOrTheClients() throws Exception {
        Listener own = proxied.reverse(nginx.http(), false);
        Listener kept = proxied.reverse(nginx.http(), true);
        assertEquals("localhost:" + nginx.plain, curl(at(own) + "/host"));
        assertEquals("127.0.0.1:" + kept.port(), curl(at(kept) + "/host"));
        List<Flow> flows = proxied.ended(2);
        assertEquals(at(own) + "/host", flows.getFirst().request().url());
        assertEquals(FlowSource.REVERSE, flows.getFirst().source());
        assertEquals(nginx.plain, flows.getFirst().connection().server().port());
    }

    @Test void redirectsAndCookiesArePutRight() throws Exception {
        Listener listener = proxied.reverse(nginx.https(), false);
        String said = curl("-i", at(listener) + "/moved", at(listener) + "/cookie");
        assertTrue(said.contains("Location: " + at(listener) + "/a.txt\r\n"), said);
        assertTrue(said.contains("Set-Cookie: a=b; Path=/\r\n"), said);
        // What was recorded is what the server sent.
        List<Flow> flows = proxied.ended(2);
        assertEquals(nginx.https() + "/a.txt", flows.getFirst().response().headers().first("location").orElseThrow());
        assertEquals("a=b; Domain=localhost; Path=/; Secure", flows.get(1).response().headers().first("set-cookie").orElseThrow());
        assertNull(flows.getFirst().connection().clientTls());
        assertEquals(1, listener.counts().connections());
    }

    @Test void aPathGoesBeforeAllPaths() throws Exception {
        Listener listener = proxied.reverse(nginx.http() + "/below/", false);
        assertEquals("below", curl(at(listener) + "/b.txt"));
    }

    @Test void clientsMaySpeakTlsAndHttp2() throws Exception {
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
        Listener listener = proxied.reverse(nginx.https(), false);
        String said = curl("--http2", "--cacert", bundle.toString(), "-w", " %{http_version}", "https://localhost:" + listener.port() + "/a.txt");
        assertEquals("hello 2", said);
        Listener plain = proxied.reverse(nginx.http(), false);
        assertEquals("hello 1.1", curl("--cacert", bundle.toString(), "-w", " %{http_version}", "https://127.0.0.1:" + plain.port() + "/a.txt"));
        // Known beforehand, without TLS, to a server that speaks HTTP/2 inside TLS.
        assertEquals("hello 2", curl("--http2-prior-knowledge", "-w", " %{http_version}", at(listener) + "/a.txt"));
        for (Flow flow : proxied.ended(3)) assertNull(flow.error());
    }

    /// What is put right in heads of HTTP/1 is put right in those of HTTP/2.
    @Test void headsOfHttp2ArePutRight() throws Exception {
        Path bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
        Listener plain = proxied.reverse("http://127.0.0.1:" + nginx.known, false);
        Listener secure = proxied.reverse(nginx.https(), false);
        for (Listener listener : List.of(plain, secure)) {
            boolean tls = listener == secure;
            String at = (tls ? "https" : "http") + "://localhost:" + listener.port();
            List<String> usual = List.of("--cacert", bundle.toString(), tls ? "--http2" : "--http2-prior-knowledge");
            assertEquals(tls ? "localhost:" + nginx.secure : "127.0.0.1:" + nginx.known, http2(usual, at + "/host"));
            String moved = http2(usual, "-i", at + "/moved");
            assertTrue(moved.startsWith("HTTP/2 302") && moved.contains("location: " + at + "/a.txt\r\n"), moved);
            String cookie = http2(usual, "-i", at + "/cookie");
            assertTrue(cookie.contains(tls ? "set-cookie: a=b; Path=/; Secure\r\n" : "set-cookie: a=b; Domain=localhost; Path=/; Secure\r\n"), cookie);
        }
        Listener below = proxied.reverse(nginx.https() + "/below", false);
        assertEquals("below", http2(List.of("--cacert", bundle.toString(), "--http2"), "https://localhost:" + below.port() + "/b.txt"));
        List<Flow> flows = proxied.ended(7);
        for (Flow flow : flows) {
            assertNull(flow.error());
            assertEquals("HTTP/2.0", flow.request().httpVersion());
        }
        // What was recorded is what each side sent.
        assertEquals("https://localhost:" + secure.port() + "/moved", flows.get(4).request().url());
        assertEquals(nginx.https() + "/a.txt", flows.get(4).response().headers().first("location").orElseThrow());
    }

    private static String http2(List<String> usual, String... more) throws Exception {
        var all = new java.util.ArrayList<>(usual);
        all.addAll(List.of(more));
        return curl(all.toArray(String[]::new));
    }

    /// Bodies and many streams at once, through heads that are written anew.
    @Test void streamsSideBySide() throws Exception {
        Partner.needs("h2load");
        Files.write(folder.resolve("files/large.bin"), new byte[500_000]);
        proxied.proxy.options(ProxyOptions.USUAL.withWhole(true));
        Listener listener = proxied.reverse("http://127.0.0.1:" + nginx.known, false);
        Partner.Said said = Partner.run("h2load", "-n", "60", "-c", "3", "-m", "10", at(listener) + "/large.bin", at(listener) + "/a.txt");
        assertTrue(said.text().contains("60 succeeded, 0 failed, 0 errored"), said.text());
        for (Flow flow : proxied.ended(60)) {
            assertNull(flow.error());
            assertEquals(200, flow.response().status());
            assertEquals(flow.request().path().equals("/a.txt") ? 5 : 500_000, flow.responseBody().stored());
        }
    }

    @Test void aListenerStopsAlone() throws Exception {
        Listener one = proxied.reverse(nginx.http(), false);
        Listener other = proxied.reverse(nginx.http(), false);
        int port = one.port();
        one.stop();
        assertFalse(one.running());
        assertEquals("hello", curl(at(other) + "/a.txt"));
        assertTrue(curl("http://127.0.0.1:" + port + "/a.txt").contains("Failed to connect") || !one.running());
        Listener again = proxied.proxy.start(ListenerSpec.Reverse.of("127.0.0.1", port, nginx.http(), false));
        assertEquals("hello", curl(at(again) + "/a.txt"));
    }

    @Test void aServerThatIsNotThere() throws Exception {
        Listener listener = proxied.reverse("http://127.0.0.1:" + Partner.freePort(), false);
        String said = curl("-i", at(listener) + "/a.txt");
        assertTrue(said.startsWith("HTTP/1.1 502 "), said);
        assertTrue(proxied.ended(1).getFirst().error().contains("refused the connection"));
    }
}
