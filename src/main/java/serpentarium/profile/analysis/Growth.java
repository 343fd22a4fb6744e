package serpentarium.profile.analysis;

/// A new tree while nodes of an old one are led into it: children of the same parent and key are one. There is room for as many nodes as the old
/// tree has, for none of those makes more than one. What is compared lies in the table itself, which takes one look into memory in place of four.
final class Growth {
    private final int[] parent;
    private final int[] key;
    private final long[] wanted;
    private final int[] node;
    private final int mask;
    private int size = 1;

    Growth(int most) {
        parent = new int[most];
        key = new int[most];
        parent[0] = key[0] = -1;
        int slots = Integer.highestOneBit(Math.max(8, Math.min(most, 1 << 28))) * 4;
        wanted = new long[slots];
        node = new int[slots];
        mask = slots - 1;
    }

    /// The child of this key, a new one where there was none.
    int child(int above, int is) {
        long want = ((long) above << 32 | is) + 1;
        long h = want * 0x9E3779B97F4A7C15L;
        int slot = (int) (h ^ h >>> 32) & mask;
        for (long there; (there = wanted[slot]) != 0; slot = slot + 1 & mask) if (there == want) return node[slot];
        wanted[slot] = want;
        node[slot] = size;
        parent[size] = above;
        key[size] = is;
        return size++;
    }

    int size() {
        return size;
    }

    int key(int of) {
        return key[of];
    }

    /// The nearest node at or above one that has a key; -1 where none has.
    int above(int from, int is) {
        int at = from;
        while (at > 0 && key[at] != is) at = parent[at];
        return at > 0 ? at : -1;
    }

    /// All parents, longer than there are nodes. Not to be changed.
    int[] parents() {
        return parent;
    }

    /// All keys, longer than there are nodes. Not to be changed.
    int[] keys() {
        return key;
    }
}
