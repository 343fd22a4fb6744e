package serpentarium.profile;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    /// Rows that come in their order are packed at once. Where a function's rows do not, they are collected in columns that stay in the
    /// processor's cache, and packed when another function's turn comes. A function that comes again gets a table; one that is too large
    /// for that is packed again and merged when such rows become many.
    public static final class Builder {
        private static final long MOST_BYTES = 1L << 30;
        private static final int MERGE_FROM = 1 << 18;
        private static final int MERGE_ALWAYS = 1 << 24;
        private static final int MOST_OPEN = 1 << 20;

        private final int events;
        private long limit;
        private final Map<String, Integer> fileIds = new HashMap<>();
        private LineBlocks blocks;
        private final OpenLines open;
        private final LineTables tables;
        private final BitSet known = new BitSet();
        private final BitSet several = new BitSet();
        private long again;
        private boolean full;

        private int current = -1;
        private boolean tabled;
        private final LineRun run;
        // Whether all rows of the function before those at hand come before them, so that nothing is to be merged.
        private boolean continued;
        private final double[] one = new double[1];

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
            open = new OpenLines(events);
            tables = new LineTables(events);
            run = new LineRun(events);
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

        /// Adds the costs of all events at once.
        ///
        /// @param fileId from [#file(String)], or -1 for the function's own file
        public void add(int functionId, int fileId, int lineNumber, double[] costs) {
            if (functionId == current && run.takes(fileId, lineNumber)) {
                if (run.rows() == MOST_OPEN && run.isNew(lineNumber)) {
                    boolean first = continued || !known.get(current);
                    pack();
                    continued = begin(fileId, lineNumber, costs) && first;
                } else run.add(blocks, lineNumber, costs);
            } else outOfOrder(functionId, fileId, lineNumber, costs);
        }

        /// Adds whole costs, none of them negative, of many lines at once, where there is one event.
        ///
        /// @param line the lines; the builder may move them, as it may the costs
        public void add(int functionId, int fileId, int[] line, long[] cost, int length) {
            for (int i = 0; i < length; i++) {
                if (functionId == current && run.takes(fileId, line[i]) && run.rows() + length <= MOST_OPEN) i = run.add(blocks, line, cost, i, length);
                if (i == length) return;
                one[0] = cost[i];
                add(functionId, fileId, line[i], one);
            }
        }

        private void outOfOrder(int functionId, int fileId, int lineNumber, double[] costs) {
            if (functionId != current) enter(functionId);
            if (run.isOpen() && fileId > run.file() && run.rows() < MOST_OPEN) run.turn(blocks, current, fileId, lineNumber, costs);
            else if (run.isOpen() || tabled || open.size() > 0 || !begin(fileId, lineNumber, costs)) {
                int row = row(functionId, fileId, lineNumber);
                for (int e = 0; e < events; e++) add(row, e, costs[e]);
            }
        }

        /// Begins a run of rows; false where there is no room.
        private boolean begin(int fileId, int lineNumber, double[] costs) {
            if (!full) run.begin(blocks, current, fileId, lineNumber, costs);
            return !full;
        }

        /// The row of this function, file and line. It is valid until the next call of this method; -1 when there is no room for it.
        ///
        /// @param fileId from [#file(String)], or -1 for the function's own file
        public int row(int functionId, int fileId, int lineNumber) {
            if (functionId != current) enter(functionId);
            if (run.isOpen()) {
                run.reopen(blocks, open);
                continued = false;
            }
            if (tabled) {
                int row = tables.row(fileId, lineNumber);
                if (row >= 0) return row;
                spill(functionId);
                tabled = false;
            }
            int row = open.find(fileId, lineNumber);
            if (row >= 0) return row;
            if (open.size() == MOST_OPEN) pack();
            return full ? -1 : open.append(fileId, lineNumber);
        }

        /// Adds to a row's cost.
        public void add(int row, int event, double value) {
            if (row < 0) return;
            if (tabled) tables.add(row, event, value);
            else open.add(row, event, value);
        }

        /// About how much memory the rows take.
        public long bytes() {
            return blocks.bytes() + tables.bytes();
        }

        /// Says how many bytes may be kept from now on, where several share what there is.
        public void limit(long most) {
            limit = most;
        }

        /// Packs what is at hand and lets go of the room for it: before others that share the memory go on.
        public void pause() {
            pack();
            open.release();
            current = -1;
            tabled = false;
        }

        /// Whether rows had to be left out.
        public boolean full() {
            return full;
        }

        private void enter(int functionId) {
            pack();
            if (tables.bytes() > limit / 4) spillAll();
            current = functionId;
            tabled = !full && known.get(functionId) && tables.enter(functionId);
        }

        /// Packs the rows of the function at hand.
        private void pack() {
            int rows = run.isOpen() ? run.rows() : open.size();
            if (rows == 0) return;
            if (run.isOpen()) run.end(blocks);
            else open.write(blocks, current);
            boolean follows = continued;
            continued = false;
            if (!follows) packed(current, rows);
            checkRoom();
        }

        private void packed(int function, int rows) {
            if (known.get(function)) {
                again += rows;
                several.set(function);
            } else known.set(function);
        }

        private void checkRoom() {
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

        /// Packs the table of a function.
        private void spill(int function) {
            int rows = tables.drain(function, blocks);
            if (rows > 0) packed(function, rows);
        }

        private void spillAll() {
            for (int f = 0; f < tables.functions(); f++) spill(f);
            tables.shut();
            checkRoom();
        }

        /// Adds up the rows of functions that came more than once; there are no rows at hand.
        private void merge() {
            LineBlocks from = blocks;
            from.sort();
            blocks = new LineBlocks(events);
            int[] lines = new int[LineBlocks.ROWS];
            double[][] costs = new double[events][LineBlocks.ROWS];
            for (int b = 0, next; b < from.size(); b = next) {
                int function = from.function(b);
                for (next = b; next < from.size() && from.function(next) == function; next++) {
                    if (!several.get(function)) {
                        blocks.copy(from, next);
                        continue;
                    }
                    from.read(next, lines, costs);
                    for (int r = 0; r < from.rows(next); r++) {
                        int row = open.find(from.file(next), lines[r]);
                        if (row < 0) row = open.append(from.file(next), lines[r]);
                        for (int e = 0; e < events; e++) open.add(row, e, costs[e][r]);
                    }
                }
                if (open.size() > 0) open.write(blocks, function);
            }
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
            boolean wasFull = full;
            spillAll();
            full |= wasFull;
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
