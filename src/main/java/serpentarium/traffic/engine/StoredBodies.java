package serpentarium.traffic.engine;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Where pieces of bodies lie that were stored already, by their SHA-256, so that large equal bodies are stored once. It holds the latest
/// million or so pieces in 32 bytes each and forgets older ones.
final class StoredBodies {
    /// Smaller pieces are stored again: a reference would save little.
    static final int LEAST = 4096;
    private static final int MOST = 1 << 20;

    private long[] high = new long[1 << 10];
    private long[] low = new long[1 << 10];
    private long[] position = new long[1 << 10];
    private int[] offset = new int[1 << 10];
    private int entries;
    private final MessageDigest digest = sha256();
    private long lastHigh;
    private long lastLow;

    /// The record that holds an equal piece, or 0; [#offset()] is for the answer. The piece's hash is kept for [#add(long, int)].
    long find(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        byte[] hash = digest.digest();
        lastHigh = 0;
        lastLow = 0;
        for (int k = 0; k < 8; k++) {
            lastHigh = lastHigh << 8 | hash[k] & 0xff;
            lastLow = lastLow << 8 | hash[8 + k] & 0xff;
        }
        lastLow ^= length;
        int slot = slot();
        return position[slot];
    }

    /// Where in the payload of the record found the piece lies.
    int offset() {
        return offset[slot()];
    }

    /// Keeps where the piece asked for last was stored.
    void add(long at, int in) {
        if (entries >= MOST) clear();
        else if (entries * 2 >= high.length) grow();
        int slot = slot();
        if (position[slot] == 0) entries++;
        high[slot] = lastHigh;
        low[slot] = lastLow;
        position[slot] = at;
        offset[slot] = in;
    }

    /// Forgets all.
    void clear() {
        java.util.Arrays.fill(position, 0);
        entries = 0;
    }

    private int slot() {
        int mask = high.length - 1;
        int slot = (int) (lastHigh ^ lastHigh >>> 32) & mask;
        while (position[slot] != 0 && (high[slot] != lastHigh || low[slot] != lastLow)) slot = slot + 1 & mask;
        return slot;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldPosition = position;
        int[] oldOffset = offset;
        long keepHigh = lastHigh;
        long keepLow = lastLow;
        int size = high.length * 2;
        high = new long[size];
        low = new long[size];
        position = new long[size];
        offset = new int[size];
        for (int i = 0; i < oldPosition.length; i++) {
            if (oldPosition[i] == 0) continue;
            lastHigh = oldHigh[i];
            lastLow = oldLow[i];
            int slot = slot();
            high[slot] = lastHigh;
            low[slot] = lastLow;
            position[slot] = oldPosition[i];
            offset[slot] = oldOffset[i];
        }
        lastHigh = keepHigh;
        lastLow = keepLow;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
