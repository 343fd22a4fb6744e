package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// Real clients, with a server behind the proxy that writes down what it was sent and what it sent: what is recorded is that, field by field and byte
/// by byte, and what the client got is that as well.
@Timeout(90)
class ClientMatrixTest {
    /// What is for the proxy, and not handed on.
    private static final Set<String> PROXYS = Set.of("proxy-connection", "proxy-authorization");

    @TempDir private static Path home;
    private static ExchangeServer server;
    @TempDir Path folder;
    private Proxied proxied;
    private Path bundle;
    /// In the targets of this test alone.
    private String tag;

    @BeforeAll static void serve() throws Exception {
        server = new ExchangeServer(home);
    }

    @AfterAll static void serveNoMore() {
        if (server != null) server.close();
    }

    @BeforeEach void begin() throws Exception {
        tag = "tag" + System.nanoTime();
        try (InputStream in = Files.newInputStream(server.root)) {
            var root = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            proxied = new Proxied(folder, ProxyOptions.USUAL.withRoots(List.of(root)), Recorder.MOST);
        }
        bundle = folder.resolve("bundle.pem");
        Files.writeString(bundle, proxied.authority.pem());
    }

    @AfterEach void end() throws Exception {
        if (proxied != null) proxied.close();
    }

    private Map<String, String> environment() {
        return Map.of("http_proxy", proxied.url(), "https_proxy", proxied.url(), "no_proxy", "", "SSL_CERT_FILE", bundle.toString(), "REQUESTS_CA_BUNDLE", bundle.toString());
    }

    /// What a client of Python got: status and sum of each target.
    private Map<String, String> run(String python, String client, String base, String tag) throws Exception {
        ExchangeServer.script(folder, "exchange_aiohttp.py");
        Partner.Said said = Partner.run(environment(), List.of(python, ExchangeServer.script(folder, "exchange_clients.py"), client, base, tag));
        assertEquals(0, said.code(), said::text);
        var got = new LinkedHashMap<String, String>();
        for (String line : said.text().lines().filter(each -> each.startsWith("/")).toList()) got.put(line.split("\t")[0], line.substring(line.indexOf('\t') + 1));
        return got;
    }

    private static String sum(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static List<String> lines(Headers headers) {
        return headers.fields().stream().filter(field -> !PROXYS.contains(field.name().toLowerCase(Locale.ROOT))).map(field -> field.name() + ": " + field.value()).toList();
    }

    /// All three tell the same.
    private void same(Map<String, String> got, String tag, String version) throws Exception {
        List<ExchangeServer.Row> rows = server.rows(tag, got.size());
        List<Flow> flows = proxied.ended(rows.size());
        assertEquals(got.size(), rows.size());
        String plain = rows.stream().filter(row -> row.target().startsWith("/plain") && row.method().equals("GET")).map(ExchangeServer.Row::body).findFirst().orElse("");
        for (ExchangeServer.Row row : rows) {
            Flow flow = flows.stream().filter(each -> each.request().url().endsWith(row.target())).findFirst().orElseThrow(() -> new AssertionError(row + " in " + flows));
            assertNull(flow.error(), () -> row.target() + ": " + flow.error());
            assertEquals(version, flow.request().httpVersion());
            assertEquals(row.method(), flow.request().method());
            assertEquals(row.fields(), lines(flow.request().headers()), row::target);
            assertEquals(row.sent(), sum(proxied.body(flow, Side.REQUEST)), row::target);
            assertEquals(row.status(), flow.response().status());
            assertEquals(row.answered(), lines(flow.response().headers()), row::target);
            assertEquals(row.trailers(), lines(flow.responseTrailers()), row::target);
            if (flow.kind() != FlowKind.WEBSOCKET) assertEquals(row.body(), sum(proxied.body(flow, Side.RESPONSE)), row::target);
            if (version.equals("HTTP/1.1") && row.status() != 101) assertEquals("Some Reason", flow.response().reason());
            if (row.status() == 101) continue;
            String[] client = got.get(row.target()).split("\t");
            assertEquals(String.valueOf(row.status()), client[0]);
            boolean encoded = row.answered().stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("content-encoding"));
            assertTrue(client[1].equals(row.body()) || encoded && client[1].equals(plain), row::target);
        }
    }

