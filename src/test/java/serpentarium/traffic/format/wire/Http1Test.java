package serpentarium.traffic.format.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.packets.HeldFlows;

/// HTTP/1 as it is spoken, and as it is misspoken.
class Http1Test {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h:8080\r\n\r\n";

    private static String body(HeldFlows.Held flow) {
        return flow.bodies[1].toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void isTheSameInPiecesOfAnySize(int step) throws IOException {
        List<HeldFlows.Held> flows = new Spoken(step)
                .ask(GET + "POST /b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\nabc\r\n2\r\nde\r\n0\r\nX-Sum: 1\r\n\r\nHEAD /c HTTP/1.1\r\nHost: h\r\n\r\n")
                .answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none")
                .answer("HTTP/1.1 201 Created\r\ntransfer-encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n").close();
        assertEquals(List.of("GET http://h:8080/a", "POST http://h/b", "HEAD http://h/c"), flows.stream().map(f -> f.request.method() + " " + f.request.url()).toList());
        assertEquals(List.of("one", "hello", ""), flows.stream().map(Http1Test::body).toList());
        assertEquals("abcde", flows.get(1).bodies[0].toString());
        assertEquals(new Headers(List.of(new Headers.Field("X-Sum", "1"))), flows.get(1).trailers[0]);
        assertTrue(new String(flows.getFirst().extras.get("http.informational")).startsWith("HTTP/1.1 100"));
        for (HeldFlows.Held flow : flows) assertNull(flow.error);
    }

    @Test void linesMayEndInAnyWayAndHeadersBeFolded() throws IOException {
        HeldFlows.Held flow = new Spoken().ask("\r\nGET  /a b  HTTP/1.0\nHost : h\nX: a\n\tb\nno colon\n: empty\n\n").answer("HTTP/1.0 200\nContent-Length: 2\n\nok").only();
        assertEquals("/a b", flow.request.path());
        assertEquals(List.of(new Headers.Field("Host", "h"), new Headers.Field("X", "a b"), new Headers.Field("no colon", ""), new Headers.Field("", "empty")),
                flow.request.headers().fields());
        assertEquals("ok", body(flow));
        assertEquals("", flow.response.reason());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Content-Length: 5, 5          | hello | no
            Content-Length: 005           | hello | no
            Content-Length: +5            | helloREST | yes
            Content-Length: 0x5           | helloREST | yes
            Content-Length: -1            | helloREST | yes
            Content-Length: 99999999999999999999 | helloREST | yes
            Transfer-Encoding: xchunked   | helloREST | no
            """)
    void lengthsAreTakenAsTheyCanBe(String field, String body, String told) throws IOException {
        HeldFlows.Held flow = new Spoken().ask(GET).answer("HTTP/1.1 200 OK\r\n" + field + "\r\n\r\n").answer(body).end(Side.RESPONSE).only();
        assertEquals(body, body(flow));
        assertEquals(told.equals("yes"), flow.error != null, flow.error);
    }

    @Test void chunkedWinsOverALength() throws IOException {
        assertEquals("hello", body(new Spoken().ask(GET).answer("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n").only()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZZ", "100000000000000000", "", "-5", "5x"})
    void chunkSizesThatAreNone(String size) throws IOException {
        HeldFlows.Held flow = new Spoken().ask(GET).answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n" + size + "\r\nboom\r\n").only();
        assertEquals("hi", body(flow));
        assertEquals(BodyFacts.State.PARTIAL, flow.states[1]);
        assertTrue(flow.error.contains("chunk"), flow.error);
    }

    @Test void noBodyWhereThereIsNone() throws IOException {
        for (String status : List.of("204 No Content", "304 Not Modified")) {
            List<HeldFlows.Held> flows = new Spoken().ask(GET + GET).answer("HTTP/1.1 " + status + "\r\nContent-Length: 50\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").close();
            assertEquals(List.of("", "ok"), flows.stream().map(Http1Test::body).toList());
        }
    }

    @Test void aBodyUntilTheEndIsWholeAtTheEndOnly() throws IOException {
        String head = "HTTP/1.1 200 OK\r\n\r\nsome";
        assertEquals(BodyFacts.State.COMPLETE, new Spoken().ask(GET).answer(head).end(Side.RESPONSE).only().states[1]);
        var cut = new Spoken().ask(GET).answer(head);
        cut.conversation.close(9999, Protocol.Ending.UNSEEN);
        assertEquals(BodyFacts.State.PARTIAL, cut.flows.flows.getFirst().states[1]);
        assertTrue(cut.flows.flows.getFirst().error != null);
    }

    @Test void aTunnelIsAConversationOfItsOwn() throws IOException {
        List<HeldFlows.Held> flows = new Spoken().ask("CONNECT shop.test:8000 HTTP/1.1\r\nHost: shop.test:8000\r\n\r\n").answer("HTTP/1.1 200 Connection established\r\n\r\n")
                .ask(GET).answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").close();
        assertEquals(List.of("shop.test:8000", "http://h:8080/a"), flows.stream().map(flow -> flow.request.url()).toList());
        assertEquals("ok", body(flows.get(1)));
        assertEquals(List.of("proxy.test 403", "/a 200"), new Spoken().ask("CONNECT proxy.test:1 HTTP/1.1\r\n\r\n" + GET)
                .answer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").close().stream()
                .map(flow -> (flow.request.path().isEmpty() ? flow.request.host() : flow.request.path()) + " " + flow.response.status()).toList());
    }

    @Test void whatIsAskedForIsPutTogether() throws IOException {
        assertEquals("http://shop.test/x?y=1", new Spoken().ask("GET http://shop.test:80/x?y=1 HTTP/1.1\r\nHost: other\r\n\r\n").only().request.url());
        assertEquals("http://10.0.0.2:8080/x", new Spoken().ask("GET /x HTTP/1.0\r\n\r\n").only().request.url());
        assertEquals("http://[::1]:81/x", new Spoken().ask("GET /x HTTP/1.0\r\nHost: [::1]:81\r\n\r\n").only().request.url());
        assertEquals("http://h", new Spoken().ask("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").only().request.url());
    }

    @Test void anEarlyAnswerLeavesTheRequestToEnd() throws IOException {
        HeldFlows.Held flow = new Spoken().ask("POST /a HTTP/1.1\r\nContent-Length: 4\r\n\r\nab").answer("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n").ask("cd").only();
        assertEquals("abcd", flow.bodies[0].toString());
        assertEquals(413, flow.response.status());
        assertNull(flow.error);
    }

    @Test void theServerMaySpeakFirstAndBeKnownByIt() throws IOException {
        var spoken = new Spoken();
        spoken.say(Side.REQUEST, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes());
        HeldFlows.Held flow = spoken.only();
        assertEquals(200, flow.response.status());
        assertEquals("10.0.0.1:40000", flow.connection.server().toString());
        assertNull(flow.request);
    }

    @Test void eventsAreMessages() throws IOException {
        HeldFlows.Held flow = new Spoken(3).ask(GET).answer("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\nevent: x\r\ndata: two\r\n\r\n: ping\n\ndata: cut")
                .end(Side.RESPONSE).only();
        assertEquals(FlowKind.SSE, flow.kind);
        assertEquals(List.of("data: one", "event: x\r\ndata: two", ": ping", "data: cut"), flow.contents.stream().map(String::new).toList());
        assertTrue(body(flow).startsWith("data: one\n\nevent"));
    }

    @Test void otherProtocolsAreShownAsTheyAre() throws IOException {
        HeldFlows.Held flow = new Spoken().answer("220 mail ESMTP\r\n").ask("EHLO me\r\n").answer("250 fine\r\n").only();
        assertEquals(FlowKind.TCP, flow.kind);
        assertEquals(List.of("220 mail ESMTP\r\n", "EHLO me\r\n", "250 fine\r\n"), flow.contents.stream().map(String::new).toList());
        assertEquals(List.of(Side.RESPONSE, Side.REQUEST, Side.RESPONSE), flow.messages.stream().map(message -> message.from()).toList());
    }

    @Test void aHeadWithoutEndIsBounded() throws IOException {
        var spoken = new Spoken().ask("GET / HTTP/1.1\r\n");
        String line = "X: " + "y".repeat(1000) + "\r\n";
        for (int i = 0; i < 2000; i++) spoken.ask(line);
        assertEquals("/", spoken.only().request.path());
    }
}
