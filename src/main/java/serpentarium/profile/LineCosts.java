package serpentarium.profile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/// Self cost by function and source line, for one or more events: rows sorted by function, then file, then line.
///
/// Shape: `rows` rows; each has a function, a file (null: the function's own), a line from 1, and one cost an event.
public final class LineCosts {
    /// No line is known.
    public static final LineCosts NONE = new LineCosts(new int[] {0}, new int[0], new String[0], new int[0], new double[0][]);

    private final int[] start;
    private final int[] file;
    private final String[] files;
    private final int[] line;
    private final double[][] cost;

    private LineCosts(int[] start, int[] file, String[] files, int[] line, double[][] cost) {
        this.start = start;
        this.file = file;
        this.files = files;
        this.line = line;
        this.cost = cost;
    }

    /// Whether no line is known.
    public boolean isEmpty() {
        return line.length == 0;
    }

    /// The first row of `function`; its rows end where [#end(int)] says.
    public int begin(int function) {
        return function < start.length ? start[function] : line.length;
    }

    /// One past the last row of `function`.
    public int end(int function) {
        return function + 1 < start.length ? start[function + 1] : line.length;
    }

    /// The file of a row, or null where it is the function's own.
    public String file(int row) {
        return file[row] < 0 ? null : files[file[row]];
    }

    /// The line of a row, from 1; 0 where it is not known.
    public int line(int row) {
        return line[row];
    }

    /// The cost of a row.
    public double cost(int event, int row) {
        return cost[event][row];
    }

    /// Collects costs in any order; equal (function, file, line) are added up.
    ///
    /// Costs of one function should come together: the rows of the function at hand are found through a small table that stays in the
    /// processor's cache, and rows that come again later are merged when they become many.
    public static final class Builder {
        /// How many costs (rows × events) are kept at most: those of rows beyond are left out, and [#full()] says so.
        public static final int MAX_CELLS = 16_000_000;
        private static final int MERGE_FROM = 1 << 18;

        private final int events;
        private final Map<String, Integer> fileIds = new HashMap<>();
        private int[] function = new int[256];
        private int[] file = new int[256];
        private int[] line = new int[256];
        private double[][] cost;
        private int rows;
        private int again;
        private boolean full;

        private int current = -1;
        private int last = -1;
        private int blockStart;
        private int block;
        private int[] slotRow = new int[1024];
        private int[] slotBlock = new int[1024];
        private final BitSet known = new BitSet();

        /// For this many events.
        public Builder(int events) {
            this.events = events;
            this.cost = new double[events][256];
        }

        /// Adds a cost.
        ///
        /// @param file null for the function's own file
        public void add(int function, String file, int line, int event, double value) {
            add(row(function, file == null ? -1 : file(file), line), event, value);
        }

        /// The number of a file for [#row(int, int, int)].
        public int file(String name) {
            return fileIds.computeIfAbsent(name, _ -> fileIds.size());
        }

        /// The row of this function, file and line. It is valid until the next call of this method; -1 when there is no room for it.
        ///
        /// @param fileId from [#file(String)], or -1 for the function's own file
        public int row(int functionId, int fileId, int lineNumber) {
            if (functionId != current) begin(functionId);
            else if (last >= 0 && line[last] == lineNumber && file[last] == fileId) return last;
            int mask = slotRow.length - 1;
            int slot = hash(fileId, lineNumber) & mask;
            while (slotBlock[slot] == block) {
                int row = slotRow[slot];
                if (line[row] == lineNumber && file[row] == fileId) return last = row;
                slot = slot + 1 & mask;
            }
            if (!room()) return last = -1;
            if (block == 0) return row(functionId, fileId, lineNumber);
            function[rows] = functionId;
            file[rows] = fileId;
            line[rows] = lineNumber;
            slotRow[slot] = rows;
            slotBlock[slot] = block;
            last = rows++;
            if (rows - blockStart > slotRow.length / 2) widen();
            return last;
        }

        /// Adds to a row's cost.
        public void add(int row, int event, double value) {
            if (row >= 0) cost[event][row] += value;
        }

        /// Whether rows had to be left out.
        public boolean full() {
            return full;
        }

        private void begin(int functionId) {
            if (known.get(functionId)) again++;
            else known.set(functionId);
            current = functionId;
            last = -1;
            blockStart = rows;
            if (++block == Integer.MAX_VALUE) forget();
        }

        private void forget() {
            Arrays.fill(slotBlock, 0);
            block = 1;
        }

