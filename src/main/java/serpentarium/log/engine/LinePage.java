package serpentarium.log.engine;

import serpentarium.log.TextEncoding;

/// Some lines that follow one another, as columns, with their text.
///
/// @param first    the number of the first line, from 0; -1 while nobody knows
/// @param count    how many lines
/// @param offsets  where each begins in its log
/// @param lengths  how many bytes each has, without what ends it
/// @param bytes    the kept bytes of all lines; see [#from(int)]
/// @param starts   where each line's kept bytes begin in `bytes`, and after the last one their end
/// @param zeros    how many zero bytes stood before each line's first letter; they are left out of what is kept
/// @param encoding what the bytes stand for
public record LinePage(long first, int count, long[] offsets, long[] lengths, byte[] bytes, int[] starts, long[] zeros, TextEncoding encoding) {
    /// No lines.
    public static LinePage none(TextEncoding encoding) {
        return new LinePage(-1, 0, new long[0], new long[0], new byte[0], new int[1], new long[0], encoding);
    }

    /// Where a line's kept bytes begin in [#bytes()].
    public int from(int line) {
        return starts[line];
    }

    /// Where they end.
    public int to(int line) {
        return starts[line + 1];
    }

    /// Whether a line is longer than what is kept of it.
    public boolean cut(int line) {
        return to(line) - from(line) < lengths[line] - zeros[line];
    }

    /// The kept text of a line; what its encoding cannot read is U+FFFD.
    public String text(int line) {
        return encoding.text(bytes, from(line), to(line));
    }

    /// Whether the kept bytes of a line are ASCII, so that a byte is a column.
    public boolean ascii(int line) {
        if (encoding.unit() != 1) return false;
        for (int i = from(line); i < to(line); i++) if (bytes[i] < 0) return false;
        return true;
    }
}
