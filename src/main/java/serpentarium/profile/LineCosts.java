package serpentarium.profile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import serpentarium.base.IntSort;

/// Self cost by function and source line, for one or more events: rows sorted by function, then file, then line.
///
/// Shape: `rows` rows; each has a function, a file (null: the function's own), a line from 1, and one cost an event. They are packed, see
/// `LineBlocks`; rows that are asked for in their order cost little.
public final class LineCosts {
    /// No line is known.
    public static final LineCosts NONE = new LineCosts(new int[] {0}, new int[] {0}, new LineBlocks(0), new String[0], 0, EventFormulas.NONE);

    private final int[] start;
    private final int[] blockRow;
    private final LineBlocks blocks;
    private final String[] files;
    private final int events;
    private final EventFormulas formulas;
    private volatile Unpacked recent;

    private LineCosts(int[] start, int[] blockRow, LineBlocks blocks, String[] files, int events, EventFormulas formulas) {
        this.start = start;
        this.blockRow = blockRow;
        this.blocks = blocks;
        this.files = files;
        this.events = events;
        this.formulas = formulas;
    }

    private record Unpacked(int first, int end, int file, int[] line, double[][] cost) {}

    /// Whether no line is known.
    public boolean isEmpty() {
        return rows() == 0;
    }

    private int rows() {
        return start[start.length - 1];
    }

    /// The first row of `function`; its rows end where [#end(int)] says.
    public int begin(int function) {
        return function < start.length ? start[function] : rows();
    }

    /// One past the last row of `function`.
    public int end(int function) {
        return function + 1 < start.length ? start[function + 1] : rows();
    }

    /// Whether `function` has rows in other files than its own: of code that was put into it from there.
    public boolean inOtherFiles(int function) {
        // Rows of the function's own file come first.
        return end(function) > begin(function) && unpacked(end(function) - 1).file >= 0;
    }

    /// The file of a row, or null where it is the function's own.
    public String file(int row) {
        int file = unpacked(row).file;
        return file < 0 ? null : files[file];
    }

    /// The line of a row, from 1; 0 where it is not known.
    public int line(int row) {
        Unpacked block = unpacked(row);
        return block.line[row - block.first];
    }

    /// The cost of a row.
    public double cost(int event, int row) {
        Unpacked block = unpacked(row);
        if (event < events) return block.cost[event][row - block.first];
        return formulas.of(event - events, block.cost, row - block.first);
    }

    private Unpacked unpacked(int row) {
        Unpacked block = recent;
        if (block != null && row >= block.first && row < block.end) return block;
        int found = Arrays.binarySearch(blockRow, row);
        int number = found >= 0 ? found : -found - 2;
        int rows = blocks.rows(number);
        var unpacked = new Unpacked(blockRow[number], blockRow[number] + rows, blocks.file(number), new int[rows], new double[events][rows]);
        blocks.read(number, unpacked.line, unpacked.cost);
        recent = unpacked;
        return unpacked;
    }

    /// The same of these events alone, in this order.
    public LineCosts of(List<Integer> kept) {
        var part = new Builder(kept.size());
        for (int f = 0; f + 1 < start.length; f++)
            for (int row = begin(f); row < end(f); row++) {
                int to = -1;
                for (int e = 0; e < kept.size(); e++) {
                    double each = cost(kept.get(e), row);
                    if (each == 0) continue;
                    if (to < 0) to = part.row(f, file(row) == null ? -1 : part.file(file(row)), line(row));
                    part.add(to, e, each);
                }
            }
        return part.build(start.length - 1);
    }

    /// Several added up. All have the same events.
    public static LineCosts sum(List<LineCosts> parts) {
        if (parts.size() <= 1) return parts.isEmpty() ? NONE : parts.getFirst();
        LineCosts first = parts.getFirst();
        int functions = 0;
        for (LineCosts part : parts) functions = Math.max(functions, part.start.length - 1);
        var sum = new Builder(first.events);
        for (int f = 0; f < functions; f++)
            for (LineCosts part : parts)
                for (int row = part.begin(f); row < part.end(f); row++) {
                    int to = sum.row(f, part.file(row) == null ? -1 : sum.file(part.file(row)), part.line(row));
                    for (int e = 0; e < first.events; e++) sum.add(to, e, part.cost(e, row));
                }
        return sum.build(functions, first.formulas);
    }

