package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;

import serpentarium.base.Head;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Reads one file of collapsed stacks. A line is compared with the one before it: only the frames behind what they share are looked up.
final class CollapsedReader {
    private static final int LONGEST_LINE = 32 << 20;
    private static final int NAMED_LINES = 8;

    private final Strings strings;
    private final Source source;
    private final TaskContext context;
    private final CollapsedShape shape;
    private final int events;
    private final CollapsedFrames frames;
    private final CollapsedThreads threads;
    private final ReadWarnings warnings;
    private final double[] costs;
    private final double[] totals;

    private byte[] before = new byte[1024];
    private int beforeLength;
    private int depth;
    private int head;
    private int thread = -1;
    private int[] end = new int[64];
    private int[] node = new int[64];
    private int[] text = new int[64];

    private long good;
    private long bad;
    private final StringJoiner badLines = new StringJoiner(", ");

    CollapsedReader(Strings strings, Source source, TaskContext context) throws IOException {
        this.strings = strings;
        this.source = source;
        this.context = context;
        context.checkpoint();
        shape = CollapsedShape.of(Head.of(source));
        events = shape.eventCount();
        frames = new CollapsedFrames(shape.frames(), events);
        threads = new CollapsedThreads(strings, shape.frames(), events);
        warnings = new ReadWarnings(strings, source.name());
        costs = new double[events];
        totals = new double[events];
    }

    /// Reads it.
    Profile read() throws IOException {
        boolean empty = true;
        try (var in = new LineInput(source, context, LONGEST_LINE)) {
            while (in.next()) {
                empty = false;
                if (in.utf16()) throw new ProblemException(Problem.of(strings, "collapsed.utf16", Place.of(source.name())));
                if (threads.full(in.end() - in.start())) {
                    warnings.add("collapsed.too-large", in.line());
                    break;
                }
                if (in.tooLong()) bad(in.line());
                else line(in.bytes(), in.start(), in.end(), in.line());
            }
        }
        if (good == 0) {
            String problem = empty ? "collapsed.empty" : "collapsed.no-stacks";
            throw new ProblemException(Problem.of(strings, problem, Place.of(source.name())));
        }
        if (bad > 0) warnings.add("collapsed.bad-lines", 0, bad, badLines.toString());
        if (threads.merged()) warnings.add("collapsed.many-threads", 0);
        context.checkpoint();
        List<StackTree> trees = threads.build();
        LineCosts lines = frames.lines();
        var info = new ProfileInfo("collapsed", shape.frames() == CollapsedShape.Frames.AUSTIN ? "austin" : null, null,
                shape.events(strings, totals), threads.infos(trees), warnings.list("collapsed.more"));
        return new Profile.Stacks(info, frames.functions(), lines, trees);
    }

    private void bad(long line) {
        if (bad++ < NAMED_LINES) badLines.add(Long.toString(line));
        else if (bad == NAMED_LINES + 1) badLines.add("…");
    }

    private void line(byte[] b, int from, int to, long line) {
        int s = from;
        int e = to;
        while (e > s && AsciiNumber.blank(b[e - 1])) e--;
        while (s < e && AsciiNumber.blank(b[s])) s++;
        if (s == e || b[s] == '#') return;
        int stack = costs(b, s, e);
        if (stack <= s || !stack(b, s, stack, line)) {
            bad(line);
            return;
        }
        good++;
        int top = depth - 1;
        StackTree.Builder tree = threads.tree(thread);
        for (int i = 0; i < events; i++) {
            tree.addSelf(i, node[top], costs[i]);
            frames.addSelf(text[top], i, costs[i]);
            totals[i] += costs[i];
        }
    }

    /// Reads the numbers at the end of the line into `costs`; where the stack before them ends, -1 when they are not what they should be.
    private int costs(byte[] b, int s, int e) {
        int last = CollapsedShape.lastWord(b, s, e);
        int stack = trimmed(b, s, last);
        if (shape.metric() == CollapsedShape.Metric.FULL) return metrics(b, last, e) ? stack : -1;
        if (!CollapsedShape.count(b, last, e)) return -1;
        costs[events - 1] = AsciiNumber.parse(b, last, e);
        if (events == 2) {
            int first = CollapsedShape.lastWord(b, s, stack);
            if (!CollapsedShape.count(b, first, stack)) return -1;
            costs[0] = AsciiNumber.parse(b, first, stack);
            stack = trimmed(b, s, first);
        }
        return Double.isNaN(costs[0]) || Double.isNaN(costs[events - 1]) ? -1 : stack;
    }

    private boolean metrics(byte[] b, int s, int e) {
        if (!CollapsedShape.metrics(b, s, e)) return false;
        int first = s;
        while (b[first] != ',') first++;
        int second = first + 1;
        while (b[second] != ',') second++;
        double time = AsciiNumber.parse(b, s, first);
        double idle = AsciiNumber.parse(b, first + 1, second);
        double memory = AsciiNumber.parse(b, second + 1, e);
        costs[0] = time;
        costs[1] = idle == 0 ? time : 0;
        costs[2] = Math.max(0, memory);
        return time >= 0 && !Double.isNaN(idle) && !Double.isNaN(memory);
    }

    private static int trimmed(byte[] b, int s, int e) {
        int i = e;
        while (i > s && AsciiNumber.blank(b[i - 1])) i--;
        return i;
    }

    /// Goes down the tree along the frames of `b[s, e)`; false when there are none.
    private boolean stack(byte[] b, int s, int e, long line) {
        int length = e - s;
        int same = Arrays.mismatch(before, 0, beforeLength, b, s, e);
        if (same < 0 && depth > 0) return true;
        if (same < 0) same = 0;
        int kept = depth;
        while (kept > 0 && !(end[kept - 1] < same || end[kept - 1] == same && (same == length || b[s + same] == ';'))) kept--;
        int at;
        if (kept == 0) {
            int headEnd = threads.headEnd(b, s, e);
            head = headEnd - s;
            thread = threads.thread(b, s, headEnd);
            at = headEnd;
        } else at = s + end[kept - 1] + 1;
        depth = kept;
        remember(b, s, e);
        StackTree.Builder tree = threads.tree(thread);
        int current = kept == 0 ? 0 : node[kept - 1];
        while (at < e) {
            int stop = at;
            while (stop < e && b[stop] != ';') stop++;
            if (stop > at) {
                int id = frames.text(b, at, stop);
                if (id < 0) {
                    warnings.once("collapsed.too-many-names", line);
                    depth = 0;
                    return false;
                }
                current = threads.child(tree, current, frames.frame(id));
                push(stop - s, current, id);
            }
            at = stop + 1;
        }
        return depth > 0;
    }

    private void push(int stop, int at, int id) {
        if (depth == end.length) {
            end = Arrays.copyOf(end, depth * 2);
            node = Arrays.copyOf(node, depth * 2);
            text = Arrays.copyOf(text, depth * 2);
        }
        end[depth] = stop;
        node[depth] = at;
        text[depth++] = id;
    }

    private void remember(byte[] b, int s, int e) {
        beforeLength = e - s;
        if (beforeLength > before.length) before = new byte[Math.max(beforeLength, before.length * 2)];
        System.arraycopy(b, s, before, 0, beforeLength);
    }
}
