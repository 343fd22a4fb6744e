package serpentarium.log.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds line feeds, eight bytes at a time or more. Each method is small and called for some kilobytes at once, so that the compiler translates it whole.
final class NewlineCount {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEVEN = 0x7f7f7f7f7f7f7f7fL;
    private static final long FEEDS = 0x0a0a0a0a0a0a0a0aL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;
    private static final long EVEN = 0x00ff00ff00ff00ffL;
    private static final long WIDE_SUM = 0x0001000100010001L;
    /// Counters of a byte each are added up before they can overflow.
    private static final int ROUNDS = 255;

    private NewlineCount() {}

    /// How many line feeds are in `bytes[from…to - 1]`.
    ///
    /// @param unit   bytes a letter: 1 or 2; with 2, `from` is the start of a letter
    /// @param little with 2, whether the low byte comes first
    static int of(byte[] bytes, int from, int to, int unit, boolean little) {
        return unit == 1 ? narrow(bytes, from, to) : wide(bytes, from, to, little);
    }

    private static int narrow(byte[] bytes, int from, int to) {
        int count = 0;
        int i = from;
        while (to - i >= 8) {
            int rounds = Math.min(to - i >>> 3, ROUNDS);
            count += sum(block(bytes, i, rounds));
            i += rounds << 3;
        }
        for (; i < to; i++) if (bytes[i] == '\n') count++;
        return count;
    }

    /// A loop of which the compiler makes instructions for as many bytes at once as the machine has: it must stay as plain as it is.
    private static long block(byte[] bytes, int from, int rounds) {
        long counters = 0;
        for (int k = 0; k < rounds; k++) counters += zeros((long) LONG.get(bytes, from + k * 8) ^ FEEDS);
        return counters;
    }

    /// A one in each byte that was zero.
    private static long zeros(long x) {
        return ~((x & SEVEN) + SEVEN | x) >>> 7 & ONES;
    }

    private static int sum(long counters) {
        return (int) (((counters & EVEN) + (counters >>> 8 & EVEN)) * WIDE_SUM >>> 48);
    }

    private static int wide(byte[] bytes, int from, int to, boolean little) {
        int count = 0;
        int high = little ? 1 : 0;
        int low = 1 - high;
        for (int i = from; i + 1 < to; i += 2) if (bytes[i + low] == '\n' && bytes[i + high] == 0) count++;
        return count;
    }

    /// Where the first line feed begins; -1 where there is none.
    static int first(byte[] bytes, int from, int to, int unit, boolean little) {
        if (unit != 1) return find(bytes, from, to, 0, unit, little);
        int i = from;
        for (int end = to - 7; i < end; i += 8) {
            long x = (long) LONG.get(bytes, i) ^ FEEDS;
            long found = x - ONES & ~x & HIGH;
            // The lowest byte that is found is one; those above it may only look so.
            if (found != 0) return i + (Long.numberOfTrailingZeros(found) >>> 3);
        }
        for (; i < to; i++) if (bytes[i] == '\n') return i;
        return -1;
    }

    /// Where the `nth` line feed (from 0) begins; -1 where there are fewer.
    static int find(byte[] bytes, int from, int to, int nth, int unit, boolean little) {
        int left = nth;
        int i = from;
        if (unit == 1) {
            // Whole stretches without the one that is looked for are counted, not walked.
            for (int step = 512; to - i > step; i += step) {
                int count = narrow(bytes, i, i + step);
                if (count > left) break;
                left -= count;
            }
            for (; i < to; i++) if (bytes[i] == '\n' && left-- == 0) return i;
            return -1;
        }
        int high = little ? 1 : 0;
        for (; i + 1 < to; i += 2) if (bytes[i + 1 - high] == '\n' && bytes[i + high] == 0 && left-- == 0) return i;
        return -1;
    }

    /// Where the last line feed before `to` begins; -1 where there is none.
    static int last(byte[] bytes, int from, int to, int unit, boolean little) {
        int i = to - unit;
        if (unit == 1) {
            for (int end = from + 7; i >= end; i -= 8) {
                long found = zeros((long) LONG.get(bytes, i - 7) ^ FEEDS);
                if (found != 0) return i - (Long.numberOfLeadingZeros(found) >>> 3);
            }
            for (; i >= from; i--) if (bytes[i] == '\n') return i;
            return -1;
        }
        int high = little ? 1 : 0;
        for (; i >= from; i -= 2) if (bytes[i + 1 - high] == '\n' && bytes[i + high] == 0) return i;
        return -1;
    }
}
