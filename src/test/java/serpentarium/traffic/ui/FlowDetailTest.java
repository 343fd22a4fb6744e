package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Command;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Tokens;
import serpentarium.task.InlineTasks;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.ComparedLine;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.proxy.ListenerSpec;
import serpentarium.traffic.engine.proxy.ProxyOptions;
import serpentarium.traffic.engine.proxy.ProxyServer;
import serpentarium.traffic.engine.trust.Authority;

class FlowDetailTest {
    private final RecordingPorts ports = new RecordingPorts();
    private final SimpleBooleanProperty masked = new SimpleBooleanProperty();
    @TempDir Path folder;
    private DiskSession session;

    @BeforeAll static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @BeforeEach void open() throws IOException {
        session = DetailSamples.session(folder.resolve("s"));
    }

    @AfterEach void close() throws IOException {
        session.close();
    }

    private FlowDetail detail() {
        var tasks = new InlineTasks();
        return new FlowDetail(tasks, ports, new MemorySettings(), masked);
    }

    private static void fx(Runnable action) {
        WaitForAsyncUtils.waitForAsyncFx(20_000, action);
    }

    private static String value(List<Fact> facts, String name) {
        return facts.stream().filter(fact -> !fact.title() && fact.name().equals(name)).map(Fact::value).findFirst().orElse(null);
    }

    @Test void showsHeaderInOrderWithCredentialsDecoded() {
        fx(() -> {
            FlowDetail detail = detail();
            detail.show(session, DetailSamples.ORDER);
            List<Fact> header = detail.side(Side.REQUEST).lines("headers");
            assertEquals(List.of("Host", "Authorization", "content-type", "Cookie"), header.stream().limit(4).map(Fact::name).toList());
            assertEquals("{\"sub\":\"123\",\"name\":\"Änne\"}", value(header, "Token content"));
            assertEquals(List.of("sid", "theme"), detail.side(Side.REQUEST).lines("cookies").stream().map(Fact::name).toList());
            assertEquals("def\nPath=/; HttpOnly; SameSite=Lax", value(detail.side(Side.RESPONSE).lines("cookies"), "sid"));
            assertEquals("db;dur=53", value(detail.side(Side.RESPONSE).lines("trailers"), "Server-Timing"));
            assertEquals("Jürgen B", value(detail.side(Side.REQUEST).lines("query"), "customer"));
            assertEquals("", value(detail.side(Side.REQUEST).lines("query"), "flag"));
        });
    }

    @Test void showsFormAndBasicCredentials() {
        fx(() -> {
            FlowDetail detail = detail();
            detail.show(session, DetailSamples.FORM);
            List<Fact> form = detail.side(Side.REQUEST).lines("form");
            assertEquals("lov&elace", value(form, "password"));
            assertEquals("a b\nc", value(form, "note"));
            assertEquals("lvlc", value(detail.side(Side.REQUEST).lines("headers"), "Password"));
            assertEquals("302 Found", FlowFacts.status(detail.loaded().flow()));
        });
    }

    @Test void secretsAreMaskedEverywhere() throws IOException {
        LoadedFlow loaded = LoadedFlow.read(session, DetailSamples.FORM, TaskContext.detached());
        LoadedFlow order = LoadedFlow.read(session, DetailSamples.ORDER, TaskContext.detached());
        var seen = new StringBuilder();
        for (LoadedFlow each : List.of(loaded, order)) {
            for (Side side : Side.values()) {
                FlowFacts.headers(each.flow(), side).forEach(fact -> seen.append(fact.line(true)).append('\n'));
                FlowFacts.cookies(each.flow(), side).forEach(fact -> seen.append(fact.line(true)).append('\n'));
            }
            FlowFacts.summary(each).forEach(fact -> seen.append(fact.line(true)).append('\n'));
            FlowFacts.connection(each).forEach(fact -> seen.append(fact.line(true)).append('\n'));
        }
        for (String secret : List.of("YWRhOmx2bGM", "lvlc", "s3cret", DetailSamples.TOKEN, "Änne", "abc", "def")) assertFalse(seen.toString().contains(secret), secret);
        assertTrue(seen.toString().contains("SameSite=Lax"));
    }

