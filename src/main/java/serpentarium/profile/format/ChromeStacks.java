package serpentarium.profile.format;

import java.util.Arrays;

import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// Makes the tree of one thread of a trace from its events in the order of time.
final class ChromeStacks {
    /// Microseconds by which two events may overlap because their times were rounded to whole nanoseconds.
    private static final double NANOSECONDS = 0.002;
    private static final double SECONDS = 1e-6;

    private final ChromeEvents events;
    private final ChromeSites sites;
    private final ReadWarnings warnings;
    private final int[] openNames;
    private final StackTree.Builder tree = new StackTree.Builder(1);
    private final long room;
    private int[] node = new int[64];
    private int[] site = new int[64];
    private double[] end = new double[64];
    private double[] limit = new double[64];
    private int depth;
    private int begun;
    private double now = Double.NEGATIVE_INFINITY;
    private double total;
    private final Timeline.Builder segments;
    private final double origin;
    private int left = -1;

    /// @param openNames one a name, all 0; all 0 again after [#build(String)]
    /// @param room      how many nodes there may be
    /// @param origin    the time that the timeline counts from
    /// @param segments  how many segments the timeline may have
    ChromeStacks(ChromeEvents events, ChromeSites sites, ReadWarnings warnings, int[] openNames, long room, double origin, int segments) {
        this.events = events;
        this.sites = sites;
        this.warnings = warnings;
        this.room = room;
        this.openNames = openNames;
        this.origin = origin;
        this.segments = new Timeline.Builder(Unit.SECONDS, segments);
    }

    /// The time that all took together, in seconds.
    double total() {
        return total;
    }

    /// Takes an event.
    ///
    /// @param thread the thread's name
    void take(int event, String thread) {
        double at = events.time(event);
        while (depth > 0 && end[depth - 1] <= at) pop(end[depth - 1]);
        if (events.isEnd(event)) {
            end(event, at, thread);
            return;
        }
        if (tree.size() > room) {
            warnings.once("chrome.too-large", 0);
            return;
        }
        double until = events.isBegin(event) ? Double.POSITIVE_INFINITY : at + events.length(event);
        double within = depth == 0 ? Double.POSITIVE_INFINITY : limit[depth - 1];
        if (!events.isBegin(event) && until > within) {
            while (depth > 0 && end[depth - 1] - at <= rounding(at)) pop(at);
            within = depth == 0 ? Double.POSITIVE_INFINITY : limit[depth - 1];
            if (until > within + rounding(at)) warnings.add("chrome.overlap", 0, sites.text(events.site(event)), thread);
            until = Math.min(until, within);
        }
        push(events.site(event), at, until, Math.min(until, within));
    }

    private void end(int event, double at, String thread) {
        int name = events.site(event);
        boolean known = name < 0 || name >= openNames.length ? name < 0 && begun > 0 : openNames[name] > 0;
        if (!known) {
            advance(at);
            warnings.add("chrome.not-open", 0, thread);
            return;
        }
        for (;;) {
            boolean begin = end[depth - 1] == Double.POSITIVE_INFINITY;
            boolean it = begin && (name < 0 || sites.nameOf(site[depth - 1]) == name);
            if (!it && begin) warnings.add("chrome.unbalanced", 0, sites.text(site[depth - 1]), thread);
            else if (!it && end[depth - 1] - at > rounding(at)) warnings.add("chrome.overlap", 0, sites.text(site[depth - 1]), thread);
            pop(at);
            if (it) return;
        }
    }

    /// Times since 1970 in microseconds have no nanoseconds left in a double.
    private static double rounding(double at) {
        return Math.max(NANOSECONDS, 4 * Math.ulp(at));
    }

    private void advance(double at) {
        if (at <= now) return;
        if (depth > 0) {
            double cost = (at - now) * SECONDS;
            tree.addSelf(0, node[depth - 1], cost);
            sites.addSelf(site[depth - 1], cost);
            total += cost;
            segments.add((now - origin) * SECONDS, cost, node[depth - 1]);
        }
        left = -1;
        now = at;
    }

    private void push(int siteId, double at, double until, double within) {
        advance(at);
        if (depth == node.length) {
            node = Arrays.copyOf(node, depth * 2);
            site = Arrays.copyOf(site, depth * 2);
            end = Arrays.copyOf(end, depth * 2);
            limit = Arrays.copyOf(limit, depth * 2);
        }
        node[depth] = tree.child(depth == 0 ? 0 : node[depth - 1], sites.function(siteId));
        if (left == node[depth]) segments.add((at - origin) * SECONDS, 0, depth == 0 ? 0 : node[depth - 1]);
        left = -1;
        site[depth] = siteId;
        end[depth] = until;
        limit[depth++] = within;
        if (until == Double.POSITIVE_INFINITY) {
            openNames[sites.nameOf(siteId)]++;
            begun++;
        }
    }

    private void pop(double at) {
        advance(at);
        depth--;
        left = node[depth];
        if (end[depth] == Double.POSITIVE_INFINITY) {
            openNames[sites.nameOf(site[depth])]--;
            begun--;
        }
    }

    /// The tree, after the last event. What was begun and not ended lasts until then.
    ///
    /// @param thread the thread's name
    StackTree build(String thread) {
        if (begun > 0) warnings.add("chrome.left-open", 0, begun, thread);
        double last = now;
        for (int i = 0; i < depth; i++) if (end[i] != Double.POSITIVE_INFINITY) last = Math.max(last, end[i]);
        while (depth > 0) pop(end[depth - 1] == Double.POSITIVE_INFINITY ? Math.min(last, limit[depth - 1]) : end[depth - 1]);
        return tree.build();
    }

    /// What ran when, after [#build(String)]; [Timeline#NONE] where it has more segments than it may.
    Timeline timeline() {
        return segments.dropped() > 0 ? Timeline.NONE : segments.build();
    }

    /// How many segments did not fit.
    long dropped() {
        return segments.dropped();
    }
}
