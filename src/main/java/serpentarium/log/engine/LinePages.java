package serpentarium.log.engine;

import java.io.IOException;
import java.util.Arrays;
import serpentarium.log.TextEncoding;

/// The lines of one file by their number or their place, a screen at a time, while its index may still be growing. Safe to use from any thread; a page
/// costs two or three reads of some kilobytes.
public final class LinePages {
    /// How many bytes of a line are kept where nothing else is said.
    public static final int KEPT = 16 << 10;
    private static final int STEP = 32 << 10;
    /// How far a run of zero bytes is followed before a line is taken to be nothing else.
    private static final long LONGEST_ZEROS = 64L << 20;

    private final LogBytes bytes;
    private final LineIndex index;
    private final TextEncoding encoding;

    /// @param index the lines of these bytes
    public LinePages(LogBytes bytes, LineIndex index) {
        this.bytes = bytes;
        this.index = index;
        encoding = index.encoding();
    }

    /// What the lines lie in.
    public LogBytes bytes() {
        return bytes;
    }

    /// Where the lines are.
    public LineIndex index() {
        return index;
    }

    /// The lines `first…first + count - 1`, fewer where the index ends.
    public LinePage page(long first, int count) throws IOException {
        return page(first, count, KEPT);
    }

    /// @param kept how many bytes of each line are kept at most
    public LinePage page(long first, int count, int kept) throws IOException {
        long lines = index.lines();
        if (first < 0 || first >= lines || count <= 0) return LinePage.none(encoding);
        return collect(first, offset(first), index.bytes(), (int) Math.min(count, lines - first), kept);
    }

    /// Where a line begins. The number may be that of the line after the last one.
    ///
    /// @throws IndexOutOfBoundsException where the index does not know it
    public long offset(long line) throws IOException {
        if (line == 0) return Math.min(encoding.mark(), index.bytes());
        long newline = line - 1;
        if (line < 0 || newline >= index.newlines()) {
            if (line == index.lines()) return index.bytes();
            throw new IndexOutOfBoundsException("line " + line + " of " + index.lines());
        }
        long page = index.pageOf(newline);
        byte[] some = bytes.some(page, LineIndex.PAGE);
        int at = NewlineCount.find(some, 0, some.length, (int) (newline - index.before(page)), encoding.unit(), encoding.little());
        // Bytes that were cut or written over since they were counted.
        return at < 0 ? Math.min(page + LineIndex.PAGE, index.bytes()) : page + at + encoding.unit();
    }

    /// The number of the line that a place is in; -1 where it lies behind what the index knows.
    public long lineAt(long offset) throws IOException {
        if (offset < 0 || offset > index.bytes()) return -1;
        long page = offset - offset % LineIndex.PAGE;
        long before = index.before(page);
        if (offset == page) return before;
        byte[] some = bytes.some(page, (int) (offset - page));
        return before + NewlineCount.of(some, 0, some.length, encoding.unit(), encoding.little());
    }

    /// Lines from the one on that a place is in, whether or not the index has come that far; their numbers are known only if it has.
    public LinePage from(long offset, int count) throws IOException {
        long end = bytes.size();
        long start = offset >= end ? end : startBefore(offset, 1);
        return start >= end ? LinePage.none(encoding) : collect(lineAt(start), start, end, count, KEPT);
    }

    /// The last lines before a place, for the end of a file that is not indexed yet. What stands at the place itself is not one of them.
    public LinePage before(long offset, int count) throws IOException {
        long end = Math.min(offset, bytes.size());
        if (end <= encoding.mark() || count <= 0) return LinePage.none(encoding);
        boolean closed = NewlineCount.last(bytes.some(end - encoding.unit(), encoding.unit()), 0, encoding.unit(), encoding.unit(), encoding.little()) >= 0;
        long start = startBefore(closed ? end - encoding.unit() : end, count);
        return collect(lineAt(start), start, end, count, KEPT);
    }

    /// The start of the `count`th line before a place, where 1 is the line that the byte before it is in.
    private long startBefore(long offset, int count) throws IOException {
        int left = count;
        long end = offset - offset % encoding.unit();
        byte[] some = new byte[STEP];
        while (end > 0) {
            long from = Math.max(0, end - STEP);
            int got = bytes.read(from, some, 0, (int) (end - from));
            for (int to = got; ; left--) {
                int at = NewlineCount.last(some, 0, to, encoding.unit(), encoding.little());
                if (at < 0) break;
                if (left == 1) return from + at + encoding.unit();
                to = at;
            }
            end = from;
        }
        return encoding.mark();
    }

