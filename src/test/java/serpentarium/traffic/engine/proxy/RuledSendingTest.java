package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import serpentarium.task.TaskContext;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.engine.resend.RepeatSummary;
import serpentarium.traffic.engine.resend.Repetition;

/// Rules act on requests that are sent from here, where that is wanted, and the flow says so.
class RuledSendingTest extends RuledProxy {
    private static Outgoing request(String method, String url, String body, Headers.Field... fields) {
        return new Outgoing(method, url, List.of(fields), Outgoing.Content.of(body.getBytes(StandardCharsets.UTF_8)), Outgoing.Version.HTTP_1_1, Duration.ofSeconds(15),
                Map.of("sent.of", "abc.1".getBytes(StandardCharsets.UTF_8)), true);
    }

    private Sent send(Outgoing request) throws Exception {
        var sent = new CompletableFuture<Sent>();
        proxied.proxy.send(request, sent::complete);
        return sent.get(20, TimeUnit.SECONDS);
    }

    /// The flow of what was sent, with what was done to it.
    private Flow flow(Sent sent) throws Exception {
        return proxied.until(flow -> flow.id().equals(sent.flow()) && flow.extras().containsKey("rules") && flow.responseBody().state() == serpentarium.traffic.BodyFacts.State.COMPLETE);
    }

    @Test void bothSidesAreChangedAndTheFlowKeepsWhatTheyWere() throws Exception {
        rules(new RuleAction.SetHeader(Side.REQUEST, "X-Added", "yes"), new RuleAction.ReplaceInBody(Side.REQUEST, "one", "three"),
                new RuleAction.ReplaceInBody(Side.RESPONSE, "hello", "good bye"));
        Sent sent = send(request("POST", server.url() + "/a?b", "one two", new Headers.Field("HOST", "other.test"), new Headers.Field("x-ZEBRA", "1")));
        assertNull(sent.failure());
        assertEquals(200, sent.status());
        assertEquals(8, sent.bytes());
        String head = server.heads.getFirst();
        assertTrue(head.startsWith("POST /a?b HTTP/1.1\r\n") && head.contains("HOST: other.test\r\n") && head.contains("x-ZEBRA: 1\r\n") && head.contains("X-Added: yes\r\n"), head);
        Flow flow = flow(sent);
        assertEquals(FlowSource.SENT, flow.source());
        assertNull(flow.error());
        assertEquals("abc.1", extra(flow, "sent.of"));
        assertEquals("three two", body(flow, Side.REQUEST));
        assertEquals("good bye", body(flow, Side.RESPONSE));
        assertTrue(extra(flow, "rules.request").startsWith("POST /a?b HTTP/1.1\r\n") && !extra(flow, "rules.request").contains("X-Added"));
        assertEquals("one two", extra(flow, "rules.request.body"));
        assertEquals("hello", extra(flow, "rules.response.body"));
        assertEquals(server.port(), flow.connection().server().port());
    }

    @Test void withoutTheSwitchItGoesOutAsItIs() throws Exception {
        rules(new RuleAction.SetHeader(Side.REQUEST, "X-Added", "yes"));
        Sent sent = send(request("GET", server.url() + "/a", "").ruled(false));
        assertFalse(server.heads.getFirst().contains("X-Added"));
        assertNull(extra(proxied.until(flow -> flow.id().equals(sent.flow())), "rules"));
    }

    @Test void itIsAnsweredWithoutAServerBrokenOffAndSentElsewhere() throws Exception {
        Path file = Files.writeString(folder.resolve("local.txt"), "from a file");
        rules("path:/file", new RuleAction.MapLocal(file.toString()));
        Sent answered = send(request("GET", server.url() + "/file", ""));
        assertEquals(200, answered.status());
        assertEquals("from a file", body(flow(answered), Side.RESPONSE));
        rules("path:/other", new RuleAction.MapRemote(server.url() + "/here"));
        Sent elsewhere = send(request("GET", "http://nowhere.test/other", ""));
        assertNull(elsewhere.failure());
        assertEquals("hello", body(flow(elsewhere), Side.RESPONSE));
        assertTrue(server.heads.getFirst().startsWith("GET /here"), server.heads.getFirst());
        rules("path:/none", new RuleAction.SetHeader(Side.REQUEST, "a", "b"));
        Sent gone = send(request("GET", "http://127.0.0.1:1/none", ""));
        assertNotNull(gone.failure());
        assertEquals(0, gone.status());
        assertEquals(gone.failure(), proxied.until(flow -> flow.id().equals(gone.flow()) && flow.error() != null).error());
    }

