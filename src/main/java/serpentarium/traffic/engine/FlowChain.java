package serpentarium.traffic.engine;

import java.io.IOException;
import java.util.Arrays;

/// The records of one flow in their order, with the messages that each begins with, as far as they were written.
final class FlowChain {
    private long[] positions = new long[4];
    private int[] firstMessage = new int[4];
    private int size;
    private int messages;
    private boolean cut;

    /// Walks from the last record back to those known already.
    void extend(SegmentLog log, long last) throws IOException {
        long known = size == 0 ? 0 : positions[size - 1];
        if (last == known) return;
        long[] back = new long[16];
        int steps = 0;
        SegmentLog.Entry entry = null;
        SegmentLog.Entry[] only = new SegmentLog.Entry[1];
        for (long at = last; at != 0 && at != known; at = entry.before()) {
            if (!log.holds(at)) {
                cut = true;
                break;
            }
            // Records point back only: a hostile file cannot make this walk turn in circles.
            if (entry != null && at >= entry.position()) throw new IOException("a record of the session is damaged");
            if (steps == back.length) back = Arrays.copyOf(back, steps * 2);
            back[steps++] = at;
            entry = log.read(at);
            only[0] = entry;
        }
        for (int i = steps - 1; i >= 0; i--) append(back[i], steps == 1 ? only[0] : log.read(back[i]));
    }

    private void append(long position, SegmentLog.Entry entry) throws IOException {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            firstMessage = Arrays.copyOf(firstMessage, size * 2);
        }
        positions[size] = position;
        firstMessage[size++] = messages;
        var items = new ItemReader(entry.payload(), 0, entry.payload().length);
        while (items.next()) if (items.tag() == Item.MESSAGE) messages++;
    }

    int size() {
        return size;
    }

    long position(int index) {
        return positions[index];
    }

    int messages() {
        return messages;
    }

    /// Whether the oldest records were dropped.
    boolean cut() {
        return cut;
    }

    /// The record that holds a message.
    int recordOf(int message) {
        int found = Arrays.binarySearch(firstMessage, 0, size, message);
        if (found < 0) return Math.max(0, -found - 2);
        while (found + 1 < size && firstMessage[found + 1] == message) found++;
        return found;
    }

    int firstMessage(int record) {
        return firstMessage[record];
    }
}
