package serpentarium.profile;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A growing column of whole numbers, mostly small; those beyond 64 bits (pstats has no limit) are kept aside, exact.
public final class CountColumn {
    private static final BigInteger LIMIT = BigInteger.valueOf(Long.MAX_VALUE);

    private long[] values = new long[64];
    private final Map<Integer, BigInteger> large = new HashMap<>();
    private int size;

    /// How many there are.
    public int size() {
        return size;
    }

    /// The number at `index`, `Long.MAX_VALUE` where it is larger; 0 past the end.
    public long get(int index) {
        return index < size ? values[index] : 0;
    }

    /// The number at `index`, exact; 0 past the end.
    public BigInteger exact(int index) {
        BigInteger big = large.get(index);
        return big != null ? big : BigInteger.valueOf(get(index));
    }

    /// Sets the number at `index`; the column grows with zeros up to it.
    public void set(int index, long value) {
        grow(index);
        values[index] = value;
        if (!large.isEmpty()) large.remove(index);
    }

    /// Sets a number of any size.
    public void set(int index, BigInteger value) {
        if (value.abs().compareTo(LIMIT) <= 0) {
            set(index, value.longValueExact());
            return;
        }
        grow(index);
        values[index] = value.signum() < 0 ? -Long.MAX_VALUE : Long.MAX_VALUE;
        large.put(index, value);
    }

    /// Sets the number at `index` to that at `otherIndex` of another column, exact.
    public void set(int index, CountColumn other, int otherIndex) {
        BigInteger big = other.large.isEmpty() ? null : other.large.get(otherIndex);
        if (big != null) set(index, big);
        else set(index, other.get(otherIndex));
    }

    /// Adds to the number at `index`.
    public void add(int index, long value) {
        long old = get(index);
        long sum = old + value;
        boolean beyond = ((old ^ sum) & (value ^ sum)) < 0 || !large.isEmpty() && large.containsKey(index);
        if (beyond) set(index, exact(index).add(BigInteger.valueOf(value)));
        else set(index, sum);
    }

    /// Adds a number of any size.
    public void add(int index, BigInteger value) {
        set(index, exact(index).add(value));
    }

    /// The exact sum of all.
    public BigInteger sum() {
        BigInteger sum = BigInteger.ZERO;
        long part = 0;
        for (int i = 0; i < size; i++) {
            if (!large.isEmpty() && large.containsKey(i)) {
                sum = sum.add(large.get(i));
                continue;
            }
            long next = part + values[i];
            if (((part ^ next) & (values[i] ^ next)) < 0) {
                sum = sum.add(BigInteger.valueOf(part));
                part = values[i];
            } else part = next;
        }
        return sum.add(BigInteger.valueOf(part));
    }

    private void grow(int index) {
        if (index >= values.length) values = Arrays.copyOf(values, Math.max(index + 1, values.length + (values.length >> 1)));
        if (index >= size) size = index + 1;
    }
}