    private void held(int count) throws Exception {
        HeldExchanges all = proxied.proxy.held();
        var there = new CompletableFuture<Void>();
        try (var _ = all.listen(() -> {
            if (all.list().size() == count) there.complete(null);
        })) {
            if (all.list().size() == count) there.complete(null);
            there.get(10, TimeUnit.SECONDS);
        }
    }

    /// The first request finds out what is spoken there, and those after it know.
    @Test void aServerThatSpeaksOnlyHttp2WithoutTlsIsSentTo() throws Exception {
        try (var other = new OnlyHttp2(null)) {
            rules(new RuleAction.MapRemote("http://127.0.0.1:" + other.port()));
            try (Talk talk = talk()) {
                String first = talk.ask(get("/first"));
                assertTrue(first.startsWith("HTTP/1.1 200"), first);
                String second = talk.ask(post("/second", "echo me"));
                assertTrue(second.startsWith("HTTP/1.1 200") && second.contains("echo me"), second);
            }
            assertEquals(List.of("/first", "/second"), other.asked.stream().map(headers -> headers.path().toString()).toList());
            List<Flow> flows = proxied.ended(2);
            assertEquals(2, flows.size());
            for (Flow flow : flows) {
                assertNull(flow.error());
                assertEquals("HTTP/2.0", flow.response().httpVersion());
                assertNotNull(extra(flow, "rules"));
            }
        }
        // What is no HTTP at all stays that.
        try (var strange = new Scripted((socket, _) -> {
            Scripted.head(socket);
            Scripted.say(socket, "220 mail.test ESMTP\r\n");
        })) {
            rules(new RuleAction.MapRemote(strange.url()));
            try (Talk talk = talk()) {
                String got = talk.ask(get("/"));
                assertTrue(got.startsWith("HTTP/1.1 502"), got);
            }
        }
    }

    @Test void aBreakpointHoldsItUntilItIsLetGoOn() throws Exception {
        rules(new RuleAction.Pause(Side.REQUEST, 20));
        var sent = new CompletableFuture<Sent>();
        proxied.proxy.send(request("GET", server.url() + "/held", ""), sent::complete);
        held(1);
        assertFalse(sent.isDone());
        proxied.proxy.held().proceed(proxied.proxy.held().list().getFirst().id());
        assertEquals(200, sent.get(10, TimeUnit.SECONDS).status());
        // Who gives up while it is held takes it away.
        Outgoing.Running running = proxied.proxy.send(request("GET", server.url() + "/held", ""), _ -> { });
        held(1);
        running.cancel();
        held(0);
    }

    @Test void manyAreRuledOneByOne() throws Exception {
        rules(new RuleAction.SetHeader(Side.REQUEST, "X-Added", "yes"));
        RepeatSummary summary = new Repetition(60, 8).run(proxied.proxy::send, request("GET", server.url() + "/n", ""), TaskContext.detached());
        assertEquals(Map.of(200, 60), summary.statuses());
        assertEquals(60, server.heads.stream().filter(head -> head.contains("X-Added: yes")).count());
        assertEquals(60, proxied.ended(60).stream().filter(flow -> flow.error() == null && extra(flow, "rules") != null).count());
    }

    @ParameterizedTest @EnumSource(Outgoing.Version.class) void nginxIsAskedInTheProtocolThatIsWanted(Outgoing.Version version) throws Exception {
        byte[] big = new byte[2 << 20];
        new java.util.Random(5).nextBytes(big);
        Files.write(folder.resolve("big.bin"), big);
        try (var nginx = new Nginx(folder, folder)) {
            proxied.proxy.options(ProxyOptions.USUAL.withUnverified(Set.of("localhost")));
            rules("path:/big.bin", new RuleAction.SetHeader(Side.RESPONSE, "X-Added", "yes"));
            var request = new Outgoing("GET", nginx.https() + "/big.bin", List.of(), Outgoing.Content.NONE, version, Duration.ofSeconds(15), Map.of(), true);
            Sent sent = send(request);
            assertNull(sent.failure());
            assertEquals(big.length, sent.bytes());
            Flow flow = flow(sent);
            assertEquals(version == Outgoing.Version.HTTP_2 ? "HTTP/2.0" : "HTTP/1.1", flow.response().httpVersion());
            assertEquals("https", flow.request().scheme());
            assertEquals("yes", flow.headers(Side.RESPONSE).first("x-added").orElse(""));
            assertNotNull(flow.connection().serverTls());
            assertNull(flow.error());
        }
    }
}
