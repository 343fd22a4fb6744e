package serpentarium.traffic.analysis;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import serpentarium.task.TaskContext;
import serpentarium.task.WatchedText;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.FlowFilter.TextTest;

/// What one thread needs while it looks at rows: where it reads, what it read last, and buffers that are used again.
final class RowReader {
    /// Which text of a row's list is looked at.
    enum Line { PATH, URL, TITLE }

    final FlowTable table;
    final FlowContent content;
    final TaskContext context;
    private final BodyTest[] bodies;
    private final List<TextTest> bodyTests;
    private int flowRow = -1;
    private Flow flow;
    private byte[][] texts = new byte[0][];
    private byte[] line = new byte[512];
    private final PlainLine plain;
    private final Map<Pattern, Matcher> matchers = new IdentityHashMap<>();

    /// @param bodyTests what bodies are asked for
    RowReader(FlowTable table, FlowContent content, TaskContext context, List<TextTest> bodyTests) {
        this.table = table;
        this.content = content;
        this.context = context;
        this.bodyTests = bodyTests;
        bodies = new BodyTest[bodyTests.size()];
        plain = new PlainLine(context);
    }

    /// A row's record, read once for all that need it.
    Flow flow(int row) throws IOException {
        if (flowRow != row) {
            flow = content.flow(row);
            flowRow = row;
        }
        return flow;
    }

    /// A test of bodies with the buffers of this thread.
    BodyTest body(int number) {
        if (bodies[number] == null) bodies[number] = BodyTest.of(bodyTests.get(number), context);
        return bodies[number];
    }

    /// Puts a text of a row's list together.
    ///
    /// @return how many bytes of [#line()] it is
    int line(int row, Line which) {
        int size = 0;
        if (which == Line.TITLE && table.method(row) >= 0) {
            size = put(text(table.method(row)), size);
            line[size++] = ' ';
        }
        if (which != Line.PATH && table.origin(row) >= 0) size = put(text(table.origin(row)), size);
        int length = table.path(row, line, size);
        if (length > line.length - size) {
            line = Arrays.copyOf(line, size + length);
            table.path(row, line, size);
        }
        return size + length;
    }

    private int put(byte[] bytes, int at) {
        if (at + bytes.length + 1 > line.length) line = Arrays.copyOf(line, (at + bytes.length + 1) * 2);
        System.arraycopy(bytes, 0, line, at, bytes.length);
        return at + bytes.length;
    }

    private byte[] text(int number) {
        if (number >= texts.length) texts = Arrays.copyOf(texts, Math.max(number + 1, table.texts()));
        if (texts[number] == null) texts[number] = WireText.encode(table.text(number));
        return texts[number];
    }

    /// Where [#line(int, Line)] puts a text.
    byte[] line() {
        return line;
    }

    /// What [#line(int, Line)] put there as a text.
    String decoded(int size) {
        return WireText.decode(line, 0, size);
    }

    /// Whether a pattern matches a part of what [#line(int, Line)] put there.
    boolean matches(Pattern pattern, int size) {
        Matcher matcher = matchers.computeIfAbsent(pattern, one -> one.matcher(""));
        int all = 0;
        for (int i = 0; i < size; i++) all |= line[i];
        return matcher.reset(all < 0 ? new WatchedText(decoded(size), context) : plain.of(line, size)).find();
    }

    /// ASCII as a text where it lies; a pattern that takes long on it can be cancelled.
    private static final class PlainLine implements CharSequence {
        private static final int EVERY = 1 << 14;

        private final TaskContext context;
        private byte[] bytes;
        private int length;
        private int looked;

        PlainLine(TaskContext context) {
            this.context = context;
        }

        PlainLine of(byte[] line, int size) {
            bytes = line;
            length = size;
            return this;
        }

        @Override public char charAt(int index) {
            if ((++looked & EVERY - 1) == 0 && context.cancelled()) throw new CancellationException();
            return (char) bytes[index];
        }

        @Override public int length() {
            return length;
        }

        @Override public CharSequence subSequence(int start, int end) {
            return toString().substring(start, end);
        }

        @Override public String toString() {
            return new String(bytes, 0, length, StandardCharsets.US_ASCII);
        }
    }
}
