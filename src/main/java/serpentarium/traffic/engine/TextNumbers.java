package serpentarium.traffic.engine;

import java.util.Arrays;
import serpentarium.traffic.WireText;

/// Different texts by number, each kept once, outside the heap but for 20 bytes each. Added by one thread at a time.
final class TextNumbers {
    private final TextPool pool = new TextPool();
    private volatile long[] at = new long[64];
    private volatile int size;
    private int[] slots = new int[128];
    /// Texts below this number can be found; those that were taken over from an index are made so when one is looked for.
    private int findable;

    /// How many there are.
    int size() {
        return size;
    }

    /// The number of a text, a new one where it was not known.
    int number(String text) {
        byte[] bytes = WireText.encode(text);
        find();
        int slot = slot(bytes);
        if (slots[slot] != 0) return slots[slot] - 1;
        if (size == at.length) at = Arrays.copyOf(at, size * 2);
        at[size] = pool.add(bytes);
        slots[slot] = size + 1;
        size++;
        findable = size;
        if (size * 2 > slots.length) rehash();
        return size - 1;
    }

    /// Adds a text that is not there yet, as bytes.
    void append(byte[] bytes, int from, int length) {
        if (size == at.length) at = Arrays.copyOf(at, size * 2);
        at[size] = pool.add(bytes, from, length);
        size++;
    }

    /// A text as bytes.
    byte[] bytes(int number) {
        return pool.get(at[number]);
    }

    private void find() {
        if (findable == size) return;
        findable = size;
        if (size * 2 > slots.length) slots = new int[Integer.highestOneBit(size) * 2];
        rehash();
    }

    /// The number of a text; -1 where it is not known.
    int find(String text) {
        find();
        int slot = slot(WireText.encode(text));
        return slots[slot] - 1;
    }

    /// A text.
    String text(int number) {
        return WireText.decode(pool.get(at[number]));
    }

    private int slot(byte[] bytes) {
        int mask = slots.length - 1;
        int slot = hash(bytes) & mask;
        while (slots[slot] != 0 && !pool.equal(at[slots[slot] - 1], bytes)) slot = slot + 1 & mask;
        return slot;
    }

    /// Puts all texts into places that are twice as many.
    private void rehash() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int number = 0; number < size; number++) {
            int slot = hash(pool.get(at[number])) & mask;
            while (slots[slot] != 0) slot = slot + 1 & mask;
            slots[slot] = number + 1;
        }
    }

    private static int hash(byte[] bytes) {
        int h = Arrays.hashCode(bytes) * 0x9E3779B9;
        return h ^ h >>> 15;
    }
}
