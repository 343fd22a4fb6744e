package serpentarium.log.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Finds some bytes in others, eight places at a time: two of the bytes, those that are rare in logs, are compared for eight places at once, and the rest
/// only where both fit.
final class ByteNeedle {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    /// Letters of logs from the most frequent on; what is not among them is rare.
    private static final byte[] FREQUENT = " e0t1a2oin-:srl3d4cmu5pg6,.fhb789w_[]/yk(vDAINFOEGRTU=\"'".getBytes(StandardCharsets.US_ASCII);

    private final byte[] needle;
    private final byte[] fold;
    private final int first;
    private final int second;

    /// @param needle     at least one byte
    /// @param ignoreCase whether ASCII letters stand for both of their cases
    ByteNeedle(byte[] needle, boolean ignoreCase) {
        this.needle = needle.clone();
        fold = new byte[needle.length];
        for (int i = 0; i < needle.length; i++) {
            boolean letter = (needle[i] | 0x20) >= 'a' && (needle[i] | 0x20) <= 'z';
            if (ignoreCase && letter) {
                fold[i] = 0x20;
                this.needle[i] |= 0x20;
            }
        }
        int a = rarest(-1);
        int b = needle.length == 1 ? a : rarest(a);
        first = Math.min(a, b);
        second = Math.max(a, b);
    }

    private int rarest(int except) {
        int best = -1;
        int rank = 0;
        for (int i = 0; i < needle.length; i++) {
            if (i == except) continue;
            int own = rank(needle[i]) + (fold[i] == 0 ? 0 : 20);
            if (best < 0 || own < rank) {
                best = i;
                rank = own;
            }
        }
        return best;
    }

    private static int rank(byte value) {
        for (int i = 0; i < FREQUENT.length; i++) if (FREQUENT[i] == value) return FREQUENT.length - i;
        return 0;
    }

    /// Where the bytes are first; -1 where they are not.
    int find(byte[] bytes, int from, int to) {
        int i = from;
        int last = to - needle.length;
        while (i <= last) {
            i = candidate(bytes, i, to);
            if (i < 0) return -1;
            for (int end = Math.min(i + 8, last + 1); i < end; i++) if (fits(bytes, i)) return i;
        }
        return -1;
    }

    /// The first of eight places of which at least one may be it; -1 where there is none. The last places are candidates unseen.
    private int candidate(byte[] bytes, int from, int to) {
        long x = ONES * (needle[first] & 0xff);
        long y = ONES * (needle[second] & 0xff);
        long xFold = ONES * fold[first];
        long yFold = ONES * fold[second];
        int one = first;
        int two = second;
        int i = from;
        for (int end = to - two - 31; i < end; i += 32) {
            long a = (long) LONG.get(bytes, i + one) & ~xFold ^ x & ~xFold | (long) LONG.get(bytes, i + two) & ~yFold ^ y & ~yFold;
            long b = (long) LONG.get(bytes, i + one + 8) & ~xFold ^ x & ~xFold | (long) LONG.get(bytes, i + two + 8) & ~yFold ^ y & ~yFold;
            long c = (long) LONG.get(bytes, i + one + 16) & ~xFold ^ x & ~xFold | (long) LONG.get(bytes, i + two + 16) & ~yFold ^ y & ~yFold;
            long d = (long) LONG.get(bytes, i + one + 24) & ~xFold ^ x & ~xFold | (long) LONG.get(bytes, i + two + 24) & ~yFold ^ y & ~yFold;
            if (((a - ONES & ~a | b - ONES & ~b | c - ONES & ~c | d - ONES & ~d) & HIGH) == 0) continue;
            if ((a - ONES & ~a & HIGH) != 0) return i;
            if ((b - ONES & ~b & HIGH) != 0) return i + 8;
            return (c - ONES & ~c & HIGH) != 0 ? i + 16 : i + 24;
        }
        return i + needle.length <= to ? i : -1;
    }

    private boolean fits(byte[] bytes, int at) {
        for (int k = 0; k < needle.length; k++) if ((bytes[at + k] & ~fold[k]) != (needle[k] & ~fold[k])) return false;
        return true;
    }
}