        /// Makes room for one more row; where rows were merged for it, `block` is 0 and the search has to start anew.
        private boolean room() {
            if (full) return false;
            boolean limit = (rows + 1L) * events > MAX_CELLS;
            if (again > 0 && rows >= MERGE_FROM && (limit || again > rows / 4)) {
                merge();
                full = (rows + rows / 8 + 1L) * events > MAX_CELLS;
                Arrays.fill(slotBlock, 0);
                block = 0;
                current = -1;
                return !full;
            }
            if (limit) {
                full = true;
                return false;
            }
            if (rows == line.length) {
                int more = Math.max(256, rows < MERGE_FROM * 16 ? rows * 2 : rows + (rows >> 1));
                function = Arrays.copyOf(function, more);
                file = Arrays.copyOf(file, more);
                line = Arrays.copyOf(line, more);
                for (int e = 0; e < events; e++) cost[e] = Arrays.copyOf(cost[e], more);
            }
            return true;
        }

        private void widen() {
            slotRow = new int[slotRow.length * 2];
            slotBlock = new int[slotRow.length];
            int mask = slotRow.length - 1;
            for (int row = blockStart; row < rows; row++) {
                int slot = hash(file[row], line[row]) & mask;
                while (slotBlock[slot] == block) slot = slot + 1 & mask;
                slotRow[slot] = row;
                slotBlock[slot] = block;
            }
        }

        private static int hash(int file, int line) {
            int h = line * 0x9E3779B9 ^ file * 0x85EBCA6B;
            return h ^ h >>> 15;
        }

        /// Sorts the rows and adds up equal ones.
        private void merge() {
            int[] order = order();
            int[] target = null;
            int kept = rows;
            if (again > 0) {
                target = new int[rows];
                kept = 0;
                for (int i = 0; i < rows; i++) target[i] = i > 0 && same(order[i], order[i - 1]) ? kept - 1 : kept++;
            }
            function = gather(function, order, target, kept);
            file = gather(file, order, target, kept);
            line = gather(line, order, target, kept);
            for (int e = 0; e < events; e++) {
                double[] column = cost[e];
                double[] sum = new double[kept];
                if (target == null) for (int i = 0; i < rows; i++) sum[i] = column[order[i]];
                else for (int i = 0; i < rows; i++) sum[target[i]] += column[order[i]];
                cost[e] = sum;
            }
            rows = kept;
            again = 0;
        }

        private boolean same(int row, int other) {
            return function[row] == function[other] && file[row] == file[other] && line[row] == line[other];
        }

        private int[] gather(int[] column, int[] order, int[] target, int kept) {
            int[] gathered = new int[kept];
            if (target == null) for (int i = 0; i < rows; i++) gathered[i] = column[order[i]];
            else for (int i = 0; i < rows; i++) gathered[target[i]] = column[order[i]];
            return gathered;
        }

        private int[] order() {
            int top = -1;
            for (int row = 0; row < rows; row++) top = Math.max(top, function[row]);
            int[] start = new int[top + 2];
            for (int row = 0; row < rows; row++) start[function[row] + 1]++;
            for (int f = 0; f <= top; f++) start[f + 1] += start[f];
            int[] next = Arrays.copyOf(start, start.length);
            int[] order = new int[rows];
            for (int row = 0; row < rows; row++) order[next[function[row]]++] = row;
            int[] spare = new int[rows];
            for (int f = 0; f <= top; f++) sort(order, spare, start[f], start[f + 1]);
            return order;
        }

        /// Bottom-up merge sort of row numbers by file and line; most runs are short or in order already.
        private void sort(int[] order, int[] spare, int from, int to) {
            boolean sorted = true;
            for (int i = from + 1; i < to && sorted; i++) sorted = key(order[i - 1]) <= key(order[i]);
            if (sorted) return;
            int[] source = order;
            int[] target = spare;
            for (long width = 1; width < to - from; width *= 2) {
                for (long begin = from; begin < to; begin += 2 * width)
                    join(source, target, (int) begin, (int) Math.min(begin + width, to), (int) Math.min(begin + 2 * width, to));
                int[] swap = source;
                source = target;
                target = swap;
            }
            if (source != order) System.arraycopy(source, from, order, from, to - from);
        }

        private void join(int[] source, int[] target, int begin, int middle, int end) {
            int left = begin;
            int right = middle;
            for (int i = begin; i < end; i++)
                target[i] = right >= end || left < middle && key(source[left]) <= key(source[right]) ? source[left++] : source[right++];
        }

        private long key(int row) {
            return (long) file[row] << 32 | line[row] & 0xffffffffL;
        }

        /// The costs, for functions 0…`functions` - 1. The builder must not be used after this.
        public LineCosts build(int functions) {
            if (rows == 0) return NONE;
            merge();
            int[] start = new int[functions + 1];
            for (int row = 0; row < rows; row++) start[function[row] + 1]++;
            for (int f = 0; f < functions; f++) start[f + 1] += start[f];
            String[] files = new String[fileIds.size()];
            fileIds.forEach((name, id) -> files[id] = name);
            return new LineCosts(start, file, files, line, cost);
        }
    }
}
