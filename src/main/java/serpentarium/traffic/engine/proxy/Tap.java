package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.util.function.Consumer;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.wire.Link;
import serpentarium.traffic.format.wire.Protocol;

/// Hands the recorder a copy of what goes over one connection. Used by the connection's event loop.
final class Tap {
    private final Recorder recorder;
    private final Clock clock;
    private final String id;
    private final Recorded recorded;
    private final long[] lost = new long[2];
    private boolean closed;
    private String failure;

    private record Bytes(Tap tap, Side from, double time, byte[] bytes, int length) implements Recorder.Event {
        @Override public int size() {
            // What waits is memory, not content.
            return bytes.length;
        }

        @Override public void tell(Recorded to) throws IOException {
            to.bytes(from, time, bytes, length);
        }

        @Override public void done() {
            tap.recorder.free(bytes);
        }
    }

    private record Other(Tap tap, Telling telling) implements Recorder.Event {
        @Override public int size() {
            return 0;
        }

        @Override public void tell(Recorded to) throws IOException {
            telling.tell(to);
        }
    }

    private interface Telling {
        void tell(Recorded to) throws IOException;
    }

    Tap(Recorder recorder, Clock clock, String id, Recorded recorded) {
        this.recorder = recorder;
        this.clock = clock;
        this.id = id;
        this.recorded = recorded;
    }

    /// The id of the first flow of the connection.
    String flow() {
        return id + ".1";
    }

    /// The recorder's side of it.
    Recorded recorded() {
        return recorded;
    }

    /// Seconds since 1970.
    double now() {
        return clock.now();
    }

    /// Bytes that one side sent; the buffer is left as it is.
    void bytes(Side from, ByteBuf buffer, int offset, int length) {
        if (closed || length == 0) return;
        if (!recorder.room(length)) {
            lost[from.ordinal()] += length;
            return;
        }
        tellLost(from);
        byte[] copy = recorder.array(length);
        buffer.getBytes(offset, copy, 0, length);
        recorder.send(new Bytes(this, from, now(), copy, length));
    }

    /// All readable bytes of a buffer, which one side sent.
    void bytes(Side from, ByteBuf buffer) {
        bytes(from, buffer, buffer.readerIndex(), buffer.readableBytes());
    }

    /// Bytes that one side sent at a time before; they are not changed any more.
    void bytes(Side from, byte[] bytes, double time) {
        if (closed || bytes.length == 0) return;
        if (!recorder.room(bytes.length)) {
            lost[from.ordinal()] += bytes.length;
            return;
        }
        tellLost(from);
        byte[] copy = recorder.array(bytes.length);
        System.arraycopy(bytes, 0, copy, 0, bytes.length);
        recorder.send(new Bytes(this, from, time, copy, bytes.length));
    }

    private void tellLost(Side from) {
        long count = lost[from.ordinal()];
        if (count == 0) return;
        lost[from.ordinal()] = 0;
        double time = now();
        tell(to -> to.lost(from, time, count));
    }

    /// Something that was found out about the connection.
    void fact(Consumer<Link> fact) {
        tell(to -> fact.accept(to.link()));
    }

    /// What went wrong with the connection, for a person.
    void fail(String text) {
        if (failure == null) failure = text;
        fact(link -> link.fail(text));
    }

    /// What went wrong first; null where nothing did.
    String failure() {
        return failure;
    }

    /// One side sends no more.
    void end(Side from) {
        if (closed) return;
        tellLost(from);
        double time = now();
        tell(to -> to.end(from, time));
    }

    /// The connection is over.
    void close(Protocol.Ending how) {
        if (closed) return;
        for (Side side : Side.values()) tellLost(side);
        double time = now();
        tell(to -> to.close(time, how));
        closed = true;
    }

    private void tell(Telling telling) {
        recorder.send(new Other(this, telling));
    }
}
