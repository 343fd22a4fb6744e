package serpentarium.traffic.engine.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.RuleAction;
import serpentarium.traffic.analysis.rule.RuleBook;

/// The lists of request smuggling, item by item, where rules act and where nothing does: in no case do the server and the proxy see two different
/// numbers of requests.
class SmugglingTest extends RuledProxy {
    private static final String NEXT = "GET http://127.0.0.1:PORT/smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private void some() {
        rules(new RuleAction.SetHeader(Side.REQUEST, "X-New", "1"), new RuleAction.SetHeader(Side.RESPONSE, "X-New", "1"));
    }

    /// What is refused: lengths, codings, line ends, names, targets.
    @Test void fieldsInDoubt() throws IOException {
        for (String field : List.of("Content-Length: 0x5\r\n", "Content-Length: -1\r\n", "Content-Length: 05\r\n", "Content-Length: 5;\r\n", "Content-Length: 18446744073709551621\r\n", "Content-Length: \r\n",
        "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5\r\ncontent-length: 0\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\n", "Transfer-Encoding: identity, chunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", "Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\r\n chunked\r\n", "Transfer-Encoding:\u000bchunked\r\n", "Transfer-Encoding: chunked\u0000\r\n", "Transfer-Encoding: chunked;q=1\r\n", "Transfer_Encoding: x\r\nTransfer-Encoding: cow\r\n",
        "Transfer-Encoding : chunked\r\n", "Transfer-Encoding\t: chunked\r\n", "\tX: y\r\n", "X: y\n", "X: y\rZ: z\r\n", "X\u0000: y\r\n", "X\u00e9: y\r\n", "X[]: y\r\n", "Host: b\r\nHost: a\r\n", "\u00a0Content-Length: 5\r\n")) {
            proxied.proxy.rules(RuleBook.EMPTY);
            for (boolean ruled : new boolean[] {false, true}) {
                if (ruled) some();
                try (Talk talk = talk()) {
                    String host = field.startsWith("Host") ? "" : "Host: a\r\n";
                    talk.say("POST " + server.url() + "/ HTTP/1.1\r\n" + host + field + "\r\nhello" + NEXT.replace("PORT", String.valueOf(server.port())));
                    String got = talk.rest();
                    assertTrue(got.startsWith("HTTP/1.1 400 ") && got.indexOf("HTTP/1.1", 1) < 0, got);
                }
            }
            assertEquals(List.of(), server.heads);
        }
    }

    /// A chunked body that is in doubt: the server never gets what follows it as a request of its own.
    @Test void chunksInDoubt() throws Exception {
        for (String body : List.of("5;x=\"a\nb\"\r\nhello\r\n0\r\n\r\n", "5;\nhello\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloX\n0\r\n\r\n", "5\r\nhello0\r\n\r\n", "fffffffffffffffff\r\nx",
        "+5\r\nhello\r\n0\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n", "5 x\r\nhello\r\n0\r\n\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "5_0\r\nhello\r\n0\r\n\r\n", "0\r\nX: a\n\r\n", "0\r\nX y: a\r\n\r\n", "0\r\n\n", "5\r\nhello\r\n\r\n",
        "\u0665\r\nhello\r\n0\r\n\r\n", "5;a=\u0000\r\nhello\r\n0\r\n\r\n")) {
            proxied.proxy.rules(RuleBook.EMPTY);
            for (boolean ruled : new boolean[] {false, true}) {
                if (ruled) some();
                try (Talk talk = talk()) {
                    talk.say("POST " + server.url() + "/ HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
                    talk.socket.getOutputStream().write((body + NEXT.replace("PORT", String.valueOf(server.port()))).getBytes(StandardCharsets.UTF_8));
                    talk.socket.shutdownOutput();
                    talk.rest();
                }
            }
            for (String head : server.heads) assertFalse(head.startsWith("GET"), head);
        }
    }

    @Test void targetsInDoubt() throws IOException {
        for (String line : List.of("GET / HTTP/1.1", "GET 127.0.0.1:PORT HTTP/1.1", "* http://127.0.0.1:PORT/ HTTP/1.1 x", "GET ftp://127.0.0.1:PORT/ HTTP/1.1", "GET http:/127.0.0.1:PORT/ HTTP/1.1",
        "GET http://127.0.0.1:PORT@evil.test:0/ HTTP/1.1", "GET http://127.0.0.1:PORT/ HTTP/1.1\tx", "GET http://127.0.0.1:PORT/ HTTP/2.0", "GET http://127.0.0.1:PORT/ HTTP/0.9", "CONNECT 127.0.0.1 HTTP/1.1",
        "CONNECT http://127.0.0.1:PORT/ HTTP/1.1")) {
            proxied.proxy.rules(RuleBook.EMPTY);
            for (boolean ruled : new boolean[] {false, true}) {
                if (ruled) some();
                try (Talk talk = talk()) {
                    talk.say(line.replace("PORT", String.valueOf(server.port())) + "\r\nHost: a\r\n\r\n");
                    String got = talk.rest();
                    assertTrue(got.matches("(?s)HTTP/1.1 (400|404|421|505|200) .*"), got);
                }
            }
            assertEquals(List.of(), server.heads);
        }
    }

    @Test void targetAndHostBecomeOne() throws IOException {
        for (boolean ruled : new boolean[] {false, true}) {
            if (ruled) some();
            try (Talk talk = talk()) {
                talk.ask("GET " + server.url() + "/a?b HTTP/1.1\r\nHost: other.test\r\n\r\n");
                talk.ask("OPTIONS " + server.url() + " HTTP/1.1\r\nHost: other.test\r\n\r\n");
                talk.ask("GET http://user:pass@127.0.0.1:" + server.port() + "/c#d HTTP/1.1\r\n\r\n");
            }
        }
        for (int i = 0; i < 6; i++) {
            String head = server.heads.get(i);
            assertTrue(head.startsWith(List.of("GET /a?b HTTP/1.1\r\n", "OPTIONS * HTTP/1.1\r\n", "GET /c HTTP/1.1\r\n").get(i % 3)), head);
            assertTrue(head.contains("Host: 127.0.0.1:" + server.port() + "\r\n") && !head.contains("other.test") && !head.contains("pass"), head);
        }
    }

    /// What is for one connection is not handed on, nor what a client names to have it taken away.
    @Test void hopByHop() throws IOException {
        some();
        answer = "HTTP/1.1 200 OK\r\nConnection: keep-alive, X-Hop\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\nProxy-Connection: x\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nok";
        try (Talk talk = talk()) {
            String got = talk.ask("POST " + server.url() + "/ HTTP/1.1\r\nHost: a\r\nConnection: close-not, X-Mine, Host, Content-Length, Transfer-Encoding, Upgrade, HTTP2-Settings, TE\r\nX-Mine: 1\r\n"
                    + "Keep-Alive: 1\r\nProxy-Connection: keep-alive\r\nProxy-Authorization: Basic x\r\nTE: trailers, gzip\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nContent-Length: 2\r\n\r\nok");
            assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-New: 1\r\n\r\nok", got);
        }
        assertEquals("POST / HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nContent-Length: 2\r\nX-New: 1\r\n\r\nok", server.heads.getFirst());
    }

    @Test void headersThatAreTooLong() throws IOException {
        for (boolean ruled : new boolean[] {false, true}) {
            if (ruled) some();
            for (String much : List.of("X: " + "y".repeat(300_000) + "\r\n", "X: y\r\n".repeat(1001))) {
                try (Talk talk = talk()) {
                    talk.say("GET " + server.url() + "/ HTTP/1.1\r\nHost: a\r\n" + much + "\r\n");
                    String got = talk.rest();
                    assertTrue(got.startsWith("HTTP/1.1 431 "), ruled + got);
                }
            }
            try (Talk talk = talk()) {
                assertTrue(talk.ask("GET " + server.url() + "/ HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(100_000) + "\r\n\r\n").startsWith("HTTP/1.1 200 "));
            }
        }
    }

    /// A server that answers what it should not: each client gets one answer, or a page of the proxy.
    @Test void answersInDoubt() throws IOException {
        for (String said : List.of("HTTP/1.1 103 Early\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", "HTTP/1.1  200 OK\r\n\r\n", "HTTP/1.1 200\tOK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 999 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX : y\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", "<html>HTTP/0.9</html>", "HTTP/1.1 200 OK\r\nX: a\u0000b\r\n\r\n")) {
            proxied.proxy.rules(RuleBook.EMPTY);
            some();
            answer = said;
            try (Talk talk = talk()) {
                String got = talk.ask(get("/"));
                assertTrue(got.startsWith("HTTP/1.1 502 "), got);
            }
        }
    }

    /// Chunks of an answer that break off in doubt end the connection before the client could take them for whole.
    @Test void chunksOfAnswersInDoubt() throws IOException {
        for (String body : List.of("5\r\nhelloX\r\n0\r\n\r\n", "100000000000000004\r\nhello", "5;a=\"\n\"\r\nhello\r\n0\r\n\r\n", "5\nhello\r\n0\r\n\r\n")) {
            proxied.proxy.rules(RuleBook.EMPTY);
            some();
            answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
            try (Talk talk = talk()) {
                talk.say(get("/"));
                String got = talk.rest();
                assertFalse(got.contains("0\r\n\r\n") && got.startsWith("HTTP/1.1 200"), got);
            }
        }
    }

    /// A length where there can be no body is no length.
    @Test void bodiesWhereNoneCanBe() throws IOException {
        for (String kind : List.of("HEAD", "204", "304")) {
            proxied.proxy.rules(RuleBook.EMPTY);
            for (boolean ruled : new boolean[] {false, true}) {
                if (ruled) some();
                answer = "HTTP/1.1 " + (kind.equals("HEAD") ? "200" : kind) + " X\r\nContent-Length: 5\r\n\r\n";
                try (Talk talk = talk()) {
                    for (int i = 0; i < 3; i++) assertTrue(talk.ask(kind.equals("HEAD") ? get("/").replace("GET", "HEAD") : get("/")).endsWith("\r\n\r\n"));
                }
            }
            assertTrue(server.heads.size() % 6 == 0);
        }
    }

    /// The server may answer for good where it was asked whether to go on; what the client then does not send is not waited for.
    @Test void aFinalAnswerInThePlaceOf100() throws IOException {
        for (boolean ruled : new boolean[] {false, true}) {
            if (ruled) some();
            try (var refusing = new Scripted((socket, _) -> {
                Scripted.head(socket);
                Scripted.say(socket, "HTTP/1.1 417 No\r\nContent-Length: 2\r\n\r\nno");
                socket.getInputStream().readAllBytes();
            }); Talk talk = talk()) {
                if (ruled) rules("port:" + refusing.port(), new RuleAction.SetHeader(Side.RESPONSE, "X-New", "1"));
                talk.say("POST " + refusing.url() + "/ HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
                assertTrue(talk.next().startsWith("HTTP/1.1 417 "));
            }
        }
    }

    private static byte[] packed(String coding, byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        switch (coding) {
            case "br" -> {
                // RFC 7932 section 9.2: one piece that is not compressed, then an empty last one.
                int head = plain.length - 1 << 4 | 1 << 20;
                out.writeBytes(new byte[] {(byte) head, (byte) (head >> 8), (byte) (head >> 16)});
                out.writeBytes(plain);
                out.write(3);
            }
            case "raw" -> {
                try (var packer = new DeflaterOutputStream(out, new Deflater(6, true))) {
                    packer.write(plain);
                }
            }
            case "deflate" -> {
                try (var packer = new DeflaterOutputStream(out)) {
                    packer.write(plain);
                }
            }
            case "zstd" -> {
                try (var packer = new ZstdOutputStream(out).setLong(24)) {
                    packer.write(plain);
                }
            }
            default -> {
                try (var packer = new GZIPOutputStream(out)) {
                    packer.write(plain);
                }
            }
        }
        return out.toByteArray();
    }

    private void answerWith(String coding, byte[] body) {
        answer = "HTTP/1.1 200 OK\r\nContent-Encoding: " + coding + "\r\nContent-Length: " + body.length + "\r\n\r\n" + new String(body, StandardCharsets.ISO_8859_1);
    }

    /// Codings that can be undone are, to edit what is inside; what they are not, goes on as it came and is recorded so.
    @Test void encodedBodies() throws IOException {
        rules(new RuleAction.ReplaceInBody(Side.RESPONSE, "hello", "good bye"));
        byte[] plain = "say hello".getBytes(StandardCharsets.US_ASCII);
        byte[] twice = packed("br", packed("gzip", plain));
        byte[] members = new byte[packed("gzip", plain).length * 2];
        byte[] one = packed("gzip", plain);
        System.arraycopy(one, 0, members, 0, one.length);
        System.arraycopy(one, 0, members, one.length, one.length);
        try (Talk talk = talk()) {
            Object[][] cases = {{"gzip", one}, {"br", packed("br", plain)}, {"zstd", packed("zstd", plain)}, {"deflate", packed("deflate", plain)}, {"deflate", packed("raw", plain)}, {"gzip, br", twice}};
            for (Object[] each : cases) {
                answerWith((String) each[0], (byte[]) each[1]);
                assertEquals("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\nsay good bye", talk.ask(get("/")), () -> (String) each[0]);
            }
            answerWith("gzip", members);
            assertTrue(talk.ask(get("/")).endsWith("\r\n\r\nsay good byesay good bye"));
            byte[] broken = one.clone();
            broken[12] ^= 0x55;
            broken[broken.length - 6] ^= 0x55;
            for (byte[] odd : new byte[][] {broken, java.util.Arrays.copyOf(one, one.length - 3), plain, packed("gzip", new byte[100 << 20])}) {
                answerWith("gzip", odd);
                assertEquals(answer, talk.ask(get("/odd")));
            }
            answerWith("unheard", plain);
            assertEquals(answer, talk.ask(get("/odd")));
        }
        List<Flow> odd = proxied.ended(12).stream().filter(flow -> flow.request().path().equals("/odd")).toList();
        assertEquals(5, odd.size());
        assertArrayEquals(plain, proxied.body(odd.get(4), Side.RESPONSE));
        for (Flow flow : odd) assertNull(flow.error());
    }
}
