package serpentarium.profile;

/// Rows of one function that come in their order, by file and line. They are packed as they come, but for the last one, which may be added
/// to; when one comes that is out of order, all are taken out again.
final class LineRun {
    private final int events;
    private final double[] last;
    private boolean isOpen;
    private int first;
    private int rows;
    private int file;
    private int line;

    LineRun(int events) {
        this.events = events;
        last = new double[events];
    }

    /// Whether it has been begun and not ended.
    boolean isOpen() {
        return isOpen;
    }

    /// How many rows it has.
    int rows() {
        return rows;
    }

    /// The file of the last row.
    int file() {
        return file;
    }

    /// Whether a row is in order here: of the last one's file, and its line or a later one.
    boolean takes(int fileId, int lineNumber) {
        return isOpen && fileId == file && lineNumber >= line;
    }

    /// Whether it is another line than the last one.
    boolean isNew(int lineNumber) {
        return lineNumber != line;
    }

    /// Begins with a row.
    void begin(LineBlocks blocks, int function, int fileId, int lineNumber, double[] costs) {
        isOpen = true;
        first = blocks.size();
        rows = 0;
        hold(blocks, function, fileId, lineNumber, costs);
    }

    /// Goes on with a row of a later file.
    void turn(LineBlocks blocks, int function, int fileId, int lineNumber, double[] costs) {
        blocks.append(line, last);
        blocks.end();
        hold(blocks, function, fileId, lineNumber, costs);
    }

    private void hold(LineBlocks blocks, int function, int fileId, int lineNumber, double[] costs) {
        blocks.begin(function, fileId);
        rows++;
        file = fileId;
        line = lineNumber;
        System.arraycopy(costs, 0, last, 0, events);
    }

    /// Adds a row that is in order.
    void add(LineBlocks blocks, int lineNumber, double[] costs) {
        if (lineNumber == line) {
            for (int e = 0; e < last.length; e++) last[e] += costs[e];
            return;
        }
        blocks.append(line, last);
        rows++;
        line = lineNumber;
        for (int e = 0; e < last.length; e++) last[e] = costs[e];
    }

    /// Adds rows as far as they are in order, where there is one event.
    ///
    /// @param lines  what is in them up to `to` is lost, as it is in `costs`
    /// @return the first one that is not; `to` where all are
    int add(LineBlocks blocks, int[] lines, long[] costs, int from, int to) {
        long held = (long) last[0];
        if (held != last[0] || held < 0 || held > LineBlocks.WHOLE / 2) return from;
        int now = line;
        int done = from;
        int i = from;
        for (; i < to && lines[i] >= now; i++) {
            // No branch on whether the line is the same: the processor cannot predict it.
            int next = lines[i];
            int other = next == now ? 0 : 1;
            long more = costs[i];
            lines[done] = now;
            costs[done] = held;
            done += other;
            held = (held & other - 1L) + more;
            now = next;
        }
        blocks.append(lines, costs, from, done);
        rows += done - from;
        line = now;
        last[0] = held;
        return i;
    }

    /// Ends it.
    void end(LineBlocks blocks) {
        blocks.append(line, last);
        blocks.end();
        isOpen = false;
    }

    /// Ends it and takes its rows out of the blocks into columns, which are empty.
    void reopen(LineBlocks blocks, OpenLines to) {
        end(blocks);
        int[] lines = new int[LineBlocks.ROWS];
        double[][] costs = new double[events][LineBlocks.ROWS];
        for (int b = first; b < blocks.size(); b++) {
            blocks.read(b, lines, costs);
            for (int r = 0; r < blocks.rows(b); r++) {
                int row = to.append(blocks.file(b), lines[r]);
                for (int e = 0; e < events; e++) to.add(row, e, costs[e][r]);
            }
        }
        blocks.takeBack(first);
    }
}
