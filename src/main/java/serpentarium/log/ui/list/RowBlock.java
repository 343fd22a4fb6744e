package serpentarium.log.ui.list;

import java.util.List;

/// Rows that were read, one after the other.
///
/// @param source what they are rows of
/// @param first  the number that the first one had
/// @param rows   the rows
record RowBlock(RowSource source, long first, List<Row> rows) {
    static final RowBlock NONE = new RowBlock(null, 0, List.of());

    /// This block with the numbers that its rows have now; none where they no longer follow one another.
    RowBlock now(RowSource asked) {
        if (source != asked || rows.isEmpty()) return NONE;
        long start = asked.row(rows.getFirst().spot());
        long end = asked.row(rows.getLast().spot());
        if (start < 0 || end - start != rows.size() - 1) return NONE;
        return start == first ? this : new RowBlock(source, start, rows);
    }

    /// Whether it has the rows `from…to - 1`.
    boolean covers(long from, long to) {
        return !rows.isEmpty() && from >= first && to <= first + rows.size();
    }

    /// A row by its number, or null.
    Row row(long number) {
        long at = number - first;
        return at >= 0 && at < rows.size() ? rows.get((int) at) : null;
    }
}
