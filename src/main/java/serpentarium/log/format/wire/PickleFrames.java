package serpentarium.log.format.wire;

/// What Python's `SocketHandler` sends: four bytes of length, and as many of a pickle, again and again. `DatagramHandler` puts the same into a datagram.
public final class PickleFrames implements Decoder {
    private static final int HEAD = 4;

    private final HeldBytes held = new HeldBytes();
    private final Now now;
    private final PickledRecord record = new PickledRecord();

    /// Takes times of arrival from `now`.
    public PickleFrames(Now now) {
        this.now = now;
    }

    @Override public boolean feed(byte[] bytes, int from, int to, Arrivals out) {
        if (held.size() == 0) {
            int at = frames(bytes, from, to, out);
            if (at < 0) return false;
            if (at < to) held.add(bytes, at, to);
            return true;
        }
        held.add(bytes, from, to);
        int at = frames(held.bytes(), held.from(), held.to(), out);
        if (at < 0) return false;
        held.advance(at);
        return true;
    }

    /// Reads all complete frames; gives where the first incomplete one begins, or -1 where no frame can be.
    private int frames(byte[] bytes, int from, int to, Arrivals out) {
        int at = from;
        long received = now.nanos();
        while (to - at >= HEAD) {
            long length = length(bytes, at);
            if (length > LARGEST) {
                out.refuse(Refusal.TOO_LARGE);
                held.clear();
                return -1;
            }
            if (to - at - HEAD < length) return at;
            at += HEAD;
            record.write(bytes, at, at + (int) length, received, out);
            at += (int) length;
        }
        return at;
    }

    private static long length(byte[] b, int at) {
        return (b[at] & 0xffL) << 24 | (b[at + 1] & 0xff) << 16 | (b[at + 2] & 0xff) << 8 | b[at + 3] & 0xff;
    }

    @Override public void end(Arrivals out) {
        if (held.size() > 0) out.refuse(Refusal.CUT_OFF);
        held.clear();
    }

    @Override public int held() {
        return held.size();
    }

    /// Reads a datagram.
    public void datagram(byte[] bytes, int from, int to, Arrivals out) {
        if (to - from < HEAD || length(bytes, from) != to - from - HEAD) out.refuse(Refusal.DAMAGED);
        else record.write(bytes, from + HEAD, to, now.nanos(), out);
    }

    /// Whether a datagram may be one of a pickle.
    public static boolean fits(byte[] bytes, int from, int to) {
        return to - from > HEAD && length(bytes, from) == to - from - HEAD;
    }
}
