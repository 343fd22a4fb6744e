package serpentarium.profile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Costs by line, packed into bytes: a line that cost something takes three or four bytes instead of an object or a row of columns, so that
/// a hundred million of them fit.
///
/// Shape: blocks of up to [#ROWS] rows of one function and file, ascending by line. A block is a byte that says whether its costs are whole
/// numbers (1) or doubles (0), then its rows. A row is a word with the distance from the line before and, where costs are whole, the cost of
/// the first event; then a word, or a double, for each further event.
///
/// A word has up to eight bytes, the lowest first. Its lowest three bits say how many follow the first byte; where it is the first word of a
/// row, the next four are the distance, [#FAR] when that is larger and stands in a word of its own behind; the rest is the number.
final class LineBlocks {
    /// How many rows a block has at most.
    static final int ROWS = 256;
    private static final int FEWEST = 4;
    private static final int FIRST_CHUNK = 1 << 8;
    // With its header as large as a region of the heap, or some whole ones.
    private static final int CHUNK = (4 << 20) - 16;
    private static final int LONGEST = 8;
    private static final int FAR = 15;
    /// The largest whole number that is kept as one.
    static final long WHOLE = 1L << 53;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int events;
    private byte[][] chunks = new byte[4][];
    private int last = -1;
    private int used;
    private long bytes;
    private int[] function = new int[16];
    private int[] file = new int[16];
    private int[] rows = new int[16];
    private long[] at = new long[16];
    private int size;
    private long allRows;

    // The run at hand: where its first block is, and what there was before it.
    private int runFunction;
    private int runFile;
    private int runFirst;
    private byte[] open = {};
    private final double[] one = new double[1];
    private int begun;
    private int room;
    private int left;
    private int before;
    private boolean whole;

    LineBlocks(int events) {
        this.events = events;
    }

    /// How many blocks there are.
    int size() {
        return size;
    }

    /// How many rows they have together, but for those of a run at hand.
    long rows() {
        return allRows;
    }

    /// About how much memory they take, but for a run at hand.
    long bytes() {
        return bytes + size * 20L;
    }

    /// The function of a block.
    int function(int block) {
        return function[block];
    }

    /// The file of a block.
    int file(int block) {
        return file[block];
    }

    /// How many rows a block has.
    int rows(int block) {
        return rows[block];
    }

    /// Begins a run of rows of one function and file, after [#end()] of the one before.
    void begin(int functionId, int fileId) {
        runFunction = functionId;
        runFile = fileId;
        runFirst = size;
        left = 0;
    }

    /// Ends the run at hand.
    void end() {
        closeBlock();
        runFirst = size;
        left = 0;
    }

    /// Takes back the last blocks, which are not of an open run.
    ///
    /// @param first the first one to go
    void takeBack(int first) {
        for (int b = first; b < size; b++) {
            allRows -= rows[b];
            bytes -= length(b);
        }
        last = (int) (at[first] >>> 32);
        used = (int) at[first];
        Arrays.fill(chunks, last + 1, chunks.length, null);
        size = first;
    }

    /// Adds a row to the run; its line is larger than that of the row before.
    void append(int line, double[] cost) {
        int i = used;
        long gap = (long) line - before;
        long number = events == 0 ? 0 : (long) cost[0];
        if (left == 0 || gap >= FAR || !whole || events == 0 || number != cost[0] || number < 0 || number > WHOLE) {
            unusual(line, cost);
            return;
        }
        byte[] chunk = open;
        long word = number << 7 | gap << 3;
        int more = 63 - Long.numberOfLeadingZeros(word | 1) >>> 3;
        EIGHT.set(chunk, i, word | more);
        i += more + 1;
        for (int e = 1; e < cost.length; e++) {
            number = (long) cost[e];
            if (number != cost[e] || number < 0 || number > WHOLE) {
                unusual(line, cost);
                return;
            }
            i = write(chunk, i, number << 3);
        }
        used = i;
        before = line;
        left--;
    }

    /// Adds rows to the run, with whole costs of the only event.
    void append(int[] line, long[] cost, int from, int to) {
        for (int r = from; r < to; r++) {
            int many = Math.min(left, to - r);
            if (whole) r = appendNear(line, cost, r, r + many);
            if (r == to) return;
            one[0] = cost[r];
            unusual(line[r], one);
        }
    }

    /// Adds the rows that are like those before them; the first one that is not.
    private int appendNear(int[] line, long[] cost, int from, int to) {
        byte[] chunk = open;
        int i = used;
        int now = before;
        int r = from;
        for (; r < to; r++) {
            long gap = (long) line[r] - now;
            if (gap >= FAR) break;
            now = line[r];
            long word = cost[r] << 7 | gap << 3;
            int more = 63 - Long.numberOfLeadingZeros(word | 1) >>> 3;
            EIGHT.set(chunk, i, word | more);
            i += more + 1;
        }
        used = i;
        before = now;
        left -= r - from;
        return r;
    }

    private void unusual(int line, double[] cost) {
        boolean fits = whole(cost);
        if (left == 0 || fits != whole) {
            closeBlock();
            openBlock(fits);
        }
        int i = used;
        long gap = (long) line - before;
        long first = fits && events > 0 ? (long) cost[0] : 0;
        i = write(open, i, first << 7 | Math.min(gap, FAR) << 3);
        if (gap >= FAR) i = write(open, i, gap << 3);
        for (int e = fits ? 1 : 0; e < events; e++) {
            if (fits) i = write(open, i, (long) cost[e] << 3);
            else {
                EIGHT.set(open, i, Double.doubleToRawLongBits(cost[e]));
                i += Double.BYTES;
            }
        }
        used = i;
        before = line;
        left--;
    }

