package serpentarium.traffic.format.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.packets.HeldFlows;

/// A conversation that a test speaks.
final class Spoken {
    final HeldFlows flows = new HeldFlows();
    final Link link = new Link(new Recording(flows, FlowSource.PROXY, new KeyLog(), true), "1", new Endpoint("10.0.0.1", 40000), new Endpoint("10.0.0.2", 8080));
    final Conversation conversation = new Conversation(link, false);
    private final int step;
    private double time = 1000;

    /// In pieces of so many bytes.
    Spoken(int step) {
        this.step = step;
    }

    Spoken() {
        this(Integer.MAX_VALUE);
    }

    Spoken ask(String text) throws IOException {
        return say(Side.REQUEST, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Spoken answer(String text) throws IOException {
        return say(Side.RESPONSE, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Spoken say(Side from, byte[] bytes) throws IOException {
        for (int at = 0; at < bytes.length; at += Math.min(step, bytes.length - at)) conversation.bytes(from, ++time, bytes, at, Math.min(step, bytes.length - at));
        return this;
    }

    Spoken end(Side from) throws IOException {
        conversation.end(from, ++time);
        return this;
    }

    List<HeldFlows.Held> close() throws IOException {
        conversation.close(++time, Protocol.Ending.CLOSED);
        for (HeldFlows.Held flow : flows.flows) if (!flow.closed) throw new AssertionError(flow.id + " was not closed");
        return flows.flows;
    }

    HeldFlows.Held only() throws IOException {
        List<HeldFlows.Held> all = close();
        if (all.size() != 1) throw new AssertionError(all.size() + " flows: " + all.stream().map(flow -> flow.kind + " " + flow.request).toList());
        return all.getFirst();
    }

    /// A frame of HTTP/2.
    static byte[] frame(int type, int flags, int stream, byte[]... payload) {
        var all = new ByteArrayOutputStream();
        for (byte[] each : payload) all.writeBytes(each);
        var frame = new ByteArrayOutputStream();
        frame.writeBytes(new byte[] {(byte) (all.size() >> 16), (byte) (all.size() >> 8), (byte) all.size(), (byte) type, (byte) flags, 0, 0, (byte) (stream >> 8), (byte) stream});
        frame.writeBytes(all.toByteArray());
        return frame.toByteArray();
    }

    /// A header block without compression.
    static byte[] block(String... words) {
        var block = new ByteArrayOutputStream();
        for (int i = 0; i < words.length; i++) {
            if (i % 2 == 0) block.write(0);
            byte[] text = words[i].getBytes(StandardCharsets.ISO_8859_1);
            if (text.length >= 127) throw new IllegalArgumentException("too long for one byte");
            block.write(text.length);
            block.writeBytes(text);
        }
        return block.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] each : parts) all.writeBytes(each);
        return all.toByteArray();
    }
}
