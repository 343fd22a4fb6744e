package serpentarium.log.engine;

import java.util.Optional;
import java.util.OptionalLong;
import serpentarium.log.Level;
import serpentarium.log.RecordView;
import serpentarium.log.format.Detection;

/// What is known of the records of one part at one moment: which lines begin them, how bad they are, when they were written. Never changes; lines are those
/// of the part.
public final class RecordMarks {
    /// Nothing.
    static final RecordMarks EMPTY = new RecordMarks(null, new RecordBlock[0], 0, 0);

    private final Detection format;
    private final RecordBlock[] blocks;
    private final long lines;
    private final long sure;

    /// @param blocks all but the last are full
    RecordMarks(Detection format, RecordBlock[] blocks, long lines, long sure) {
        this.format = format;
        this.blocks = blocks;
        this.sure = sure;
        this.lines = lines;
    }

    /// Told of some lines that follow one another.
    public interface Group {
        /// Takes a group.
        ///
        /// @param first  its first line
        /// @param from   a time that none of its records is before
        /// @param to     a time that none is after
        /// @param counts how many records of each level there are, by [Level#ordinal()]
        void of(long first, long from, long to, int[] counts);
    }

    /// How many lines are known; what the last record is may change when more follows.
    public long lines() {
        return lines;
    }

    /// The lines before this one are what they are, whatever follows.
    public long sure() {
        return sure;
    }

    /// What the log was taken for; empty where nothing is known.
    public Optional<Detection> format() {
        return Optional.ofNullable(format);
    }

    /// How many records of some kinds there are.
    public long count(RecordKinds kinds) {
        long count = 0;
        for (int i = 0; i < blocks.length; i++) count += blocks[i].count(kinds);
        return count;
    }

    /// How many records of some kinds begin in the lines `from…to - 1`.
    public long count(long from, long to, RecordKinds kinds) {
        long count = 0;
        for (long at = Math.max(0, from); at < Math.min(to, lines); ) {
            int block = (int) (at >>> RecordBlock.BITS);
            long base = (long) block << RecordBlock.BITS;
            long end = Math.min(Math.min(to, lines), base + RecordBlock.LINES);
            if (at == base && end == base + blocks[block].lines()) count += blocks[block].count(kinds);
            else if (blocks[block].count(kinds) > 0) {
                long[] words = blocks[block].words(kinds);
                for (int i = (int) (at - base); i < end - base; ) {
                    long word = words[i >> 6] >>> i;
                    int step = (int) Math.min(64 - (i & 63), end - base - i);
                    count += Long.bitCount(step == 64 ? word : word & (1L << step) - 1);
                    i += step;
                }
            }
            at = end;
        }
        return count;
    }

    /// The first lines of records of some kinds.
    public LineSet starts(RecordKinds kinds) {
        long[][] words = new long[blocks.length][];
        for (int i = 0; i < blocks.length; i++) if (blocks[i].count(kinds) > 0) words[i] = blocks[i].words(kinds);
        return LineSet.of(words);
    }

    /// All lines of records of some kinds.
    public LineSet lines(RecordKinds kinds) {
        long[][] words = new long[blocks.length][];
        boolean inside = false;
        for (int i = 0; i < blocks.length; i++) {
            boolean some = blocks[i].count(kinds) > 0;
            if (!some && !inside) continue;
            long[] starts = blocks[i].words(kinds);
            long[] all = blocks[i].words(RecordKinds.ALL);
            inside = spread(starts, all, inside);
            cut(starts, blocks[i].lines());
            words[i] = starts;
        }
        return LineSet.of(words);
    }

    /// Fills in the lines that go on after some first lines.
    ///
    /// @param starts what is filled
    /// @param all    the first lines of all records
    /// @param before whether what goes on in the first line is wanted
    static boolean spread(long[] starts, long[] all, boolean before) {
        boolean inside = before;
        for (int w = 0; w < starts.length; w++) {
            long others = ~all[w];
            // Adding the first line of each run of others carries through the whole run.
            long first = (starts[w] << 1 | (inside ? 1 : 0)) & others;
            starts[w] |= others & ~(others + first);
            inside = starts[w] < 0;
        }
        return inside;
    }

