package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;

/// Exchanges that stand at a breakpoint are edited, let go and dropped.
class HeldExchangesTest extends RuledProxy {
    private HeldExchanges.Held held() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (System.nanoTime() < end) {
            if (!proxied.proxy.held().list().isEmpty()) return proxied.proxy.held().list().getFirst();
            LockSupport.parkNanos(2_000_000);
        }
        throw new AssertionError("nothing is held");
    }

    @Test void heldAndEditedOnBothSides() throws IOException {
        rules(new RuleAction.Pause(Side.REQUEST, 30), new RuleAction.Pause(Side.RESPONSE, 30));
        try (Talk talk = talk()) {
            talk.say(post("/before", "was"));
            HeldExchanges.Held request = held();
            assertEquals(Side.REQUEST, request.side());
            assertEquals(server.url() + "/before", request.url());
            assertTrue(request.head().startsWith("POST /before HTTP/1.1\nHost: "), request.head());
            assertEquals("was", new String(request.body(), StandardCharsets.UTF_8));
            HeldExchanges all = proxied.proxy.held();
            for (String bad : List.of("POST /a b HTTP/1.1\nHost: x", "POST /a HTTP/1.1\nHost: x\n folded", "POST /a HTTP/1.1\nHost: x\nHost: y", "", "CONNECT a:1 HTTP/1.1", "GET x HTTP/1.1"))
                assertTrue(all.proceed(request.id(), bad, null).isPresent(), bad);
            assertTrue(all.proceed(request.id(), request.head().replace("/before", "/after") + "\nX-By-Hand: 1", "is now".getBytes(StandardCharsets.UTF_8)).isEmpty());
            HeldExchanges.Held response;
            do response = held(); while (response.side() == Side.REQUEST);
            assertTrue(server.heads.getFirst().startsWith("POST /after HTTP/1.1\r\n") && server.heads.getFirst().contains("X-By-Hand: 1\r\n") && server.heads.getFirst().endsWith("\r\n\r\nis now"));
            assertTrue(all.proceed(response.id(), "HTTP/1.1 20 OK", null).isPresent());
            assertTrue(all.proceed(response.id(), response.head().replace("200 OK", "500 Oh"), "good bye".getBytes(StandardCharsets.UTF_8)).isEmpty());
            String got = talk.next();
            assertTrue(got.startsWith("HTTP/1.1 500 Oh\r\n") && got.endsWith("Content-Length: 8\r\n\r\ngood bye"), got);
        }
        Flow flow = proxied.ended(1).getFirst();
        assertEquals(server.url() + "/after", flow.request().url());
        assertEquals("was", extra(flow, "rules.request.body"));
        assertEquals("hello", extra(flow, "rules.response.body"));
        assertEquals(500, flow.response().status());
    }

    @Test void heldUntilItGoesOnByItself() throws IOException {
        rules(new RuleAction.Pause(Side.REQUEST, 1));
        try (Talk talk = talk()) {
            long start = System.nanoTime();
            assertTrue(talk.ask(get("/")).endsWith("hello"));
            assertTrue(System.nanoTime() - start > 900_000_000L);
        }
        assertEquals(List.of(), proxied.proxy.held().list());
    }

    @Test void heldAndEnded() throws IOException {
        rules(new RuleAction.Pause(Side.REQUEST, 30));
        try (Talk talk = talk()) {
            talk.say(get("/"));
            assertTrue(proxied.proxy.held().drop(held().id()));
            assertEquals("", talk.rest());
        }
        assertEquals("The exchange was ended at a breakpoint.", proxied.ended(1).getFirst().error());
        try (Talk talk = talk()) {
            talk.say(get("/gone"));
            held();
        }
        assertTrue(proxied.ended(2).get(1).error().startsWith("The client closed"));
        assertEquals(List.of(), proxied.proxy.held().list());
        assertEquals(List.of(), server.heads);
    }
}
