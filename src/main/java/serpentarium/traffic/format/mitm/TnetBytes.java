package serpentarium.traffic.format.mitm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes a tnetstring into memory from its end to its beginning: then each length is known when it is written.
final class TnetBytes {
    private byte[] bytes = new byte[1024];
    private int start = bytes.length;

    private TnetBytes() {}

    static byte[] of(Object value) {
        var out = new TnetBytes();
        out.put(value);
        return Arrays.copyOfRange(out.bytes, out.start, out.bytes.length);
    }

    private void put(Object value) {
        one(TnetOutput.type(value));
        int end = bytes.length - start;
        switch (value) {
            case List<?> list -> {
                for (int i = list.size() - 1; i >= 0; i--) put(list.get(i));
            }
            case Map<?, ?> map -> {
                List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
                for (int i = entries.size() - 1; i >= 0; i--) {
                    put(entries.get(i).getValue());
                    put(entries.get(i).getKey());
                }
            }
            case Bytes piece -> raw(piece.array(), piece.from(), piece.size());
            case null, default -> {
                byte[] payload = TnetOutput.payload(value);
                raw(payload, 0, payload.length);
            }
        }
        int size = bytes.length - start - end;
        one(':');
        byte[] digits = Integer.toString(size).getBytes(StandardCharsets.ISO_8859_1);
        raw(digits, 0, digits.length);
    }

    private void one(int value) {
        room(1);
        bytes[--start] = (byte) value;
    }

    private void raw(byte[] from, int at, int size) {
        room(size);
        start -= size;
        System.arraycopy(from, at, bytes, start, size);
    }

    private void room(int more) {
        if (more <= start) return;
        int used = bytes.length - start;
        byte[] larger = new byte[Math.max(bytes.length * 2, used + more)];
        System.arraycopy(bytes, start, larger, larger.length - used, used);
        bytes = larger;
        start = larger.length - used;
    }
}
