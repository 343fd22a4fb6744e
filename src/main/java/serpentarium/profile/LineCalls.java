package serpentarium.profile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/// Which lines call which functions, and what those calls cost with all below them.
///
/// Shape: rows of a caller, the file and line of the call, the callee, how many calls there were and the cost of each event; packed into
/// bytes, in the order in which they came. A line that calls a function may have several rows, which are to be added up.
public final class LineCalls {
    /// No line with a call is known.
    public static final LineCalls NONE = new LineCalls(new int[] {0}, new long[0], new int[0], new byte[0][], new String[0], 0, EventFormulas.NONE);
    /// How many calls there were is not known.
    public static final long UNCOUNTED = -1;
    private static final int MOST_ROWS = 255;

    private final int[] start;
    private final long[] at;
    private final int[] rows;
    private final byte[][] chunks;
    private final String[] files;
    private final int events;
    private final EventFormulas formulas;

    private LineCalls(int[] start, long[] at, int[] rows, byte[][] chunks, String[] files, int events, EventFormulas formulas) {
        this.start = start;
        this.at = at;
        this.rows = rows;
        this.chunks = chunks;
        this.files = files;
        this.events = events;
        this.formulas = formulas;
    }

    /// Takes the rows of a function.
    public interface Visitor {
        /// A row.
        ///
        /// @param file   of the line, or null where it is the caller's own
        /// @param line   from 1; 0 where it is not known
        /// @param callee the function that is called
        /// @param calls  how often, or [#UNCOUNTED]
        /// @param cost   by event; valid during the call
        void take(String file, int line, int callee, long calls, IntToDoubleFunction cost);
    }

    /// Whether no line with a call is known.
    public boolean isEmpty() {
        return at.length == 0;
    }

    /// Shows all rows of a caller.
    public void visit(int caller, Visitor visitor) {
        if (caller + 1 >= start.length) return;
        var cursor = new Cursor();
        double[][] costs = new double[events][1];
        IntToDoubleFunction cost = event -> event < events ? costs[event][0] : formulas.of(event - events, costs, 0);
        for (int block = start[caller]; block < start[caller + 1]; block++) {
            cursor.chunk = chunks[(int) (at[block] >>> 32)];
            cursor.i = (int) at[block];
            int before = 0;
            for (int r = 0; r < rows[block]; r++) {
                int head = (int) cursor.number();
                int line = before += zigzag(cursor.number());
                int callee = (int) cursor.number();
                long calls = cursor.number() - 1;
                for (int e = 0; e < events; e++) costs[e][0] = (head & 1) == 0 ? cursor.real() : cursor.number();
                visitor.take(head >> 1 == 0 ? null : files[(head >> 1) - 1], line, callee, calls, cost);
            }
        }
    }

    private static int zigzag(long value) {
        return (int) (value >>> 1 ^ -(value & 1));
    }

    private static final class Cursor {
        private byte[] chunk;
        private int i;

        long number() {
            long value = chunk[i] & 0x7f;
            for (int shift = 7; chunk[i++] < 0; shift += 7) value |= (long) (chunk[i] & 0x7f) << shift;
            return value;
        }

        double real() {
            long bits = 0;
            for (int b = 0; b < 8; b++) bits |= (chunk[i++] & 0xffL) << 8 * b;
            return Double.longBitsToDouble(bits);
        }
    }

    /// The same of these events alone, in this order.
    public LineCalls of(List<Integer> kept) {
        var part = new Builder(kept.size());
        double[] costs = new double[kept.size()];
        for (int caller = 0; caller + 1 < start.length; caller++) {
            int from = caller;
            visit(caller, (file, line, callee, calls, cost) -> {
                for (int e = 0; e < costs.length; e++) costs[e] = cost.applyAsDouble(kept.get(e));
                part.add(from, file == null ? -1 : part.file(file), line, callee, calls, costs);
            });
        }
        return part.build(start.length - 1, EventFormulas.NONE);
    }

    /// Collects rows in any order; those of one caller should come together.
    public static final class Builder {
        private static final long MOST_BYTES = 1L << 29;
        private static final int FIRST_CHUNK = 1 << 8;
        // With its header as large as a region of the heap, or some whole ones.
        private static final int CHUNK = (4 << 20) - 16;
        private static final double WHOLE = 1L << 53;

