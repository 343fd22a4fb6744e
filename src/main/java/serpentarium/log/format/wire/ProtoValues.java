package serpentarium.log.format.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import serpentarium.pickle.PickleValue;

/// Reads protocol buffers by a table of their fields into the values that the same message has in JSON.
///
/// Format: "Encoding" of the Protocol Buffers documentation.
public final class ProtoValues {
    private static final int DEEPEST = 64;
    private static final int MOST = JsonValues.MOST;

    /// What a field holds.
    public enum Kind { TEXT, BYTES, HEX, BOOL, VARINT, FIXED64, FIXED32, DOUBLE, PACKED_FIXED64, PACKED_DOUBLE, PACKED_VARINT, MESSAGE }

    /// A field of a message.
    ///
    /// @param name     its name in JSON
    /// @param kind     what it holds
    /// @param repeated whether there may be several
    /// @param type     the message's name, for messages
    public record Field(String name, Kind kind, boolean repeated, String type) {}

    private final Map<String, Map<Integer, Field>> types;
    private final byte[] bytes;
    private int left = MOST;

    private ProtoValues(Map<String, Map<Integer, Field>> types, byte[] bytes) {
        this.types = types;
        this.bytes = bytes;
    }

    /// Thrown where bytes are no such message.
    private static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;

        Damaged() {
            super(null, null, false, false);
        }
    }

    /// The message; null where the bytes are none, or hold more values than they may.
    public static PickleValue.Dict read(Map<String, Map<Integer, Field>> types, String type, byte[] bytes, int from, int to) {
        try {
            return new ProtoValues(types, bytes).message(type, from, to, 0);
        } catch (Damaged _) {
            return null;
        }
    }

    private int at;

    private long varint(int to) throws Damaged {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= to) throw new Damaged();
            int b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) return value;
        }
        throw new Damaged();
    }

    private long fixed(int size, int to) throws Damaged {
        if (to - at < size) throw new Damaged();
        long value = 0;
        for (int i = size - 1; i >= 0; i--) value = value << 8 | bytes[at + i] & 0xff;
        at += size;
        return value;
    }

    private PickleValue.Dict message(String type, int from, int to, int depth) throws Damaged {
        if (depth > DEEPEST) throw new Damaged();
        Map<Integer, Field> fields = types.get(type);
        var flat = new ArrayList<PickleValue>(8);
        at = from;
        while (at < to) {
            long tag = varint(to);
            int wire = (int) tag & 7;
            Field field = tag >>> 3 > Integer.MAX_VALUE ? null : fields.get((int) (tag >>> 3));
            if (--left < 0) throw new Damaged();
            int length = 0;
            if (wire == 2) {
                long claimed = varint(to);
                if (claimed < 0 || claimed > to - at) throw new Damaged();
                length = (int) claimed;
            }
            int next = at + length;
            PickleValue value = field == null ? null : value(field, wire, length, to, depth);
            if (value == null) skip(wire, next, to);
            else if (field.repeated) {
                List<PickleValue> list = list(flat, field.name);
                if (value instanceof PickleValue.Items(PickleValue.Shape shape, List<PickleValue> packed) && shape == PickleValue.Shape.TUPLE) list.addAll(packed);
                else list.add(value);
            } else {
                flat.add(new PickleValue.Text(field.name));
                flat.add(value);
            }
        }
        return new PickleValue.Dict(flat);
    }

    private static List<PickleValue> list(List<PickleValue> flat, String name) {
        for (int i = flat.size() - 2; i >= 0; i -= 2)
            if (flat.get(i) instanceof PickleValue.Text(String key) && key.equals(name) && flat.get(i + 1) instanceof PickleValue.Items items) return items.list();
        var list = new ArrayList<PickleValue>();
        flat.add(new PickleValue.Text(name));
        flat.add(new PickleValue.Items(PickleValue.Shape.LIST, list));
        return list;
    }

    private void skip(int wire, int next, int to) throws Damaged {
        switch (wire) {
            case 0 -> varint(to);
            case 1 -> fixed(8, to);
            case 2 -> at = next;
            case 5 -> fixed(4, to);
            default -> throw new Damaged();
        }
    }

    /// The value of a field; null where it is of another kind on the wire.
    private PickleValue value(Field field, int wire, int length, int to, int depth) throws Damaged {
        int begin = at;
        int end = at + length;
        switch (field.kind) {
            case VARINT, BOOL -> {
                if (wire != 0) return null;
                long value = varint(to);
                if (field.kind == Kind.BOOL) return value == 0 ? PickleValue.Atom.FALSE : PickleValue.Atom.TRUE;
                return new PickleValue.Whole(value);
            }
            case FIXED64 -> {
                return wire == 1 ? new PickleValue.Whole(fixed(8, to)) : null;
            }
            case FIXED32 -> {
                return wire == 5 ? new PickleValue.Whole(fixed(4, to)) : null;
            }
            case DOUBLE -> {
                return wire == 1 ? new PickleValue.Real(Double.longBitsToDouble(fixed(8, to))) : null;
            }
            default -> { }
        }
        boolean single = wire == 1 && (field.kind == Kind.PACKED_FIXED64 || field.kind == Kind.PACKED_DOUBLE) || wire == 0 && field.kind == Kind.PACKED_VARINT;
        if (single) return packed(field.kind, wire == 1 ? at + 8 : to, to, true);
        if (wire != 2) return null;
        at = end;
        return switch (field.kind) {
            case TEXT -> new PickleValue.Text(new String(bytes, begin, length, StandardCharsets.UTF_8));
            case BYTES -> new PickleValue.Bytes(HeldBytes.copy(bytes, begin, end));
            case HEX -> new PickleValue.Text(HexFormat.of().formatHex(bytes, begin, end));
            case MESSAGE -> {
                PickleValue inside = message(field.type, begin, end, depth + 1);
                at = end;
                yield inside;
            }
            default -> {
                at = begin;
                yield packed(field.kind, end, end, false);
            }
        };
    }

    private PickleValue packed(Kind kind, int end, int to, boolean one) throws Damaged {
        var list = new ArrayList<PickleValue>();
        do {
            if (at >= end) break;
            if (--left < 0) throw new Damaged();
            list.add(switch (kind) {
                case PACKED_FIXED64 -> new PickleValue.Whole(fixed(8, to));
                case PACKED_DOUBLE -> new PickleValue.Real(Double.longBitsToDouble(fixed(8, to)));
                default -> new PickleValue.Whole(varint(to));
            });
        } while (!one);
        return new PickleValue.Items(PickleValue.Shape.TUPLE, list);
    }
}
