package serpentarium.log.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import serpentarium.log.TextEncoding;

/// Where the lines of a log are, as the number of line feeds in each page of 16 KiB: two bytes a page and a sum of eight bytes for each 64 pages, which
/// is 1.3 MB for 10 GB whatever its lines are like. A line is found by its number by looking for its page and reading that; the number of a place in
/// the bytes is found the same way.
///
/// One thread adds to it at a time; any may ask at any moment, and sees all that was added before: [#bytes()] is how far that is.
public final class LineIndex {
    /// Bytes of a page.
    static final int PAGE = 1 << 14;
    private static final int PAGE_BITS = 14;
    private static final int GROUP_BITS = 6;
    private static final int BLOCK_BITS = 12;
    private static final int BLOCK_GROUPS = 1 << BLOCK_BITS - GROUP_BITS;
    private static final View EMPTY = new View(new char[0][], new long[0][], 0, 0, false);

    private final TextEncoding encoding;
    private volatile View view = EMPTY;

    /// What is known at one moment. A page's count changes after that only while it is the last page.
    ///
    /// @param counts   line feeds of each page, in blocks
    /// @param sums     line feeds before each group of pages, in blocks
    /// @param bytes    how many bytes were looked at
    /// @param newlines how many line feeds are in them
    /// @param open     whether something follows the last line feed
    private record View(char[][] counts, long[][] sums, long bytes, long newlines, boolean open) {
        int pages() {
            return (int) (bytes + PAGE - 1 >>> PAGE_BITS);
        }

        int count(int page) {
            return counts[page >>> BLOCK_BITS][page & (1 << BLOCK_BITS) - 1];
        }

        long sum(int group) {
            return sums[group / BLOCK_GROUPS][group % BLOCK_GROUPS];
        }

        long before(int page) {
            int group = page >>> GROUP_BITS;
            long sum = sum(group);
            for (int p = group << GROUP_BITS; p < page; p++) sum += count(p);
            return sum;
        }
    }

    /// The line feeds of some bytes that follow one another.
    ///
    /// @param from   where they begin
    /// @param to     where they end
    /// @param counts of each page that they touch
    /// @param open   whether the last letter is none
    record Piece(long from, long to, char[] counts, boolean open) {}

    /// An empty index.
    public LineIndex(TextEncoding encoding) {
        this.encoding = encoding;
    }

    /// What a line feed is.
    public TextEncoding encoding() {
        return encoding;
    }

    /// How many bytes were looked at.
    public long bytes() {
        return view.bytes();
    }

    /// How many line feeds are in them.
    public long newlines() {
        return view.newlines();
    }

    /// How many lines there are, the last one without a line feed with them.
    public long lines() {
        View now = view;
        return now.newlines() + (now.open() ? 1 : 0);
    }

    /// Whether the last line has no line feed yet.
    public boolean open() {
        return view.open();
    }

    /// What is known at one moment.
    ///
    /// @param bytes how many bytes were looked at
    /// @param lines how many lines are in them, the last one without a line feed with them
    /// @param open  whether the last one has none
    record Known(long bytes, long lines, boolean open) {}

    /// What is known at this moment.
    Known known() {
        View now = view;
        return new Known(now.bytes(), now.newlines() + (now.open() ? 1 : 0), now.open());
    }

    /// How much memory this takes, about.
    public long footprint() {
        return (long) view.counts().length * ((2L << BLOCK_BITS) + 8L * BLOCK_GROUPS + 48);
    }

    /// How many line feeds are before the page with a position, which must be less than [#bytes()] or at its end.
    long before(long position) {
        View now = view;
        int page = (int) (position >>> PAGE_BITS);
        return page >= now.pages() ? now.newlines() : now.before(page);
    }

