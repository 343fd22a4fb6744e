package serpentarium.profile;

import java.util.Arrays;

/// Costs by line of functions that come again and again: a small table each, so that a row is added to where it is, without packing.
///
/// Shape: a function's table has a power of two of places; each is a key made of file and line, 0 where the place is free, and the bits of
/// one double an event. Sixteen lines that follow one another lie side by side: the next line is mostly in the processor's cache.
final class LineTables {
    /// How many rows a function may have here.
    static final int MOST_ROWS = 1 << 12;
    private static final int FIRST_PLACES = 16;
    private static final int NEAR = 4;

    private final int events;
    private final int stride;
    private long[][] tables = {};
    private int[] sizes = {};
    private long bytes;
    private boolean shut;
    private int current;
    private long[] table;
    private int mask;

    LineTables(int events) {
        this.events = events;
        stride = 1 + events;
    }

    /// How much memory they take.
    long bytes() {
        return bytes + tables.length * 8L;
    }

    /// One more than the largest number of a function that may have one.
    int functions() {
        return tables.length;
    }

    /// Takes no functions any more; it must have no rows.
    void shut() {
        shut = true;
        tables = new long[0][];
        sizes = new int[0];
        table = null;
    }

    /// Makes a function the one that rows are of; false where it had too many rows, or where no functions are taken any more.
    boolean enter(int function) {
        if (shut) return false;
        if (function >= tables.length) {
            int more = Math.max(function + 1, tables.length + (tables.length >> 1));
            tables = Arrays.copyOf(tables, more);
            sizes = Arrays.copyOf(sizes, more);
        }
        if (sizes[function] < 0) return false;
        current = function;
        table = tables[function];
        if (table == null) place(new long[FIRST_PLACES * stride]);
        else mask = table.length / stride - 1;
        return true;
    }

    private void place(long[] now) {
        bytes += (now.length - (table == null ? 0 : table.length)) * (long) Long.BYTES;
        table = now;
        tables[current] = now;
        mask = now.length / stride - 1;
    }

    /// The row of the function at hand with this file and line, a new one where there was none; -1 when it has too many.
    int row(int file, int line) {
        long key = key(file, line);
        int place = find(key);
        if (table[place * stride] == key) return place;
        int size = sizes[current];
        if (size == MOST_ROWS) return -1;
        if (size * 4 > mask * 3) {
            grow();
            place = find(key);
        }
        table[place * stride] = key;
        sizes[current] = size + 1;
        return place;
    }

    /// Adds to a row's cost.
    void add(int row, int event, double value) {
        int at = row * stride + 1 + event;
        table[at] = Double.doubleToRawLongBits(Double.longBitsToDouble(table[at]) + value);
    }

    private static long key(int file, int line) {
        return ((long) file + 1 << 32 | line & 0xffffffffL) + 1;
    }

    private int find(long key) {
        int place = home(key) & mask;
        for (long there; (there = table[place * stride]) != 0 && there != key;) place = place + 1 & mask;
        return place;
    }

    private static int home(long key) {
        int far = (int) ((key >>> NEAR) * 0x9E3779B97F4A7C15L >>> 32);
        return (int) key & (1 << NEAR) - 1 | far << NEAR;
    }

    private void grow() {
        long[] old = table;
        place(new long[old.length * 2]);
        for (int at = 0; at < old.length; at += stride) if (old[at] != 0) System.arraycopy(old, at, table, find(old[at]) * stride, stride);
    }

    /// Packs the rows of a function and forgets them; a function that had too many is not taken again.
    ///
    /// @return how many there were
    int drain(int function, LineBlocks to) {
        int size = sizes[function];
        if (size <= 0) return 0;
        enter(function);
        long[] keys = new long[size];
        int n = 0;
        for (int at = 0; at < table.length; at += stride) if (table[at] != 0) keys[n++] = table[at];
        Arrays.sort(keys);
        double[] costs = new double[events];
        for (int i = 0; i < size; i++) {
            int file = (int) (keys[i] - 1 >>> 32) - 1;
            if (i == 0 || file != (int) (keys[i - 1] - 1 >>> 32) - 1) {
                if (i > 0) to.end();
                to.begin(function, file);
            }
            int at = find(keys[i]) * stride;
            for (int e = 0; e < events; e++) costs[e] = Double.longBitsToDouble(table[at + 1 + e]);
            to.append((int) (keys[i] - 1), costs);
        }
        to.end();
        bytes -= table.length * (long) Long.BYTES;
        tables[function] = null;
        sizes[function] = size == MOST_ROWS ? -1 : 0;
        return size;
    }
}
