package serpentarium.traffic.format.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.traffic.format.wire.Spoken.block;
import static serpentarium.traffic.format.wire.Spoken.frame;
import static serpentarium.traffic.format.wire.Spoken.join;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.packets.HeldFlows;

/// HTTP/2, frame by frame.
class Http2Test {
    private static final byte[] GET = block(":method", "GET", ":scheme", "http", ":authority", "h:1", ":path", "/a", "x", "1");
    private static final byte[] OK = block(":status", "200", "y", "2");

    private static Spoken begun(int step) throws IOException {
        return new Spoken(step).say(Side.REQUEST, join(Guess.PREFACE, frame(4, 0, 0))).say(Side.RESPONSE, join(frame(4, 0, 0), frame(4, 1, 0)));
    }

    private static Headers headers(String... words) {
        var fields = new java.util.ArrayList<Headers.Field>();
        for (int i = 0; i < words.length; i += 2) fields.add(new Headers.Field(words[i], words[i + 1]));
        return new Headers(fields);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100_000})
    void streamsInterleave(int step) throws IOException {
        byte[] pad = {3};
        byte[] padding = new byte[3];
        List<HeldFlows.Held> flows = begun(step)
                .say(Side.REQUEST, join(frame(1, 0x2d, 1, pad, new byte[5], GET, padding), frame(1, 0, 3, block(":method", "POST", ":path", "/b")), frame(9, 4, 3, block("z", "3")),
                        frame(0, 8, 3, pad, "ab".getBytes(), padding), frame(8, 0, 3, new byte[4]), frame(0, 1, 3, "cd".getBytes())))
                .say(Side.RESPONSE, join(frame(1, 4, 3, block(":status", "103")), frame(1, 4, 3, OK), frame(1, 4, 1, OK), frame(0, 0, 3, "three".getBytes()), frame(0, 9, 1, pad,
                        "one".getBytes(), padding), frame(0, 0, 3, "!".getBytes()), frame(1, 5, 3, block("grade", "a")))).close();
        assertEquals(List.of("http://h:1/a", "/b"), flows.stream().map(flow -> flow.request.scheme().isEmpty() ? flow.request.path() : flow.request.url()).toList());
        assertEquals(List.of("one", "three!"), flows.stream().map(flow -> flow.bodies[1].toString()).toList());
        assertEquals("abcd", flows.get(1).bodies[0].toString());
        assertEquals(headers("x", "1"), flows.getFirst().request.headers());
        assertEquals(headers("z", "3"), flows.get(1).request.headers());
        assertEquals(headers("grade", "a"), flows.get(1).trailers[1]);
        for (HeldFlows.Held flow : flows) {
            assertNull(flow.error);
            assertEquals(BodyFacts.State.COMPLETE, flow.states[1]);
            assertEquals("HTTP/2.0", flow.response.httpVersion());
        }
    }

    @Test void resetsAndGoodByesAreSaid() throws IOException {
        List<HeldFlows.Held> flows = begun(9000)
                .say(Side.REQUEST, join(frame(1, 5, 1, GET), frame(1, 5, 3, GET), frame(1, 5, 5, GET), frame(3, 0, 1, new byte[] {0, 0, 0, 8})))
                .say(Side.RESPONSE, frame(7, 0, 0, new byte[] {0, 0, 0, 3, 0, 0, 0, 11})).close();
        assertEquals(List.of("The stream was reset: CANCEL", "The connection was closed before a response came.",
                "The connection was given up before this request was served: ENHANCE_YOUR_CALM"), flows.stream().map(flow -> flow.error).toList());
    }

    @Test void whatIsPushedHasItsRequest() throws IOException {
        List<HeldFlows.Held> flows = begun(9000).say(Side.REQUEST, frame(1, 5, 1, GET))
                .say(Side.RESPONSE, join(frame(5, 4, 1, new byte[] {0, 0, 0, 2}, block(":method", "GET", ":path", "/style.css")), frame(1, 5, 1, OK), frame(1, 4, 2, OK),
                        frame(0, 1, 2, "css".getBytes()))).close();
        assertEquals("/style.css", flows.get(1).request.path());
        assertEquals("css", flows.get(1).bodies[1].toString());
        assertEquals("1", new String(flows.get(1).extras.get("http2.pushed")));
    }

    @Test void grpcMessagesAreMessages() throws IOException {
        byte[] message = {0, 0, 0, 0, 2, 8, 1};
        HeldFlows.Held flow = begun(4).say(Side.REQUEST, join(frame(1, 4, 1, block(":method", "POST", ":path", "/s.S/M", "content-type", "application/grpc+proto")),
                frame(0, 1, 1, message))).say(Side.RESPONSE, join(frame(1, 4, 1, block(":status", "200", "content-type", "application/grpc")), frame(0, 0, 1, message, message),
                        frame(1, 5, 1, block("grpc-status", "0")))).only();
        assertEquals(FlowKind.GRPC, flow.kind);
        assertEquals(List.of(Side.REQUEST, Side.RESPONSE, Side.RESPONSE), flow.messages.stream().map(each -> each.from()).toList());
        for (byte[] content : flow.contents) assertEquals("0801", HexFormat.of().formatHex(content));
    }

    @Test void lostBytesOfABodyDoNotEndTheConnection() throws IOException {
        var spoken = begun(9000).say(Side.REQUEST, join(frame(1, 5, 1, GET), frame(1, 5, 3, GET)));
        byte[] data = frame(0, 1, 1, "0123456789".getBytes());
        spoken.say(Side.RESPONSE, join(frame(1, 4, 1, OK), Arrays.copyOf(data, 12)));
        spoken.conversation.lost(Side.RESPONSE, 2000, 4);
        List<HeldFlows.Held> flows = spoken.say(Side.RESPONSE, join(Arrays.copyOfRange(data, 16, 19), frame(1, 4, 3, OK), frame(0, 1, 3, "ok".getBytes()))).close();
        assertEquals("012789", flows.getFirst().bodies[1].toString());
        assertEquals(BodyFacts.State.PARTIAL, flows.getFirst().states[1]);
        assertEquals("ok", flows.get(1).bodies[1].toString());
    }

    @Test void theServerMayBegin() throws IOException {
        HeldFlows.Held flow = new Spoken().say(Side.RESPONSE, frame(4, 0, 0, new byte[6])).say(Side.REQUEST, join(Guess.PREFACE, frame(1, 5, 1, GET)))
                .say(Side.RESPONSE, frame(1, 5, 1, OK)).only();
        assertEquals(200, flow.response.status());
    }

    @Test void examplesOfTheStandard() {
        var plain = new Hpack(new Names());
        decodes(plain, "828684410f7777772e6578616d706c652e636f6d", ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com");
        decodes(plain, "828684be58086e6f2d6361636865", ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com", "cache-control", "no-cache");
        var huffman = new Hpack(new Names());
        decodes(huffman, "828684418cf1e3c2e5f23a6ba0ab90f4ff", ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com");
        decodes(huffman, "828684be5886a8eb10649cbf", ":method", "GET", ":scheme", "http", ":path", "/", ":authority", "www.example.com", "cache-control", "no-cache");
        decodes(huffman, "828785bf408825a849e95ba97d7f8925a849e95bb8e8b4bf", ":method", "GET", ":scheme", "https", ":path", "/index.html", ":authority", "www.example.com",
                "custom-key", "custom-value");
    }

    private static void decodes(Hpack hpack, String hex, String... words) {
        byte[] block = HexFormat.of().parseHex(hex);
        assertEquals(headers(words).fields(), hpack.decode(block, 0, block.length));
    }

    @Test void blocksThatAreNone() {
        for (String hex : List.of("80", "ff", "ffffffffff7f", "7e", "c0", "4005", "408825", "3fffffffff7f", "00ff", "0081ff00"))
            assertNull(new Hpack(new Names()).decode(HexFormat.of().parseHex(hex), 0, hex.length() / 2), hex);
    }

    @Test void aBlockThatUnpacksToGigabytesIsCut() {
        var hpack = new Hpack(new Names());
        byte[] value = new byte[3000];
        Arrays.fill(value, (byte) 'x');
        byte[] store = join(new byte[] {0x40, 1, 'a', 0x7f, (byte) (0x80 | 3000 - 127 & 0x7f), (byte) (3000 - 127 >> 7)}, value);
        assertEquals(1, hpack.decode(store, 0, store.length).size());
        byte[] bomb = new byte[500_000];
        Arrays.fill(bomb, (byte) 0xbe);
        assertTrue(hpack.decode(bomb, 0, bomb.length).size() < 400);
        assertTrue(hpack.cut());
    }

    @Test void whatCannotBeUnderstoodIsSaid() throws IOException {
        HeldFlows.Held flow = begun(9000).say(Side.REQUEST, join(frame(1, 4, 1, GET), frame(1, 5, 3, new byte[] {(byte) 0x80}))).only();
        assertTrue(flow.error.contains("HTTP/2"), flow.error);
    }
}
