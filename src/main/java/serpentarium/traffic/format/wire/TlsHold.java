package serpentarium.traffic.format.wire;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import serpentarium.traffic.Side;

/// What came over a TLS connection while its secrets were not known yet, in its order.
final class TlsHold {
    private static final long MOST = 4L << 20;
    private static final int COST = 64;

    private Deque<Held> events = new ArrayDeque<>();
    private long size;
    private long since;
    private boolean holds;

    /// Something that happened.
    sealed interface Held {
        /// A sealed record with its header.
        record Sealed(Side side, double time, byte[] bytes) implements Held {}

        /// A record of which bytes are missing.
        record Hollow(Side side, double time, int size) implements Held {}

        /// Bytes that are no records.
        record Raw(Side side, double time, byte[] bytes) implements Held {}

        /// Bytes that were not captured.
        record Lost(Side side, double time, long count) implements Held {}

        /// One side sends no more.
        record End(Side side, double time) implements Held {}

        /// The connection is over.
        record Close(double time, Protocol.Ending how) implements Held {}
    }

    /// Whether anything waits: then all that comes has to.
    boolean holds() {
        return holds;
    }

    /// How many bytes wait.
    long size() {
        return size;
    }

    /// When waiting began, by [System#nanoTime()].
    long since() {
        return since;
    }

    /// Whether more than one connection may hold waits.
    boolean full() {
        return size > MOST;
    }

    void add(Held event) {
        if (!holds) since = System.nanoTime();
        holds = true;
        events.add(event);
        size += COST + bytes(event);
    }

    private static int bytes(Held event) {
        return switch (event) {
            case Held.Sealed sealed -> sealed.bytes.length;
            case Held.Raw raw -> raw.bytes.length;
            case Held.Hollow _, Held.Lost _, Held.End _, Held.Close _ -> 0;
        };
    }

    void sealed(Side side, double time, byte[] b, int at, int length) {
        add(new Held.Sealed(side, time, Arrays.copyOfRange(b, at, at + length)));
    }

    /// Everything that waits, which does not any more.
    Deque<Held> take() {
        Deque<Held> all = events;
        events = new ArrayDeque<>();
        size = 0;
        holds = false;
        return all;
    }

    /// Puts back what has to wait on, behind what was added since it was taken.
    void putBack(Deque<Held> rest, long began) {
        for (Held event : rest) add(event);
        since = began;
    }
}
