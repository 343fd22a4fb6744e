package serpentarium.log.format.wire;

import java.util.Arrays;

/// Bytes of a connection that are not complete yet: as many as came, never as many as were claimed.
final class HeldBytes {
    private static final byte[] NONE = {};
    private static final int KEPT = 1 << 16;

    private byte[] bytes = NONE;
    private int from;
    private int to;

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    int size() {
        return to - from;
    }

    /// Adds bytes at the end.
    void add(byte[] more, int begin, int end) {
        int length = end - begin;
        if (to + length > bytes.length) {
            int size = to - from;
            byte[] larger = size + length > bytes.length ? new byte[Math.max(size + length, Math.min(bytes.length * 2, Decoder.LARGEST * 2))] : bytes;
            System.arraycopy(bytes, from, larger, 0, size);
            bytes = larger;
            from = 0;
            to = size;
        }
        System.arraycopy(more, begin, bytes, to, length);
        to += length;
    }

    /// Forgets what stands before.
    void advance(int now) {
        from = now;
        if (from == to) clear();
    }

    /// Forgets all.
    void clear() {
        from = 0;
        to = 0;
        if (bytes.length > KEPT) bytes = NONE;
    }

    /// A copy of some of them.
    static byte[] copy(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }
}
