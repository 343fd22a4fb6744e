package serpentarium.profile.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;

/// Writes the order of time of a thread as speedscope's events: what opened and closed when.
final class SpeedscopeOrder {
    private final StackTree tree;
    private final Timeline time;
    private final JsonGenerator json;
    private final Runnable step;
    private final int[] depth;
    private int[] open = new int[64];

    /// @param step is called for each segment
    SpeedscopeOrder(StackTree tree, Timeline time, JsonGenerator json, Runnable step) {
        this.tree = tree;
        this.time = time;
        this.json = json;
        this.step = step;
        depth = new int[tree.size()];
        for (int node = 1; node < depth.length; node++) depth[node] = depth[tree.parent(node)] + 1;
    }

    /// Writes `startValue`, `endValue` and `events`.
    void write() throws IOException {
        SpeedscopeWriter.number(json, "startValue", time.start(0));
        SpeedscopeWriter.number(json, "endValue", time.end(time.size() - 1));
        json.writeArrayFieldStart("events");
        int at = 0;
        double until = time.start(0);
        for (int segment = 0; segment < time.size(); segment++) {
            step.run();
            double start = time.start(segment);
            // What is not covered by a segment is not known: nothing is open then.
            if (start > until && at != 0) {
                close(at, 0, until);
                at = 0;
            }
            int next = time.node(segment);
            int common = common(at, next);
            close(at, common, start);
            open(common, next, start);
            at = next;
            until = time.end(segment);
        }
        close(at, 0, until);
        json.writeEndArray();
    }

    private int common(int a, int b) {
        int one = a;
        int other = b;
        while (depth[one] > depth[other]) one = tree.parent(one);
        while (depth[other] > depth[one]) other = tree.parent(other);
        while (one != other) {
            one = tree.parent(one);
            other = tree.parent(other);
        }
        return one;
    }

    private void close(int from, int to, double when) throws IOException {
        for (int node = from; node != to; node = tree.parent(node)) event("C", node, when);
    }

    private void open(int from, int to, double when) throws IOException {
        int count = 0;
        for (int node = to; node != from; node = tree.parent(node)) {
            if (count == open.length) open = Arrays.copyOf(open, count * 2);
            open[count++] = node;
        }
        while (count > 0) event("O", open[--count], when);
    }

    private void event(String type, int node, double when) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeNumberField("frame", tree.frame(node));
        SpeedscopeWriter.number(json, "at", when);
        json.writeEndObject();
    }
}
