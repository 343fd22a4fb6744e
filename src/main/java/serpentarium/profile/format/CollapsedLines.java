package serpentarium.profile.format;

import java.io.IOException;
import java.util.Arrays;
import java.util.StringJoiner;

import serpentarium.base.Head;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.Ahead;
import serpentarium.task.TaskContext;

/// Takes the lines of collapsed stacks apart. A line is compared with the one before it: only the frames behind what they share are looked
/// up.
final class CollapsedLines implements Ahead.Maker<CollapsedBatch>, AutoCloseable {
    private static final int LONGEST_LINE = 32 << 20;
    private static final int NAMED_LINES = 8;
    /// Sums of numbers up to this are numbers.
    private static final double LARGEST = 1e290;

    private final CollapsedShape shape;
    private final int events;
    private final LineInput in;
    private final CollapsedFrames frames;
    private final CollapsedThreads threads;
    private final ReadWarnings warnings;
    private final double[] costs;

    private byte[] before = new byte[1024];
    private int beforeLength;
    private int depth;
    private int thread = -1;
    private int[] end = new int[64];
    private int[] text = new int[64];

    private boolean empty = true;
    private long bad;
    private final StringJoiner badLines = new StringJoiner(", ");

    CollapsedLines(Strings strings, Source source, Head head, CollapsedShape shape, ReadWarnings warnings, TaskContext context)
            throws IOException {
        this.shape = shape;
        this.warnings = warnings;
        events = shape.eventCount();
        costs = new double[events];
        frames = new CollapsedFrames(shape.frames());
        threads = new CollapsedThreads(strings, shape.frames());
        long size = Utf16.marks(head) && source.size() >= 0 ? source.size() / 2 : source.size();
        in = new LineInput(Utf16.stream(head, source.open()), size, context, LONGEST_LINE);
    }

    @Override public CollapsedBatch next() throws IOException {
        var batch = new CollapsedBatch(events);
        while (!batch.full() && in.next()) {
            empty = false;
            if (in.tooLong() || !line(batch, in.bytes(), in.start(), in.end(), in.line())) bad(in.line());
        }
        frames.hand(batch);
        return batch.isEmpty() ? null : batch;
    }

    private void bad(long line) {
        if (bad++ < NAMED_LINES) badLines.add(Long.toString(line));
        else if (bad == NAMED_LINES + 1) badLines.add("…");
    }

    /// Reads a line; false where it is no stack.
    private boolean line(CollapsedBatch batch, byte[] b, int from, int to, long line) {
        int s = from;
        int e = to;
        while (e > s && AsciiNumber.blank(b[e - 1])) e--;
        while (s < e && AsciiNumber.blank(b[s])) s++;
        if (s == e || b[s] == '#') return true;
        int stack = costs(b, s, e);
        return stack > s && stack(batch, b, s, stack, line);
    }

    /// Reads the numbers at the end of the line into `costs`; where the stack before them ends, -1 when they are not what they should be.
    private int costs(byte[] b, int s, int e) {
        int last = CollapsedShape.lastWord(b, s, e);
        int stack = trimmed(b, s, last);
        if (shape.metric() == CollapsedShape.Metric.FULL) return metrics(b, last, e) ? stack : -1;
        boolean freed = shape.metric() == CollapsedShape.Metric.MEMORY && b[last] == '-';
        if (!CollapsedShape.count(b, freed ? last + 1 : last, e)) return -1;
        costs[events - 1] = freed ? 0 : AsciiNumber.parse(b, last, e);
        if (events == 2) {
            int first = CollapsedShape.lastWord(b, s, stack);
            if (!CollapsedShape.count(b, first, stack)) return -1;
            costs[0] = AsciiNumber.parse(b, first, stack);
            stack = trimmed(b, s, first);
        }
        return costs[0] <= LARGEST && costs[events - 1] <= LARGEST ? stack : -1;
    }

    private boolean metrics(byte[] b, int s, int e) {
        if (!CollapsedShape.metrics(b, s, e)) return false;
        int first = ByteSearch.find(b, s, e, ',');
        int second = ByteSearch.find(b, first + 1, e, ',');
        double time = AsciiNumber.parse(b, s, first);
        double idle = AsciiNumber.parse(b, first + 1, second);
        double memory = AsciiNumber.parse(b, second + 1, e);
        costs[0] = time;
        costs[1] = idle == 0 ? time : 0;
        costs[2] = Math.max(0, memory);
        return time >= 0 && time <= LARGEST && !Double.isNaN(idle) && memory <= LARGEST;
    }

    private static int trimmed(byte[] b, int s, int e) {
        int i = e;
        while (i > s && AsciiNumber.blank(b[i - 1])) i--;
        return i;
    }

    /// Adds the frames of `b[s, e)`; false when there are none.
    private boolean stack(CollapsedBatch batch, byte[] b, int s, int e, long line) {
        int length = e - s;
        int same = Arrays.mismatch(before, 0, beforeLength, b, s, e);
        if (same < 0) same = length;
        int kept = depth;
        while (kept > 0 && !(end[kept - 1] < same || end[kept - 1] == same && (same == length || b[s + same] == ';'))) kept--;
        int at;
        if (kept == 0) {
            at = threads.headEnd(b, s, e);
            thread = threads.thread(b, s, at);
        } else at = s + end[kept - 1] + 1;
        depth = kept;
        if (length > same || length != beforeLength) remember(b, s, e);
        batch.begin(kept, thread);
        while (at < e) {
            int stop = ByteSearch.find(b, at, e, ';');
            if (stop > at) {
                int id = frames.text(b, at, stop);
                if (id < 0) {
                    warnings.once("collapsed.too-many-names", line);
                    batch.drop(depth - kept);
                    depth = 0;
                    return false;
                }
                batch.frame(frames.frame(id));
                push(stop - s, id);
            }
            at = stop + 1;
        }
        if (depth == 0) {
            batch.drop(0);
            return false;
        }
        batch.end(text[depth - 1], depth - kept, line, costs);
        return true;
    }

    private void push(int stop, int id) {
        if (depth == end.length) {
            end = Arrays.copyOf(end, depth * 2);
            text = Arrays.copyOf(text, depth * 2);
        }
        end[depth] = stop;
        text[depth++] = id;
    }

    private void remember(byte[] b, int s, int e) {
        beforeLength = e - s;
        if (beforeLength > before.length) before = new byte[Math.max(beforeLength, before.length * 2)];
        System.arraycopy(b, s, before, 0, beforeLength);
    }

    /// The functions.
    CollapsedFrames frames() {
        return frames;
    }

    /// The threads.
    CollapsedThreads threads() {
        return threads;
    }

    /// Whether the file had no line at all.
    boolean empty() {
        return empty;
    }

    /// How many lines are no stacks.
    long bad() {
        return bad;
    }

    /// The numbers of the first of these.
    String badLines() {
        return badLines.toString();
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
