package serpentarium.log.format.wire;

/// Syslog over a connection, where nothing but custom says how messages are told apart: each ends with a NUL (Python's `SysLogHandler`), begins with its length
/// (RFC 6587), or ends with a line feed. Which of them it is shows in the bytes. Where messages follow one another with nothing between, as Python's do with
/// `append_nul=False`, each begins with the next priority.
public final class SyslogFrames implements Decoder {
    /// How many bytes a message may have.
    static final int LONGEST = 1 << 20;
    private static final int DIGITS = 7;

    private enum Way { UNKNOWN, NUL, LINE, COUNTED }

    private final HeldBytes held = new HeldBytes();
    private final Now now;
    private final SyslogRecord record = new SyslogRecord();
    private Way way = Way.UNKNOWN;
    private int looked;

    /// Takes times of arrival from `now`.
    public SyslogFrames(Now now) {
        this.now = now;
    }

    @Override public boolean feed(byte[] bytes, int from, int to, Arrivals out) {
        held.add(bytes, from, to);
        long received = now.nanos();
        if (way == Way.UNKNOWN) find();
        boolean good = switch (way) {
            case COUNTED -> counted(received, out);
            case NUL, LINE -> ended(way == Way.NUL ? 0 : '\n', received, out);
            case UNKNOWN -> true;
        };
        if (good && held.size() > LONGEST) {
            if (way == Way.UNKNOWN) idle(out);
            if (held.size() > LONGEST) {
                out.refuse(Refusal.TOO_LARGE);
                good = false;
            }
        }
        if (!good) held.clear();
        return good;
    }

    private void find() {
        byte[] b = held.bytes();
        int first = held.from();
        if (held.size() == 0) return;
        if (b[first] >= '1' && b[first] <= '9') {
            int at = first;
            while (at < held.to() && b[at] >= '0' && b[at] <= '9') at++;
            if (at < held.to() && b[at] == ' ' && at - first <= DIGITS) way = Way.COUNTED;
            else if (at < held.to()) way = Way.LINE;
            return;
        }
        if (b[first] != '<') {
            way = Way.LINE;
            return;
        }
        int line = -1;
        for (int at = first; at < held.to(); at++) {
            if (b[at] == 0) {
                way = Way.NUL;
                return;
            }
            // The lines of a traceback do not begin like a message.
            if (line < 0 && b[at] == '\n' && priority(b, at + 1, held.to())) line = at;
        }
        if (line >= 0) way = Way.LINE;
    }

    private static boolean priority(byte[] b, int at, int to) {
        if (at + 2 >= to || b[at] != '<') return false;
        int value = 0;
        int digit = at + 1;
        for (; digit < to && digit < at + 4 && b[digit] >= '0' && b[digit] <= '9'; digit++) value = value * 10 + b[digit] - '0';
        return digit > at + 1 && digit < to && b[digit] == '>' && value < 192;
    }

    private boolean counted(long received, Arrivals out) {
        byte[] b = held.bytes();
        while (held.size() > 0) {
            int at = held.from();
            while (at < held.to() && b[at] == '\n') at++;
            held.advance(at);
            if (held.size() == 0) return true;
            at = held.from();
            int length = 0;
            int first = at;
            while (at < held.to() && at - first < DIGITS && b[at] >= '0' && b[at] <= '9') length = length * 10 + b[at++] - '0';
            if (at == held.to()) return true;
            if (at == first || b[at] != ' ') {
                out.refuse(Refusal.DAMAGED);
                return false;
            }
            if (length > LONGEST) {
                out.refuse(Refusal.TOO_LARGE);
                return false;
            }
            if (held.to() - at - 1 < length) return true;
            record.write(b, at + 1, at + 1 + length, received, out);
            held.advance(at + 1 + length);
        }
        return true;
    }

    private boolean ended(int end, long received, Arrivals out) {
        byte[] b = held.bytes();
        int from = held.from();
        for (int at = from + looked; at < held.to(); at++) {
            if (b[at] != end) continue;
            record.write(b, from, at, received, out);
            from = at + 1;
        }
        held.advance(from);
        looked = held.size();
        return true;
    }

    /// Messages that nothing ends are those between one priority and the next.
    @Override public void idle(Arrivals out) {
        if (way == Way.UNKNOWN) rest(out);
    }

    private void rest(Arrivals out) {
        byte[] b = held.bytes();
        int from = held.from();
        long received = now.nanos();
        for (int at = from + 1; at < held.to(); at++) {
            if (!priority(b, at, held.to())) continue;
            record.write(b, from, at, received, out);
            from = at;
        }
        if (from < held.to()) record.write(b, from, held.to(), received, out);
        held.clear();
        looked = 0;
    }

    @Override public void end(Arrivals out) {
        if (way == Way.COUNTED && held.size() > 0) out.refuse(Refusal.CUT_OFF);
        else if (held.size() > 0) rest(out);
        held.clear();
    }

    @Override public int held() {
        return held.size();
    }
}
