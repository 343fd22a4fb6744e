package serpentarium.traffic.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Texts outside the heap, in the order in which they were added. Added by one thread at a time; read by any thread that was handed a number.
final class TextPool {
    private static final int CHUNK = 1 << 20;
    private static final ValueLayout.OfLong EIGHT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofAuto();
    private volatile MemorySegment[] chunks = new MemorySegment[0];
    private long used;

    /// Adds bytes.
    ///
    /// @return where they are, for [#get(long)]
    long add(byte[] bytes) {
        return add(bytes, 0, bytes.length);
    }

    /// Adds `size` bytes from a place on.
    ///
    /// @return where they are, for [#get(long)]
    long add(byte[] bytes, int from, int size) {
        int length = Math.min(size, CHUNK - 4);
        if (chunks.length == 0 || CHUNK - used % CHUNK < length + 4 || used == (long) chunks.length * CHUNK) {
            used = (long) chunks.length * CHUNK;
            MemorySegment[] more = Arrays.copyOf(chunks, chunks.length + 1);
            more[chunks.length] = arena.allocate(CHUNK);
            chunks = more;
        }
        long at = used;
        MemorySegment chunk = chunks[(int) (at / CHUNK)];
        long offset = at % CHUNK;
        chunk.set(ValueLayout.JAVA_INT_UNALIGNED, offset, length);
        MemorySegment.copy(bytes, from, chunk, ValueLayout.JAVA_BYTE, offset + 4, length);
        used += length + 4;
        return at;
    }

    /// The bytes at a place.
    byte[] get(long at) {
        MemorySegment chunk = chunks[(int) (at / CHUNK)];
        long offset = at % CHUNK;
        byte[] bytes = new byte[chunk.get(ValueLayout.JAVA_INT_UNALIGNED, offset)];
        MemorySegment.copy(chunk, ValueLayout.JAVA_BYTE, offset + 4, bytes, 0, bytes.length);
        return bytes;
    }

    /// Copies the bytes at a place as far as there is room.
    ///
    /// @return how many they are
    int copy(long at, byte[] into, int to) {
        MemorySegment chunk = chunks[(int) (at / CHUNK)];
        long offset = at % CHUNK;
        int length = chunk.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
        MemorySegment.copy(chunk, ValueLayout.JAVA_BYTE, offset + 4, into, to, Math.min(length, into.length - to));
        return length;
    }

    /// Eight of the bytes at a place, as a number that compares as they do when taken as unsigned; zeros past their end.
    long eight(long at, int from) {
        MemorySegment chunk = chunks[(int) (at / CHUNK)];
        long offset = at % CHUNK;
        int left = chunk.get(ValueLayout.JAVA_INT_UNALIGNED, offset) - from;
        if (left <= 0) return 0;
        long first = offset + 4 + from;
        if (left >= 8) return chunk.get(EIGHT, first);
        if (first + 8 <= CHUNK) return chunk.get(EIGHT, first) & -1L << 64 - 8 * left;
        long key = 0;
        for (int i = 0; i < left; i++) key |= (chunk.get(ValueLayout.JAVA_BYTE, first + i) & 0xffL) << 56 - 8 * i;
        return key;
    }

    /// Whether these bytes lie at a place.
    boolean equal(long at, byte[] bytes) {
        MemorySegment chunk = chunks[(int) (at / CHUNK)];
        long offset = at % CHUNK;
        int length = chunk.get(ValueLayout.JAVA_INT_UNALIGNED, offset);
        if (length != Math.min(bytes.length, CHUNK - 4)) return false;
        return MemorySegment.mismatch(chunk, offset + 4, offset + 4 + length, MemorySegment.ofArray(bytes), 0, length) < 0;
    }
}
