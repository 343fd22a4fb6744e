package serpentarium.traffic.ui;

import java.util.AbstractList;
import java.util.List;
import javafx.collections.ObservableListBase;
import serpentarium.traffic.analysis.RowSet;

/// The rows that a table shows, over an array: no object is kept for a row, and rows that come at the end are told as such.
final class RowList extends ObservableListBase<Integer> {
    private RowSet rows = RowSet.NONE;

    @Override public Integer get(int index) {
        java.util.Objects.checkIndex(index, rows.size());
        return rows.rows()[index];
    }

    @Override public int size() {
        return rows.size();
    }

    @Override public int indexOf(Object value) {
        if (!(value instanceof Integer number)) return -1;
        int row = number;
        int[] array = rows.rows();
        for (int i = 0; i < rows.size(); i++) if (array[i] == row) return i;
        return -1;
    }

    @Override public boolean contains(Object value) {
        return indexOf(value) >= 0;
    }

    /// The rows now.
    RowSet rows() {
        return rows;
    }

    /// Shows other rows.
    void show(RowSet next) {
        RowSet old = rows;
        if (old == next) return;
        beginChange();
        rows = next;
        if (grown(old, next)) {
            if (next.size() > old.size()) nextAdd(old.size(), next.size());
        } else if (old.size() > 0 || next.size() > 0) nextReplace(0, next.size(), boxed(old));
        endChange();
    }

    /// Whether the next rows are the old ones with more at the end.
    static boolean grown(RowSet old, RowSet next) {
        if (old.size() == 0 || next.size() < old.size()) return false;
        return old.rows() == next.rows() || java.util.Arrays.equals(old.rows(), 0, old.size(), next.rows(), 0, old.size());
    }

    private static List<Integer> boxed(RowSet rows) {
        return new AbstractList<>() {
            @Override public Integer get(int index) {
                return rows.rows()[index];
            }

            @Override public int size() {
                return rows.size();
            }
        };
    }
}
