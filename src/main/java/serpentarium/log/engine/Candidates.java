package serpentarium.log.engine;

import java.util.Arrays;
import serpentarium.log.analysis.LogFilter;

/// The records that begin in some lines and pass a filter by what the index says of them, or perhaps do.
final class Candidates {
    /// Whole groups, so that each begins with a word.
    private final long base;
    private final long[] sure;
    private final long[] maybe;

    private Candidates(long base, int words) {
        this.base = base;
        sure = new long[words];
        maybe = new long[words];
    }

    /// @param marks know all of the lines
    static Candidates of(RecordMarks marks, LogFilter filter, boolean timed, long from, long to) {
        long base = from - from % RecordBlock.GROUP;
        var candidates = new Candidates(base, (int) (to - base + RecordBlock.GROUP - 1) / RecordBlock.GROUP * (RecordBlock.GROUP / 64));
        for (long at = base; at < to; ) {
            int block = (int) (at >>> RecordBlock.BITS);
            long first = (long) block << RecordBlock.BITS;
            long end = Math.min(to, first + RecordBlock.LINES);
            if (timed) candidates.groups(marks.block(block), filter, first, at, end);
            else candidates.block(marks.block(block), FilterOutlook.of(filter, null), first, at, end);
            at = end;
        }
        candidates.cut(from, to);
        return candidates;
    }

    private void block(RecordBlock block, FilterOutlook.Kinds kinds, long first, long from, long to) {
        if (block.count(kinds.sure()) > 0) copy(block.words(kinds.sure()), first, from, to, sure);
        if (block.count(kinds.maybe()) > 0) copy(block.words(kinds.maybe()), first, from, to, maybe);
    }

    private void copy(long[] words, long first, long from, long to, long[] into) {
        System.arraycopy(words, (int) (from - first) >> 6, into, (int) (from - base) >> 6, (int) Math.min(into.length - (from - base >> 6), to - from + 63 >> 6));
    }

    private void groups(RecordBlock block, LogFilter filter, long first, long from, long to) {
        FilterOutlook.Kinds last = null;
        long[] certain = null;
        long[] perhaps = null;
        for (long at = from; at < to; at += RecordBlock.GROUP) {
            int group = (int) (at - first) / RecordBlock.GROUP;
            FilterOutlook.Kinds kinds = FilterOutlook.of(filter, new FilterOutlook.Times(block.from(group), block.to(group), block.timed()));
            if (!kinds.equals(last)) {
                certain = kinds.sure().bits() == 0 ? null : block.words(kinds.sure());
                perhaps = kinds.maybe().bits() == 0 ? null : block.words(kinds.maybe());
                last = kinds;
            }
            long end = Math.min(to, at + RecordBlock.GROUP);
            if (certain != null) copy(certain, first, at, end, sure);
            if (perhaps != null) copy(perhaps, first, at, end, maybe);
        }
    }

    /// Forgets what is before and behind the lines.
    private void cut(long from, long to) {
        for (long[] words : new long[][] {sure, maybe}) {
            int low = (int) (from - base);
            Arrays.fill(words, 0, low >> 6, 0);
            words[low >> 6] &= -1L << low;
            int high = (int) (to - base);
            if (high >> 6 < words.length) {
                words[high >> 6] &= (1L << high) - 1;
                Arrays.fill(words, (high >> 6) + 1, words.length, 0);
            }
        }
    }

    /// How many have to be read.
    int maybe() {
        int count = 0;
        for (long word : maybe) count += Long.bitCount(word);
        return count;
    }

    /// Whether there are none at all.
    boolean none() {
        for (int w = 0; w < sure.length; w++) if ((sure[w] | maybe[w]) != 0) return false;
        return true;
    }

    /// Whether the record that begins with a line is one.
    boolean has(long line) {
        return bit(sure, line) || bit(maybe, line);
    }

    /// Whether the record that begins with a line passes for certain.
    boolean sure(long line) {
        return bit(sure, line);
    }

    private boolean bit(long[] words, long line) {
        long at = line - base;
        return at >= 0 && at >> 6 < words.length && (words[(int) (at >> 6)] >>> at & 1) != 0;
    }

    /// The first of them from a line on; -1 where there is none.
    long next(long line) {
        long at = Math.max(0, line - base);
        for (int w = (int) (at >> 6); w < sure.length; w++) {
            long word = sure[w] | maybe[w];
            if (w == at >> 6) word &= -1L << at;
            if (word != 0) return base + ((long) w << 6) + Long.numberOfTrailingZeros(word);
        }
        return -1;
    }
}
