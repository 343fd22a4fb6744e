package serpentarium.traffic.analysis;

import java.util.Arrays;

/// Rows in an array that grows at its end: what was handed out before stays as it was, so that a list goes on showing it meanwhile.
///
/// @param rows the rows 0…`size` - 1 are in it
/// @param size how many
public record RowSet(int[] rows, int size) {
    /// No row.
    public static final RowSet NONE = new RowSet(new int[0], 0);

    /// All rows below `size` of the array.
    public static RowSet of(int... rows) {
        return new RowSet(rows, rows.length);
    }

    /// With rows added at the end. Only the newest set of an array may be added to.
    public RowSet with(int[] more, int from, int to) {
        int next = size + to - from;
        int[] array = next <= rows.length ? rows : Arrays.copyOf(rows, Math.max(next, Math.max(1024, size + (size >> 1))));
        System.arraycopy(more, from, array, size, to - from);
        return new RowSet(array, next);
    }

    /// Where a row is in a set in ascending order; below zero where it is not.
    public int find(int row) {
        return Arrays.binarySearch(rows, 0, size, row);
    }

    /// The rows alone.
    public int[] array() {
        return Arrays.copyOf(rows, size);
    }
}
