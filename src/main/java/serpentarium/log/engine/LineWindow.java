package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;
import serpentarium.task.TaskContext;

/// Gives the lines that begin in a stretch of bytes, in windows of whole lines that fit a core's cache. A line of more than 16 MiB comes in several
/// windows that overlap.
final class LineWindow {
    private static final int ROOM = 1 << 18;
    private static final int MOST = 16 << 20;
    private static final int OVERLAP = 1 << 12;

    /// What is done with lines.
    interface Visitor {
        /// Takes whole lines.
        ///
        /// @param bytes where they are, from `from` to `to`
        /// @param line  the number of the first
        /// @return whether to go on
        boolean lines(byte[] bytes, int from, int to, long line);
    }

    private LineWindow() {}

    /// @param start where the stretch begins, a multiple of [LineIndex#PAGE]
    /// @param stop  where it ends: lines that begin before it belong to it
    /// @param end   where the log ends
    static void visit(LinePages pages, long start, long stop, long end, BufferPool pool, TaskContext context, Visitor visitor) throws IOException {
        LogBytes log = pages.bytes();
        LineIndex index = pages.index();
        int unit = index.encoding().unit();
        boolean little = index.encoding().little();
        byte[] buffer = pool.take();
        long position = start == 0 ? index.encoding().mark() : start - unit;
        long line = start == 0 ? 0 : index.before(start) - 1;
        boolean inside = start > 0;
        boolean continued = false;
        int have = 0;
        try {
            while (position < stop || (inside || continued) && position < end) {
                context.checkpoint();
                int got = log.scan(position + have, buffer, have, (int) Math.min(buffer.length - have, end - position - have));
                have += Math.max(0, got);
                boolean whole = got <= 0 || position + have >= end;
                if (inside) {
                    // The line that begins before the stretch belongs to the one before; the byte before the stretch may be its end.
                    int feed = NewlineCount.first(buffer, 0, have, unit, little);
                    if (feed < 0 || position + feed + unit >= stop) {
                        if (feed >= 0 || whole || position + have >= stop) return;
                        position += have;
                        have = 0;
                        continue;
                    }
                    // The counter stands before the line feed that is this very byte, or one behind the start.
                    line = index.before(start) + (position + feed < start ? 0 : 1);
                    have -= feed + unit;
                    System.arraycopy(buffer, feed + unit, buffer, 0, have);
                    position += feed + unit;
                    inside = false;
                }
                int to = whole ? have : NewlineCount.last(buffer, 0, have, unit, little) + unit;
                if (to < unit && !whole && have < buffer.length) continue;
                if (to < unit && !whole && buffer.length < MOST && have == buffer.length) {
                    buffer = Arrays.copyOf(buffer, buffer.length * 4);
                    continue;
                }
                boolean split = to < unit && !whole;
                if (split) to = have;
                if (position + to > stop) {
                    // The line feed that ends the last line which begins before the stop.
                    int feed = NewlineCount.first(buffer, (int) Math.max(0, stop - position - unit), to, unit, little);
                    if (feed >= 0) {
                        to = feed + unit;
                        split = false;
                    }
                }
                if (to > 0 && !visitor.lines(buffer, 0, to, line)) return;
                if (whole && to == have) return;
                // What the index has counted is not counted again.
                long page = position + to - (position + to) % LineIndex.PAGE;
                if (page > position) line = index.before(page) + NewlineCount.of(buffer, (int) (page - position), to, unit, little);
                else line += NewlineCount.of(buffer, 0, to, unit, little);
                int next = split ? to - OVERLAP : to;
                System.arraycopy(buffer, next, buffer, 0, have - next);
                position += next;
                have -= next;
                continued = split;
            }
        } finally {
            if (buffer.length == ROOM) pool.give(buffer);
        }
    }

    /// Buffers for threads that visit.
    static BufferPool pool() {
        return new BufferPool(ROOM);
    }
}
