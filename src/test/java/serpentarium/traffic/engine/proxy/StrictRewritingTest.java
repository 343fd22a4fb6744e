package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;

/// Where rules act, what could be understood in two ways goes nowhere.
class StrictRewritingTest extends RuledProxy {
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nabc", "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", "Content-Length: 3, 3\r\n\r\nabc",
        "Content-Length: +3\r\n\r\nabc", "Content-Length: 99999999999999999999\r\n\r\n", "Transfer-Encoding: xchunked\r\n\r\n", "Transfer-Encoding: gzip, chunked\r\n\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n100000000000000004\r\nx", "Transfer-Encoding: chunked\r\n\r\n5\nhello",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcX\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n0\r\nA : b\r\n\r\n", "X: a\r\n b\r\n\r\n", "X: a\rb\r\n\r\n", "X: a\u0000b\r\n\r\n",
        "X : y\r\n\r\n", " X: y\r\n\r\n", ": y\r\n\r\n", "Host: b\r\n\r\n"})
    void whatIsInDoubtIsRefusedAndGoesNowhere(String rest) throws IOException {
        rules(new RuleAction.ReplaceInBody(Side.REQUEST, "q", "r"));
        try (Talk talk = talk()) {
            talk.say("POST " + server.url() + "/ HTTP/1.1\r\nHost: a\r\n" + rest);
            assertTrue(talk.next().startsWith("HTTP/1.1 400 "));
        }
        assertEquals(List.of(), server.heads);
        assertTrue(proxied.until(flow -> flow.error() != null).error().contains("not handed on"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET http://127.0.0.1:PORT/\r\n\r\n", "GET http://127.0.0.1:PORT/ HTTP/1.2\r\n\r\n", "GET  http://127.0.0.1:PORT/ HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST http://127.0.0.1:PORT/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"})
    void linesInDoubt(String request) throws IOException {
        rules(new RuleAction.SetHeader(Side.REQUEST, "a", "b"));
        try (Talk talk = talk()) {
            talk.say(request.replace("PORT", String.valueOf(server.port())));
            assertTrue(talk.next().matches("(?s)HTTP/1.1 (400|505) .*"));
        }
        assertEquals(List.of(), server.heads);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello there, no http", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/2 200 OK\r\n\r\n"})
    void answersInDoubtAreNotPassedOn(String said) throws IOException {
        rules(new RuleAction.SetHeader(Side.RESPONSE, "a", "b"));
        answer = said;
        try (Talk talk = talk()) {
            assertTrue(talk.ask(get("/")).startsWith("HTTP/1.1 502 "));
        }
    }

    @Test void whatFollowsAnAnswerIsNotTheNextOne() throws IOException {
        rules(new RuleAction.SetHeader(Side.RESPONSE, "a", "b"));
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 Evil\r\nContent-Length: 4\r\n\r\nevil";
        try (Talk talk = talk()) {
            for (int i = 0; i < 3; i++) assertTrue(talk.ask(get("/")).endsWith("\r\n\r\nok"));
        }
    }
}
