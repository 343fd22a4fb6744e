package serpentarium.traffic.analysis.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;

class RuleRunTest {
    private static final Headers FIELDS = new Headers(List.of(new Headers.Field("Host", "shop.test"), new Headers.Field("X-a", "1"), new Headers.Field("Content-Encoding", "gzip"),
            new Headers.Field("x-A", "2")));
    private static final Passing ASKED = Passing.connection(FlowSource.PROXY, "shop.test", 80)
            .with(new RequestHead("GET", "http", "shop.test", 80, "", "/api?x=1", "HTTP/1.1", FIELDS), bytes("one two one"));
    private static final Passing ANSWERED = ASKED.with(new ResponseHead(200, "OK", "HTTP/1.1", FIELDS), bytes("price 10"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RuleRun run(RuleAction... actions) {
        return new RuleRun(new RuleBook(Stream.of(actions).map(action -> new Rule("", true, "", action)).toList()), new Random(7));
    }

    private static String lines(Headers headers) {
        return String.join("|", headers.fields().stream().map(field -> field.name() + ": " + field.value()).toList());
    }

    @Test void changesHeadersInPlace() {
        Changed changed = run(new RuleAction.SetHeader(Side.REQUEST, "X-A", "new"), new RuleAction.RemoveHeader(Side.REQUEST, "content-encoding"),
                new RuleAction.SetHeader(Side.REQUEST, "Last", "z"), new RuleAction.RemoveHeader(Side.REQUEST, "not-there")).request(ASKED);
        assertEquals("Host: shop.test|X-a: new|Last: z", lines(changed.request().headers()));
        assertNull(changed.body(), "the body goes on as it is");
        assertEquals(List.of("set X-A: new in the request", "remove content-encoding from the request", "set Last: z in the request"), changed.applied());
        assertEquals(Optional.empty(), changed.instead());
    }

    @Test void replacesInTheBodyAndTakesTheEncodingAway() {
        Changed changed = run(new RuleAction.ReplaceInBody(Side.RESPONSE, "price (\\d+)", "Preis $1€")).response(ANSWERED);
        assertArrayEquals(bytes("Preis 10€"), changed.body());
        assertEquals("Host: shop.test|X-a: 1|x-A: 2", lines(changed.response().headers()));
        Changed same = run(new RuleAction.ReplaceInBody(Side.RESPONSE, "nothing", "x")).response(ANSWERED);
        assertNull(same.body());
        assertEquals(FIELDS, same.response().headers());
        assertEquals(List.of(), same.applied());
    }

    @Test void bytesThatAreNoTextStay() {
        byte[] odd = {'a', (byte) 0xff, 0, 'a'};
        Changed changed = run(new RuleAction.ReplaceInBody(Side.RESPONSE, "^a", "b")).response(ASKED.with(ANSWERED.response(), odd));
        assertArrayEquals(new byte[] {'b', (byte) 0xff, 0, 'a'}, changed.body());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://staging.test          | https://staging.test/api?x=1        | staging.test
            https://staging.test:8443/    | https://staging.test:8443/api?x=1   | staging.test:8443
            http://[::1]:9/v2/fixed?y=2   | http://[::1]:9/v2/fixed?y=2         | [::1]:9
            http://127.0.0.1/v2           | http://127.0.0.1/v2                 | 127.0.0.1
            """)
    void asksAnotherServer(String url, String asked, String host) {
        Changed changed = run(new RuleAction.MapRemote(url)).request(ASKED);
        assertEquals(asked, changed.request().url());
        assertEquals(host, changed.request().headers().first("host").orElseThrow());
    }

    @Test void whatAnswersInsteadEndsTheList() {
        Changed changed = run(new RuleAction.Delay(20), new RuleAction.Delay(30), new RuleAction.Respond(404, "text/plain", "no"), new RuleAction.Block()).request(ASKED);
        assertEquals(Optional.of(new Instead.Made(404, "text/plain", "no")), changed.instead());
        assertEquals(Duration.ofMillis(50), changed.delay());
        assertEquals(3, changed.applied().size());
        assertEquals(Optional.of(new Instead.File("/srv")), run(new RuleAction.MapLocal("/srv")).request(ASKED).instead());
        assertEquals(Optional.of(new Instead.Nothing()), run(new RuleAction.Block()).request(ASKED).instead());
        assertEquals(Optional.of(new Instead.Recorded("a.har", true)), run(new RuleAction.Replay("a.har", true)).request(ASKED).instead());
    }

    @Test void someFail() {
        RuleRun run = run(new RuleAction.Fail(25, 503));
        int failed = 0;
        for (int i = 0; i < 4000; i++) if (run.request(ASKED).instead().isPresent()) failed++;
        assertEquals(1000, failed, 120);
        assertEquals(Optional.empty(), run(new RuleAction.Fail(0, 503)).request(ASKED).instead());
        assertEquals(Optional.of(new Instead.Nothing()), run(new RuleAction.Fail(100, 0)).request(ASKED).instead());
    }

    @Test void theSlowestSpeedAndTheLongestPauseCount() {
        Changed changed = run(new RuleAction.Throttle(100), new RuleAction.Throttle(10), new RuleAction.Pause(Side.RESPONSE, 5), new RuleAction.Pause(Side.RESPONSE, 60)).response(ANSWERED);
        assertEquals(10, changed.rate());
        assertEquals(60, changed.pause());
    }
}