    /// Collects costs in any order; equal (function, file, line) are added up.
    ///
    /// Costs of one function should come together: its rows are collected in columns that stay in the processor's cache, and packed when
    /// another function's turn comes. Functions that come again are merged when their rows become many.
    public static final class Builder {
        private static final long MOST_BYTES = 1L << 30;
        private static final int MERGE_FROM = 1 << 18;
        private static final int MERGE_ALWAYS = 1 << 24;
        private static final int MOST_OPEN = 1 << 20;

        private final int events;
        private long limit;
        private final Map<String, Integer> fileIds = new HashMap<>();
        private LineBlocks blocks;
        private final BitSet known = new BitSet();
        private final BitSet several = new BitSet();
        private long again;
        private boolean merging;
        private boolean full;

        private int current = -1;
        private int open;
        private int last = -1;
        private int[] file = new int[256];
        private int[] line = new int[256];
        private double[][] cost;
        private boolean sorted = true;
        private int[] table = new int[1024];
        private int mask;

        /// For this many events. What is kept is bounded by a quarter of the memory there may be: the costs of rows beyond are left out, and
        /// [#full()] says so.
        public Builder(int events) {
            this(events, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 4));
        }

        /// Keeps about this many bytes at most.
        Builder(int events, long limit) {
            this.events = events;
            this.limit = limit;
            blocks = new LineBlocks(events);
            cost = new double[events][256];
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
            long key = key(fileId, lineNumber);
            if (sorted) {
                if (open == 0 || key > key(file[open - 1], line[open - 1])) return append(fileId, lineNumber);
                last = find(key);
                if (last >= 0) return last;
                sorted = false;
                fillTable();
            }
            int slot = hash(fileId, lineNumber) & mask;
            for (int row; (row = table[slot] - 1) >= 0; slot = slot + 1 & mask)
                if (line[row] == lineNumber && file[row] == fileId) return last = row;
            int row = append(fileId, lineNumber);
            if (row < 0 || sorted) return row;
            table[slot] = row + 1;
            if (open * 2 > mask) fillTable();
            return row;
        }

        /// Adds to a row's cost.
        public void add(int row, int event, double value) {
            if (row >= 0) cost[event][row] += value;
        }

        /// About how much memory the rows take.
        public long bytes() {
            return blocks.bytes();
        }

        /// Says how many bytes may be kept from now on, where several share what there is.
        public void limit(long most) {
            limit = most;
        }

        /// Packs what is at hand and lets go of the room for it: before others that share the memory go on.
        public void pause() {
            pack();
            file = new int[0];
            line = new int[0];
            cost = new double[events][0];
            table = new int[0];
            current = -1;
        }

        /// Whether rows had to be left out.
        public boolean full() {
            return full;
        }

        private void begin(int functionId) {
            pack();
            current = functionId;
        }

        private int append(int fileId, int lineNumber) {
            if (!merging) {
                if (open == MOST_OPEN) pack();
                if (full) return last = -1;
            }
            if (open == line.length) {
                int more = Math.max(64, open * 2);
                file = Arrays.copyOf(file, more);
                line = Arrays.copyOf(line, more);
                for (int e = 0; e < events; e++) cost[e] = Arrays.copyOf(cost[e], more);
            }
            file[open] = fileId;
            line[open] = lineNumber;
            for (int e = 0; e < events; e++) cost[e][open] = 0;
            return last = open++;
        }

        private int find(long key) {
            int low = 0;
            int high = open - 1;
            while (low <= high) {
                int middle = low + high >>> 1;
                long there = key(file[middle], line[middle]);
                if (there == key) return middle;
                if (there < key) low = middle + 1;
                else high = middle - 1;
            }
            return -1;
        }

