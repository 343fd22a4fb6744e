package serpentarium.log.format;

/// What of a line is looked at: without line ends, colours, zeros, and what a progress bar wrote before on the same line.
final class LineSplit {
    private LineSplit() {}

    /// Whether a line holds anything that must be taken out.
    static boolean clean(byte[] b, int from, int to) {
        for (int i = from; i < to; i++) if (b[i] < ' ' && b[i] >= 0 && (b[i] == 0x1b || b[i] == 0 || b[i] == '\r')) return false;
        return true;
    }

    /// Copies a line; gives where it ends in `out`.
    static int copy(byte[] b, int from, int to, byte[] out, int at) {
        int end = to;
        while (end > from && b[end - 1] == '\r') end--;
        if (clean(b, from, end)) {
            System.arraycopy(b, from, out, at, end - from);
            return at + end - from;
        }
        return Colours.strip(b, from, end, out, at);
    }

    /// Where what a terminal shows in the end begins: after the last carriage return.
    static int shown(byte[] b, int from, int to) {
        for (int i = to - 1; i >= from; i--) if (b[i] == '\r') return i + 1;
        return from;
    }
}
