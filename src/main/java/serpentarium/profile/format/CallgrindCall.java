package serpentarium.profile.format;

import java.math.BigInteger;

import serpentarium.profile.CountColumn;

/// What the lines before a call's costs say of it. Numbers of texts are those of [CallgrindNames].
final class CallgrindCall {
    /// The callee's object, or -1 for the caller's.
    int object = -1;
    /// The callee's file, or -1 for the one at hand.
    int file = -1;
    /// The callee's name, or -1 where none was said.
    int name = -1;
    /// The line where the callee starts, which only matters where it is that of a definition.
    long target;
    private long count;
    private BigInteger large;

    /// Forgets where the callee is; its name holds on.
    void elsewhere() {
        object = -1;
        file = -1;
    }

    /// Takes how many calls there were, a number that a blank or the end follows.
    ///
    /// @return one past it, or -1 where there is none
    int count(byte[] b, int from, int to) {
        int i = from;
        long value = 0;
        while (i < to && AsciiNumber.digit(b[i])) value = value * 10 + b[i++] - '0';
        count = value;
        large = null;
        target = 0;
        boolean bounded = i == to || AsciiNumber.blank(b[i]);
        if (i - from > 18 && bounded) large = AsciiNumber.count(b, from, i);
        return i == from || !bounded || i - from > 18 && large == null ? -1 : i;
    }

    /// Adds the number to what was counted.
    void add(CountColumn calls, int edge) {
        if (large != null) calls.add(edge, large);
        else calls.add(edge, count);
    }

    /// How many there were, the largest number where they were more than that.
    long count() {
        return large != null ? Long.MAX_VALUE : count;
    }
}
