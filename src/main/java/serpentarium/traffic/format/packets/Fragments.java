package serpentarium.traffic.format.packets;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/// Puts IP packets that were sent in pieces together again. Where pieces overlap, the one that came first counts.
final class Fragments {
    private static final int MOST = 256;
    private static final int LARGEST = 65_536 + 8;

    private final Map<Key, Parts> open = new LinkedHashMap<>() {
        @Override protected boolean removeEldestEntry(Map.Entry<Key, Parts> eldest) {
            return size() > MOST;
        }
    };

    /// What pieces of one packet share.
    record Key(long sourceHigh, long sourceLow, long targetHigh, long targetLow, long id, int protocol) {}

    private static final class Parts {
        private byte[] bytes = new byte[2048];
        private final BitSet there = new BitSet();
        private int end = -1;
    }

    /// Adds a piece.
    ///
    /// @param offset where it belongs in the packet's content
    /// @param more   whether others follow it
    /// @return the content when it is complete, else null
    byte[] add(Key key, int offset, boolean more, byte[] from, int at, int length) {
        if (offset < 0 || length < 0 || offset + length > LARGEST) return null;
        Parts parts = open.computeIfAbsent(key, _ -> new Parts());
        if (offset + length > parts.bytes.length) parts.bytes = Arrays.copyOf(parts.bytes, Math.min(LARGEST, Math.max(offset + length, parts.bytes.length * 2)));
        int to = offset;
        while (to < offset + length) {
            int free = parts.there.nextClearBit(to);
            if (free >= offset + length) break;
            int taken = parts.there.nextSetBit(free);
            int stop = taken < 0 ? offset + length : Math.min(taken, offset + length);
            System.arraycopy(from, at + free - offset, parts.bytes, free, stop - free);
            to = stop;
        }
        parts.there.set(offset, offset + length);
        if (!more) parts.end = offset + length;
        if (parts.end < 0 || parts.there.nextClearBit(0) < parts.end) return null;
        open.remove(key);
        return Arrays.copyOf(parts.bytes, parts.end);
    }
}