    @ParameterizedTest
    @CsvSource({"requests, false, HTTP/1.1", "requests, true, HTTP/1.1", "httpx, false, HTTP/1.1", "httpx, true, HTTP/1.1", "httpx2, true, HTTP/2.0", "urllib, false, HTTP/1.1",
        "urllib, true, HTTP/1.1"})
    void clientsOfPython(String client, boolean secure, String version) throws Exception {
        needs(client);
        same(run(ExchangeServer.PYTHON, client, secure ? server.https() : server.http(), tag), tag, version);
    }

    private static void needs(String client) throws Exception {
        if (client.startsWith("urllib")) return;
        String module = client.replace("2", "");
        Assumptions.assumeTrue(Partner.run(ExchangeServer.PYTHON, "-c", "import " + module).code() == 0, () -> module + " is not installed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aiohttpWithWebSockets(boolean secure) throws Exception {
        needs("aiohttp");
        Map<String, String> got = run(ExchangeServer.PYTHON, "aiohttp", secure ? server.https() : server.http(), tag);
        same(got, tag, "HTTP/1.1");
        Flow flow = proxied.until(each -> each.kind() == FlowKind.WEBSOCKET && each.messages() >= 8);
        int row = proxied.session.row(flow.id());
        byte[][] sent = {"short".getBytes(StandardCharsets.UTF_8), "a long one ".repeat(3000).getBytes(StandardCharsets.UTF_8), binary()};
        var messages = proxied.session.messages(row, 0, 6);
        for (int i = 0; i < 6; i++) {
            assertEquals(i % 2 == 0 ? Side.REQUEST : Side.RESPONSE, messages.get(i).from());
            assertEquals(i < 4 ? 1 : 2, messages.get(i).opcode());
            // What was compressed is shown as it was meant.
            assertArrayEquals(sent[i / 2], proxied.session.content(row, i, 100_000));
        }
        assertTrue(flow.response().headers().first("sec-websocket-extensions").orElseThrow().contains("permessage-deflate"));
        String whole = new String(sent[0], StandardCharsets.UTF_8) + new String(sent[1], StandardCharsets.UTF_8) + new String(sent[2], StandardCharsets.UTF_8);
        assertEquals("101\t" + sum(whole.getBytes(StandardCharsets.UTF_8)), got.get("/ws?" + tag));
    }

    private static byte[] binary() {
        byte[] bytes = new byte[1500];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i % 3);
        return bytes;
    }

    /// Every Python of this machine, with what it brings.
    @Test void urllibOfEveryPython() throws Exception {
        Path all = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        Assumptions.assumeTrue(Files.isDirectory(all), "there are no other Pythons here");
        var pythons = new ArrayList<Path>();
        try (var found = Files.list(all)) {
            found.map(each -> each.resolve("bin/python")).filter(Files::isExecutable).forEach(pythons::add);
        }
        var got = new LinkedHashMap<String, String>();
        for (Path python : pythons) got.putAll(run(python.toString(), "urllib", server.https(), tag + python.getParent().getParent().getFileName()));
        same(got, tag, "HTTP/1.1");
        assertTrue(got.size() >= pythons.size() * 7, () -> pythons + ": " + got.keySet());
    }

    @ParameterizedTest
    @CsvSource({"--http1.1, false, HTTP/1.1, http", "--http1.1, true, HTTP/1.1, http", "--http2, true, HTTP/2.0, http", "--http2-prior-knowledge, false, HTTP/2.0, http",
        "--http1.1, false, HTTP/1.1, socks5h", "--http2, true, HTTP/2.0, socks5", "--http1.1, true, HTTP/1.1, socks4a", "--http2-prior-knowledge, false, HTTP/2.0, socks4"})
    void curl(String version, boolean secure, String recorded, String scheme) throws Exception {
        Partner.needs("curl");
        String base = secure ? server.https() : server.http();
        var usual = new ArrayList<>(List.of("curl", "-s", "-S", "-m", "20", "-x", scheme + "://127.0.0.1:" + proxied.forward.port(), "--cacert", bundle.toString(), version));
        // Prior knowledge is for the server and not for the proxy.
        if (version.endsWith("knowledge") && scheme.equals("http")) usual.add("-p");
        Path body = folder.resolve("body");
        Files.writeString(body, "0123456789abcdef".repeat(5000));
        var got = new LinkedHashMap<String, String>();
        var gets = new ArrayList<String>();
        for (String each : List.of("plain", "none", "same", "chunked", "gzip", "br", "zstd", "deflate", "events")) gets.add("/" + each + "?" + tag);
        // curl 7.88 cannot ask twice on a connection with prior knowledge, whatever is behind it.
        if (version.endsWith("knowledge")) for (String each : gets) curl(got, base, List.of(each), usual, List.of("--compressed"));
        else curl(got, base, gets, usual, List.of("--compressed"));
        curl(got, base, List.of("/plain?head-" + tag), usual, List.of("--head"));
        curl(got, base, List.of("/echo?whole-" + tag), usual, List.of("--data-binary", "@" + body, "-H", "Expect: 100-continue"));
        curl(got, base, List.of("/echo?pieces-" + tag), usual, version.equals("--http1.1")
                ? List.of("--data-binary", "@" + body, "-H", "Transfer-Encoding: chunked") : List.of("-T", body.toString()));
        same(got, tag, recorded);
    }

