package serpentarium.traffic.format.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.packets.HeldFlows;

/// WebSocket, frame by frame.
class WebSocketTest {
    private static Spoken begun(int step, String extensions) throws IOException {
        return new Spoken(step).ask("GET /ws HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                .answer("HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\n" + (extensions == null ? "" : "Sec-WebSocket-Extensions: " + extensions + "\r\n") + "\r\n");
    }

    private static byte[] frame(int flags, boolean masked, byte[] payload) {
        int extra = payload.length > 65535 ? 8 : payload.length > 125 ? 2 : 0;
        byte[] frame = new byte[2 + extra + (masked ? 4 : 0) + payload.length];
        frame[0] = (byte) flags;
        frame[1] = (byte) ((masked ? 0x80 : 0) | (extra == 8 ? 127 : extra == 2 ? 126 : payload.length));
        for (int i = 0; i < extra; i++) frame[2 + i] = (byte) ((long) payload.length >> 8 * (extra - 1 - i));
        byte[] mask = {9, 8, 7, 6};
        int at = 2 + extra;
        if (masked) {
            System.arraycopy(mask, 0, frame, at, 4);
            at += 4;
        }
        for (int i = 0; i < payload.length; i++) frame[at + i] = (byte) (payload[i] ^ (masked ? mask[i & 3] : 0));
        return frame;
    }

    private static byte[] deflated(Deflater deflater, byte[] content) {
        byte[] out = new byte[content.length + 100];
        deflater.setInput(content);
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return Arrays.copyOf(out, length - 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1 << 20})
    void messagesOfAllSizesAndPieces(int step) throws IOException {
        byte[] large = new byte[70_000];
        Arrays.fill(large, (byte) 'z');
        HeldFlows.Held flow = begun(step, null).say(Side.REQUEST, frame(0x81, true, "hello".getBytes())).say(Side.RESPONSE, frame(0x82, false, new byte[300]))
                .say(Side.RESPONSE, frame(0x01, false, "a".getBytes())).say(Side.RESPONSE, frame(0x89, false, "ping".getBytes()))
                .say(Side.RESPONSE, frame(0x80, false, "b".getBytes())).say(Side.REQUEST, frame(0x82, true, large)).say(Side.REQUEST, frame(0x88, true, new byte[] {3, (byte) 0xe8})).only();
        assertEquals(FlowKind.WEBSOCKET, flow.kind);
        assertEquals(List.of(1, 2, 9, 1, 2, 8), flow.messages.stream().map(message -> message.opcode()).toList());
        assertEquals(List.of(5L, 300L, 4L, 2L, 70_000L, 2L), flow.messages.stream().map(message -> message.size()).toList());
        assertEquals("hello", new String(flow.contents.getFirst()));
        assertEquals("ab", new String(flow.contents.get(3)));
        assertArrayEquals(large, flow.contents.get(4));
        assertNull(flow.error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "permessage-deflate; server_no_context_takeover; client_no_context_takeover"})
    void compressedMessagesAreUnpacked(String extensions) throws IOException {
        var deflater = new Deflater(6, true);
        var spoken = begun(100, extensions);
        String text = "the same words again and again, the same words again and again";
        for (int i = 0; i < 3; i++) {
            spoken.say(Side.RESPONSE, frame(0xc1, false, deflated(deflater, (text + i).getBytes())));
            if (extensions.contains("no_context")) deflater.reset();
        }
        HeldFlows.Held flow = spoken.say(Side.RESPONSE, frame(0x81, false, "plain".getBytes())).say(Side.RESPONSE, frame(0x88, false, new byte[0])).only();
        deflater.end();
        assertEquals(List.of(text + 0, text + 1, text + 2, "plain", ""), flow.contents.stream().map(String::new).toList());
    }

    @Test void aBombIsCut() throws IOException {
        var deflater = new Deflater(9, true);
        byte[] bomb = deflated(deflater, new byte[100 << 20]);
        deflater.end();
        HeldFlows.Held flow = begun(1 << 20, "permessage-deflate").say(Side.RESPONSE, frame(0xc2, false, bomb)).only();
        assertEquals(1 << 24, flow.contents.getFirst().length);
        assertTrue(flow.error.contains("16,777,216"), flow.error);
    }

    @Test void hostileLengthsTakeNoRoom() throws IOException {
        HeldFlows.Held flow = begun(100, null).say(Side.RESPONSE, new byte[] {(byte) 0x82, 127, 0x7f, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3}).only();
        assertEquals(0, flow.messages.size());
        assertTrue(begun(100, null).say(Side.RESPONSE, new byte[] {(byte) 0x82, 127, -1, -1, -1, -1, -1, -1, -1, -1, 1, 2, 3}).only().error.contains("malformed"));
    }

    @Test void corruptCompressionIsSaid() throws IOException {
        HeldFlows.Held flow = begun(100, "permessage-deflate").say(Side.RESPONSE, frame(0xc1, false, new byte[] {-1, -1, -1, -1})).only();
        assertTrue(flow.error.contains("corrupt"), flow.error);
    }
}
