package serpentarium.log.engine;

import serpentarium.log.RecordView;

/// What records some lines that follow one another belong to, as columns: for drawing them.
///
/// @param first      number of the first line, from 0
/// @param count      how many lines
/// @param starts     for each the first line of its record; -1 for lines before the first record
/// @param lines      how many lines of the file that record has
/// @param severities its level on Python's scale, or [serpentarium.log.Level#UNKNOWN]
/// @param times      when it was written, or [RecordView#NO_TIME]
/// @param failed     whether it carries a traceback
/// @param messages   on a record's first line how many of its bytes stand before the message, without colours and envelope; 0 on others
public record RecordRows(long first, int count, long[] starts, int[] lines, int[] severities, long[] times, boolean[] failed, int[] messages) {
    static RecordRows none(long first, int count) {
        var rows = new RecordRows(first, count, new long[count], new int[count], new int[count], new long[count], new boolean[count], new int[count]);
        java.util.Arrays.fill(rows.starts, -1);
        java.util.Arrays.fill(rows.severities, serpentarium.log.Level.UNKNOWN);
        java.util.Arrays.fill(rows.times, RecordView.NO_TIME);
        return rows;
    }

    /// Whether a record begins with a line.
    ///
    /// @param row 0…[#count()] - 1
    public boolean begins(int row) {
        return starts[row] == first + row;
    }

    /// A record's lines among these.
    void put(RecordView view) {
        long start = view.line() - 1;
        for (long line = Math.max(first, start); line < Math.min(first + count, view.last()); line++) {
            int row = (int) (line - first);
            starts[row] = start;
            lines[row] = (int) Math.min(Integer.MAX_VALUE, view.last() - start);
            severities[row] = view.severity();
            times[row] = view.time();
            failed[row] = view.traceback();
            if (line == start) messages[row] = view.messageFrom() - view.from();
        }
    }
}
