package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;

import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;

/// The stacks of one profile of a speedscope file as a tree whose functions are the file's frame numbers: the table of frames often comes
/// later.
final class SpeedscopeStacks {
    /// Frame numbers are below this.
    static final int MAX_FRAMES = 1 << 24;
    private static final int MAX_SAMPLES = 1 << 26;
    private static final int MAX_NODES = 64_000_000;
    /// What a node takes while its tree grows and is then made anew over functions.
    private static final int NODE_BYTES = 100;
    /// What a segment of time takes on the same way.
    private static final int SEGMENT_BYTES = 70;

    private static final byte[] TYPE = {'t', 'y', 'p', 'e'};
    private static final byte[] FRAME = {'f', 'r', 'a', 'm', 'e'};
    private static final byte[] AT = {'a', 't'};

    private final JsonBytes in;
    private final ReadWarnings warnings;
    private final long room;
    private final Open open;
    private final StackTree.Builder tree = new StackTree.Builder(1);

    private int[] leaf = new int[256];
    private int samples;
    private double[] weight;
    private int weights = -1;
    private long weighed;
    private long skipped;

    private int[] pathNode = new int[64];
    private int[] pathFrame = new int[64];
    private int pathDepth;

    private int[] node = new int[64];
    private int[] frame = new int[64];
    private int depth;
    private double now = Double.NaN;
    private boolean closed;
    private boolean evented;

    private final long memory;
    private Timeline.Builder times;
    private double clock;

    /// How often each frame is open: one for all profiles of a file, one after another.
    static final class Open {
        private int[] counts = new int[64];

        private void add(int index) {
            if (index >= counts.length) counts = Arrays.copyOf(counts, Math.min(MAX_FRAMES, Math.max(index + 1, counts.length * 2)));
            counts[index]++;
        }

        private void remove(int index) {
            counts[index]--;
        }

        private boolean has(int index) {
            return index < counts.length && counts[index] > 0;
        }
    }

    /// @param open nothing may be open
    /// @param memory how many bytes there are for it
    /// @param timed  whether the order of time is wanted
    SpeedscopeStacks(JsonBytes in, ReadWarnings warnings, Open open, long memory, boolean timed) {
        this.memory = memory;
        room = Math.min(MAX_NODES, memory / NODE_BYTES);
        times = timed ? new Timeline.Builder(Unit.COUNT, Timeline.Builder.MOST) : null;
        this.open = open;
        this.in = in;
        this.warnings = warnings;
    }

    /// Reads the array `samples` that the parser is at.
    void samples() throws IOException {
        if (samples > 0) in.skip();
        else if (in.array()) while (in.element()) sample();
    }

    private void sample() throws IOException {
        int at = in.array() ? stack() : -1;
        if (at < 0) skipped++;
        if (samples == MAX_SAMPLES || tree.size() > room) {
            warnings.once("speedscope.too-large", 0);
            return;
        }
        if (weights >= 0) {
            if (samples < weights) weigh(at, weight[samples]);
        } else {
            if (samples == leaf.length) leaf = Arrays.copyOf(leaf, samples + (samples >> 1));
            leaf[samples] = at;
        }
        samples++;
    }

    /// The node that a stack ends at, 0 for an empty one, -1 for one with a number that is no frame's. What it shares with the stack before
    /// is not looked up again.
    private int stack() throws IOException {
        int at = 0;
        int length = 0;
        boolean same = true;
        while (in.element()) {
            int index = in.index(MAX_FRAMES);
            if (index < 0) {
                if (at >= 0) warnings.addAt("speedscope.bad-frame", in.place());
                at = -1;
            } else if (at >= 0 && tree.size() <= room) {
                same = same && length < pathDepth && pathFrame[length] == index;
                if (!same) {
                    if (length == pathNode.length) widen();
                    pathFrame[length] = index;
                    pathNode[length] = tree.child(at, index);
                }
                at = pathNode[length++];
            }
        }
        pathDepth = length;
        return at;
    }

    private void widen() {
        pathNode = Arrays.copyOf(pathNode, pathNode.length * 2);
        pathFrame = Arrays.copyOf(pathFrame, pathNode.length);
    }

