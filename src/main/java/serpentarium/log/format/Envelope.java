package serpentarium.log.format;

import serpentarium.log.RecordView;

/// What a container runtime puts round each line of a program's output.
public enum Envelope {
    /// Nothing.
    NONE,
    /// Docker's `json-file`: `{"log":"text\n","stream":"stderr","time":"…"}`.
    DOCKER,
    /// Kubernetes' CRI: `2026-06-10T06:13:20.020Z stderr F text`.
    CRI;

    private static final int LOG = JsonSkim.hash("log");
    private static final int STREAM = JsonSkim.hash("stream");
    private static final int TIME = JsonSkim.hash("time");

    /// Opens lines; belongs to one thread.
    static final class Opener {
        private final Envelope envelope;
        private final TimeReader times;
        private final JsonSkim skim = new JsonSkim();
        private final int[] span = new int[6];
        private long time = RecordView.NO_TIME;
        private boolean partial;

        Opener(Envelope envelope, Clock clock) {
            this.envelope = envelope;
            times = new TimeReader(clock);
        }

        /// When the runtime saw the line that was opened last.
        long time() {
            return time;
        }

        /// Whether the line goes on in the next one.
        boolean partial() {
            return partial;
        }

        /// Copies what is inside of a line to `out`, which has room for the whole line; gives where it ends there, or -1 where there is no such envelope.
        int open(byte[] b, int from, int to, byte[] out, int at) {
            time = RecordView.NO_TIME;
            partial = false;
            return switch (envelope) {
                case NONE -> -1;
                case DOCKER -> docker(b, from, to, out, at);
                case CRI -> cri(b, from, to, out, at);
            };
        }

        private int cri(byte[] b, int from, int to, byte[] out, int at) {
            if (to - from < 28 || b[from + 4] != '-' || b[from + 10] != 'T') return -1;
            int end = times.read(b, from, to);
            if (end < 0 || end + 10 > to || b[end] != ' ' || b[end + 1] != 's' || b[end + 2] != 't' || b[end + 3] != 'd' || b[end + 7] != ' ') return -1;
            // Tags after the letter are parted by colons.
            int letter = end + 8;
            if (b[letter] != 'F' && b[letter] != 'P' || b[letter + 1] != ' ' && b[letter + 1] != ':') return -1;
            int text = letter + 1;
            while (text < to && b[text] != ' ') text++;
            time = times.time();
            partial = b[letter] == 'P';
            int length = Math.max(0, to - text - 1);
            System.arraycopy(b, Math.min(text + 1, to), out, at, length);
            return at + length;
        }

        private int docker(byte[] b, int from, int to, byte[] out, int at) {
            if (to - from < 10 || b[from] != '{') return -1;
            java.util.Arrays.fill(span, -1);
            boolean whole = skim.skim(b, from, to, (_, _, hash, type, begin, end) -> {
                int which = hash == LOG ? 0 : hash == STREAM ? 2 : hash == TIME ? 4 : -1;
                if (which < 0 || type != '"') return;
                span[which] = begin;
                span[which + 1] = end;
            });
            if (!whole || span[0] < 0 || span[4] < 0 || span[2] < 0) return -1;
            if (times.read(b, span[4], span[5]) >= 0) time = times.time();
            int end = unescape(b, span[0], span[1], out, at);
            partial = end == at || out[end - 1] != '\n';
            if (!partial) end--;
            while (end > at && out[end - 1] == '\r') end--;
            return end;
        }

        /// Undoes the escapes of JSON, which only make a text shorter in UTF-8.
        private static int unescape(byte[] b, int from, int to, byte[] out, int at) {
            int end = at;
            for (int i = from; i < to; i++) {
                if (b[i] != '\\' || i + 1 >= to) {
                    out[end++] = b[i];
                    continue;
                }
                i++;
                switch (b[i]) {
                    case 'n' -> out[end++] = '\n';
                    case 't' -> out[end++] = '\t';
                    case 'r' -> out[end++] = '\r';
                    case 'b' -> out[end++] = '\b';
                    case 'f' -> out[end++] = '\f';
                    case 'u' -> {
                        int code = i + 4 < to ? hex(b, i + 1) : -1;
                        if (code < 0) out[end++] = 'u';
                        else {
                            i += 4;
                            if (code < 0x80) out[end++] = (byte) code;
                            else if (code < 0x800) {
                                out[end++] = (byte) (0xc0 | code >> 6);
                                out[end++] = (byte) (0x80 | code & 0x3f);
                            } else if (Character.isHighSurrogate((char) code) && i + 6 < to && b[i + 1] == '\\' && b[i + 2] == 'u' && Character.isLowSurrogate((char) hex(b, i + 3))) {
                                int point = Character.toCodePoint((char) code, (char) hex(b, i + 3));
                                i += 6;
                                out[end++] = (byte) (0xf0 | point >> 18);
                                out[end++] = (byte) (0x80 | point >> 12 & 0x3f);
                                out[end++] = (byte) (0x80 | point >> 6 & 0x3f);
                                out[end++] = (byte) (0x80 | point & 0x3f);
                            } else {
                                out[end++] = (byte) (0xe0 | code >> 12);
                                out[end++] = (byte) (0x80 | code >> 6 & 0x3f);
                                out[end++] = (byte) (0x80 | code & 0x3f);
                            }
                        }
                    }
                    default -> out[end++] = b[i];
                }
            }
            return end;
        }

        private static int hex(byte[] b, int from) {
            int value = 0;
            for (int i = from; i < from + 4; i++) {
                int digit = Character.digit(b[i], 16);
                if (digit < 0) return -1;
                value = value << 4 | digit;
            }
            return value;
        }
    }
}
