package serpentarium.traffic.format.packets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One direction of a TCP connection: what was handed on, and what waits. Numbers are of 32 bits and wrap.
final class TcpDirection {
    private static final int COST = 96;

    private final List<Segment> segments = new ArrayList<>(0);
    private boolean known;
    private boolean synced;
    private int first;
    private int next;
    private int acked;
    private boolean anyAcked;
    private boolean fin;
    private int finAt;
    private boolean over;
    private long waiting;
    private double delivered = Double.NEGATIVE_INFINITY;
    private boolean differs;

    /// Bytes that wait.
    ///
    /// @param seq    the number of the first
    /// @param ack    what it acknowledges
    /// @param acks   whether it acknowledges anything
    /// @param bytes  as far as they were captured
    /// @param length as it was sent
    record Segment(int seq, int ack, boolean acks, double time, byte[] bytes, int length) {
        private Segment part(int skip, int count) {
            int there = Math.max(0, Math.min(bytes.length - skip, count));
            return new Segment(seq + skip, ack, acks, time, there == 0 ? new byte[0] : Arrays.copyOfRange(bytes, skip, skip + there), count);
        }
    }

    boolean known() {
        return known;
    }

    boolean synced() {
        return synced;
    }

    int first() {
        return first;
    }

    int next() {
        return next;
    }

    boolean empty() {
        return segments.isEmpty();
    }

    long waiting() {
        return waiting;
    }

    /// Whether two segments said different things of the same bytes.
    boolean differs() {
        return differs;
    }

    /// The number of a SYN.
    void sync(int seq) {
        if (synced && first == seq) return;
        boolean fresh = !synced;
        synced = true;
        first = seq;
        if (fresh && (!known || segments.isEmpty())) next = seq + 1;
        known = true;
    }

    /// The first number that is seen of a direction whose beginning was not.
    void meet(int seq) {
        if (known) return;
        known = true;
        next = seq;
    }

    /// The other side has everything before this number.
    void acknowledged(int ack) {
        if (!anyAcked || ack - acked > 0) acked = ack;
        anyAcked = true;
    }

    /// Whether everything before this number was handed on.
    boolean reached(int ack) {
        return ack - next <= 0;
    }

    void advance(int count) {
        next += count;
    }

    /// A time that is not before what was handed on already.
    double time(double time) {
        delivered = Math.max(delivered, time);
        return delivered;
    }

    /// Keeps a segment until it may be handed on; of bytes that are there already nothing is kept.
    void keep(int seq, int ack, boolean acks, double time, byte[] bytes, int from, int there, int length) {
        int skip = Math.max(0, next - seq);
        if (seq - next < 0 && skip >= length || length - skip <= 0) return;
        var whole = new Segment(seq, ack, acks, time, Arrays.copyOfRange(bytes, from, from + there), length);
        var fresh = skip == 0 ? whole : whole.part(skip, length - skip);
        int at = segments.size();
        while (at > 0 && segments.get(at - 1).seq - fresh.seq > 0) at--;
        if (at > 0) {
            Segment before = segments.get(at - 1);
            int overlap = before.seq + before.length - fresh.seq;
            if (overlap > 0) {
                compare(before, fresh, overlap);
                if (overlap >= fresh.length) return;
                fresh = fresh.part(overlap, fresh.length - overlap);
            }
        }
        while (fresh != null && at < segments.size()) {
            Segment after = segments.get(at);
            int free = after.seq - fresh.seq;
            if (free >= fresh.length) break;
            if (free > 0) insert(at++, fresh.part(0, free));
            compare(after, fresh, 1);
            int covered = free + after.length;
            fresh = covered >= fresh.length ? null : fresh.part(covered, fresh.length - covered);
            at++;
        }
        if (fresh != null) insert(at, fresh);
    }

    private void insert(int at, Segment segment) {
        segments.add(at, segment);
        waiting += segment.bytes.length + COST;
    }

    private void compare(Segment kept, Segment fresh, int overlap) {
        int from = Math.max(0, fresh.seq - kept.seq);
        int to = Math.max(0, kept.seq - fresh.seq);
        int count = Math.min(kept.bytes.length - from, fresh.bytes.length - to);
        if (overlap > 0 && count > 0 && !Arrays.equals(kept.bytes, from, from + count, fresh.bytes, to, to + count)) differs = true;
    }

    /// The next segment when it need not wait any more; null where there is none.
    Segment ready(TcpDirection other) {
        while (!segments.isEmpty()) {
            Segment head = segments.getFirst();
            if (head.seq - next > 0) return null;
            int skip = next - head.seq;
            if (skip >= head.length) {
                drop();
                continue;
            }
            if (head.acks && other.known && !other.reached(head.ack)) return null;
            drop();
            return skip == 0 ? head : head.part(skip, head.length - skip);
        }
        return null;
    }

    private void drop() {
        waiting -= segments.removeFirst().bytes.length + COST;
    }

    /// Lets the next segment go although what it acknowledges was not seen.
    boolean unblock() {
        if (segments.isEmpty()) return false;
        Segment head = segments.getFirst();
        if (!head.acks) return false;
        segments.set(0, new Segment(head.seq, 0, false, head.time, head.bytes, head.length));
        return true;
    }

    /// Whether the other side has more than was seen.
    boolean behind() {
        return anyAcked && acked - next > 0;
    }

    /// How many bytes are missing before the next that are there, or that the other side has.
    ///
    /// @param all whether also those that the other side does not have
    long gap(boolean all) {
        if (!segments.isEmpty()) {
            int gap = segments.getFirst().seq - next;
            if (gap > 0 && (all || anyAcked && acked - next > 0)) return all ? gap : Math.min(gap, acked - next);
            if (gap > 0) return 0;
        }
        return segments.isEmpty() && behind() ? acked - next : 0;
    }

    void finishes(int seq) {
        if (fin) return;
        fin = true;
        finAt = seq;
    }

    /// Whether the end is reached; true once.
    boolean finished() {
        if (!fin || over || next - finAt < 0) return false;
        over = true;
        next = finAt + 1;
        return true;
    }

    /// Whether the end was reached.
    boolean over() {
        return over;
    }

    void release() {
        segments.clear();
        waiting = 0;
    }
}