    private LinePage collect(long first, long start, long end, int count, int kept) throws IOException {
        var lines = new Lines(count, first, encoding);
        byte[] some = new byte[STEP];
        long at = start;
        while (lines.count < count && at < end) {
            int got = bytes.read(at, some, 0, (int) Math.min(STEP, end - at));
            if (got <= 0) break;
            int i = 0;
            while (lines.count < count) {
                int feed = NewlineCount.first(some, i, got, encoding.unit(), encoding.little());
                if (feed < 0) break;
                line(lines, at + i, at + feed, some, at, kept);
                i = feed + encoding.unit();
            }
            if (lines.count == count) break;
            if (i == 0) {
                // A line of more than a step, or the last one.
                long feed = end(at, end);
                line(lines, at, feed, some, at, kept);
                at = feed + encoding.unit();
            } else if (at + got >= end || got < STEP) {
                if (i < got) line(lines, at + i, at + got, some, at, kept);
                break;
            } else at += i;
        }
        return lines.page();
    }

    /// Where the line feed after a place is, by the index where it knows; `end` where there is none.
    private long end(long from, long end) throws IOException {
        long line = lineAt(from);
        if (line >= 0 && line < index.newlines()) return offset(line + 1) - encoding.unit();
        byte[] some = new byte[STEP];
        for (long at = line >= 0 ? Math.max(from, index.bytes() - index.bytes() % encoding.unit()) : from; at < end; ) {
            int got = bytes.read(at, some, 0, (int) Math.min(STEP, end - at));
            if (got <= 0) return at;
            int feed = NewlineCount.first(some, 0, got, encoding.unit(), encoding.little());
            if (feed >= 0) return at + feed;
            at += got;
        }
        return end;
    }

    private void line(Lines lines, long from, long feed, byte[] known, long base, int kept) throws IOException {
        long zeros = feed > from && byteAt(from, known, base) == 0 && (encoding.unit() == 1 || byteAt(from + 1, known, base) == 0) ? zeros(from, feed) : 0;
        long text = from + zeros;
        int keep = (int) Math.min(feed - text, kept);
        int at = lines.room(keep);
        if (text >= base && text + keep <= base + known.length) System.arraycopy(known, (int) (text - base), lines.bytes, at, keep);
        else keep = bytes.read(text, lines.bytes, at, keep);
        boolean whole = keep == feed - text;
        int end = whole ? withoutReturn(lines.bytes, at, at + keep) : at + keep;
        lines.add(from, feed - from - (at + keep - end), zeros, end);
    }

    private byte byteAt(long offset, byte[] known, long base) throws IOException {
        if (offset - base < known.length) return known[(int) (offset - base)];
        byte[] one = bytes.some(offset, 1);
        return one.length == 0 ? 0 : one[0];
    }

    private int withoutReturn(byte[] text, int from, int to) {
        if (encoding.unit() == 1) return to > from && text[to - 1] == '\r' ? to - 1 : to;
        int high = encoding.little() ? 1 : 0;
        return to - from >= 2 && text[to - 1 - high] == '\r' && text[to - 2 + high] == 0 ? to - 2 : to;
    }

    private long zeros(long from, long end) throws IOException {
        byte[] some = new byte[STEP];
        for (long at = from; at < end && at - from < LONGEST_ZEROS; ) {
            int got = bytes.read(at, some, 0, (int) Math.min(STEP, end - at));
            for (int i = 0; i < got; i++) if (some[i] != 0) return at + i - from - (at + i - from) % encoding.unit();
            if (got <= 0) break;
            at += got;
        }
        return end - from;
    }

    /// Lines as they are put together.
    private static final class Lines {
        private final long first;
        private final TextEncoding encoding;
        private long[] offsets;
        private long[] lengths;
        private long[] zeros;
        private int[] starts;
        private byte[] bytes = new byte[4096];
        private int count;

        Lines(int most, long first, TextEncoding encoding) {
            this.first = first;
            this.encoding = encoding;
            int room = Math.min(most, 256);
            offsets = new long[room];
            lengths = new long[room];
            zeros = new long[room];
            starts = new int[room + 1];
        }

        /// Where the next line's bytes go, after making room for them.
        int room(int size) {
            if (count == offsets.length) {
                int room = count * 2;
                offsets = Arrays.copyOf(offsets, room);
                lengths = Arrays.copyOf(lengths, room);
                zeros = Arrays.copyOf(zeros, room);
                starts = Arrays.copyOf(starts, room + 1);
            }
            int at = starts[count];
            if (bytes.length - at < size) bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, at + size));
            return at;
        }

        void add(long offset, long length, long zero, int end) {
            offsets[count] = offset;
            lengths[count] = length;
            zeros[count] = zero;
            starts[++count] = end;
        }

        LinePage page() {
            return new LinePage(first, count, Arrays.copyOf(offsets, count), Arrays.copyOf(lengths, count), Arrays.copyOf(bytes, starts[count]),
                    Arrays.copyOf(starts, count + 1), Arrays.copyOf(zeros, count), encoding);
        }
    }
}
