package serpentarium.traffic.analysis.body;

import serpentarium.task.TaskContext;

/// Walks through protobuf's wire format without a schema: field numbers and wire types are facts, what a field means is guessed.
///
/// Source: protobuf.dev, Encoding. A field of bytes is shown as a message where it is one all through and no readable text.
final class ProtobufNodes {
    private static final int DEEPEST = 30;

    private final byte[] bytes;
    private final TreeText out;
    private final TaskContext context;
    private int at;
    private long varint;
    private int steps;

    ProtobufNodes(byte[] bytes, TreeText out, TaskContext context) {
        this.bytes = bytes;
        this.out = out;
        this.context = context;
    }

    /// Whether `from`…`to` is a message all through.
    boolean message(int from, int to) {
        int groups = 0;
        for (at = from; at < to; ) {
            if ((++steps & 4095) == 0) context.checkpoint();
            if (!varint(to)) return false;
            long tag = varint;
            if (tag >>> 3 == 0 || tag >>> 3 > 0x1fffffff) return false;
            switch ((int) tag & 7) {
                case 0 -> {
                    if (!varint(to)) return false;
                }
                case 1 -> at += 8;
                case 2 -> {
                    if (!varint(to) || varint < 0 || varint > to - at) return false;
                    at += (int) varint;
                }
                case 3 -> groups++;
                case 4 -> {
                    if (--groups < 0) return false;
                }
                case 5 -> at += 4;
                default -> {
                    return false;
                }
            }
            if (at > to) return false;
        }
        return groups == 0;
    }

    private boolean varint(int to) {
        varint = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= to) return false;
            int b = bytes[at++] & 0xff;
            if (shift < 64) varint |= (long) (b & 0x7f) << shift;
            if (b < 0x80) return true;
        }
        return false;
    }

    /// Adds the fields of a message, known to be one.
    void fields(int inside, int from, int to, int depth) {
        int place = from;
        while (place < to && !out.full()) {
            if ((++steps & 4095) == 0) context.checkpoint();
            at = place;
            if (!varint(to)) return;
            String number = String.valueOf(varint >>> 3);
            int type = (int) varint & 7;
            switch (type) {
                case 0 -> {
                    if (!varint(to)) return;
                    place = at;
                    out.add(inside, BodyTree.Kind.NUMBER, number, whole(varint));
                }
                case 1, 5 -> {
                    int width = type == 1 ? 8 : 4;
                    if (to - at < width) return;
                    place = at + width;
                    out.add(inside, BodyTree.Kind.NUMBER, number, fixed(at, width));
                }
                case 2 -> {
                    if (!varint(to) || varint < 0 || varint > to - at) return;
                    int begin = at;
                    place = begin + (int) varint;
                    piece(inside, number, begin, place, depth);
                }
                case 3, 4 -> {
                    place = at;
                    out.add(inside, BodyTree.Kind.OTHER, number, type == 3 ? "(group" : "group)");
                }
                default -> {
                    return;
                }
            }
        }
    }

    private void piece(int inside, String number, int from, int to, int depth) {
        if (BytesText.readable(bytes, from, to)) out.add(inside, BodyTree.Kind.STRING, number, BytesText.text(bytes, from, to));
        else if (depth < DEEPEST && message(from, to)) {
            int node = out.add(inside, BodyTree.Kind.OBJECT, number, "");
            if (node >= 0) fields(node, from, to, depth + 1);
            out.close(node);
        } else out.add(inside, BodyTree.Kind.OTHER, number, BytesText.hex(bytes, from, to));
    }

    /// Plain, and zigzag where the number would be negative that way.
    private static String whole(long value) {
        String plain = Long.toUnsignedString(value);
        if (value < 0) return plain + "  (int " + value + ")";
        return (value & 1) == 1 && value > 1 ? plain + "  (sint " + -(value + 1 >>> 1) + ")" : plain;
    }

    private String fixed(int from, int width) {
        long bits = 0;
        for (int i = width - 1; i >= 0; i--) bits = bits << 8 | bytes[from + i] & 0xff;
        String real = width == 8 ? Double.toString(Double.longBitsToDouble(bits)) : Float.toString(Float.intBitsToFloat((int) bits));
        return (width == 8 ? Long.toString(bits) : Integer.toString((int) bits)) + "  (" + (width == 8 ? "double " : "float ") + real + ")";
    }
}
