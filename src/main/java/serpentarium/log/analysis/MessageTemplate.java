package serpentarium.log.analysis;

import java.nio.charset.StandardCharsets;

/// What stays the same of a message from one record of a statement to the next: numbers, ids, quoted values and paths' ends are taken out.
public final class MessageTemplate {
    private static final int LONGEST = 200;
    private static final char HOLE = '•';

    private MessageTemplate() {}

    /// The template of a message.
    public static String of(byte[] b, int from, int to) {
        byte[] out = new byte[LONGEST + 8];
        int length = write(b, from, to, out);
        return new String(out, 0, length, StandardCharsets.UTF_8).replace('\u0001', HOLE);
    }

    /// A number that is the same for messages of the same template, without making a text.
    public static long hash(byte[] b, int from, int to, byte[] scratch) {
        int length = write(b, from, to, scratch);
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < length; i++) hash = (hash ^ scratch[i]) * 0x100000001b3L;
        return hash;
    }

    /// Room that [#hash] needs.
    public static byte[] scratch() {
        return new byte[LONGEST + 8];
    }

    private static int write(byte[] b, int from, int to, byte[] out) {
        int length = 0;
        int at = from;
        while (at < to && length < LONGEST) {
            byte c = b[at];
            if (c == '\n') break;
            if (c == '\'' || c == '"') {
                int close = at + 1;
                int most = Math.min(to, at + 200);
                while (close < most && b[close] != c && b[close] != '\n') close++;
                // An apostrophe inside of a word opens nothing.
                if (close < most && b[close] == c && (at == from || !wordy(b[at - 1]))) {
                    out[length++] = c;
                    out[length++] = 1;
                    out[length++] = c;
                    at = close + 1;
                    continue;
                }
                out[length++] = c;
                at++;
            } else if (wordy(c)) {
                int end = at;
                boolean digit = false;
                boolean other = false;
                while (end < to && (wordy(b[end]) || b[end] == '-' && end + 1 < to && wordy(b[end + 1]) || b[end] == '.' && end + 1 < to && digit(b[end + 1]) && digit(b[end - 1]))) {
                    digit |= digit(b[end]);
                    other |= !digit(b[end]) && !hex(b[end]) && b[end] != '-' && b[end] != '.';
                    end++;
                }
                if (digit && (!other || end - at > 12)) out[length++] = 1;
                else {
                    boolean inRun = false;
                    for (int i = at; i < end && length < LONGEST; i++) {
                        if (digit(b[i])) {
                            if (!inRun) out[length++] = 1;
                            inRun = true;
                        } else {
                            out[length++] = b[i];
                            inRun = false;
                        }
                    }
                }
                at = end;
            } else {
                out[length++] = c;
                at++;
            }
        }
        // A letter of several bytes is not cut in two.
        while (length >= LONGEST && length > 0 && (out[length - 1] & 0x80) != 0) length--;
        return length;
    }

    private static boolean wordy(int c) {
        return digit(c) || (c | 0x20) >= 'a' && (c | 0x20) <= 'z' || c == '_';
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean hex(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' || c == 'x';
    }
}