    private static void cut(long[] words, int lines) {
        for (int w = lines + 63 >> 6; w < words.length; w++) words[w] = 0;
        if ((lines & 63) != 0) words[lines >> 6] &= (1L << lines) - 1;
    }

    /// The first line of the record that a line belongs to; empty for one before the first record, and for one that is not known.
    public OptionalLong start(long line) {
        return line >= lines ? OptionalLong.empty() : before(line + 1, RecordKinds.ALL);
    }

    /// The last line before another that begins a record of some kinds.
    public OptionalLong before(long line, RecordKinds kinds) {
        long last = Math.min(line, lines) - 1;
        for (int block = (int) (last >> RecordBlock.BITS); block >= 0 && last >= 0; last = ((long) block-- << RecordBlock.BITS) - 1) {
            if (blocks[block].count(kinds) == 0) continue;
            long[] words = blocks[block].words(kinds);
            int low = (int) last & RecordBlock.LINES - 1;
            long word = words[low >> 6] & -1L >>> 63 - (low & 63);
            for (int w = low >> 6; ; word = words[w]) {
                if (word != 0) return OptionalLong.of(((long) block << RecordBlock.BITS) + (w << 6) + 63 - Long.numberOfLeadingZeros(word));
                if (--w < 0) break;
            }
        }
        return OptionalLong.empty();
    }

    /// The first line from one on that begins a record of some kinds.
    public OptionalLong from(long line, RecordKinds kinds) {
        long first = Math.max(0, line);
        for (int block = (int) Math.min(blocks.length, first >>> RecordBlock.BITS); block < blocks.length; first = (long) ++block << RecordBlock.BITS) {
            if (blocks[block].count(kinds) == 0) continue;
            long[] words = blocks[block].words(kinds);
            int low = (int) first & RecordBlock.LINES - 1;
            long word = words[low >> 6] & -1L << low;
            for (int w = low >> 6; ; word = words[w]) {
                if (word != 0) return OptionalLong.of(((long) block << RecordBlock.BITS) + (w << 6) + Long.numberOfTrailingZeros(word));
                if (++w == RecordBlock.WORDS) break;
            }
        }
        return OptionalLong.empty();
    }

    /// The earliest time of all, or [RecordView#NO_TIME].
    public long earliest() {
        long earliest = RecordView.NO_TIME;
        for (int i = 0; i < blocks.length; i++) {
            long from = blocks[i].from();
            if (from != RecordView.NO_TIME && (earliest == RecordView.NO_TIME || from < earliest)) earliest = from;
        }
        return earliest;
    }

    /// The latest time of all, or [RecordView#NO_TIME].
    public long latest() {
        long latest = RecordView.NO_TIME;
        for (int i = 0; i < blocks.length; i++) latest = Math.max(latest, blocks[i].to());
        return latest;
    }

    /// Goes over all groups of 512 lines in which a record with a time begins.
    public void groups(Group group) {
        for (int i = 0; i < blocks.length; i++) {
            RecordBlock block = blocks[i];
            if (block.from() == RecordView.NO_TIME) continue;
            byte[] kinds = block.kinds();
            for (int g = 0; g * RecordBlock.GROUP < block.lines(); g++) {
                if (block.from(g) == RecordView.NO_TIME) continue;
                int[] counts = new int[Level.values().length];
                for (int k = g * RecordBlock.GROUP; k < Math.min(block.lines(), (g + 1) * RecordBlock.GROUP); k++)
                    if (kinds[k] != RecordKinds.GOES_ON) counts[RecordKinds.level(kinds[k]).ordinal()]++;
                group.of(((long) i << RecordBlock.BITS) + (long) g * RecordBlock.GROUP, block.from(g), block.to(g), counts);
            }
        }
    }

    RecordBlock block(int number) {
        return blocks[number];
    }

    int size() {
        return blocks.length;
    }

    /// How much memory this takes, about.
    public long footprint() {
        long all = 8L * blocks.length;
        for (int i = 0; i < blocks.length; i++) all += blocks[i].footprint();
        return all;
    }
}