    @Test void tellsCertificatesAndTheConnection() throws IOException {
        LoadedFlow loaded = LoadedFlow.read(session, DetailSamples.ORDER, TaskContext.detached());
        List<Fact> tls = FlowFacts.tls(loaded.flow());
        assertEquals("DNS:shop.test\nDNS:*.shop.test\nIP:127.0.0.1", value(tls, "Names"));
        assertEquals("RSA 2048", value(tls, "Key"));
        assertEquals("1267", value(tls, "Serial number"));
        assertEquals("[2001:db8::7]:443", value(FlowFacts.connection(loaded), "Server"));
        assertEquals(3, loaded.shared());
        assertEquals(120, loaded.decoded()[1], 40);
        LoadedFlow caused = LoadedFlow.read(session, DetailSamples.ORDER_AGAIN, TaskContext.detached());
        assertTrue(caused.parent().startsWith("POST https://shop.test"));
        assertEquals("409 Conflict", FlowFacts.status(caused.flow()));
    }

    @Test void growsWhileItIsShown() throws IOException {
        FlowDetail[] made = new FlowDetail[1];
        FlowWriter flow = session.begin("late", FlowKind.HTTP, FlowSource.PROXY, DetailSamples.START + 9);
        flow.request(new RequestHead("GET", "http", "shop.test", 80, "", "/slow", "HTTP/1.1", Headers.NONE));
        flow.commit();
        int row = session.row("late");
        fx(() -> {
            made[0] = detail();
            made[0].show(session, row);
            assertEquals("no response", FlowFacts.status(made[0].loaded().flow()));
            assertTrue(made[0].loaded().open());
        });
        flow.response(new ResponseHead(503, "", "HTTP/1.1", Headers.NONE));
        flow.body(Side.RESPONSE, "late".getBytes(StandardCharsets.UTF_8), 0, 4);
        flow.close();
        fx(() -> {
            made[0].show(session, row);
            assertEquals("503 Service Unavailable", FlowFacts.status(made[0].loaded().flow()));
            assertFalse(made[0].loaded().open());
            made[0].show(session, -1);
            assertEquals(null, made[0].loaded());
        });
    }

    @Test void messagesAreReadAsTheyAreSeenAndSearched() {
        fx(() -> {
            FlowDetail detail = detail();
            detail.show(session, DetailSamples.SOCKET);
            MessageList list = detail.messages();
            assertEquals(2000, list.shown());
            list.search().setText("NEEDLE");
            assertEquals(1, list.shown());
            assertEquals(777, list.table().getItems().getFirst());
            list.search().setText("");
            assertEquals(2000, list.shown());
            detail.show(session, DetailSamples.TCP);
            assertEquals(2, list.shown());
        });
    }

    @Test void copiesAsCodeAndAsHar() {
        var copy = new CopyAs(session, new SessionContent(session), () -> new int[] {DetailSamples.ORDER}, masked::get, new InlineTasks(), ports);
        for (Command command : copy.commands()) {
            ports.copied.clear();
            command.run().run();
            assertEquals(1, ports.copied.size(), command.id());
            assertTrue(ports.copied.getFirst().contains("shop.test"), command.id());
        }
        assertTrue(ports.copied.getFirst().contains("\"entries\""));
        masked.set(true);
        for (Command command : copy.commands()) {
            ports.copied.clear();
            command.run().run();
            assertEquals(1, ports.copied.size(), command.id());
            for (String secret : List.of("s3cret", DetailSamples.TOKEN, "sid=abc", "sid=def"))
                assertFalse(ports.copied.getFirst().contains(secret), command.id() + " " + secret);
            assertTrue(ports.copied.getFirst().contains("redacted-"), command.id());
        }
        var failed = new CopyAs(session, new SessionContent(session), () -> new int[] {DetailSamples.FAILED}, masked::get, new InlineTasks(), ports);
        ports.copied.clear();
        failed.commands().stream().filter(command -> command.id().endsWith("pytest")).forEach(command -> command.run().run());
        assertEquals(List.of(), ports.copied);
    }

    @Test void comparesTwoFlows() throws Exception {
        var with = new TrafficPane.Surroundings(new InlineTasks(), ports, new MemorySettings(), new serpentarium.kit.Theme(), new serpentarium.kit.FxThread());
        fx(() -> {
            var compare = new CompareFlows(session, DetailSamples.ORDER, session, DetailSamples.ORDER_AGAIN, new SimpleBooleanProperty(true), with, () -> { });
            var seen = compare.shown().stream().map(line -> line.change() + " " + line.name() + " " + line.left() + " " + line.right()).toList();
            assertTrue(seen.contains("CHANGED items[0].price 4.5 4.75"), seen::toString);
            assertTrue(seen.contains("REMOVED items[1].sku \"cup\" null"), seen::toString);
            assertTrue(seen.contains("CHANGED Status 200 OK 409 Conflict"), seen::toString);
            assertFalse(seen.toString().contains("s3cret"));
        });
        for (Tokens tokens : List.of(Tokens.LIGHT, Tokens.DARK))
            shot("traffic-compare", tokens, 1100, 700, () -> new CompareFlows(session, DetailSamples.ORDER, session, DetailSamples.ORDER_AGAIN, new SimpleBooleanProperty(), with, () -> { }));
    }

