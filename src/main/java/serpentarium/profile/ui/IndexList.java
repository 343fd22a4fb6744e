package serpentarium.profile.ui;

import java.util.AbstractList;
import java.util.List;
import javafx.collections.ObservableListBase;

/// A list of numbers for a table, over an array: no object is kept for a row, so that a million rows cost what the array costs.
final class IndexList extends ObservableListBase<Integer> {
    private int[] order = {};

    @Override public Integer get(int index) {
        return order[index];
    }

    @Override public int size() {
        return order.length;
    }

    @Override public int indexOf(Object value) {
        if (value instanceof Integer number) for (int i = 0; i < order.length; i++) if (order[i] == number) return i;
        return -1;
    }

    @Override public boolean contains(Object value) {
        return indexOf(value) >= 0;
    }

    /// Shows other numbers; the array is not to be changed after this.
    void show(int[] next) {
        int[] old = order;
        beginChange();
        order = next;
        if (old.length > 0 || next.length > 0) nextReplace(0, next.length, boxed(old));
        endChange();
    }

    /// The numbers now. Not to be changed.
    int[] order() {
        return order;
    }

    private static List<Integer> boxed(int[] numbers) {
        return new AbstractList<>() {
            @Override public Integer get(int index) {
                return numbers[index];
            }

            @Override public int size() {
                return numbers.length;
            }
        };
    }
}
