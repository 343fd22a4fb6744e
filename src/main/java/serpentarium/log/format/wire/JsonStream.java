package serpentarium.log.format.wire;

/// JSON objects over a connection, each ended by a line feed, or by a NUL (GELF).
public final class JsonStream implements Decoder {
    private final HeldBytes held = new HeldBytes();
    private final Now now;
    private final JsonRecord record = new JsonRecord();
    private int looked;

    /// Takes times of arrival from `now`.
    public JsonStream(Now now) {
        this.now = now;
    }

    @Override public boolean feed(byte[] bytes, int from, int to, Arrivals out) {
        long received = now.nanos();
        int at = from;
        if (held.size() == 0) at = records(bytes, from, from, to, received, out);
        if (at < to || held.size() > 0) {
            boolean more = held.size() > 0;
            held.add(bytes, at, to);
            if (more) held.advance(records(held.bytes(), held.from(), held.from() + looked, held.to(), received, out));
        }
        looked = held.size();
        if (held.size() <= LARGEST) return true;
        out.refuse(Refusal.TOO_LARGE);
        held.clear();
        return false;
    }

    private int records(byte[] b, int from, int look, int to, long received, Arrivals out) {
        int begin = from;
        for (int at = look; at < to; at++) {
            if (b[at] != '\n' && b[at] != 0) continue;
            write(b, begin, at, received, out);
            begin = at + 1;
        }
        return begin;
    }

    private void write(byte[] b, int from, int to, long received, Arrivals out) {
        int begin = from;
        int end = to;
        while (begin < end && b[begin] <= ' ' && b[begin] >= 0) begin++;
        while (end > begin && b[end - 1] <= ' ' && b[end - 1] >= 0) end--;
        if (begin < end) record.write(b, begin, end, received, out);
    }

    @Override public void end(Arrivals out) {
        if (held.size() > 0) {
            if (JsonValues.read(held.bytes(), held.from(), held.to()) instanceof serpentarium.pickle.PickleValue.Dict)
                write(held.bytes(), held.from(), held.to(), now.nanos(), out);
            else out.refuse(Refusal.CUT_OFF);
        }
        held.clear();
    }

    @Override public int held() {
        return held.size();
    }
}
