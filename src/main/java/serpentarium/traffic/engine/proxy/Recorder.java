package serpentarium.traffic.engine.proxy;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import serpentarium.task.ServiceThreads;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.format.wire.KeyLog;
import serpentarium.traffic.format.wire.Recording;

/// Turns copies of what goes by into flows, on a thread of its own. What waits for it is bounded: what does not fit is counted, and marked on
/// its flow, and the traffic goes on.
final class Recorder implements AutoCloseable {
    /// Bytes that wait at most.
    static final long MOST = 16L << 20;
    private static final long SOON = 256 << 10;
    private static final int DELAY_MILLIS = 10;
    private static final int POOLED = 1 << 16;
    private static final int POOLED_FROM = 1 << 12;
    /// What an event takes beside its bytes.
    private static final int OVERHEAD = 96;

    private final DefaultEventExecutor thread;
    private final Queue<Event> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean urgent = new AtomicBoolean();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong unrecorded = new AtomicLong();
    private final String prefix = Long.toString(System.currentTimeMillis(), 36) + "-";
    private final Recording forward;
    private final Recording reverse;
    private final Recording sent;
    private final Clock clock;
    private final long most;
    /// Arrays for copies of large pieces, which are used again: a download of any length makes no garbage.
    private final Queue<byte[]> spare = new ConcurrentLinkedQueue<>();
    private volatile String failure;

    /// Something that happened on a connection.
    interface Event {
        /// Which one.
        Tap tap();

        /// How many bytes wait with it.
        int size();

        /// Tells it.
        ///
        /// @throws IOException when it cannot be written
        void tell(Recorded to) throws IOException;

        /// It was told: what it holds is free.
        default void done() {}
    }

    Recorder(FlowSink sink, ServiceThreads threads, Clock clock, long most) {
        this.clock = clock;
        this.most = most;
        thread = new DefaultEventExecutor(ProxyServer.loops(threads));
        forward = new Recording(sink, FlowSource.PROXY, new KeyLog(), true);
        reverse = new Recording(sink, FlowSource.REVERSE, new KeyLog(), true);
        sent = new Recording(sink, FlowSource.SENT, new KeyLog(), true);
        forward.showLater();
        sent.showLater();
        reverse.showLater();
    }

    /// A connection to record.
    ///
    /// @param server null where it is not known yet
    Tap open(FlowSource source, Endpoint client, Endpoint server) {
        String id = prefix + Long.toString(connections.incrementAndGet(), 36);
        Recording into = switch (source) {
            case REVERSE -> reverse;
            case SENT -> sent;
            default -> forward;
        };
        return new Tap(this, clock, id, new Recorded(into, id, client, server));
    }

    /// Whether who can wait should: half of what may wait does.
    boolean busy() {
        return waiting.get() > most / 2;
    }

    /// Whether so many more bytes may wait; counts those that may not.
    boolean room(int bytes) {
        if (waiting.get() + bytes <= most) return true;
        unrecorded.addAndGet(bytes);
        return false;
    }

    /// An array for so many bytes, which may be longer.
    byte[] array(int length) {
        if (length < POOLED_FROM || length > POOLED) return new byte[length];
        byte[] free = spare.poll();
        return free == null ? new byte[POOLED] : free;
    }

    /// The array is free again.
    void free(byte[] array) {
        if (array.length == POOLED) spare.add(array);
    }

    void send(Event event) {
        queue.add(event);
        long now = waiting.addAndGet(event.size() + OVERHEAD);
        if (now > SOON && urgent.compareAndSet(false, true)) thread.execute(this::drain);
        if (scheduled.compareAndSet(false, true)) thread.schedule(this::drainLater, DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void drainLater() {
        scheduled.set(false);
        drain();
    }

    private void drain() {
        urgent.set(false);
        tellAll();
        try {
            forward.show();
            reverse.show();
            sent.show();
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    private void tellAll() {
        Event event;
        while ((event = queue.poll()) != null) {
            boolean told = false;
            try {
                event.tell(event.tap().recorded());
                told = true;
            } catch (IOException e) {
                fail(event.tap(), e.getMessage());
                told = true;
            } finally {
                waiting.addAndGet(-event.size() - OVERHEAD);
                event.done();
                // Whatever else is thrown is logged by the executor: the rest must not wait for ever.
                if (!told) {
                    event.tap().recorded().give();
                    thread.execute(this::drain);
                }
            }
        }
    }

    private void fail(Tap tap, String why) {
        failure = String.valueOf(why);
        tap.recorded().give();
    }

    /// Bytes that could not be recorded.
    long unrecorded() {
        return unrecorded.get();
    }

    /// Why something could not be written; null where everything could.
    String failure() {
        return failure;
    }

    /// Writes what waits, then ends.
    @Override public void close() {
        thread.submit(this::drain).awaitUninterruptibly(10, TimeUnit.SECONDS);
        thread.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
