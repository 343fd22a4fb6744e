package serpentarium.profile.format;

import java.util.Arrays;
import java.util.List;

import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// When the samples of a file in the order of time were taken. Each says how long it lasts, none when: the sampler looks at all threads one
/// after another, so that a thread that comes again says that the next look began.
final class CollapsedTimes {
    private final ThreadTimes times;
    private final boolean time;
    private int[] lookOf = new int[16];
    private int look = 1;
    private double start;
    private double end;

    /// @param unit what samples last: bytes have no common clock, there each sample follows the one before
    CollapsedTimes(Unit unit) {
        times = new ThreadTimes(unit);
        time = unit != Unit.BYTES;
    }

    /// Adds a sample of a thread at a node.
    void add(int thread, double length, int node) {
        if (thread >= lookOf.length) lookOf = Arrays.copyOf(lookOf, Math.max(thread + 1, lookOf.length * 2));
        if (lookOf[thread] == look || !time) {
            look++;
            start = end;
        }
        lookOf[thread] = look;
        end = Math.max(end, start + length);
        times.add(thread, start, length, node);
    }

    /// Whether there was no room.
    boolean dropped() {
        return times.dropped();
    }

    /// One a thread, or none.
    List<Timeline> build(int threads) {
        return times.build(threads);
    }
}