    /// Events and calls are seen while they come, whatever carries them.
    @ParameterizedTest
    @CsvSource({"--http1.1, true", "--http2, true", "--http2-prior-knowledge, false"})
    void eventsAreSeenWhileTheyCome(String version, boolean secure) throws Exception {
        Partner.needs("curl");
        Path go = folder.resolve("go");
        var command = List.of("curl", "-s", "-N", "-m", "20", "-p", "-x", proxied.url(), "--cacert", bundle.toString(), version,
                (secure ? server.https() : server.http()) + "/events?" + tag + "&wait=" + go);
        try (Partner _ = Partner.start(Map.of(), command)) {
            Flow growing = proxied.until(flow -> flow.kind() == FlowKind.SSE && flow.messages() == 1);
            assertTrue(proxied.session.table().open(proxied.session.row(growing.id())));
            Files.createFile(go);
            assertEquals(2, proxied.ended(1).getFirst().messages());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void callsOfGrpcAreSeenWhileTheyGoOn(boolean secure) throws Exception {
        Path go = folder.resolve("go");
        String base = secure ? server.https() : server.http();
        var command = List.of(ExchangeServer.PYTHON, ExchangeServer.script(folder, "exchange_clients.py"), "grpc", base, tag + "&wait=" + go);
        try (Partner _ = Partner.start(environment(), command)) {
            Flow growing = proxied.until(flow -> flow.kind() == FlowKind.GRPC && flow.messages() == 3);
            assertTrue(proxied.session.table().open(proxied.session.row(growing.id())));
            assertEquals(List.of(Side.REQUEST, Side.RESPONSE, Side.RESPONSE), proxied.session.messages(0, 0, 3).stream().map(serpentarium.traffic.Message::from).toList());
            assertEquals("re:first", new String(proxied.session.content(0, 1, 100), StandardCharsets.UTF_8));
            Files.createFile(go);
            Flow flow = proxied.ended(1).getFirst();
            ExchangeServer.Row row = server.rows(tag, 1).getFirst();
            assertNull(flow.error());
            assertEquals(6, flow.messages());
            assertEquals("second ".repeat(40), new String(proxied.session.content(0, 3, 1000), StandardCharsets.UTF_8));
            assertEquals(row.fields(), lines(flow.request().headers()));
            assertEquals(row.trailers(), lines(flow.responseTrailers()));
            assertEquals(row.body(), sum(proxied.body(flow, Side.RESPONSE)));
            assertEquals(row.sent(), sum(proxied.body(flow, Side.REQUEST)));
        }
    }

    private void curl(Map<String, String> got, String base, List<String> targets, List<String> usual, List<String> more) throws Exception {
        var command = new ArrayList<>(usual);
        command.addAll(more);
        command.addAll(List.of("-w", "%{http_code}\n"));
        for (int i = 0; i < targets.size(); i++) command.addAll(List.of("-o", folder.resolve("out" + i).toString(), base + targets.get(i)));
        Partner.Said said = Partner.run(Map.of(), command);
        List<String> codes = said.text().lines().toList();
        assertEquals(targets.size(), codes.size(), said::text);
        for (int i = 0; i < targets.size(); i++) {
            Path out = folder.resolve("out" + i);
            byte[] bytes = more.contains("--head") || !Files.exists(out) ? new byte[0] : Files.readAllBytes(out);
            got.put(targets.get(i), codes.get(i) + "\t" + sum(bytes));
            Files.deleteIfExists(out);
        }
    }
}
