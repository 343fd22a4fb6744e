package serpentarium.log.engine;

import java.util.Arrays;

/// Numbers of lines, sorted, that never change: what a search has found, and what a filter shows. A block of 65,536 lines is a list where few are in it
/// and bits where many are, so that no set takes more than a bit a line, and a few hits in a thousand million lines take a few bytes each.
public final class LineSet {
    /// No lines.
    public static final LineSet EMPTY = new LineSet(new Block[0]);
    private static final int BITS = 16;
    private static final int WORDS = 1 << BITS - 6;
    private static final int LISTED = 4096;

    private final Block[] blocks;
    /// How many lines are in the blocks before each, and after the last one in all.
    private final long[] before;

    private LineSet(Block[] blocks) {
        this.blocks = blocks;
        before = new long[blocks.length + 1];
        for (int i = 0; i < blocks.length; i++) before[i + 1] = before[i] + (blocks[i] == null ? 0 : blocks[i].count);
    }

    /// A block: either a sorted list of the lower halves of its numbers, or a bit for each.
    private record Block(char[] list, long[] bits, int count) {
        static Block of(long[] bits) {
            int count = 0;
            for (long word : bits) count += Long.bitCount(word);
            if (count == 0) return null;
            if (count > LISTED) return new Block(null, bits, count);
            char[] list = new char[count];
            int at = 0;
            for (int w = 0; w < WORDS; w++) for (long word = bits[w]; word != 0; word &= word - 1) list[at++] = (char) ((w << 6) + Long.numberOfTrailingZeros(word));
            return new Block(list, null, count);
        }

        static long[] bits(Block block) {
            if (block == null) return new long[WORDS];
            if (block.bits != null) return block.bits.clone();
            long[] bits = new long[WORDS];
            for (char each : block.list) bits[each >> 6] |= 1L << each;
            return bits;
        }

        /// How many numbers are less than this.
        int rank(int low) {
            if (list != null) {
                int at = Arrays.binarySearch(list, (char) low);
                return at < 0 ? -at - 1 : at;
            }
            int rank = 0;
            for (int w = 0; w < low >> 6; w++) rank += Long.bitCount(bits[w]);
            return rank + Long.bitCount(bits[low >> 6] & (1L << low) - 1);
        }

        boolean has(int low) {
            return list != null ? Arrays.binarySearch(list, (char) low) >= 0 : (bits[low >> 6] >>> low & 1) != 0;
        }

        int select(int nth) {
            if (list != null) return list[nth];
            int left = nth;
            for (int w = 0; ; w++) {
                int count = Long.bitCount(bits[w]);
                if (left < count) {
                    long word = bits[w];
                    for (; left > 0; left--) word &= word - 1;
                    return (w << 6) + Long.numberOfTrailingZeros(word);
                }
                left -= count;
            }
        }
    }

    /// The lines `from…to - 1`.
    public static LineSet range(long from, long to) {
        if (to <= from) return EMPTY;
        Block[] blocks = new Block[(int) (to - 1 >>> BITS) + 1];
        for (int b = (int) (from >>> BITS); b < blocks.length; b++) {
            long[] bits = new long[WORDS];
            int low = (int) Math.max(0, from - ((long) b << BITS));
            int high = (int) Math.min(1 << BITS, to - ((long) b << BITS));
            fill(bits, low, high);
            blocks[b] = Block.of(bits);
        }
        return new LineSet(blocks);
    }

    /// Lines as bits.
    ///
    /// @param words for each 65,536 lines 1024 of 64, or null where none of them is in it
    static LineSet of(long[][] words) {
        Block[] blocks = new Block[words.length];
        for (int i = 0; i < words.length; i++) if (words[i] != null) blocks[i] = Block.of(words[i]);
        return new LineSet(blocks);
    }

    /// This set with more lines.
    ///
    /// @param sorted numbers from the smallest to the greatest
    /// @param count  how many of them
    public LineSet with(long[] sorted, int count) {
        if (count == 0) return this;
        int last = (int) (sorted[count - 1] >>> BITS);
        Block[] all = Arrays.copyOf(blocks, Math.max(blocks.length, last + 1));
        for (int from = 0; from < count; ) {
            int block = (int) (sorted[from] >>> BITS);
            long[] bits = Block.bits(all[block]);
            int to = from;
            for (; to < count && sorted[to] >>> BITS == block; to++) bits[(int) (sorted[to] & 0xffff) >> 6] |= 1L << sorted[to];
            all[block] = Block.of(bits);
            from = to;
        }
        return new LineSet(all);
    }

    /// This set with stretches of lines.
    ///
    /// @param ranges pairs of a first line and the one behind the last, sorted
    /// @param count  how many numbers of it
    public LineSet withRanges(long[] ranges, int count) {
        if (count == 0) return this;
        int last = (int) (ranges[count - 1] - 1 >>> BITS);
        Block[] all = Arrays.copyOf(blocks, Math.max(blocks.length, last + 1));
        int number = -1;
        long[] bits = null;
        for (int i = 0; i < count; i += 2) {
            for (long at = ranges[i]; at < ranges[i + 1]; ) {
                int block = (int) (at >>> BITS);
                if (block != number) {
                    if (bits != null) all[number] = Block.of(bits);
                    bits = Block.bits(all[block]);
                    number = block;
                }
                long end = Math.min(ranges[i + 1], (long) (block + 1) << BITS);
                fill(bits, (int) at & WORDS * 64 - 1, (int) (end - ((long) block << BITS)));
                at = end;
            }
        }
        if (bits != null) all[number] = Block.of(bits);
        return new LineSet(all);
    }

