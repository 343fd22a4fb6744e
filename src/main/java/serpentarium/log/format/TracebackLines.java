package serpentarium.log.format;

import java.nio.charset.StandardCharsets;

/// Looks at single lines the way Python's tracebacks need it. Lines are without colours.
final class TracebackLines {
    private static final byte[] HEADER = bytes("Traceback (most recent call last):");
    private static final byte[] GROUP = bytes("Exception Group Traceback (most recent call last):");
    private static final byte[] STACK = bytes("Stack (most recent call last):");
    private static final byte[] CAUSE = bytes("The above exception was the direct cause of the following exception:");
    private static final byte[] CONTEXT = bytes("During handling of the above exception, another exception occurred:");
    private static final byte[] FILE = bytes("  File \"");
    private static final byte[] CATCHING = bytes("> File \"");
    private static final byte[] FIRST_CALL = bytes("(most recent call first):");
    private static final byte[][] ENDINGS = {bytes("Error"), bytes("Exception"), bytes("Warning"), bytes("Exit"), bytes("Interrupt"), bytes("Iteration"), bytes("Group"),
        bytes("Fault"), bytes("Timeout")};

    private TracebackLines() {}

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// `Traceback (most recent call last):`, also of a group, in whatever margin.
    static boolean header(byte[] b, int from, int to) {
        if (to - from < HEADER.length) return false;
        if (b[from] == 'T') return starts(b, from, to, HEADER);
        if (b[from] != ' ' && b[from] != '+') return false;
        int at = from;
        while (at < to && (b[at] == ' ' || b[at] == '|' || b[at] == '+' || b[at] == '-')) at++;
        return b[Math.min(at, to - 1)] == 'E' ? starts(b, at, to, GROUP) : starts(b, at, to, HEADER);
    }

    /// A header on a line of its own in a text whose line ends are escaped.
    static boolean escaped(byte[] b, int from, int to) {
        for (int at = from; at + HEADER.length + 2 <= to; at++) {
            if (b[at] != 'T' || at > from && (b[at - 1] != 'n' || b[at - 2] != '\\') || !starts(b, at, to, HEADER)) continue;
            if (b[at + HEADER.length] == '\\' && b[at + HEADER.length + 1] == 'n') return true;
        }
        return false;
    }

    /// A header that stands at the margin's edge, as the first of a record does.
    static boolean topHeader(byte[] b, int from, int to) {
        if (from >= to) return false;
        if (b[from] == 'T') return starts(b, from, to, HEADER);
        return to - from > 4 && b[from] == ' ' && b[from + 1] == ' ' && b[from + 2] == '+' && starts(b, from + 4, to, GROUP);
    }

    static boolean stack(byte[] b, int from, int to) {
        return from < to && b[from] == 'S' && starts(b, from, to, STACK);
    }

    /// One of the two sentences between the exceptions of a chain.
    static boolean link(byte[] b, int from, int to) {
        return from < to && (b[from] == 'T' && starts(b, from, to, CAUSE) || b[from] == 'D' && starts(b, from, to, CONTEXT));
    }

    static boolean frame(byte[] b, int from, int to) {
        return to - from > FILE.length && (b[from] == ' ' && starts(b, from, to, FILE) || b[from] == '>' && starts(b, from, to, CATCHING));
    }

    /// A line of a faulthandler's dump that names a thread.
    static boolean fault(byte[] b, int from, int to) {
        return to - from > FIRST_CALL.length && (b[from] == 'T' || b[from] == 'C' || b[from] == 'S') && starts(b, to - FIRST_CALL.length, to, FIRST_CALL);
    }

    /// Whether what may follow a header follows: a frame, the margin of a group, or the exception itself.
    static boolean followsHeader(byte[] b, int from, int to) {
        if (from >= to) return true;
        if (b[from] == ' ' || b[from] == '>') return frame(b, from, to) || to - from > 4 && (b[from + 2] == '|' || b[from + 2] == '[' || b[from + 2] == '+');
        return exception(b, from, to);
    }

    /// `dotted.Name` or `dotted.Name: message`.
    static boolean exception(byte[] b, int from, int to) {
        int end = dotted(b, from, to);
        return end > from && (end == to || b[end] == ':');
    }

    /// Whether a text names an exception: `KeyError('pear')`, `ValueError: no`, or a whole traceback.
    static boolean namesException(byte[] b, int from, int to) {
        if (starts(b, from, to, HEADER)) return true;
        int end = dotted(b, from, to);
        if (end == from || end < to && b[end] != ':' && b[end] != '(') return false;
        for (byte[] ending : ENDINGS) if (end - from >= ending.length && starts(b, end - ending.length, end, ending)) return true;
        return false;
    }

    private static int dotted(byte[] b, int from, int to) {
        int at = from;
        boolean begins = true;
        while (at < to) {
            int c = b[at];
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c == '_' || c < 0;
            if (begins ? !letter : !(letter || c >= '0' && c <= '9' || c == '.' || c == '<' || c == '>')) break;
            begins = c == '.';
            at++;
        }
        return begins ? from : at;
    }

    static boolean starts(byte[] b, int from, int to, byte[] what) {
        if (from < 0 || to - from < what.length) return false;
        for (int i = 0; i < what.length; i++) if (b[from + i] != what[i]) return false;
        return true;
    }
}
