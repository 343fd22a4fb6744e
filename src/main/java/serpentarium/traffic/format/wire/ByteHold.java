package serpentarium.traffic.format.wire;

import java.util.Arrays;

/// Bytes that are held until more have come.
final class ByteHold {
    private static final byte[] EMPTY = new byte[0];
    private static final int KEPT = 1 << 14;

    private byte[] bytes = EMPTY;
    private int length;

    /// The bytes; those past [#length()] mean nothing.
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void add(byte[] from, int offset, int count) {
        if (count > bytes.length - length) bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(bytes.length * 2, bytes.length + (1 << 20))));
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /// Adds so many bytes that the hold has `wanted` of them, or all there are.
    ///
    /// @return how many were taken
    int fill(int wanted, byte[] from, int offset, int count) {
        int taken = Math.max(0, Math.min(wanted - length, count));
        add(from, offset, taken);
        return taken;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
        if (bytes.length > KEPT) bytes = EMPTY;
    }
}
