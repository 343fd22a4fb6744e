package serpentarium.pickle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// What a pickle put aside under a number. A number is only a number: a large one takes no room for those below it.
final class PickleMemo {
    private PickleValue[] dense = new PickleValue[64];
    private final Map<Long, PickleValue> sparse = new HashMap<>();
    private int size;

    /// The value under a number; null where there is none.
    PickleValue get(long number) {
        return number >= 0 && number < dense.length ? dense[(int) number] : sparse.get(number);
    }

    /// Puts a value under a number; true where there was none.
    boolean put(long number, PickleValue value) {
        boolean next = number >= dense.length && number < 2L * dense.length && size >= dense.length / 2;
        if (next && sparse.isEmpty()) dense = Arrays.copyOf(dense, dense.length * 2);
        PickleValue before;
        if (number < dense.length) {
            before = dense[(int) number];
            dense[(int) number] = value;
        } else before = sparse.put(number, value);
        if (before == null) size++;
        return before == null;
    }

    /// How many there are.
    int size() {
        return size;
    }
}
