package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// When perf's samples were taken, by thread. A sample lasts until the next one of its thread; where that comes much later than usual the
/// thread slept, and the sample lasts as long as most do.
final class PerfTimes {
    private static final double LATE = 1.5;
    private static final int LOOKED_AT = 1 << 20;

    private final long most = ThreadTimes.most();
    private final List<Column> threads = new ArrayList<>();
    private double first = Double.POSITIVE_INFINITY;
    private double usual = Double.NaN;
    private long samples;
    private boolean dropped;
    private boolean timed = true;

    /// The samples of a thread in the order of the file.
    private static final class Column {
        private double[] time = new double[64];
        private int[] node = new int[64];
        private byte[] kind = new byte[64];
        private int size;
    }

    /// Adds a sample.
    ///
    /// @param kind which of the events
    /// @param node where, in the tree of this event
    /// @param time in seconds; NaN where the text has none
    void add(int thread, int kind, int node, double time) {
        if (dropped || !timed) return;
        timed = !Double.isNaN(time);
        dropped = ++samples > most;
        if (dropped || !timed) {
            threads.clear();
            return;
        }
        while (threads.size() <= thread) threads.add(new Column());
        Column to = threads.get(thread);
        if (to.size == to.time.length) {
            int more = to.size + (to.size >> 1);
            to.time = Arrays.copyOf(to.time, more);
            to.node = Arrays.copyOf(to.node, more);
            to.kind = Arrays.copyOf(to.kind, more);
        }
        to.time[to.size] = time;
        to.node[to.size] = node;
        to.kind[to.size++] = (byte) kind;
        first = Math.min(first, time);
    }

    /// Whether there was no room.
    boolean dropped() {
        return dropped;
    }

    /// Whether the order of time is known.
    boolean known() {
        return timed && !dropped && samples > 0;
    }

    /// The order of time of a thread.
    ///
    /// @param to for each event where the nodes of its tree are in the thread's
    Timeline build(int thread, int[][] to) {
        if (thread >= threads.size()) return Timeline.NONE;
        if (Double.isNaN(usual)) usual = usual();
        Column from = threads.set(thread, null);
        var times = new Timeline.Builder(Unit.SECONDS, from.size);
        for (int i = 0; i < from.size; i++) {
            double gap = i + 1 < from.size ? from.time[i + 1] - from.time[i] : Double.POSITIVE_INFINITY;
            times.add(from.time[i] - first, gap <= usual * LATE ? gap : usual, to[from.kind[i]][from.node[i]]);
        }
        return times.build();
    }

    /// The median of what lies between two samples of a thread; 0 where no thread has two.
    private double usual() {
        double[] gaps = new double[256];
        int size = 0;
        for (Column column : threads) {
            if (column == null) continue;
            for (int i = 1; i < column.size && size < LOOKED_AT; i++) {
                double gap = column.time[i] - column.time[i - 1];
                if (!(gap > 0)) continue;
                if (size == gaps.length) gaps = Arrays.copyOf(gaps, size * 2);
                gaps[size++] = gap;
            }
        }
        Arrays.sort(gaps, 0, size);
        return size == 0 ? 0 : gaps[size / 2];
    }
}
