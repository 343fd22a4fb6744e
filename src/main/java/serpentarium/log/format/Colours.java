package serpentarium.log.format;

/// Takes out of a line what only a terminal understands: colours, links, titles, lines written over, zero bytes of a hole.
final class Colours {
    private static final int ESCAPE = 0x1b;
    private static final int BELL = 7;
    private static final int LONGEST = 4096;

    private Colours() {}

    /// Copies a line without them; gives where it ends in `out`, which has room for the whole line.
    static int strip(byte[] b, int from, int to, byte[] out, int at) {
        int end = at;
        int i = from;
        while (i < to) {
            byte c = b[i];
            if (c == ESCAPE) i = past(b, i, to);
            else {
                if (c != 0) out[end++] = c;
                i++;
            }
        }
        return end;
    }

    private static int past(byte[] b, int from, int to) {
        int at = from + 1;
        if (at >= to) return to;
        if (b[at] == '[') {
            at++;
            while (at < to && b[at] >= 0x20 && b[at] < 0x40) at++;
            // An unfinished one at the end of the line belongs to nothing.
            return at < to && b[at] >= 0x40 && b[at] < 0x7f ? at + 1 : at;
        }
        if (b[at] == ']') {
            int most = Math.min(to, from + LONGEST);
            for (int i = at + 1; i < most; i++) {
                if (b[i] == BELL) return i + 1;
                if (b[i] == ESCAPE) return i + 1 < to && b[i + 1] == '\\' ? i + 2 : i;
            }
            return at + 1;
        }
        // Such as the choice of a character set, which `tput sgr0` writes: more bytes, then the letter that ends it.
        while (at < to && b[at] >= 0x20 && b[at] < 0x30) at++;
        return Math.min(at + 1, to);
    }
}
