package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import serpentarium.profile.StackTree;

/// The stacks of one profile of a speedscope file as a tree whose functions are the file's frame numbers: the table of frames often comes
/// later.
final class SpeedscopeStacks {
    /// Frame numbers are below this.
    static final int MAX_FRAMES = 1 << 24;
    private static final int MAX_SAMPLES = 1 << 26;

    private final JsonInput in;
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
    private boolean evented;

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
    /// @param room how many nodes there may be
    SpeedscopeStacks(JsonInput in, ReadWarnings warnings, Open open, long room) {
        this.open = open;
        this.in = in;
        this.warnings = warnings;
        this.room = room;
    }

    /// Reads the array `samples` that the parser is at.
    void samples() throws IOException {
        JsonParser parser = in.parser();
        if (samples > 0 || !parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int at = parser.isExpectedStartArrayToken() ? stack() : notAStack();
            if (at < 0) skipped++;
            if (samples == MAX_SAMPLES || tree.size() > room) {
                warnings.once("speedscope.too-large", 0);
                continue;
            }
            if (weights >= 0) {
                if (samples < weights) weigh(at, weight[samples]);
            } else {
                if (samples == leaf.length) leaf = Arrays.copyOf(leaf, samples * 2);
                leaf[samples] = at;
            }
            samples++;
        }
    }

    private int notAStack() throws IOException {
        in.parser().skipChildren();
        return -1;
    }

    /// The node that a stack ends at, 0 for an empty one, -1 for one with a number that is no frame's. What it shares with the stack before
    /// is not looked up again.
    private int stack() throws IOException {
        JsonParser parser = in.parser();
        int at = 0;
        int length = 0;
        boolean same = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
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
        JsonParser parser = in.parser();
        if (weights >= 0 || !parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        boolean early = samples == 0;
        if (early) weight = new double[256];
        weights = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
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
        if (at > 0) tree.addSelf(0, at, value);
    }

    /// Reads the array `events` that the parser is at.
    void events() throws IOException {
        JsonParser parser = in.parser();
        if (!parser.isExpectedStartArrayToken()) {
            parser.skipChildren();
            return;
        }
        evented = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!parser.isExpectedStartObjectToken()) {
                parser.skipChildren();
                warnings.addAt("speedscope.bad-event", in.place());
            } else event();
        }
    }

    private void event() throws IOException {
        JsonParser parser = in.parser();
        String type = "";
        int index = -1;
        double at = Double.NaN;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "type" -> type = String.valueOf(in.text());
                case "frame" -> index = in.index(MAX_FRAMES);
                case "at" -> at = in.number();
                default -> parser.skipChildren();
            }
        }
        if (index < 0 || Double.isNaN(at) || !type.equals("O") && !type.equals("C")) {
            warnings.addAt("speedscope.bad-event", in.place());
            return;
        }
        advance(at);
        if (type.equals("O")) open(index);
        else close(index);
    }

    /// Time passes for the frame on top. Exporters that add up floats go back by a trifle now and then.
    private void advance(double at) {
        if (at < now - 1e-6 * Math.max(1, Math.abs(now))) warnings.addAt("speedscope.backwards", in.place());
        if (at > now && depth > 0) tree.addSelf(0, node[depth - 1], at - now);
        if (!(at <= now)) now = at;
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
        frame[depth] = index;
        node[depth] = tree.child(depth == 0 ? 0 : node[depth - 1], index);
        depth++;
    }

    private void close(int index) {
        if (!open.has(index)) {
            warnings.addAt("speedscope.not-open", in.place());
            return;
        }
        if (frame[depth - 1] != index) warnings.addAt("speedscope.unbalanced", in.place());
        int closed;
        do {
            closed = frame[--depth];
            open.remove(closed);
        } while (closed != index);
    }

    /// Whether there was a list of samples or events at all.
    boolean any() {
        return evented || samples > 0;
    }

    /// Whether each sample counts one because the profile has no weights.
    boolean unweighed() {
        return samples > 0 && weights < 0;
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
