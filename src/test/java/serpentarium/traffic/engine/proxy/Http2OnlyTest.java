package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// A server that speaks HTTP/2 inside TLS and nothing else, where a rule concerns it: the rule acts, whatever the client speaks.
@Timeout(90)
class Http2OnlyTest {
    @TempDir Path folder;
    private Nginx nginx;
    private Proxied proxied;
    private SSLServerSocket server;
    private Path bundle;

    @BeforeEach void begin() throws Exception {
        Partner.needs("curl");
        Path files = Files.createDirectories(folder.resolve("files"));
        Files.writeString(files.resolve("a.txt"), "hello");
        nginx = new Nginx(folder, files);
        X509Certificate root;
        try (InputStream in = Files.newInputStream(nginx.root)) {
            root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
        proxied = new Proxied(folder, ProxyOptions.USUAL.withRoots(List.of(root)), Recorder.MOST);
        proxied.proxy.rules(new RuleBook(List.of(new Rule("", true, "path:/a.txt", new RuleAction.ReplaceInBody(Side.RESPONSE, "hello", "good bye")))));
        bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
    }

    @AfterEach void end() throws IOException {
        proxied.close();
        nginx.close();
        if (server != null) server.close();
    }

    /// Takes TLS off before the port of nginx that speaks HTTP/2 with prior knowledge.
    ///
    /// @param alert whether who does not offer HTTP/2 is told so in the handshake; otherwise nothing is agreed on
    private int serve(boolean alert) throws IOException {
        Path home = folder.resolve("nginx");
        var context = (JdkSslContext) SslContextBuilder.forServer(home.resolve("own.pem").toFile(), home.resolve("own.key").toFile()).sslProvider(SslProvider.JDK).build();
        server = (SSLServerSocket) context.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try {
                    var client = (SSLSocket) server.accept();
                    if (alert) {
                        SSLParameters parameters = client.getSSLParameters();
                        parameters.setApplicationProtocols(new String[] {"h2"});
                        client.setSSLParameters(parameters);
                    } else client.setHandshakeApplicationProtocolSelector((_, offered) -> offered.contains("h2") ? "h2" : "");
                    Thread.ofVirtual().start(() -> relay(client));
                } catch (IOException e) {
                    assertTrue(server.isClosed(), e::toString);
                }
            }
        });
        return server.getLocalPort();
    }

    private void relay(SSLSocket client) {
        try (client; var behind = new Socket(InetAddress.getLoopbackAddress(), nginx.known)) {
            client.startHandshake();
            Thread back = Thread.ofVirtual().start(() -> copy(behind, client));
            copy(client, behind);
            back.join();
        } catch (IOException | InterruptedException _) {
            // Handshakes that fail are a part of it.
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException _) {
            // The other direction has ended the connection.
        }
    }

    @ParameterizedTest
    @CsvSource({"true, false", "false, false", "true, true", "false, true"})
    void rulesActOnItsAnswers(boolean alert, boolean reverse) throws Exception {
        int port = serve(alert);
        Listener listener = reverse ? proxied.reverse("https://localhost:" + port, true) : null;
        String url = "https://localhost:" + (reverse ? listener.port() : port) + "/a.txt";
        List<String> way = reverse ? List.of("--noproxy", "*") : List.of("-x", proxied.url());
        var command = new ArrayList<>(List.of("curl", "-s", "-S", "-m", "20", "--http2", "--cacert", bundle.toString(), "-w", " %{http_version}", url));
        command.addAll(way);
        assertEquals("good bye 1.1", Partner.run(Map.of(), command).text());
        Flow flow = proxied.ended(1).getFirst();
        assertNull(flow.error());
        assertEquals("HTTP/1.1", flow.request().httpVersion());
        assertEquals("HTTP/2.0", flow.response().httpVersion());
        assertEquals(1, proxied.all().size());
    }
}
