package serpentarium.traffic.analysis.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;

class RuleBookTest {
    private static final Passing CONNECTION = Passing.connection(FlowSource.PROXY, "shop.test", 8443);
    private static final Passing ASKED = CONNECTION.with(new RequestHead("POST", "https", "shop.test", 8443, "", "/api/basket?x=1", "HTTP/1.1",
            new Headers(List.of(new Headers.Field("Content-Type", "application/json"), new Headers.Field("X-Team", "Red")))), bytes("{\"sku\": \"tea\"}"));
    private static final Passing ANSWERED = ASKED.with(new ResponseHead(503, "Busy", "HTTP/1.1",
            new Headers(List.of(new Headers.Field("content-type", "text/HTML; charset=utf-8")))), bytes("try again"));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RuleBook book(String filter, RuleAction action) {
        return new RuleBook(List.of(new Rule("", true, filter, action)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | maybe | yes | yes
            host shop.test          | maybe | yes | yes
            host = shop.test        | maybe | yes | yes
            host other              | no    | no  | no
            not host shop           | no    | no  | no
            port = 8443             | maybe | yes | yes
            port = 443              | no    | no  | no
            method = post           | maybe | yes | yes
            method = get            | maybe | no  | no
            host shop method get    | maybe | no  | no
            host other or method post | maybe | yes | yes
            path ~ ^/api/           | maybe | yes | yes
            basket                  | maybe | yes | yes
            url ~ "https://shop\\.test:8443/api" | maybe | yes | yes
            header:x-team = red     | maybe | yes | yes
            header:x-team = blue    | maybe | no  | no
            body tea                | maybe | yes | yes
            body coffee             | maybe | no  | no
            status >= 500           | maybe | no  | yes
            not status >= 500       | maybe | yes | no
            is:pending              | maybe | yes | no
            is:response             | maybe | no  | yes
            type = text/html        | maybe | no  | yes
            body again              | maybe | no  | yes
            source = proxy          | maybe | yes | yes
            source = reverse        | no    | no  | no
            ~src 127.0.0.1          | maybe | no  | no
            """)
    void knowsWhatItCanKnow(String filter, String connection, String request, String response) {
        RuleBook book = book(filter, new RuleAction.Pause(Side.REQUEST, 60));
        RuleBook back = book(filter, new RuleAction.Pause(Side.RESPONSE, 60));
        assertEquals(1, book.rules().size());
        assertTrue(RuleCheck.of(book.rules().getFirst()).isEmpty(), () -> RuleCheck.of(book.rules().getFirst()).orElseThrow());
        assertEquals(connection.equals("maybe"), book.concerns(CONNECTION), "connection");
        assertEquals(request.equals("yes"), !book.of(Side.REQUEST, ASKED).isEmpty(), "request");
        assertEquals(response.equals("yes"), !back.of(Side.RESPONSE, ANSWERED).isEmpty(), "response");
        assertTrue(back.of(Side.REQUEST, ASKED).isEmpty(), "a rule for the response has nothing to do with the request");
    }

    @Test void aClientIsKnownWhenItIsTold() {
        RuleBook book = book("~src 127.0.0.1", new RuleAction.Block());
        assertEquals(1, book.of(Side.REQUEST, ASKED.from("127.0.0.1:5000", null)).size());
        assertEquals(1, book("process curl", new RuleAction.Block()).of(Side.REQUEST, ASKED.from("127.0.0.1:5000", "curl")).size());
    }

    @Test void keepsTheOrderAndLeavesOutWhatIsOffOrWrong() {
        var first = new Rule("first", true, "", new RuleAction.Delay(5));
        var off = new Rule("off", false, "", new RuleAction.Block());
        var wrong = new Rule("wrong", true, "status >", new RuleAction.Block());
        var bad = new Rule("bad", true, "", new RuleAction.MapRemote("ftp://x/"));
        var last = new Rule("last", true, "host shop", new RuleAction.RemoveHeader(Side.REQUEST, "Cookie"));
        var book = new RuleBook(List.of(first, off, wrong, bad, last));
        assertEquals(5, book.rules().size());
        assertEquals(List.of(first, last), book.of(Side.REQUEST, ASKED));
        assertEquals(List.of(off, last), new RuleBook(List.of(off.switched(true), last)).of(Side.REQUEST, ASKED).stream().map(rule -> rule.name().equals("off")
                ? rule.switched(false) : rule).toList());
        assertFalse(RuleBook.EMPTY.concerns(CONNECTION));
    }

    @Test void wantsBodiesOnlyWhereTheyAreNeeded() {
        assertFalse(book("", new RuleAction.SetHeader(Side.RESPONSE, "X-A", "b")).wantsBody(Side.RESPONSE, CONNECTION));
        assertTrue(book("", new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "b")).wantsBody(Side.RESPONSE, CONNECTION));
        assertFalse(book("", new RuleAction.ReplaceInBody(Side.RESPONSE, "a", "b")).wantsBody(Side.REQUEST, CONNECTION));
        assertTrue(book("body tea", new RuleAction.Block()).wantsBody(Side.REQUEST, CONNECTION));
        assertFalse(book("body tea", new RuleAction.Block()).wantsBody(Side.RESPONSE, CONNECTION));
        assertFalse(book("path /api", new RuleAction.Pause(Side.REQUEST, 5)).wantsBody(Side.REQUEST,
                ASKED.with(new RequestHead("GET", "http", "shop.test", 80, "", "/", "HTTP/1.1", Headers.NONE), null)));
    }

    @Test void aPatternWithoutEndStopsByItself() {
        RuleBook book = book("body ~ \"^(a+)+$\"", new RuleAction.Block());
        Passing evil = ASKED.with(ASKED.request(), bytes("a".repeat(60) + "!"));
        assertTimeout(Duration.ofSeconds(20), () -> assertEquals(List.of(), book.of(Side.REQUEST, evil)));
    }
}