    /// Reads the array `weights` that the parser is at.
    void weights() throws IOException {
        if (weights >= 0) {
            in.skip();
            return;
        }
        if (!in.array()) return;
        boolean early = samples == 0;
        if (early) weight = new double[256];
        weights = 0;
        while (in.element()) {
            double value = in.number();
            if (!(value >= 0)) {
                warnings.addAt("speedscope.bad-weight", in.place());
                value = 0;
            }
            if (weights == MAX_SAMPLES) continue;
            if (!early) {
                if (weights < samples) weigh(leaf[weights], value);
            } else {
                if (weights == weight.length) weight = Arrays.copyOf(weight, weights * 2);
                weight[weights] = value;
            }
            weights++;
        }
    }

    private void weigh(int at, double value) {
        weighed++;
        if (at > 0) {
            tree.addSelf(0, at, value);
            time(clock, value, at);
        }
        clock += value;
    }

    /// Adds to the order of time while there is room for it.
    private void time(double from, double lasting, int at) {
        if (times == null) return;
        times.add(from, lasting, at);
        if ((long) times.size() * SEGMENT_BYTES + (long) tree.size() * NODE_BYTES > memory) times = null;
    }

    /// Reads the array `events` that the parser is at.
    void events() throws IOException {
        if (!in.array()) return;
        evented = true;
        while (in.element()) {
            if (in.object()) event();
            else warnings.addAt("speedscope.bad-event", in.place());
        }
    }

    private void event() throws IOException {
        int type = -1;
        int index = -1;
        double at = Double.NaN;
        while (in.key()) {
            if (in.is(TYPE)) type = in.character();
            else if (in.is(FRAME)) index = in.index(MAX_FRAMES);
            else if (in.is(AT)) at = in.number();
            else in.skip();
        }
        if (index < 0 || Double.isNaN(at) || type != 'O' && type != 'C') {
            warnings.addAt("speedscope.bad-event", in.place());
            return;
        }
        advance(at);
        if (type == 'O') open(index);
        else close(index);
    }

    /// Time passes for the frame on top. Exporters that add up floats go back by a trifle now and then.
    private void advance(double at) {
        if (at < now - 1e-6 * Math.max(1, Math.abs(now))) warnings.addAt("speedscope.backwards", in.place());
        if (at <= now) return;
        if (depth > 0) {
            tree.addSelf(0, node[depth - 1], at - now);
            time(now, at - now, node[depth - 1]);
        }
        closed = false;
        now = at;
    }

    private void open(int index) {
        if (tree.size() > room) {
            warnings.once("speedscope.too-large", 0);
            return;
        }
        if (depth == node.length) {
            node = Arrays.copyOf(node, depth * 2);
            frame = Arrays.copyOf(frame, depth * 2);
        }
        open.add(index);
        int above = depth == 0 ? 0 : node[depth - 1];
        // Without a moment of the caller between them two calls of the same function would look like one.
        if (closed) time(now, 0, above);
        closed = false;
        frame[depth] = index;
        node[depth++] = tree.child(above, index);
    }

    private void close(int index) {
        if (!open.has(index)) {
            warnings.addAt("speedscope.not-open", in.place());
            return;
        }
        if (frame[depth - 1] != index) warnings.addAt("speedscope.unbalanced", in.place());
        int top;
        do {
            top = frame[--depth];
            open.remove(top);
        } while (top != index);
        closed = true;
    }

    /// Whether there was a list of samples or events at all.
    boolean any() {
        return evented || samples > 0;
    }

    /// Whether each sample counts one because the profile has no weights.
    boolean unweighed() {
        return samples > 0 && weights < 0;
    }

    /// Whether times count from somewhere, and not from the beginning of the profile.
    boolean timed() {
        return evented;
    }

    /// The order of time over the tree's nodes, in the file's unit, after [#build(double)]; null when there was no room.
    Timeline times() {
        return times == null ? null : times.build();
    }

    /// The tree, after the last of the profile.
    ///
    /// @param end when it ended; NaN when the file does not say
    StackTree build(double end) {
        if (unweighed()) for (int i = 0; i < samples; i++) weigh(leaf[i], 1);
        if (depth > 0) {
            if (end > now) advance(end);
            warnings.add("speedscope.left-open", 0, depth);
            while (depth > 0) open.remove(frame[--depth]);
        }
        if (weighed < samples) warnings.add("speedscope.no-weight", 0, samples - weighed);
        if (skipped > 0) warnings.add("speedscope.skipped", 0, skipped);
        return tree.build();
    }
}
