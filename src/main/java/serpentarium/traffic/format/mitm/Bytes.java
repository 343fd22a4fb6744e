package serpentarium.traffic.format.mitm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import serpentarium.traffic.WireText;

/// A byte string of a dump: a piece of the record it was read from, not copied.
///
/// @param array where it lies
/// @param from  where it begins
/// @param size  how long it is
record Bytes(byte[] array, int from, int size) {
    static final Bytes NONE = new Bytes(new byte[0], 0, 0);

    static Bytes of(byte[] all) {
        return new Bytes(all, 0, all.length);
    }

    static Bytes of(String wireText) {
        return of(WireText.encode(wireText));
    }

    byte[] copy() {
        return Arrays.copyOfRange(array, from, from + size);
    }

    /// The bytes as [WireText].
    String text() {
        return WireText.decode(array, from, size);
    }

    @Override public boolean equals(Object other) {
        return other instanceof Bytes(byte[] theirs, int start, int length) && Arrays.equals(array, from, from + size, theirs, start, start + length);
    }

    @Override public int hashCode() {
        return new String(array, from, size, StandardCharsets.ISO_8859_1).hashCode();
    }
}
