package serpentarium.profile.format;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;

/// Places where code ran: a function and a line of it, each pair once, numbered from 0, with the cost of samples that ended there. A function
/// is its name and file.
final class LinedFrames {
    private final FrameTable.Builder frames = new FrameTable.Builder();
    private final Map<Long, Integer> places = new HashMap<>();
    private final int events;
    private int[] frame = new int[64];
    private int[] line = new int[64];
    private double[][] self;
    private int size;

    /// With the costs of so many events.
    LinedFrames(int events) {
        this.events = events;
        self = new double[events][64];
    }

    /// The number of a place; a line below 1 is not known.
    int place(String name, String file, String module, int atLine) {
        int function = frames.intern(name, file, module, FrameTable.NO_LINE);
        int known = Math.max(0, atLine);
        Integer number = places.putIfAbsent((long) function << 32 | known, size);
        if (number != null) return number;
        if (size == frame.length) {
            frame = Arrays.copyOf(frame, size * 2);
            line = Arrays.copyOf(line, size * 2);
            for (int e = 0; e < events; e++) self[e] = Arrays.copyOf(self[e], size * 2);
        }
        frame[size] = function;
        line[size] = known;
        return size++;
    }

    /// How many places there are.
    int size() {
        return size;
    }

    /// The function of a place.
    int frame(int place) {
        return frame[place];
    }

    /// Adds the cost of a sample that ended at a place.
    void add(int place, int event, double cost) {
        self[event][place] += cost;
    }

    /// The functions.
    FrameTable functions() {
        return frames.build();
    }

    /// The costs by line of these events, in this order.
    LineCosts lines(int... kept) {
        var lines = new LineCosts.Builder(kept.length);
        for (int place = 0; place < size; place++) {
            if (line[place] == 0) continue;
            int row = -1;
            for (int e = 0; e < kept.length; e++) {
                double cost = self[kept[e]][place];
                if (cost == 0) continue;
                if (row < 0) row = lines.row(frame[place], -1, line[place]);
                lines.add(row, e, cost);
            }
        }
        return lines.build(frames.size());
    }
}
