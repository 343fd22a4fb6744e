package serpentarium.log.analysis;

import java.util.Arrays;

/// Which value so many of some numbers stay below, in bounded memory: exact for few numbers, within one percent for many. It does not depend on the order in
/// which they come, so that parts of a log can each have one.
final class Quantiles {
    private static final int EXACT = 256;
    /// So many bits of a number are left out: sign, exponent and six bits stay.
    private static final int SHIFT = 46;

    private double[] values = new double[8];
    private int count;
    private long[] buckets;
    private long[] counts;
    private int used;
    private long all;

    void add(double value) {
        all++;
        if (buckets == null) {
            if (count < EXACT) {
                if (count == values.length) values = Arrays.copyOf(values, count * 2);
                values[count++] = value;
                return;
            }
            spread();
        }
        add(key(value), 1);
    }

    void add(Quantiles other) {
        if (other.buckets == null) {
            for (int i = 0; i < other.count; i++) add(other.values[i]);
            return;
        }
        if (buckets == null) spread();
        for (int i = 0; i < other.used; i++) add(other.buckets[i], other.counts[i]);
        all += other.all;
    }

    /// The value that a share (0…1) of the numbers is at most.
    double of(double share) {
        if (all == 0) return Double.NaN;
        long rank = Math.max(1, (long) Math.ceil(share * all));
        if (buckets == null) {
            Arrays.sort(values, 0, count);
            return values[(int) rank - 1];
        }
        long seen = 0;
        for (int i = 0; i < used; i++) if ((seen += counts[i]) >= rank) return value(buckets[i]);
        return value(buckets[used - 1]);
    }

    private void spread() {
        buckets = new long[64];
        counts = new long[64];
        for (int i = 0; i < count; i++) add(key(values[i]), 1);
        values = new double[0];
        count = 0;
    }

    private void add(long key, long more) {
        int at = Arrays.binarySearch(buckets, 0, used, key);
        if (at < 0) {
            at = -at - 1;
            if (used == buckets.length) {
                buckets = Arrays.copyOf(buckets, used * 2);
                counts = Arrays.copyOf(counts, used * 2);
            }
            System.arraycopy(buckets, at, buckets, at + 1, used - at);
            System.arraycopy(counts, at, counts, at + 1, used - at);
            buckets[at] = key;
            counts[at] = 0;
            used++;
        }
        counts[at] += more;
    }

    /// A whole number in the order of the numbers; those of negative ones turn round.
    private static long key(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
        return bits < 0 ? -(bits & Long.MAX_VALUE) >> SHIFT : bits >> SHIFT;
    }

    /// The middle of what has a key.
    private static double value(long key) {
        if (key == 0) return 0;
        long low = key << SHIFT;
        long middle = low + (1L << SHIFT - 1);
        return middle < 0 ? -Double.longBitsToDouble(-middle) : Double.longBitsToDouble(middle);
    }
}
