package serpentarium.traffic.analysis.body;

import java.util.Arrays;

/// Which lines of a text can be folded away: a line that opens something, and the line that closes it.
public final class Folds {
    private int[] ends = new int[0];
    private int size;

    /// The last line, from 0, of what begins in `line`; -1 where nothing of more than one line does.
    public int end(int line) {
        return line >= 0 && line < size && ends[line] > line ? ends[line] : -1;
    }

    /// How many lines the table knows of.
    public int lines() {
        return size;
    }

    /// Says that what begins in one line ends in another. The outermost that begins there counts.
    void add(int begin, int end) {
        if (end <= begin) return;
        if (begin >= ends.length) ends = Arrays.copyOf(ends, Math.max(begin + 1, ends.length + (ends.length >> 1) + 64));
        if (begin >= size) size = begin + 1;
        ends[begin] = Math.max(ends[begin], end);
    }
}
