package serpentarium.traffic.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;
import static serpentarium.kit.OnFx.until;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.Look;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Theme;
import serpentarium.kit.Tokens;
import serpentarium.task.ThreadTasks;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Rule;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleText;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.TrafficReader;

/// Watching traffic as a person does it: begin, send something through the proxy, see it; it is kept when the tab is closed.
class LiveTrafficTest {
    @TempDir Path folder;
    private final RecordingPorts ports = new RecordingPorts();
    private final MemorySettings settings = new MemorySettings();
    private final FxThread fx = new FxThread();
    private final ThreadTasks tasks = new ThreadTasks(fx);
    private final List<Path> opened = new ArrayList<>();
    private HttpServer server;
    private TrafficPane pane;
    private Document document;
    private Stage stage;

    @BeforeEach void begin() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = ("you asked for " + exchange.getRequestURI()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        settings.put("traffic.rules", List.of(RuleText.write(new Rule("look", true, "path /held", new RuleAction.Pause(Side.REQUEST, 60)))));
        stage = FxToolkit.registerPrimaryStage();
        pane = fx(() -> new TrafficPane(new TrafficReader(List.of()), tasks, ports, settings, new Theme(), fx, TrafficPane.Places.in(folder)));
        fx(() -> {
            pane.offers(opened::add).getFirst().command().run().run();
            return null;
        });
        until("a session was begun", 20, () -> !opened.isEmpty() || !ports.problems.isEmpty());
        assertEquals(List.of(), ports.problems);
        assertTrue(pane.opensFolder(opened.getFirst()));
        document = fx(() -> {
            Document made = pane.open(opened.getFirst());
            var scene = new Scene((javafx.scene.Parent) made.view(), 1000, 700);
            Look.dress(scene, Tokens.LIGHT, Look.FONT_SIZE);
            stage.setScene(scene);
            stage.show();
            return made;
        });
        until("the proxy listens", 20, () -> address() != null && !address().isEmpty());
    }

    @AfterEach void end() throws Exception {
        fx(() -> {
            document.close();
            return null;
        });
        FxToolkit.cleanupStages();
        assertTrue(tasks.shutdown(Duration.ofSeconds(10)));
        server.stop(0);
    }

    private String address() {
        return document.view().lookup("#live-address") instanceof TextField field ? field.getText() : null;
    }

