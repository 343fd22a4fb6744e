package serpentarium.profile.format;

import java.util.ArrayList;
import java.util.List;

import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// The order of time of all threads of a profile, as it is read. It is given up as a whole when it would take more than a part of the
/// memory there is: the stacks come first.
final class ThreadTimes {
    private final Unit unit;
    private final long most;
    private final List<Timeline.Builder> builders = new ArrayList<>();
    private long segments;
    private boolean dropped;

    /// Starts and lengths are in `unit`.
    ThreadTimes(Unit unit) {
        this(unit, most());
    }

    /// The same for at most so many segments.
    ThreadTimes(Unit unit, long most) {
        this.unit = unit;
        this.most = most;
    }

    /// How many segments there is room for: while they grow each takes up to 50 bytes, and a third of the memory may be theirs.
    static long most() {
        return Math.min(Timeline.Builder.MOST, Runtime.getRuntime().maxMemory() / 150);
    }

    /// Adds a segment to a thread; threads are numbered from 0.
    void add(int thread, double start, double length, int node) {
        if (dropped) return;
        while (builders.size() <= thread) builders.add(new Timeline.Builder(unit, Timeline.Builder.MOST));
        Timeline.Builder builder = builders.get(thread);
        int before = builder.size();
        builder.add(start, length, node);
        segments += builder.size() - before;
        if (segments <= most) return;
        dropped = true;
        builders.clear();
    }

    /// Where a thread's last segment ends; 0 where it has none.
    double end(int thread) {
        return thread < builders.size() ? builders.get(thread).end() : 0;
    }

    /// Whether there was no room.
    boolean dropped() {
        return dropped;
    }

    /// One a thread, or none where there was no room.
    List<Timeline> build(int threads) {
        if (dropped || segments == 0) return List.of();
        List<Timeline> built = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            built.add(t < builders.size() ? builders.get(t).build() : Timeline.NONE);
            if (t < builders.size()) builders.set(t, null);
        }
        return built;
    }
}