        private final int events;
        private final int most;
        private long limit;
        private final Map<String, Integer> fileIds = new HashMap<>();
        private byte[][] chunks = new byte[4][];
        private int last = -1;
        private int used;
        private long bytes;
        private int[] function = new int[4];
        private int[] rows = new int[4];
        private long[] at = new long[4];
        private int size;
        private int current = -1;
        private int before;
        private boolean full;

        /// For this many events. What is kept is bounded by an eighth of the memory there may be: rows beyond are left out, and [#full()]
        /// says so.
        public Builder(int events) {
            this(events, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 8));
        }

        /// Keeps about this many bytes at most.
        Builder(int events, long limit) {
            this.events = events;
            this.limit = limit;
            most = 5 + 5 + 5 + 10 + 9 * events;
        }

        /// The number of a file for [#add(int, int, int, int, long, double\[\])].
        public int file(String name) {
            return fileIds.computeIfAbsent(name, _ -> fileIds.size());
        }

        /// Adds a row.
        ///
        /// @param fileId of the line, from [#file(String)], or -1 where it is the caller's own
        /// @param calls  how often, or [#UNCOUNTED]
        /// @param costs  one an event
        public void add(int caller, int fileId, int line, int callee, long calls, double[] costs) {
            if (full) return;
            if (caller != current || rows[size - 1] == MOST_ROWS || chunks[last].length - used < most) begin(caller);
            boolean whole = true;
            for (int e = 0; e < events; e++) whole &= costs[e] >= 0 && costs[e] <= WHOLE && costs[e] == (long) costs[e];
            byte[] chunk = chunks[last];
            int i = write(chunk, used, fileId + 1L << 1 | (whole ? 1 : 0));
            int delta = line - before;
            i = write(chunk, i, (delta << 1 ^ delta >> 31) & 0xffffffffL);
            before = line;
            i = write(chunk, i, callee);
            i = write(chunk, i, Math.min(calls, Long.MAX_VALUE - 1) + 1);
            for (int e = 0; e < events; e++) i = whole ? write(chunk, i, (long) costs[e]) : writeReal(chunk, i, costs[e]);
            bytes += i - used;
            used = i;
            rows[size - 1]++;
        }

        private void begin(int caller) {
            if (last < 0 || chunks[last].length - used < most) {
                int length = last < 0 ? FIRST_CHUNK : (int) Math.min(CHUNK, chunks[last].length * 2L);
                if (++last == chunks.length) chunks = Arrays.copyOf(chunks, last * 2);
                chunks[last] = new byte[Math.max(length, most)];
                used = 0;
            }
            if (size == function.length) {
                int more = size + (size >> 1);
                function = Arrays.copyOf(function, more);
                rows = Arrays.copyOf(rows, more);
                at = Arrays.copyOf(at, more);
            }
            function[size] = caller;
            rows[size] = 0;
            at[size++] = (long) last << 32 | used;
            current = caller;
            before = 0;
            full = bytes() > limit;
        }

        private static int write(byte[] to, int from, long value) {
            int i = from;
            long rest = value;
            while (rest >>> 7 != 0) {
                to[i++] = (byte) (rest | 0x80);
                rest >>>= 7;
            }
            to[i++] = (byte) rest;
            return i;
        }

        private static int writeReal(byte[] to, int from, double value) {
            long bits = Double.doubleToRawLongBits(value);
            for (int b = 0; b < 8; b++) to[from + b] = (byte) (bits >>> 8 * b);
            return from + 8;
        }

        /// About how much memory the rows take.
        public long bytes() {
            return bytes + size * 16L;
        }

        /// Says how many bytes may be kept from now on, where several share what there is.
        public void limit(long most) {
            limit = most;
        }

        /// Whether rows had to be left out.
        public boolean full() {
            return full;
        }

        /// The calls by callers 0…`functions` - 1. The builder must not be used after this.
        public LineCalls build(int functions, EventFormulas formulas) {
            if (size == 0) return NONE;
            int[] start = new int[functions + 1];
            for (int b = 0; b < size; b++) start[function[b] + 1]++;
            for (int f = 0; f < functions; f++) start[f + 1] += start[f];
            int[] next = start.clone();
            int[] count = new int[size];
            long[] where = new long[size];
            for (int b = 0; b < size; b++) {
                int to = next[function[b]]++;
                count[to] = rows[b];
                where[to] = at[b];
            }
            String[] files = new String[fileIds.size()];
            fileIds.forEach((name, id) -> files[id] = name);
            return new LineCalls(start, where, count, Arrays.copyOf(chunks, last + 1), files, events, formulas);
        }
    }
}
