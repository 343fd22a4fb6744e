package serpentarium.traffic.format.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import serpentarium.traffic.Side;

/// One direction of a WebSocket.
final class WebSocketSide {
    /// A message larger than this is cut.
    private static final int LARGEST = 1 << 24;
    private static final byte[] TAIL = {0, 0, -1, -1};

    private final Exchange exchange;
    private final Side side;
    private final boolean deflate;
    private final boolean forgets;
    private final ByteHold head = new ByteHold();
    private final ByteHold message = new ByteHold();
    private final ByteHold control = new ByteHold();
    private Inflater inflater;
    private boolean dead;
    private boolean closed;
    private boolean cut;
    private boolean compressed;
    private int opcode;
    private double began;
    private boolean inPayload;
    private int flags;
    private long left;
    private long done;
    private final byte[] mask = new byte[4];
    private boolean masked;

    WebSocketSide(Exchange exchange, Side side, boolean deflate, boolean forgets) {
        this.exchange = exchange;
        this.side = side;
        this.deflate = deflate;
        this.forgets = forgets;
    }

    /// Whether this side said good-bye.
    boolean closed() {
        return closed;
    }

    void bytes(double time, byte[] bytes, int offset, int length) throws IOException {
        int at = offset;
        int end = offset + length;
        while (at < end && !dead) {
            if (!inPayload) {
                at += head.fill(needed(), bytes, at, end - at);
                if (head.length() < needed()) continue;
                open(time);
            }
            if (!inPayload) continue;
            int taken = (int) Math.min(left, end - at);
            payload(bytes, at, taken);
            at += taken;
            if (left == 0) frame(time);
        }
    }

    private int needed() {
        if (head.length() < 2) return 2;
        int size = head.bytes()[1] & 0x7f;
        return 2 + (size == 126 ? 2 : size == 127 ? 8 : 0) + (head.bytes()[1] < 0 ? 4 : 0);
    }

    private void open(double time) throws IOException {
        byte[] h = head.bytes();
        flags = h[0] & 0xff;
        masked = h[1] < 0;
        int size = h[1] & 0x7f;
        int at = 2;
        left = size;
        if (size >= 126) {
            int count = size == 126 ? 2 : 8;
            left = 0;
            for (int i = 0; i < count; i++) left = left << 8 | h[at++] & 0xff;
        }
        if (masked) System.arraycopy(h, at, mask, 0, 4);
        head.clear();
        int code = flags & 15;
        if (left < 0 || code > 10 || code > 2 && code < 8 || code >= 8 && left > 125) {
            dead = true;
            exchange.fail(Recording.STRINGS.get("websocket.malformed"));
            return;
        }
        done = 0;
        inPayload = true;
        if (code == 1 || code == 2) {
            opcode = code;
            began = time;
            compressed = deflate && (flags & 0x40) != 0;
            cut = false;
            message.clear();
        }
        if (left == 0) frame(time);
    }

    private void payload(byte[] bytes, int from, int count) {
        ByteHold to = (flags & 8) != 0 ? control : message;
        int kept = Math.min(count, LARGEST - to.length());
        if (kept < count) cut = true;
        int start = to.length();
        to.add(bytes, from, kept);
        if (masked) for (int i = 0; i < kept; i++) to.bytes()[start + i] ^= mask[(int) (done + i & 3)];
        done += count;
        left -= count;
    }

    private void frame(double time) throws IOException {
        inPayload = false;
        int code = flags & 15;
        if (code >= 8) {
            if (code == 8) closed = true;
            exchange.writer.message(side, time, code, control.copy(), false, false);
            control.clear();
            exchange.grown();
            return;
        }
        if ((flags & 0x80) == 0) return;
        byte[] content = compressed ? inflated() : message.copy();
        exchange.writer.message(side, began, opcode, content, false, false);
        if (cut) exchange.fail(Recording.STRINGS.get("websocket.long", LARGEST));
        message.clear();
        exchange.grown();
    }

    private byte[] inflated() throws IOException {
        if (inflater == null) inflater = new Inflater(true);
        var out = new ByteArrayOutputStream(Math.max(256, message.length() * 2));
        byte[] buffer = new byte[1 << 13];
        try {
            inflater.setInput(message.bytes(), 0, message.length());
            drain(buffer, out);
            inflater.setInput(TAIL);
            drain(buffer, out);
        } catch (DataFormatException e) {
            exchange.fail(Recording.STRINGS.get("websocket.corrupt"));
            if (out.size() == 0) out.write(message.bytes(), 0, message.length());
        }
        if (forgets || inflater.finished()) inflater.reset();
        return out.toByteArray();
    }

    private void drain(byte[] buffer, ByteArrayOutputStream out) throws DataFormatException {
        while (!inflater.needsInput() && !inflater.finished()) {
            int got = inflater.inflate(buffer);
            if (got == 0 && (inflater.needsDictionary() || inflater.needsInput())) return;
            int kept = Math.min(got, LARGEST - out.size());
            out.write(buffer, 0, kept);
            if (kept < got) {
                cut = true;
                return;
            }
        }
    }

    void lost(long count) {
        if (inPayload && left > count) {
            left -= count;
            done += count;
            cut = true;
        } else dead = true;
    }

    void release() {
        if (inflater != null) inflater.end();
        inflater = null;
    }
}