    private String ask(String path) throws Exception {
        URI proxy = URI.create(fx(this::address));
        try (var client = HttpClient.newBuilder().proxy(ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort()))).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path)).timeout(Duration.ofSeconds(10)).build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @Test void whatAProgramSendsAppearsAndIsKept() throws Exception {
        assertEquals("you asked for /first", ask("/first"));
        until("the list took the place of the first steps", 20, () -> document.view().lookup(".flow-list") != null);
        until("the flow is there", 20, () -> document.view().lookup("#flow-count") instanceof javafx.scene.control.Label label && label.getText().contains("1"));
        fx(() -> {
            document.close();
            return null;
        });
        until("the session is closed", 20, () -> {
            try (var kept = DiskSession.open(opened.getFirst(), SessionLimits.NONE)) {
                return kept.table().size() == 1 && kept.table().path(0).equals("/first") && kept.table().status(0) == 200 && !kept.readOnly();
            }
        });
    }

    @Test void theVariablesForAShellNameTheProxyAndABundle() throws Exception {
        Command copy = document.commands().getValue().stream().filter(each -> each.id().equals("traffic.copy-variables")).findFirst().orElseThrow();
        String proxy = fx(this::address);
        fx(copy::runIfEnabled);
        until("they were copied", 20, () -> !ports.copied.isEmpty());
        String lines = ports.copied.getFirst();
        assertTrue(lines.contains("HTTPS_PROXY='" + proxy + "'") || lines.contains("HTTPS_PROXY = '" + proxy + "'"), lines);
        assertTrue(lines.contains("REQUESTS_CA_BUNDLE"));
        assertFalse(document.commands().getValue().stream().anyMatch(each -> each.id().equals("traffic.reload")), "a session that grows is not read again");
        assertNotNull(document.view().lookup("#live-add"));
    }

    @Test void aHeldRequestIsEditedAndGoesOn() throws Exception {
        var answer = new FutureTask<>(() -> ask("/held"));
        CompletableFuture.runAsync(answer);
        until("it is said that one is held", 20, () -> document.view().lookup("#live-held") instanceof Button button && button.isVisible());
        fx(() -> {
            ((Button) document.view().lookup("#live-held")).fire();
            return null;
        });
        until("its head can be edited", 20, () -> document.view().lookup("#held-head") instanceof TextArea area && area.getText().startsWith("GET "));
        assertFalse(answer.isDone());
        fx(() -> {
            TextArea head = (TextArea) document.view().lookup("#held-head");
            String before = head.getText();
            head.setText("GET /a b HTTP/1.1");
            ((Button) document.view().lookup("#held-send")).fire();
            assertFalse(((javafx.scene.control.Label) document.view().lookup("#held-note")).getText().isEmpty(), "what cannot be sent is told");
            head.setText(before.replace("/held", "/edited"));
            ((Button) document.view().lookup("#held-send")).fire();
            return null;
        });
        assertEquals("you asked for /edited", answer.get(20, TimeUnit.SECONDS));
        until("nothing is held any more", 20, () -> document.view().lookup("#live-held") == null);
    }

    private <T extends javafx.scene.Node> T node(String id, Class<T> type) {
        return type.cast(document.view().lookup("#" + id));
    }

    private void command(String id) {
        fx(() -> {
            document.commands().getValue().stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow().runIfEnabled();
            return null;
        });
    }

    private String count() {
        return document.view().lookup("#flow-count") instanceof javafx.scene.control.Label label ? label.getText() : "";
    }

    @Test void aRequestIsSentAgainEditedAndComposed() throws Exception {
        ask("/first");
        until("the flow is there", 20, () -> count().contains("1") && document.view().lookup(".flow-list") != null);
        until("it is selected", 20, () -> {
            document.view().lookupAll(".flow-list").forEach(each -> ((javafx.scene.control.TableView<?>) each).getSelectionModel().select(0));
            return heading().contains("/first");
        });
        command("traffic.send-again");
        until("it was sent again", 20, () -> count().contains("2"));
        until("the new flow is selected", 20, () -> heading().contains("sent from here"));
        command("traffic.send-edit");
        until("it can be edited", 20, () -> node("send-url", TextField.class) != null && node("send-url", TextField.class).getText().endsWith("/first"));
        fx(() -> {
            TextArea header = node("send-header", TextArea.class);
            String before = header.getText();
            header.setText("no field");
            assertTrue(node("send-wrong", javafx.scene.control.Label.class).getText().contains("no field"));
            assertTrue(node("send-send", Button.class).isDisabled());
            header.setText(before + "\nX-Edited: yes");
            node("send-url", TextField.class).setText(node("send-url", TextField.class).getText().replace("/first", "/edited"));
            node("send-send", Button.class).fire();
            return null;
        });
        until("it was answered", 20, () -> node("send-result", javafx.scene.control.Label.class).getText().contains("200"));
        until("its flow is shown", 20, () -> heading().contains("/edited"));
        fx(() -> {
            node("send-compare", Button.class).fire();
            return null;
        });
        until("both are compared", 20, () -> document.view().lookup(".compare-table") != null);
        command("traffic.compose");
        assertEquals(List.of(), ports.problems);
    }

    /// What stands above the detail.
    private String heading() {
        return document.view().lookupAll(".flow-heading .label").stream().map(each -> ((javafx.scene.control.Label) each).getText()).reduce("", (a, b) -> a + " " + b);
    }
}