    /// The start of the page that holds a line feed, given its number from 0, which must be less than [#newlines()].
    long pageOf(long newline) {
        View now = view;
        int low = 0;
        int high = now.pages() - 1 >>> GROUP_BITS;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (now.sum(middle) <= newline) low = middle;
            else high = middle - 1;
        }
        long sum = now.sum(low);
        int page = low << GROUP_BITS;
        for (int last = now.pages() - 1; page < last && sum + now.count(page) <= newline; page++) sum += now.count(page);
        return (long) page << PAGE_BITS;
    }

    /// The line feeds of bytes that were read.
    ///
    /// @param position where `bytes[from]` lies
    Piece count(long position, byte[] bytes, int from, int to) {
        int first = (int) (position >>> PAGE_BITS);
        long end = position + to - from;
        char[] counts = new char[end == position ? 0 : (int) (end - 1 >>> PAGE_BITS) - first + 1];
        count(position, bytes, from, to, counts, first);
        return new Piece(position, end, counts, open(bytes, from, to));
    }

    /// Adds the line feeds of bytes to the counts of pages.
    void count(long position, byte[] bytes, int from, int to, char[] counts, int first) {
        long at = position;
        for (int i = from; i < to; ) {
            int step = (int) Math.min(to - i, PAGE - (at & PAGE - 1));
            counts[(int) (at >>> PAGE_BITS) - first] += (char) NewlineCount.of(bytes, i, i + step, encoding.unit(), encoding.little());
            i += step;
            at += step;
        }
    }

    /// Whether the last letter of some bytes is no line feed.
    boolean open(byte[] bytes, int from, int to) {
        int unit = encoding.unit();
        return to - from >= unit && NewlineCount.last(bytes, to - unit, to, unit, encoding.little()) < 0;
    }

    /// Adds what follows; one thread at a time.
    ///
    /// @throws IllegalArgumentException where the piece does not follow
    void add(Piece piece) {
        View now = view;
        if (piece.from() != now.bytes()) throw new IllegalArgumentException(piece.from() + " does not follow " + now.bytes());
        if (piece.to() == piece.from()) return;
        char[][] counts = now.counts();
        long[][] sums = now.sums();
        long newlines = now.newlines();
        int page = (int) (piece.from() >>> PAGE_BITS);
        boolean begun = (piece.from() & PAGE - 1) != 0;
        for (char count : piece.counts()) {
            int block = page >>> BLOCK_BITS;
            if (block >= counts.length || counts[block] == null) {
                if (block >= counts.length) {
                    counts = Arrays.copyOf(counts, Math.max(1, block + (block >> 2) + 1));
                    sums = Arrays.copyOf(sums, counts.length);
                }
                counts[block] = new char[1 << BLOCK_BITS];
                sums[block] = new long[BLOCK_GROUPS];
            }
            int group = page >>> GROUP_BITS;
            if (!begun && (page & (1 << GROUP_BITS) - 1) == 0) sums[block][group % BLOCK_GROUPS] = newlines;
            counts[block][page & (1 << BLOCK_BITS) - 1] += count;
            newlines += count;
            begun = false;
            page++;
        }
        view = new View(counts, sums, piece.to(), newlines, piece.open());
    }

    /// Writes what is known: bytes, whether the last line is open, and the counts.
    void write(DataOutput out) throws IOException {
        View now = view;
        out.writeLong(now.bytes());
        out.writeBoolean(now.open());
        byte[] some = new byte[2 << BLOCK_BITS];
        int pages = now.pages();
        int size = 0;
        long written = 0;
        for (int page = 0; page < pages; page++) {
            // The last page may have grown meanwhile.
            int count = page == pages - 1 ? (int) (now.newlines() - written) : now.count(page);
            written += count;
            some[size++] = (byte) count;
            some[size++] = (byte) (count >>> 8);
            if (size == some.length || page == pages - 1) {
                out.write(some, 0, size);
                size = 0;
            }
        }
    }

    /// Reads what [#write(DataOutput)] wrote.
    ///
    /// @param most how many bytes the file has now; an index of more is of another file
    static LineIndex read(DataInput in, TextEncoding encoding, long most) throws IOException {
        var index = new LineIndex(encoding);
        long bytes = in.readLong();
        if (bytes < 0 || bytes > most) throw new EOFException("an index of " + bytes + " bytes");
        boolean open = in.readBoolean();
        byte[] some = new byte[2 << BLOCK_BITS];
        for (long at = 0; at < bytes; ) {
            long to = Math.min(bytes, at + ((long) PAGE << BLOCK_BITS));
            char[] counts = new char[(int) (to - at + PAGE - 1 >>> PAGE_BITS)];
            in.readFully(some, 0, 2 * counts.length);
            for (int i = 0; i < counts.length; i++) {
                counts[i] = (char) (some[2 * i] & 0xff | some[2 * i + 1] << 8);
                if (counts[i] > PAGE) throw new IOException("a page of " + (int) counts[i] + " lines");
            }
            index.add(new Piece(at, to, counts, open));
            at = to;
        }
        return index;
    }
}
