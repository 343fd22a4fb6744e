package serpentarium.traffic.engine;

import java.io.IOException;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.Needle;

/// Looks through the headers of a flow's records without making texts of them.
final class HeadScan {
    private static final byte[] CODING = "content-encoding".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    private byte[] lines = new byte[1024];
    private int size;
    private final boolean[] coding = new boolean[2];
    private final boolean[] decoded = new boolean[2];

    /// For the next flow.
    void begin() {
        coding[0] = coding[1] = decoded[0] = decoded[1] = false;
    }

    /// Looks through the header of a request or a response.
    ///
    /// @return its bit where the needle may be in it, else 0
    int look(ItemReader items, Needle needle) throws IOException {
        int side = items.tag() == Item.REQUEST ? 0 : 1;
        if (side == 0) {
            for (int k = 0; k < 3; k++) items.skipText();
            items.number();
            for (int k = 0; k < 3; k++) items.skipText();
        } else {
            items.number();
            for (int k = 0; k < 2; k++) items.skipText();
        }
        size = 0;
        // The last head counts.
        coding[side] = false;
        for (int fields = items.count(); fields > 0; fields--) {
            int from = items.position();
            take(items);
            coding[side] |= named(items, from);
            put(':');
            put(' ');
            take(items);
            put('\n');
        }
        return needle.in(lines, 0, size) ? FlowContent.REQUEST_HEAD << side : 0;
    }

    /// Whether the text that ends here is the name of the field that says how the body is encoded.
    private boolean named(ItemReader items, int from) {
        int length = CODING.length;
        if (items.position() - from != length + 1) return false;
        byte[] bytes = items.bytes();
        for (int i = 0; i < length; i++) if ((bytes[from + 1 + i] | 32) != CODING[i]) return false;
        return true;
    }

    private void take(ItemReader items) throws IOException {
        int length = items.textLength();
        if (length <= 0) return;
        room(length);
        System.arraycopy(items.bytes(), items.position(), lines, size, length);
        size += length;
        items.skip(length);
    }

    private void put(int b) {
        room(1);
        lines[size++] = (byte) b;
    }

    private void room(int more) {
        if (size + more > lines.length) lines = java.util.Arrays.copyOf(lines, Math.max(size + more, lines.length * 2));
    }

    /// What became of a body.
    void bodyEnd(ItemReader items) throws IOException {
        int side = items.choice(Side.values()).ordinal();
        items.number();
        items.number();
        decoded[side] = items.flag();
    }

    /// Whether a body must be decoded before it can be looked through.
    boolean encoded(int side) {
        return coding[side] && !decoded[side];
    }
}
