package serpentarium.profile;

import java.util.Arrays;

import serpentarium.base.IntSort;

/// Rows of one function in the order in which they came, to be found by file and line. As long as they ascend no table is needed.
final class OpenLines {
    private final int events;
    private int size;
    private int last = -1;
    private int[] file = {};
    private int[] line = {};
    private final double[][] cost;
    private boolean sorted = true;
    private int[] table = {};
    private int mask;

    OpenLines(int events) {
        this.events = events;
        cost = new double[events][0];
    }

    /// How many there are.
    int size() {
        return size;
    }

    /// The row of this file and line, or -1.
    int find(int fileId, int lineNumber) {
        if (last >= 0 && line[last] == lineNumber && file[last] == fileId) return last;
        long key = key(fileId, lineNumber);
        if (sorted) {
            if (size == 0 || key > key(file[size - 1], line[size - 1])) return -1;
            last = search(key);
            if (last >= 0) return last;
            sorted = false;
            fillTable();
            return -1;
        }
        int slot = hash(fileId, lineNumber) & mask;
        for (int row; (row = table[slot] - 1) >= 0; slot = slot + 1 & mask) if (line[row] == lineNumber && file[row] == fileId) return last = row;
        return -1;
    }

    /// A new row, which was looked for last and is not there.
    int append(int fileId, int lineNumber) {
        if (size == line.length) {
            int more = Math.max(64, size * 2);
            file = Arrays.copyOf(file, more);
            line = Arrays.copyOf(line, more);
            for (int e = 0; e < events; e++) cost[e] = Arrays.copyOf(cost[e], more);
        }
        file[size] = fileId;
        line[size] = lineNumber;
        for (int e = 0; e < events; e++) cost[e][size] = 0;
        last = size++;
        if (sorted) return last;
        if (size * 2 > mask) fillTable();
        else enter(last);
        return last;
    }

    /// Adds to a row's cost.
    void add(int row, int event, double value) {
        cost[event][row] += value;
    }

    private int search(long key) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = low + high >>> 1;
            long there = key(file[middle], line[middle]);
            if (there == key) return middle;
            if (there < key) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    private void fillTable() {
        // Most functions have few lines: only so much of the table is used, and wiped, as they need.
        int length = 64;
        while (size * 4 > length) length *= 2;
        if (length > table.length) table = new int[length];
        else Arrays.fill(table, 0, length, 0);
        mask = length - 1;
        for (int row = 0; row < size; row++) enter(row);
    }

    private void enter(int row) {
        int slot = hash(file[row], line[row]) & mask;
        while (table[slot] != 0) slot = slot + 1 & mask;
        table[slot] = row + 1;
    }

    private static int hash(int file, int line) {
        int h = line * 0x9E3779B9 ^ file * 0x85EBCA6B;
        return h ^ h >>> 15;
    }

    private static long key(int file, int line) {
        return (long) file << 32 | line & 0xffffffffL;
    }

    /// Packs the rows, in their order, and forgets them.
    void write(LineBlocks blocks, int function) {
        int[] order = sorted ? null : order();
        double[] costs = new double[events];
        for (int i = 0; i < size; i++) {
            int row = order == null ? i : order[i];
            if (i == 0) blocks.begin(function, file[row]);
            else {
                int before = order == null ? i - 1 : order[i - 1];
                if (file[row] != file[before]) {
                    blocks.end();
                    blocks.begin(function, file[row]);
                }
            }
            for (int e = 0; e < events; e++) costs[e] = cost[e][row];
            blocks.append(line[row], costs);
        }
        if (size > 0) blocks.end();
        size = 0;
        last = -1;
        sorted = true;
    }

    /// Lets go of the room for rows; there must be none.
    void release() {
        file = new int[0];
        line = new int[0];
        Arrays.fill(cost, new double[0]);
        table = new int[0];
    }

    private int[] order() {
        long[] keys = new long[size];
        int[] order = new int[size];
        for (int row = 0; row < size; row++) {
            keys[row] = key(file[row], line[row]);
            order[row] = row;
        }
        IntSort.sort(order, 0, size, (a, b) -> Long.compare(keys[a], keys[b]));
        return order;
    }
}