    private static boolean whole(double[] cost) {
        for (double value : cost) if (!(value >= 0 && value <= WHOLE && value == (long) value)) return false;
        return true;
    }

    private static int write(byte[] to, int at, long word) {
        int more = 63 - Long.numberOfLeadingZeros(word | 1) >>> 3;
        EIGHT.set(to, at, word | more);
        return at + more + 1;
    }

    private void openBlock(boolean isWhole) {
        int most = 5 + LONGEST * (1 + events);
        index(runFunction, runFile, reserve(1 + FEWEST * most));
        open = chunks[last];
        begun = used;
        whole = isWhole;
        open[used++] = (byte) (isWhole ? 1 : 0);
        room = Math.min(ROWS, (open.length - used) / most);
        left = room;
        before = 0;
    }

    private void closeBlock() {
        if (size == runFirst) return;
        rows[size - 1] = room - left;
        allRows += room - left;
        bytes += used - begun;
    }

    private void index(int functionId, int fileId, long where) {
        if (size == function.length) {
            int more = size + (size >> 1);
            function = Arrays.copyOf(function, more);
            file = Arrays.copyOf(file, more);
            rows = Arrays.copyOf(rows, more);
            at = Arrays.copyOf(at, more);
        }
        function[size] = functionId;
        file[size] = fileId;
        at[size++] = where;
    }

    /// Where as many bytes are free as a block needs at most.
    private long reserve(int most) {
        if (last < 0 || chunks[last].length - used < most) {
            int length = last < 0 ? FIRST_CHUNK : (int) Math.min(CHUNK, chunks[last].length * 2L);
            if (++last == chunks.length) chunks = Arrays.copyOf(chunks, last * 2);
            chunks[last] = new byte[Math.max(length, most)];
            used = 0;
        }
        return (long) last << 32 | used;
    }

    /// Takes over a block of another one of as many events; there must be no run at hand.
    void copy(LineBlocks other, int block) {
        int from = (int) other.at[block];
        byte[] source = other.chunks[(int) (other.at[block] >>> 32)];
        int length = other.length(block);
        // What is read from the last row may reach beyond it.
        index(other.function[block], other.file[block], reserve(length + Long.BYTES));
        rows[size - 1] = other.rows[block];
        allRows += other.rows[block];
        System.arraycopy(source, from, chunks[last], used, length);
        used += length;
        bytes += length;
    }

    private int length(int block) {
        byte[] chunk = chunks[(int) (at[block] >>> 32)];
        int from = (int) at[block];
        boolean isWhole = chunk[from] == 1;
        int i = from + 1;
        for (int r = 0; r < rows[block]; r++) {
            boolean far = (chunk[i] >>> 3 & FAR) == FAR;
            for (int words = (isWhole ? Math.max(1, events) : 1) + (far ? 1 : 0); words > 0; words--) i += 1 + (chunk[i] & 7);
            if (!isWhole) i += Double.BYTES * events;
        }
        return i - from;
    }

    /// Reads a block into the first places of columns.
    void read(int block, int[] line, double[][] cost) {
        byte[] chunk = chunks[(int) (at[block] >>> 32)];
        int i = (int) at[block];
        boolean isWhole = chunk[i++] == 1;
        int now = 0;
        for (int r = 0; r < rows[block]; r++) {
            long word = word(chunk, i);
            i += 1 + (chunk[i] & 7);
            int gap = (int) (word >>> 3) & FAR;
            if (gap == FAR) {
                gap = (int) (word(chunk, i) >>> 3);
                i += 1 + (chunk[i] & 7);
            }
            now += gap;
            line[r] = now;
            int e = 0;
            if (isWhole && events > 0) cost[e++][r] = word >>> 7;
            for (; e < events; e++) {
                if (isWhole) {
                    cost[e][r] = word(chunk, i) >>> 3;
                    i += 1 + (chunk[i] & 7);
                } else {
                    cost[e][r] = Double.longBitsToDouble((long) EIGHT.get(chunk, i));
                    i += Double.BYTES;
                }
            }
        }
    }

    private static long word(byte[] from, int at) {
        long word = (long) EIGHT.get(from, at);
        return word & -1L >>> 56 - 8 * (int) (word & 7);
    }

    /// Orders the blocks by function; those of one function stay in the order in which they came.
    void sort() {
        boolean sorted = true;
        int top = -1;
        for (int b = 0; b < size; b++) {
            sorted &= function[b] >= top;
            top = Math.max(top, function[b]);
        }
        if (sorted) return;
        int[] next = new int[top + 2];
        for (int b = 0; b < size; b++) next[function[b] + 1]++;
        for (int f = 0; f <= top; f++) next[f + 1] += next[f];
        int[] order = new int[size];
        for (int b = 0; b < size; b++) order[next[function[b]]++] = b;
        function = gather(function, order);
        file = gather(file, order);
        rows = gather(rows, order);
        long[] where = new long[size];
        for (int b = 0; b < size; b++) where[b] = at[order[b]];
        at = where;
    }

    private static int[] gather(int[] column, int[] order) {
        int[] gathered = new int[order.length];
        for (int i = 0; i < order.length; i++) gathered[i] = column[order[i]];
        return gathered;
    }
}
