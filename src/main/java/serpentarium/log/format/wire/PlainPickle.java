package serpentarium.log.format.wire;

import java.util.Arrays;

/// Writes the pickle that Python's handlers send of most records straight as JSON: a dict of ASCII texts, numbers, booleans and `None`, in protocol 1. It makes no objects.
/// Whatever is otherwise, it leaves to [PickledRecord]; both write the same.
final class PlainPickle {
    private static final int MEMO = 256;
    private static final byte[] CREATED = {'c', 'r', 'e', 'a', 't', 'e', 'd'};
    private static final byte[] PROCESS = {'p', 'r', 'o', 'c', 'e', 's', 's'};
    private static final byte[] RECEIVED = {'r', 'e', 'c', 'e', 'i', 'v', 'e', 'd'};
    private static final byte[] VIA = {'v', 'i', 'a'};
    private static final byte[] FROM = {'f', 'r', 'o', 'm'};
    private static final byte[] TRACE = {'T', 'r', 'a', 'c', 'e', 'b', 'a', 'c', 'k', ' ', '('};

    private final int[] memoFrom = new int[MEMO];
    private final int[] memoTo = new int[MEMO];
    private byte[] b;
    private int at;
    private int end;
    private int from;
    private int to;

    /// Writes a record whose line was begun.
    ///
    /// @return whether it could; where not, something of it may have been written
    boolean write(byte[] bytes, int begin, int stop, Arrivals out) {
        b = bytes;
        at = begin;
        end = stop;
        if (end - at < 6 || b[at] != '}' || b[at + 1] != 'q' || b[at + 3] != '(') return false;
        Arrays.fill(memoFrom, -1);
        at += 4;
        while (at < end && b[at] != 'u') if (!text() || !pair(out)) return false;
        return at == end - 2 && b[at + 1] == '.';
    }

    private boolean pair(Arrivals out) {
        int keyFrom = from;
        int keyTo = to;
        if (is(keyFrom, keyTo, RECEIVED) || is(keyFrom, keyTo, VIA) || is(keyFrom, keyTo, FROM) || at >= end) return false;
        if (!out.plainKey(b, keyFrom, keyTo)) return false;
        switch (b[at]) {
            case 'N' -> {
                at++;
                out.word("null");
            }
            case 'K' -> {
                if (end - at < 2) return false;
                whole(keyFrom, keyTo, b[at + 1] & 0xff, out);
                at += 2;
            }
            case 'M' -> {
                if (end - at < 3) return false;
                whole(keyFrom, keyTo, b[at + 1] & 0xff | (b[at + 2] & 0xff) << 8, out);
                at += 3;
            }
            case 'J' -> {
                if (end - at < 5) return false;
                whole(keyFrom, keyTo, little(at + 1), out);
                at += 5;
            }
            case 'G' -> {
                if (end - at < 9) return false;
                double value = real(at + 1);
                if (is(keyFrom, keyTo, CREATED)) out.made(value);
                out.number(value);
                at += 9;
            }
            case 'I', 'L' -> {
                return line(keyFrom, keyTo, out);
            }
            default -> {
                // A traceback in a text is told apart elsewhere.
                return text() && !traceback() && out.plainText(b, from, to);
            }
        }
        return true;
    }

    private boolean traceback() {
        for (int i = from; i <= to - TRACE.length; i++) if (b[i] == 'T' && Arrays.equals(b, i, i + TRACE.length, TRACE, 0, TRACE.length) && i > from) return true;
        return false;
    }

    private void whole(int keyFrom, int keyTo, long value, Arrivals out) {
        if (is(keyFrom, keyTo, PROCESS)) out.by(value);
        out.number(value);
    }

    /// A number in digits, or a boolean.
    private boolean line(int keyFrom, int keyTo, Arrivals out) {
        boolean large = b[at] == 'L';
        int first = ++at;
        long value = 0;
        while (at < end && b[at] >= '0' && b[at] <= '9') value = value * 10 + b[at++] - '0';
        int digits = at - first;
        if (digits == 0 || digits > 18) return false;
        if (large && at < end && b[at] == 'L') at++;
        if (at >= end || b[at] != '\n') return false;
        at++;
        if (!large && digits == 2 && b[first] == '0' && value < 2) out.word(value == 1 ? "true" : "false");
        else whole(keyFrom, keyTo, value, out);
        return true;
    }

    /// The text that stands here, also one that stood before.
    private boolean text() {
        if (end - at < 2) return false;
        int length;
        switch (b[at]) {
            case 'h' -> {
                int number = b[at + 1] & 0xff;
                at += 2;
                from = memoFrom[number];
                to = memoTo[number];
                return from >= 0;
            }
            case 'U' -> {
                length = b[at + 1] & 0xff;
                at += 2;
            }
            case 'X' -> {
                if (end - at < 5) return false;
                length = little(at + 1);
                at += 5;
            }
            default -> {
                return false;
            }
        }
        if (length < 0 || length > end - at) return false;
        from = at;
        at += length;
        to = at;
        if (end - at >= 2 && b[at] == 'q') {
            memoFrom[b[at + 1] & 0xff] = from;
            memoTo[b[at + 1] & 0xff] = to;
            at += 2;
        }
        return true;
    }

    private boolean is(int keyFrom, int keyTo, byte[] name) {
        return keyTo - keyFrom == name.length && b[keyFrom] == name[0] && Arrays.equals(b, keyFrom, keyTo, name, 0, name.length);
    }

    private int little(int i) {
        return b[i] & 0xff | (b[i + 1] & 0xff) << 8 | (b[i + 2] & 0xff) << 16 | b[i + 3] << 24;
    }

    private double real(int i) {
        long bits = 0;
        for (int k = 0; k < 8; k++) bits = bits << 8 | b[i + k] & 0xff;
        return Double.longBitsToDouble(bits);
    }
}