        private void fillTable() {
            // Most functions have few lines: only so much of the table is used, and wiped, as they need.
            int length = 64;
            while (open * 4 > length) length *= 2;
            if (length > table.length) table = new int[length];
            else Arrays.fill(table, 0, length, 0);
            mask = length - 1;
            for (int row = 0; row < open; row++) {
                int slot = hash(file[row], line[row]) & mask;
                while (table[slot] != 0) slot = slot + 1 & mask;
                table[slot] = row + 1;
            }
        }

        private static int hash(int file, int line) {
            int h = line * 0x9E3779B9 ^ file * 0x85EBCA6B;
            return h ^ h >>> 15;
        }

        private static long key(int file, int line) {
            return (long) file << 32 | line & 0xffffffffL;
        }

        /// Packs the rows of the function at hand.
        private void pack() {
            if (open == 0) return;
            if (known.get(current)) {
                again += open;
                several.set(current);
            } else known.set(current);
            write();
            boolean tooLarge = blocks.bytes() > limit;
            if (again > 0 && (tooLarge || worthMerging())) {
                merge();
                tooLarge = blocks.bytes() > limit - limit / 8;
            }
            full = tooLarge || blocks.rows() > Integer.MAX_VALUE - 2L * MOST_OPEN;
        }

        /// Merging costs as much as reading what is there: it waits until it is worth it, but not until memory is full.
        private boolean worthMerging() {
            long once = blocks.rows() - again;
            return again > MERGE_FROM && again > once / 2 && (again > 2 * once || again > MERGE_ALWAYS);
        }

        private void write() {
            int[] order = sorted ? null : order();
            for (int from = 0, to; from < open; from = to) {
                int of = file[order == null ? from : order[from]];
                to = from + 1;
                while (to < open && file[order == null ? to : order[to]] == of) to++;
                blocks.add(current, of, order, from, to, line, cost);
            }
            open = 0;
            last = -1;
            sorted = true;
        }

        private int[] order() {
            long[] keys = new long[open];
            int[] order = new int[open];
            for (int row = 0; row < open; row++) {
                keys[row] = key(file[row], line[row]);
                order[row] = row;
            }
            IntSort.sort(order, 0, open, (a, b) -> Long.compare(keys[a], keys[b]));
            return order;
        }

        /// Adds up the rows of functions that came more than once.
        private void merge() {
            LineBlocks before = blocks;
            before.sort();
            blocks = new LineBlocks(events);
            int[] lines = new int[LineBlocks.ROWS];
            double[][] costs = new double[events][LineBlocks.ROWS];
            int resumed = current;
            merging = true;
            for (int b = 0, next; b < before.size(); b = next) {
                int function = before.function(b);
                current = function;
                for (next = b; next < before.size() && before.function(next) == function; next++) {
                    if (!several.get(function)) {
                        blocks.copy(before, next);
                        continue;
                    }
                    before.read(next, lines, costs);
                    for (int r = 0; r < before.rows(next); r++) {
                        int row = row(function, before.file(next), lines[r]);
                        for (int e = 0; e < events; e++) cost[e][row] += costs[e][r];
                    }
                }
                if (open > 0) write();
            }
            merging = false;
            current = resumed;
            several.clear();
            again = 0;
        }

        /// The costs, for functions 0…`functions` - 1. The builder must not be used after this.
        public LineCosts build(int functions) {
            return build(functions, EventFormulas.NONE);
        }

        /// The same with events that are computed from those that were added; they have the numbers after them.
        public LineCosts build(int functions, EventFormulas formulas) {
            pack();
            if (again > 0) merge();
            if (blocks.size() == 0) return NONE;
            blocks.sort();
            int[] start = new int[functions + 1];
            int[] blockRow = new int[blocks.size()];
            int rows = 0;
            for (int b = 0; b < blockRow.length; b++) {
                blockRow[b] = rows;
                rows += blocks.rows(b);
                start[blocks.function(b) + 1] += blocks.rows(b);
            }
            for (int f = 0; f < functions; f++) start[f + 1] += start[f];
            String[] files = new String[fileIds.size()];
            fileIds.forEach((name, id) -> files[id] = name);
            return new LineCosts(start, blockRow, blocks, files, events, formulas);
        }
    }
}