    private static void fill(long[] bits, int from, int to) {
        int first = from >> 6;
        int last = to - 1 >> 6;
        long low = -1L << from;
        long high = -1L >>> -to;
        if (first == last) bits[first] |= low & high;
        else {
            bits[first] |= low;
            Arrays.fill(bits, first + 1, last, -1L);
            bits[last] |= high;
        }
    }

    /// These lines and those around them.
    ///
    /// @param many how many before and behind each, less than 64
    /// @param end  the line behind the last that there is
    public LineSet around(int many, long end) {
        if (many == 0 || blocks.length == 0) return this;
        int count = (int) (end - 1 >>> BITS) + 1;
        long[][] words = new long[Math.max(count, blocks.length)][];
        for (int b = 0; b < blocks.length; b++) {
            if (blocks[b] == null) continue;
            long[] own = Block.bits(blocks[b]);
            for (int w = 0; w < WORDS; w++) {
                if (own[w] == 0) continue;
                long at = ((long) b << BITS - 6) + w;
                long before = 0;
                long behind = 0;
                long here = own[w];
                for (int k = 1; k <= many; k++) {
                    here |= own[w] << k | own[w] >>> k;
                    before |= own[w] << 64 - k;
                    behind |= own[w] >>> 64 - k;
                }
                add(words, at, here);
                if (before != 0 && at > 0) add(words, at - 1, before);
                if (behind != 0) add(words, at + 1, behind);
            }
        }
        return of(words).head(end);
    }

    private static void add(long[][] words, long at, long bits) {
        int block = (int) (at >>> BITS - 6);
        if (block >= words.length) return;
        if (words[block] == null) words[block] = new long[WORDS];
        words[block][(int) at & WORDS - 1] |= bits;
    }

    /// The lines of it before a line.
    public LineSet head(long line) {
        int block = (int) (Math.max(0, line) >>> BITS);
        if (block >= blocks.length) return this;
        Block[] all = Arrays.copyOf(blocks, block + 1);
        long[] bits = Block.bits(all[block]);
        int low = (int) line & 0xffff;
        bits[low >> 6] &= (1L << low) - 1;
        Arrays.fill(bits, (low >> 6) + 1, WORDS, 0);
        all[block] = Block.of(bits);
        return new LineSet(all);
    }

    /// This set without a line.
    public LineSet without(long line) {
        if (!contains(line)) return this;
        Block[] all = blocks.clone();
        long[] bits = Block.bits(all[(int) (line >>> BITS)]);
        bits[(int) (line & 0xffff) >> 6] &= ~(1L << line);
        all[(int) (line >>> BITS)] = Block.of(bits);
        return new LineSet(all);
    }

    /// How many lines are in it.
    public long size() {
        return before[blocks.length];
    }

    /// Whether a line is in it.
    public boolean contains(long line) {
        int block = (int) (line >>> BITS);
        return line >= 0 && block < blocks.length && blocks[block] != null && blocks[block].has((int) line & 0xffff);
    }

    /// How many lines of it are before a line: the row at which it stands, or would stand.
    public long rank(long line) {
        if (line <= 0) return 0;
        if (line >>> BITS >= blocks.length) return size();
        int block = (int) (line >>> BITS);
        return before[block] + (blocks[block] == null ? 0 : blocks[block].rank((int) line & 0xffff));
    }

    /// The line of a row.
    ///
    /// @param row 0…[#size()] - 1
    public long select(long row) {
        if (row < 0 || row >= size()) throw new IndexOutOfBoundsException("row " + row + " of " + size());
        int low = 0;
        int high = blocks.length - 1;
        while (low < high) {
            int middle = low + high + 1 >>> 1;
            if (before[middle] <= row) low = middle;
            else high = middle - 1;
        }
        return ((long) low << BITS) + blocks[low].select((int) (row - before[low]));
    }

    /// Lines in both.
    public LineSet and(LineSet other) {
        return combine(other, Math.min(blocks.length, other.blocks.length), (a, b) -> a & b);
    }

    /// Lines in one or both.
    public LineSet or(LineSet other) {
        return combine(other, Math.max(blocks.length, other.blocks.length), (a, b) -> a | b);
    }

    /// Lines that are not in the other.
    public LineSet andNot(LineSet other) {
        return combine(other, blocks.length, (a, b) -> a & ~b);
    }

    private interface Words {
        long of(long a, long b);
    }

    private LineSet combine(LineSet other, int length, Words words) {
        Block[] all = new Block[length];
        for (int i = 0; i < length; i++) {
            Block a = i < blocks.length ? blocks[i] : null;
            Block b = i < other.blocks.length ? other.blocks[i] : null;
            if (a == null && b == null) continue;
            long[] bits = Block.bits(a);
            long[] others = Block.bits(b);
            for (int w = 0; w < WORDS; w++) bits[w] = words.of(bits[w], others[w]);
            all[i] = Block.of(bits);
        }
        return new LineSet(all);
    }
}
