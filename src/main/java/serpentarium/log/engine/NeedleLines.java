package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import serpentarium.task.TaskContext;

/// The lines of a stretch that have one of some texts, as long as they are few.
final class NeedleLines {
    private static final ByteNeedle ESCAPE = new ByteNeedle(new byte[] {0x1b}, false);
    private static final ByteNeedle ZERO = new ByteNeedle(new byte[] {0}, false);

    private final List<ByteNeedle> needles;
    private final LogPart part;
    private final int most;
    private long[] lines = new long[64];
    private int count;
    private boolean many;

    /// @param needles in an encoding of one byte a letter, or UTF-8
    /// @param most    how many lines are few
    NeedleLines(List<ByteNeedle> needles, LogPart part, int most) {
        this.needles = needles;
        this.part = part;
        this.most = most;
    }

    /// Looks at the lines `from…to - 1`.
    ///
    /// @return false where they are not few, or texts may be torn by colours or zero bytes
    boolean find(long from, long to, LineIndex.Known known, BufferPool pool, TaskContext context) throws IOException {
        long begin = part.pages().offset(from);
        long stop = part.pages().offset(to);
        long page = begin - begin % LineIndex.PAGE;
        LineWindow.visit(part.pages(), page, Math.min(stop, known.bytes()), known.bytes(), pool, context, (bytes, start, end, line) -> {
            if (ESCAPE.find(bytes, start, end) >= 0 || ZERO.find(bytes, start, end) >= 0) many = true;
            else for (ByteNeedle needle : needles) look(needle, bytes, start, end, line, from, to);
            return !many;
        });
        if (many) return false;
        if (needles.size() > 1) Arrays.sort(lines, 0, count);
        return true;
    }

    private void look(ByteNeedle needle, byte[] bytes, int from, int to, long first, long least, long behind) {
        long line = first;
        int counted = from;
        for (int at = from; !many && (at = needle.find(bytes, at, to)) >= 0; ) {
            line += NewlineCount.of(bytes, counted, at, 1, false);
            counted = at;
            if (line >= least && line < behind) add(line);
            int feed = NewlineCount.first(bytes, at, to, 1, false);
            if (feed < 0) return;
            at = feed + 1;
        }
    }

    private void add(long line) {
        if (count > 0 && lines[count - 1] == line) return;
        if (count == most) {
            many = true;
            return;
        }
        if (count == lines.length) lines = Arrays.copyOf(lines, count * 2);
        lines[count++] = line;
    }

    int count() {
        return count;
    }

    long line(int number) {
        return lines[number];
    }
}
