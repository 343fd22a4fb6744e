package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is refused because two programs could understand it differently.
class StrictHttpTest {
    private static Framing request(String fields) throws BadMessage {
        Head head = head("POST / HTTP/1.1\r\n" + fields + "\r\n");
        return Framing.ofRequest(head, RequestLine.of(head).version().equals("HTTP/1.0"));
    }

    private static Head head(String text) throws BadMessage {
        return new Head(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n",
        "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n", "Content-Length: 0x5\r\n", "Content-Length: -1\r\n", "Content-Length: 18446744073709551617\r\n",
        "Content-Length: 05\r\n", "Content-Length: \r\n", "Content-Length: 5 5\r\n", "Transfer-Encoding: chunked, identity\r\n", "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: identity\r\n", "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: \"chunked\"\r\n", "Transfer-Encoding: \u000bchunked\r\n", "Transfer-Encoding:\r\n chunked\r\n", "Transfer-Encoding : chunked\r\n",
        " Content-Length: 5\r\n", "Content-Length: 5\r\n X: y\r\n", "X: a\rContent-Length: 5\r\n", "X: a\nContent-Length: 5\r\n", "X: a\u0000b\r\n", ": x\r\n", "X\r\n", "X y: z\r\n"})
    void lengthsAndFieldsInDoubt(String fields) {
        assertThrows(BadMessage.class, () -> request(fields));
    }

    @Test void chunkedIsNotOfVersion10() {
        assertThrows(BadMessage.class, () -> {
            Head head = head("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n");
            Framing.ofRequest(head, true);
        });
    }

