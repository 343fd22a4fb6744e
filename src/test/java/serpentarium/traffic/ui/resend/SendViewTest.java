package serpentarium.traffic.ui.resend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxToolkit;
import serpentarium.kit.Command;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.RecordingPorts;
import serpentarium.kit.Shots;
import serpentarium.task.InlineTasks;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.proxy.Outgoing;
import serpentarium.traffic.engine.proxy.Sent;
import serpentarium.traffic.engine.resend.Repetition;

/// Writing and sending a request, with a network that answers at once.
class SendViewTest {
    @TempDir Path folder;
    private final MemorySettings settings = new MemorySettings();
    private boolean rules = true;
    private final List<Outgoing> sent = new ArrayList<>();
    private final Repetition.Sender network = (request, then) -> {
        sent.add(request);
        int n = sent.size();
        then.accept(n % 5 == 0 ? new Sent("f" + n, 0, 0.2, 0, "the server broke off") : new Sent("f" + n, n % 4 == 0 ? 503 : 200, n / 1000.0, 10, null));
        return () -> { };
    };

    @BeforeEach void stage() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private SendViewModel model() throws Exception {
        var session = DiskSession.create(folder.resolve("s" + System.nanoTime()), SessionLimits.NONE);
        return fx(() -> new SendViewModel(session, network, new InlineTasks(), Runnable::run, settings, () -> rules));
    }

    @Test void whatIsWrongIsSaidWhereItStandsAndNothingIsSent() throws Exception {
        SendViewModel model = model();
        fx(() -> {
            model.url().set("shop.test");
            assertFalse(model.wrong().get().isEmpty());
            model.send();
            model.url().set("http://shop.test/");
            assertEquals("", model.wrong().get());
            model.kind().set(BodyKind.HEX);
            model.body().set("61 6");
            assertFalse(model.wrong().get().isEmpty());
            model.body().set("61 62");
            assertEquals("", model.wrong().get());
            model.kind().set(BodyKind.TEXT);
            assertEquals("ab", model.body().get());
            model.kind().set(BodyKind.FILE);
            model.file().set(folder.resolve("none").toString());
            assertFalse(model.wrong().get().isEmpty());
            model.kind().set(BodyKind.TEXT);
            model.count().set("0");
            assertFalse(model.wrong().get().isEmpty());
            assertEquals(0, sent.size());
            assertFalse(model.paste("curl http://a http://b").isEmpty());
            model.count().set("1");
            assertEquals("", model.paste("curl -X PUT -d '{}' https://shop.test/x"));
            assertEquals("PUT", model.method().get());
            model.send();
            assertEquals("https://shop.test/x", sent.getFirst().url());
            assertEquals(2, sent.getFirst().content().length());
            assertEquals("f1", model.shown().get());
            assertTrue(model.result().get().contains("200"));
            return null;
        });
    }

    @Test void rulesAreAppliedAsAPersonLeftItElseWhereTheyWere() throws Exception {
        var session = DiskSession.create(folder.resolve("ruled"), SessionLimits.NONE);
        for (FlowSource source : List.of(FlowSource.PROXY, FlowSource.SENT)) {
            try (FlowWriter flow = session.begin("f" + source, FlowKind.HTTP, source, 1)) {
                flow.request(new RequestHead("GET", "http", "a.test", 80, "", "/", "HTTP/1.1", new Headers(List.of(new Headers.Field("Host", "a.test")))));
            }
        }
        SendViewModel model = fx(() -> new SendViewModel(session, network, new InlineTasks(), Runnable::run, settings, () -> rules));
        fx(() -> {
            assertFalse(model.ruled().get());
            model.again(0, problem -> { throw new AssertionError(problem); });
            model.again(1, problem -> { throw new AssertionError(problem); });
            rules = false;
            model.again(0, problem -> { throw new AssertionError(problem); });
            assertEquals(List.of(true, false, false), sent.stream().map(Outgoing::ruled).toList());
            rules = true;
            model.load(0, () -> { }, problem -> { throw new AssertionError(problem); });
            assertTrue(model.ruled().get());
            assertTrue(settings.text("traffic.send.ruled").isEmpty());
            model.ruled().set(false);
            model.send();
            assertFalse(sent.getLast().ruled());
            model.again(0, problem -> { throw new AssertionError(problem); });
            assertFalse(sent.getLast().ruled());
            model.ruled().set(true);
            model.load(serpentarium.traffic.engine.resend.Draft.empty());
            assertTrue(model.ruled().get());
            model.send();
            assertTrue(sent.getLast().ruled());
            return null;
        });
    }

    @Test void manyAreSummedUp() throws Exception {
        SendViewModel model = model();
        fx(() -> {
            model.count().set("20");
            model.atOnce().set("4");
            model.send();
            return null;
        });
        assertEquals(20, sent.size());
        String said = model.result().get();
        assertTrue(said.contains("20 sent, 16 answered") && said.contains("503: 4") && said.contains("4 failed: the server broke off"), said);
    }

    @Test void picturesAreTaken() throws Exception {
        SendViewModel model = model();
        fx(() -> {
            model.paste("curl -X POST 'https://shop.test/api/orders?dry=1' -H 'Authorization: Bearer abc' -H 'content-type: application/json' -d '{\"sku\": 7, \"count\": 2}'");
            model.count().set("20");
            model.atOnce().set("4");
            model.send();
            return null;
        });
        var compare = Command.of("x", "Compare with the original", "fth-columns", null, () -> { });
        Shots.write("send", _ -> new SendView(model, new RecordingPorts(), compare));
        assertTrue(java.nio.file.Files.exists(Path.of("target/screens/send-dark-1600x1000.png")));
    }
}
