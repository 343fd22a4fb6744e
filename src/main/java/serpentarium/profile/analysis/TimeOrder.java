package serpentarium.profile.analysis;

import serpentarium.profile.Timeline;

/// What one thread did when, by the nodes of the tree that is shown: what a flame graph in the order of time draws. At a segment the stack
/// is the node and all above it, [CallTree#parent(int)] by parent, the root last.
public final class TimeOrder {
    private final int thread;
    private final String name;
    private final Timeline timeline;
    private final int[] place;
    private final int first;
    private final int last;
    private final double from;
    private final double to;

    /// @param place where the nodes of the thread's own tree are in the tree that is shown; -1 for what filters dropped
    /// @param from  begin of what is shown
    /// @param to    end of what is shown
    TimeOrder(int thread, String name, Timeline timeline, int[] place, double from, double to) {
        this.thread = thread;
        this.name = name;
        this.timeline = timeline;
        this.place = place;
        this.from = from;
        this.to = to;
        first = timeline.at(from);
        int end = timeline.at(to);
        last = end < timeline.size() && timeline.start(end) < to ? end + 1 : end;
    }

    /// The thread, as an index into the profile's threads.
    public int thread() {
        return thread;
    }

    /// The thread's name.
    public String name() {
        return name;
    }

    /// All that is known of the thread's time, by nodes of its own tree.
    public Timeline timeline() {
        return timeline;
    }

    /// The first segment within the time range that is shown; segments have the numbers of [#timeline()].
    public int first() {
        return first;
    }

    /// One past the last segment within the time range that is shown.
    public int last() {
        return last;
    }

    /// When a segment begins, or the range where that is later.
    public double start(int segment) {
        return Math.max(from, timeline.start(segment));
    }

    /// When a segment ends, or the range where that is earlier.
    public double end(int segment) {
        return Math.min(to, timeline.end(segment));
    }

    /// The node of [Analysis#tree()] where the thread was; -1 where filters dropped the stack; 0 where it ran nothing.
    public int node(int segment) {
        return place[timeline.node(segment)];
    }
}
