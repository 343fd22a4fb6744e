package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Side;

/// The forward proxy and SOCKS with curl as the client.
@Timeout(60)
class ForwardProxyTest {
    private static final byte[] BIG = new byte[700_000];

    static {
        new Random(1).nextBytes(BIG);
    }

    @TempDir Path folder;
    private HttpServer server;
    private Proxied proxied;
    private String base;

    @BeforeEach void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/hello", exchange -> {
            byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().set("X-Case-Kept", "yes");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/echo", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        proxied = new Proxied(folder);
    }

    @AfterEach void end() throws IOException {
        proxied.close();
        server.stop(0);
    }

    private Partner.Said curl(String... arguments) throws Exception {
        Partner.needs("curl");
        var command = new java.util.ArrayList<>(List.of("curl", "-s", "-S", "-m", "20"));
        command.addAll(List.of(arguments));
        return Partner.run(java.util.Map.of(), command);
    }

    @Test void anAbsoluteTargetIsMadeShort() throws Exception {
        assertEquals("hello", curl("-x", proxied.url(), base + "/hello?a=1").text());
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(base + "/hello?a=1", flow.request().url());
        assertEquals(FlowSource.PROXY, flow.source());
        assertEquals(200, flow.response().status());
        assertNull(flow.error());
        assertEquals(server.getAddress().getPort(), flow.connection().server().port());
        assertTrue(flow.timing().connectEnd() >= flow.timing().connectStart());
        assertEquals("hello", new String(proxied.body(flow, Side.RESPONSE), StandardCharsets.US_ASCII));
    }

    @Test void everyWayThrough() throws Exception {
        String socks = "127.0.0.1:" + proxied.forward.port();
        assertEquals("hello", curl("-p", "-x", proxied.url(), base + "/hello").text());
        assertEquals("hello", curl("--socks5", socks, base + "/hello").text());
        assertEquals("hello", curl("--socks5-hostname", socks, base.replace("127.0.0.1", "localhost") + "/hello").text());
        assertEquals("hello", curl("--socks4", socks, base + "/hello").text());
        assertEquals("hello", curl("--socks4a", socks, base.replace("127.0.0.1", "localhost") + "/hello").text());
        for (Flow flow : proxied.ended(5)) assertEquals(200, flow.response().status());
    }

    @Test void severalServersOnOneConnection() throws Exception {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 5);
            exchange.getResponseBody().write("other".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        other.start();
        try {
            String second = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
            assertEquals("hellootherhello", curl("-x", proxied.url(), base + "/hello", second, base + "/hello").text());
            assertEquals(1, proxied.forward.counts().connections());
            List<Flow> flows = proxied.ended(3);
            assertEquals(second, flows.get(1).request().url());
        } finally {
            other.stop(0);
        }
    }

    @Test void bodiesAreRecordedAsTheyWereSent() throws Exception {
        Path file = folder.resolve("big");
        java.nio.file.Files.write(file, BIG);
        byte[] back = curl("-x", proxied.url(), "--data-binary", "@" + file, base + "/echo").out();
        assertArrayEquals(BIG, back);
        assertArrayEquals(BIG, curl("-x", proxied.url(), "-H", "Transfer-Encoding: chunked", "--data-binary", "@" + file, base + "/echo").out());
        for (Flow flow : proxied.ended(2)) {
            assertArrayEquals(BIG, proxied.body(flow, Side.REQUEST));
            assertArrayEquals(BIG, proxied.body(flow, Side.RESPONSE));
        }
    }
}
