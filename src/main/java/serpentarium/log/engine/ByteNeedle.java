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

    /// Eight places each: how many are looked at together.
    private static final int STRETCH = 128;
    private static final int NEAR = 128;

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
        long xKept = ~(ONES * fold[first]);
        long yKept = ~(ONES * fold[second]);
        int end = to - second - 7;
        // A hit is seldom alone: what is near the last one is looked at without further ado.
        int i = near(bytes, from, x, y, xKept, yKept, Math.min(end, from + NEAR));
        if (i < end && i < from + NEAR) return i;
        while (i < end) {
            int rounds = Math.min(end - i + 7 >>> 3, STRETCH);
            if (any(bytes, i + first, i + second, x, y, xKept, yKept, rounds)) return near(bytes, i, x, y, xKept, yKept, i + (rounds << 3));
            i += rounds << 3;
        }
        return i + needle.length <= to ? i : -1;
    }

    /// Whether both bytes fit at any of `rounds` times eight places. A loop of which the compiler makes instructions for as many bytes at once as the
    /// machine has: it must stay as plain as it is.
    private static boolean any(byte[] bytes, int one, int two, long x, long y, long xKept, long yKept, int rounds) {
        long found = 0;
        for (int k = 0; k < rounds; k++) {
            long zero = (long) LONG.get(bytes, one + k * 8) & xKept ^ x & xKept | (long) LONG.get(bytes, two + k * 8) & yKept ^ y & yKept;
            found |= zero - ONES & ~zero;
        }
        return (found & HIGH) != 0;
    }

    private int near(byte[] bytes, int from, long x, long y, long xKept, long yKept, int to) {
        for (int i = from; i < to; i += 8) {
            long zero = (long) LONG.get(bytes, i + first) & xKept ^ x & xKept | (long) LONG.get(bytes, i + second) & yKept ^ y & yKept;
            if ((zero - ONES & ~zero & HIGH) != 0) return i;
        }
        return Math.max(from, from + (to - from + 7 & -8));
    }

    private boolean fits(byte[] bytes, int at) {
        for (int k = 0; k < needle.length; k++) if ((bytes[at + k] & ~fold[k]) != (needle[k] & ~fold[k])) return false;
        return true;
    }
}