    @Test void comparesTwoSessions() throws Exception {
        var table = session.table();
        var compared = serpentarium.traffic.analysis.SessionComparison.of(table, table, TaskContext.detached());
        assertEquals(table.size(), compared.count(serpentarium.traffic.analysis.SessionComparison.Change.SAME));
        for (Tokens tokens : List.of(Tokens.LIGHT, Tokens.DARK))
            shot("traffic-compare-sessions", tokens, 1100, 700, () -> new CompareSessions(compared, table, table, new SimpleBooleanProperty(true), ports, (_, _) -> { }, () -> { }));
    }

    private static void shot(String name, Tokens tokens, int width, int height, java.util.function.Supplier<Parent> view) throws IOException {
        Scene scene = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
            var made = new Scene(new StackPane(view.get()), width, height);
            Look.dress(made, tokens, Look.FONT_SIZE);
            return made;
        });
        WritableImage image = null;
        for (int i = 0; i < 4; i++) {
            image = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> Snapshot.of(scene));
            WaitForAsyncUtils.waitForFxEvents();
        }
        Snapshot.write(image, Path.of("target/screens", name + (tokens.dark() ? "-dark-" : "-light-") + width + "x" + height + ".png"));
    }

    @Test void pictures() throws Exception {
        shot("traffic-detail-exchange", DetailSamples.ORDER, detail -> detail.side(Side.REQUEST).front("headers"));
        shot("traffic-detail-summary", DetailSamples.ORDER, detail -> detail.front("summary"));
        shot("traffic-detail-timing", DetailSamples.ORDER, detail -> detail.front("timing"));
        shot("traffic-detail-tls", DetailSamples.ORDER, detail -> detail.front("tls"));
        shot("traffic-detail-messages", DetailSamples.SOCKET, detail -> {
            detail.front("messages");
            detail.messages().table().getSelectionModel().select(Integer.valueOf(3));
        });
        shot("traffic-detail-failed", DetailSamples.FAILED, detail -> { });
        assertTrue(Files.size(Path.of("target/screens/traffic-detail-exchange-dark-900x640.png")) > 20_000, "an almost empty picture");
    }

    private void shot(String name, int row, Consumer<FlowDetail> then) throws IOException {
        for (Tokens tokens : List.of(Tokens.LIGHT, Tokens.DARK))
            for (int[] size : new int[][] {{900, 640}, {520, 640}}) {
                Scene scene = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
                    FlowDetail detail = detail();
                    detail.show(session, row);
                    then.accept(detail);
                    var made = new Scene(new StackPane((Parent) detail.node()), size[0], size[1]);
                    Look.dress(made, tokens, Look.FONT_SIZE);
                    return made;
                });
                WritableImage image = null;
                for (int i = 0; i < 4; i++) {
                    image = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> Snapshot.of(scene));
                    WaitForAsyncUtils.waitForFxEvents();
                }
                Snapshot.write(image, Path.of("target/screens", name + (tokens.dark() ? "-dark-" : "-light-") + size[0] + "x" + size[1] + ".png"));
            }
    }

    @Test void whatRulesChangedIsSetBesideWhatCame() throws Exception {
        try (FlowWriter flow = session.begin("ruled", FlowKind.HTTP, FlowSource.PROXY, DetailSamples.START + 90)) {
            flow.request(new RequestHead("POST", "http", "shop.test", 80, "", "/new?a=b", "HTTP/1.1",
                    new Headers(List.of(new Headers.Field("Host", "shop.test"), new Headers.Field("X-Added", "yes")))));
            byte[] body = "{\"n\": 2, \"same\": 1}".getBytes(StandardCharsets.UTF_8);
            flow.body(Side.REQUEST, body, 0, body.length);
            flow.extra("rules", "send it elsewhere\nadd a field".getBytes(StandardCharsets.UTF_8));
            flow.extra("rules.request", "POST /old HTTP/1.1\r\nHost: shop.test\r\nCookie: s=1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            flow.extra("rules.request.body", "{\"n\": 1, \"same\": 1}".getBytes(StandardCharsets.UTF_8));
        }
        int row = session.row("ruled");
        FlowDetail detail = WaitForAsyncUtils.waitForAsyncFx(20_000, this::detail);
        fx(() -> {
            detail.show(session, row);
        });
        List<String> differing = detail.changed().lines().stream().filter(line -> line.change() != ComparedLine.Change.SAME)
                .map(line -> line.name() + "|" + line.left() + "|" + line.right()).toList();
        assertEquals(4, differing.size(), differing.toString());
        assertTrue(differing.getFirst().endsWith("|POST /old HTTP/1.1|POST /new?a=b HTTP/1.1"), differing.toString());
        assertTrue(differing.contains("Cookie|s=1|null") && differing.contains("X-Added|null|yes"), differing.toString());
        fx(() -> {
            assertTrue(((Label) detail.changed().lookup("#changed-by")).getText().contains("send it elsewhere, add a field"));
            ((ToggleButton) detail.changed().lookup("#changed-came")).fire();
            assertTrue(((TextArea) detail.changed().getCenter()).getText().startsWith("POST /old HTTP/1.1\nHost: shop.test\nCookie: s=1\n\n{\"n\": 1"));
            ((ToggleButton) detail.changed().lookup("#changed-sent")).fire();
            assertTrue(((TextArea) detail.changed().getCenter()).getText().contains("X-Added: yes"));
        });
        Shots.write("detail-changed", _ -> {
            FlowDetail shown = detail();
            shown.show(session, row);
            shown.front("changed");
            return (javafx.scene.Parent) shown.node();
        });
    }

    /// Through a proxy with rules, to a server of the test's own.
    private String ask(RuleBook rules, String path, String body) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = ("{\"got\": " + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8) + "}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (var proxy = new ProxyServer(session, Authority.open(folder.resolve("authority")), ProxyOptions.USUAL)) {
            proxy.rules(rules);
            int port = proxy.start(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, 0)).port();
            try (HttpClient client = HttpClient.newBuilder().proxy(ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))).build()) {
                URI to = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
                var request = HttpRequest.newBuilder(to).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
                return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            }
        } finally {
            server.stop(0);
        }
    }

    @Test void whatALiveRuleChangedIsShown() throws Exception {
        int row = session.table().size();
        var rules = new RuleBook(List.of(new Rule("other number", true, "path:/ruled", new RuleAction.ReplaceInBody(Side.REQUEST, "1", "22")),
                new Rule("add a field", true, "path:/ruled", new RuleAction.SetHeader(Side.REQUEST, "X-Added", "yes")),
                new Rule("nice answer", true, "path:/ruled", new RuleAction.ReplaceInBody(Side.RESPONSE, "got", "taken")),
                new Rule("for others", true, "path:/other", new RuleAction.SetHeader(Side.RESPONSE, "X-Other", "yes"))));
        assertEquals("{\"taken\": {\"n\": 22}}", ask(rules, "/ruled?a=b", "{\"n\": 1}"));
        FlowDetail detail = WaitForAsyncUtils.waitForAsyncFx(20_000, this::detail);
        fx(() -> detail.show(session, row));
        List<String> differing = detail.changed().lines().stream().filter(line -> line.change() != ComparedLine.Change.SAME)
                .map(line -> line.name() + "|" + line.left() + "|" + line.right()).toList();
        assertEquals(List.of("Content-Length|8|9", "X-Added|null|yes", "n|1|22", "Content-length|18|20", "taken.n|null|22", "got.n|22|null"), differing);
        fx(() -> {
            assertEquals("Changed by: other number, add a field, nice answer", ((Label) detail.changed().lookup("#changed-by")).getText());
            ((ToggleButton) detail.changed().lookup("#changed-came")).fire();
            String came = ((TextArea) detail.changed().getCenter()).getText();
            assertTrue(came.contains("{\"n\": 1}") && came.contains("{\"got\": {\"n\": 22}}") && !came.contains("X-Added"), came);
            ((ToggleButton) detail.changed().lookup("#changed-sent")).fire();
            String sent = ((TextArea) detail.changed().getCenter()).getText();
            assertTrue(sent.contains("{\"n\": 22}") && sent.contains("{\"taken\": {\"n\": 22}}") && sent.contains("X-Added: yes"), sent);
        });
    }
}
