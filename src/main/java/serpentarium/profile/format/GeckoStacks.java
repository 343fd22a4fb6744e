package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Makes the tree and the timeline of one thread of a Firefox profile.
final class GeckoStacks {
    private static final int CHECK_EVERY = 1 << 16;
    private static final double SECONDS = 1e-3;
    private static final int ROOT = -1;

    private final GeckoThread thread;
    private final GeckoTables tables;
    private final GeckoNames names;
    private final int event;
    private final long room;
    private final StackTree.Builder tree;
    /// The node of each stack: 0 is not known yet, [#ROOT] the root.
    private final int[] node;
    private int[] path = new int[64];
    private double total;
    private long bad;
    private long negative;
    private boolean full;

    /// @param tables where the stacks are
    /// @param event  which event the samples are of
    /// @param events how many there are
    /// @param room   how many nodes there may be
    GeckoStacks(GeckoThread thread, GeckoTables tables, GeckoNames names, int event, int events, long room) {
        this.thread = thread;
        this.tables = tables;
        this.names = names;
        this.event = event;
        this.room = room;
        tree = new StackTree.Builder(events);
        node = new int[tables.stacks()];
    }

    /// Takes all samples.
    ///
    /// @param interval how far samples should be from each other, in milliseconds, or NaN
    /// @param shift    what is added to their times, in milliseconds
    /// @param segments where the segments go, in seconds
    void take(double interval, double shift, Timeline.Builder segments, TaskContext context) {
        boolean span = thread.kind() == GeckoThread.Weight.TIME;
        boolean timed = thread.timed();
        double scale = span ? SECONDS : 1;
        double at = timed ? thread.time(0, 0) : Double.NaN;
        double usual = interval > 0 ? interval : 0;
        for (int s = 0; s < thread.samples(); s++) {
            if ((s & CHECK_EVERY - 1) == 0) context.checkpoint();
            double now = at;
            at = timed && s + 1 < thread.samples() ? thread.time(s + 1, Double.isNaN(now) ? 0 : now) : Double.NaN;
            int leaf = nodeOf(thread.stack(s));
            if (leaf <= 0) continue;
            double weight = thread.weight(s);
            if (weight < 0) negative++;
            double cost = weight >= 0 ? weight * scale : weight < 0 ? 0 : span ? 0 : 1;
            tree.addSelf(event, leaf, cost);
            names.addSelf(event, tables.frame(thread.stack(s)), cost);
            total += cost;
            if (Double.isNaN(now)) continue;
            double gap = at - now;
            if (interval > 0) usual = interval;
            else if (gap >= 0 && usual == 0) usual = gap;
            // Samples that are late leave no hole; where one or more are missing, nothing is known.
            double lasting = span ? Math.max(0, weight) : gap >= 0 && gap <= 2 * usual ? gap : usual;
            segments.add((now + shift) * SECONDS, Double.isNaN(lasting) ? 0 : lasting * SECONDS, leaf);
        }
    }

    /// The node of a stack; 0 for the root and where there is none.
    private int nodeOf(int stack) {
        if (stack < 0) return 0;
        if (stack >= node.length) {
            bad++;
            return 0;
        }
        int depth = 0;
        int at = stack;
        while (at >= 0 && node[at] == 0) {
            if (depth == path.length) path = Arrays.copyOf(path, depth * 2);
            path[depth++] = at;
            at = tables.prefix(at);
            if (at < -1) bad++;
        }
        int reached = at < 0 ? 0 : Math.max(0, node[at]);
        while (depth > 0) {
            int next = path[--depth];
            int function = names.function(tables.frame(next));
            if (function < 0) bad++;
            else if (tree.size() < room) reached = tree.child(reached, function);
            else full = true;
            node[next] = reached == 0 ? ROOT : reached;
        }
        return reached;
    }

    /// What all samples count together.
    double total() {
        return total;
    }

    /// How many stacks were not what they should be.
    long bad() {
        return bad;
    }

    /// How many samples count less than nothing.
    long negative() {
        return negative;
    }

    /// Whether there are more different stacks than fit.
    boolean full() {
        return full;
    }

    /// The tree.
    StackTree build() {
        return tree.build();
    }

    /// The unit of the events of a kind.
    static Unit unit(GeckoThread.Weight kind) {
        return switch (kind) {
            case SAMPLES -> Unit.SAMPLES;
            case TIME -> Unit.SECONDS;
            case BYTES -> Unit.BYTES;
        };
    }
}
