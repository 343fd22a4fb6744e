package serpentarium.profile.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Looks at bytes eight at a time.
final class ByteSearch {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private ByteSearch() {}

    /// Where the first `wanted`, an ASCII character, stands in `bytes[from, to)`; `to` where there is none.
    static int find(byte[] bytes, int from, int to, int wanted) {
        long pattern = ONES * wanted;
        int i = from;
        for (; i <= to - 8; i += 8) {
            long different = (long) LONGS.get(bytes, i) ^ pattern;
            long hit = different - ONES & ~different & HIGH;
            if (hit != 0) return i + (Long.numberOfTrailingZeros(hit) >>> 3);
        }
        while (i < to && bytes[i] != wanted) i++;
        return i;
    }

    /// A number that mostly differs for different contents of `bytes[from, to)`.
    static int hash(byte[] bytes, int from, int to) {
        long h = (to - from) * 0x9E3779B97F4A7C15L;
        int i = from;
        for (; i <= to - 8; i += 8) h = mixed(h, (long) LONGS.get(bytes, i));
        long rest = 0;
        for (; i < to; i++) rest = rest << 8 | bytes[i] & 0xff;
        h = mixed(h, rest);
        return (int) (h ^ h >>> 32);
    }

    private static long mixed(long h, long value) {
        long next = (h ^ value) * 0xC2B2AE3D27D4EB4FL;
        return next ^ next >>> 29;
    }
}
