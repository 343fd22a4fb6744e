package serpentarium.profile;

import java.util.Arrays;

/// Costs by line, packed into bytes: a line that cost something takes four or five bytes instead of an object or a row of columns, so that
/// a hundred million of them fit.
///
/// Shape: blocks of up to [#ROWS] rows of one function and file, ascending by line. A block is a byte that says whether its costs are whole
/// numbers (1) or doubles (0), then for each row the distance from the line before and the cost of each event. Distances and whole numbers
/// are of variable length, seven bits a byte, the lowest first.
final class LineBlocks {
    /// How many rows a block has at most.
    static final int ROWS = 64;
    private static final int FIRST_CHUNK = 1 << 8;
    // With its header as large as a region of the heap, or some whole ones.
    private static final int CHUNK = (4 << 20) - 16;
    private static final double WHOLE = 1L << 53;

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

    LineBlocks(int events) {
        this.events = events;
    }

    /// How many blocks there are.
    int size() {
        return size;
    }

    /// How many rows they have together.
    long rows() {
        return allRows;
    }

    /// About how much memory they take.
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

    /// Adds rows of one function and file that ascend by line.
    ///
    /// @param order numbers of rows in the columns, or null for the rows as they are
    /// @param from  first of `order`
    /// @param to    one past the last of `order`
    void add(int functionId, int fileId, int[] order, int from, int to, int[] line, double[][] cost) {
        for (int begin = from; begin < to; begin += ROWS) {
            int end = Math.min(to, begin + ROWS);
            long where = reserve(1 + (end - begin) * (5 + 9 * events));
            index(functionId, fileId, end - begin, where);
            boolean whole = whole(order, begin, end, cost);
            byte[] chunk = chunks[last];
            int i = used;
            chunk[i++] = (byte) (whole ? 1 : 0);
            int before = 0;
            for (int r = begin; r < end; r++) {
                int row = order == null ? r : order[r];
                i = write(chunk, i, line[row] - before);
                before = line[row];
                for (int e = 0; e < events; e++)
                    i = whole ? write(chunk, i, (long) cost[e][row]) : writeDouble(chunk, i, cost[e][row]);
            }
            bytes += i - used;
            used = i;
        }
    }

    private boolean whole(int[] order, int from, int to, double[][] cost) {
        for (int e = 0; e < events; e++) {
            double[] column = cost[e];
            for (int r = from; r < to; r++) {
                double value = column[order == null ? r : order[r]];
                if (!(value >= 0 && value <= WHOLE && value == (long) value)) return false;
            }
        }
        return true;
    }

    private void index(int functionId, int fileId, int count, long where) {
        if (size == function.length) {
            int more = size + (size >> 1);
            function = Arrays.copyOf(function, more);
            file = Arrays.copyOf(file, more);
            rows = Arrays.copyOf(rows, more);
            at = Arrays.copyOf(at, more);
        }
        function[size] = functionId;
        file[size] = fileId;
        rows[size] = count;
        at[size++] = where;
        allRows += count;
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

    private static int write(byte[] to, int at, long value) {
        int i = at;
        long rest = value;
        while (rest >= 0x80) {
            to[i++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[i++] = (byte) rest;
        return i;
    }

    private static int writeDouble(byte[] to, int at, double value) {
        long bits = Double.doubleToRawLongBits(value);
        for (int b = 0; b < 8; b++) to[at + b] = (byte) (bits >>> 8 * b);
        return at + 8;
    }

    /// Takes over a block of another one of as many events.
    void copy(LineBlocks other, int block) {
        int from = (int) other.at[block];
        byte[] source = other.chunks[(int) (other.at[block] >>> 32)];
        int length = other.length(block);
        index(other.function[block], other.file[block], other.rows[block], reserve(length));
        System.arraycopy(source, from, chunks[last], used, length);
        used += length;
        bytes += length;
    }

    private int length(int block) {
        byte[] chunk = chunks[(int) (at[block] >>> 32)];
        int from = (int) at[block];
        boolean whole = chunk[from] == 1;
        int i = from + 1;
        for (int r = 0; r < rows[block]; r++) {
            for (int n = whole ? 1 + events : 1; n > 0; n--) {
                while (chunk[i] < 0) i++;
                i++;
            }
            if (!whole) i += 8 * events;
        }
        return i - from;
    }

    /// Reads a block into the first places of columns.
    void read(int block, int[] line, double[][] cost) {
        byte[] chunk = chunks[(int) (at[block] >>> 32)];
        int i = (int) at[block];
        boolean whole = chunk[i++] == 1;
        int before = 0;
        for (int r = 0; r < rows[block]; r++) {
            long value = chunk[i] & 0x7f;
            for (int shift = 7; chunk[i++] < 0; shift += 7) value |= (long) (chunk[i] & 0x7f) << shift;
            before += (int) value;
            line[r] = before;
            for (int e = 0; e < events; e++) {
                if (whole) {
                    value = chunk[i] & 0x7f;
                    for (int shift = 7; chunk[i++] < 0; shift += 7) value |= (long) (chunk[i] & 0x7f) << shift;
                    cost[e][r] = value;
                } else {
                    value = 0;
                    for (int b = 0; b < 8; b++) value |= (chunk[i++] & 0xffL) << 8 * b;
                    cost[e][r] = Double.longBitsToDouble(value);
                }
            }
        }
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
