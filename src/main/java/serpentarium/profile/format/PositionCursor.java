package serpentarium.profile.format;

/// Goes through the positions at the start of a callgrind line: `123`, `0x7b`, `+1`, `-1` and `*`, relative ones to a position before; and
/// `FIRST+LENGTH`, `FIRST-LAST`, `FIRST:LENGTH`, which KCachegrind takes too and of which only the first counts.
final class PositionCursor {
    private byte[] bytes;
    private int at;
    private int end;

    /// Begins at `from` of a line that ends before `to`.
    void start(byte[] line, int from, int to) {
        bytes = line;
        at = from;
        end = to;
    }

    /// Skips blanks; whether the line ends there.
    boolean atEnd() {
        while (at < end && AsciiNumber.blank(bytes[at])) at++;
        return at == end;
    }

    /// Where it is; behind the last position read.
    int at() {
        return at;
    }

    /// Whether the last thing read was no position.
    boolean failed() {
        return at < 0;
    }

    /// Reads the position here, which must not be the end of the line.
    ///
    /// @param before what relative positions are relative to
    long position(long before) {
        byte[] b = bytes;
        int e = end;
        int i = at;
        int sign = b[i];
        if (sign == '*') {
            at = i + 1 == e || AsciiNumber.blank(b[i + 1]) ? i + 1 : -1;
            return before;
        }
        if (sign == '+' || sign == '-') i++;
        int first = i;
        long value = 0;
        if (i + 2 < e && b[i] == '0' && (b[i + 1] | 0x20) == 'x') {
            i += 2;
            int digit;
            while (i < e && (digit = Character.digit(b[i], 16)) >= 0) {
                value = value << 4 | digit;
                i++;
            }
        } else while (i < e && AsciiNumber.digit(b[i])) value = value * 10 + b[i++] - '0';
        if (i == first) at = -1;
        else at = i == e || AsciiNumber.blank(b[i]) ? i : afterRange(i);
        return sign == '+' ? before + value : sign == '-' ? before - value : value;
    }

    private int afterRange(int from) {
        if (bytes[from] != '+' && bytes[from] != '-' && bytes[from] != ':') return -1;
        int i = from + 1;
        while (i < end && (Character.digit(bytes[i], 16) >= 0 || (bytes[i] | 0x20) == 'x')) i++;
        return i > from + 1 && (i == end || AsciiNumber.blank(bytes[i])) ? i : -1;
    }
}