    @Test void lengthsThatAreClear() throws BadMessage {
        assertEquals(new Framing(Framing.Kind.LENGTH, 5), request("Content-Length: 5\r\n"));
        assertEquals(Framing.NONE, request("Content-Length: 0\r\n"));
        assertEquals(Framing.Kind.CHUNKED, request("Transfer-Encoding: gzip, Chunked\r\n").kind());
        assertEquals(Framing.NONE, request("X: y\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET  / HTTP/1.1", "GET / HTTP/1.2", "GET / http/1.1", "GET /", "GET /a b HTTP/1.1", " GET / HTTP/1.1", "G(T / HTTP/1.1", "GET /\tx HTTP/1.1", "GET / HTTP/1.1 "})
    void firstLinesInDoubt(String line) {
        assertThrows(BadMessage.class, () -> RequestLine.of(head(line + "\r\n\r\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://", "http://:80/", "http://a:0/", "http://a:70000/", "http://a:8x/", "http://a b/", "http://a\\b/", "http://[::1/", "http://a:/", "http://[a]/"})
    void targetsInDoubt(String target) {
        assertThrows(BadMessage.class, () -> Origin.ofAbsolute(target));
    }

    @Test void targets() throws BadMessage {
        assertEquals(new Origin(false, "shop.test", 80), Origin.ofAbsolute("HTTP://Shop.Test"));
        assertEquals(new Origin(true, "::1", 8443), Origin.ofAbsolute("https://[::1]:8443/x?y"));
        assertEquals(new Origin(false, "a", 1), Origin.ofConnect("a:1"));
        assertThrows(BadMessage.class, () -> Origin.ofConnect("a"));
        assertEquals("a:81", Origin.authority("http://user:secret@a:81/x@y"));
        assertEquals("/x@y?z", Origin.path("http://a/x@y?z#f", "GET"));
        assertEquals("/?q", Origin.path("http://a?q", "GET"));
        assertEquals("*", Origin.path("http://a", "OPTIONS"));
    }

    private static int chunked(String body) throws BadMessage {
        var gate = new BodyGate();
        gate.begin(request("Transfer-Encoding: chunked\r\n"));
        byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
        // In one piece, and byte by byte, it is the same.
        int whole = gate.take(Unpooled.wrappedBuffer(bytes));
        boolean done = gate.done();
        var slow = new BodyGate();
        slow.begin(request("Transfer-Encoding: chunked\r\n"));
        int taken = 0;
        for (byte b : bytes) taken += slow.take(Unpooled.wrappedBuffer(new byte[] {b}));
        assertEquals(whole, taken);
        assertEquals(done, slow.done());
        return done ? whole : -1;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\r\n", "x\r\n", "-1\r\n", "0x5\r\n", "100000000000000004\r\n", "5\n", "5\r\nhelloX", "5\r\nhello\n", "5;a=\"b\nc\"\r\n", "5\rhello", "0\r\n x: y\r\n\r\n",
        "0\r\n\n", "0\r\na: b\n\r\n", "5;\u0000\r\n"})
    void chunksInDoubt(String body) {
        assertThrows(BadMessage.class, () -> chunked(body));
    }

    @Test void chunks() throws BadMessage {
        assertEquals(15, chunked("5\r\nhello\r\n0\r\n\r\nGET / HTTP/1.1"));
        assertEquals(-1, chunked("5\r\nhello\r\n0\r\n"));
        String full = "00A;name=\"a\\\"b\" ; x\r\n0123456789\r\n0;last\r\nSum: 1\r\nOther: 2\r\n\r\n";
        assertEquals(full.length(), chunked(full + "rest"));
    }

    @Test void bodiesOfResponses() throws BadMessage {
        Head long5 = head("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
        assertEquals(Framing.NONE, Framing.ofResponse(long5, 200, true));
        assertEquals(Framing.NONE, Framing.ofResponse(long5, 204, false));
        assertEquals(Framing.NONE, Framing.ofResponse(long5, 304, false));
        assertEquals(Framing.NONE, Framing.ofResponse(long5, 100, false));
        assertEquals(5, Framing.ofResponse(long5, 200, false).length());
        assertEquals(Framing.Kind.TO_CLOSE, Framing.ofResponse(head("HTTP/1.1 200 OK\r\n\r\n"), 200, false).kind());
        assertEquals(Framing.Kind.TO_CLOSE, Framing.ofResponse(head("HTTP/1.1 200 OK\r\nTransfer-Encoding: odd\r\n\r\n"), 200, false).kind());
        Head both = head("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThrows(BadMessage.class, () -> Framing.ofResponse(both, 200, false));
    }

    @Test void hostAndTargetSayTheSameAfterwards() throws BadMessage {
        Head head = head("GET http://shop.test/a HTTP/1.1\r\nHost: other.test\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic x\r\naCCept:  */*\r\n\r\n");
        var out = Unpooled.buffer();
        new ForwardRoute(ProxyOptions.USUAL, null).request(head, RequestLine.of(head), new Origin(false, "shop.test", 80), out);
        assertEquals("GET /a HTTP/1.1\r\nHost: shop.test\r\naCCept:  */*\r\n\r\n", out.toString(StandardCharsets.US_ASCII));
        Head twice = head("GET http://shop.test/a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        assertThrows(BadMessage.class, () -> new ForwardRoute(ProxyOptions.USUAL, null).step(twice, RequestLine.of(twice), null));
    }

    @Test void passwordsAndPlaces() throws Exception {
        var password = new Password(new ProxyOptions.Credentials("me", "se:cret"));
        assertTrue(password.matches("bAsIc " + java.util.Base64.getEncoder().encodeToString("me:se:cret".getBytes(StandardCharsets.UTF_8))));
        for (String wrong : List.of("Basic !", "Bearer x", "Basic " + java.util.Base64.getEncoder().encodeToString("me:se:cre".getBytes(StandardCharsets.UTF_8))))
            assertTrue(!password.matches(wrong));
        assertTrue(!password.matches(null));
        var guard = new AddressGuard();
        guard.add(8080);
        assertTrue(guard.allows(java.net.InetAddress.getByName("127.0.0.1"), 8081, false));
        for (String own : List.of("127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::ffff:127.0.0.1"))
            assertTrue(!guard.allows(java.net.InetAddress.getByName(own), 8080, false), own);
        for (String far : List.of("169.254.169.254", "fe80::1", "100.100.100.200", "fd00:ec2::254", "224.0.0.1"))
            assertTrue(!guard.allows(java.net.InetAddress.getByName(far), 80, false), far);
        assertTrue(guard.allows(java.net.InetAddress.getByName("169.254.1.1"), 80, true));
    }
}
