package serpentarium.log.engine.receive;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import serpentarium.log.format.wire.Now;
import serpentarium.task.ServiceThreads;

/// Writes records to the store on a thread of its own, many at once, and says so afterwards: what is not on disk is neither counted nor acknowledged. Where the disk is
/// full, what came waits, and who sends is not read any more.
final class Intake implements AutoCloseable {
    private static final long MOST = 48L << 20;
    private static final int RUN = 4 << 20;
    /// After how many runs others get their turn.
    private static final int RUNS = 16;
    private static final long SOON = 1 << 20;
    private static final long GATHER_MILLIS = 5;
    private static final long AGAIN_MILLIS = 500;
    private static final long FORCE_MILLIS = 1000;

    private final LogStore store;
    private final Sources sources;
    private final Now now;
    private final DefaultEventExecutor thread;
    private final Queue<Batch> queue = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Batch> taken = new ArrayDeque<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final AtomicBoolean urgent = new AtomicBoolean();
    private final Queue<Runnable> paused = new ConcurrentLinkedQueue<>();
    private byte[] run = new byte[1 << 16];
    private volatile String failure;

    Intake(LogStore store, Sources sources, Now now, ServiceThreads threads) {
        this.store = store;
        this.sources = sources;
        this.now = now;
        thread = new DefaultEventExecutor(threads.loops());
        thread.scheduleAtFixedRate(this::force, FORCE_MILLIS, FORCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Why nothing can be written; null while all is well.
    String failure() {
        return failure;
    }

    /// Whether so much waits that senders should wait, too.
    boolean busy() {
        return waiting.get() > MOST;
    }

    /// Runs this once less waits.
    void whenFree(Runnable resume) {
        paused.add(resume);
        if (!busy()) resume();
    }

    private void resume() {
        for (Runnable each; (each = paused.poll()) != null;) each.run();
    }

    void take(Batch batch) {
        waiting.addAndGet(batch.lines.length + (long) batch.records * 32);
        queue.add(batch);
        // What nobody waits for may gather for a moment, so that much is written at once.
        if (batch.written != null || waiting.get() > SOON) {
            if (urgent.compareAndSet(false, true)) thread.execute(this::drain);
        } else if (scheduled.compareAndSet(false, true)) thread.schedule(this::drain, GATHER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void drain() {
        urgent.set(false);
        scheduled.set(false);
        for (int runs = 0; runs < RUNS; runs++) if (!write()) return;
        if (urgent.compareAndSet(false, true)) thread.execute(this::drain);
    }

    /// Writes what waits, as much as fits one run; false where nothing does, or it cannot be written.
    private boolean write() {
        int size = 0;
        for (Batch each : taken) size += each.lines.length;
        for (Batch next; size < RUN && (next = queue.poll()) != null;) {
            taken.add(next);
            size += next.lines.length;
        }
        if (taken.isEmpty()) return false;
        if (run.length < size) run = new byte[Math.max(size, Math.min(run.length * 2, RUN))];
        int at = 0;
        for (Batch each : taken) {
            System.arraycopy(each.lines, 0, run, at, each.lines.length);
            at += each.lines.length;
        }
        try {
            store.append(run, at);
            failure = null;
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
            if (scheduled.compareAndSet(false, true)) thread.schedule(this::drain, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            return false;
        }
        if (run.length > RUN * 2) run = new byte[1 << 16];
        List<Batch> done = new ArrayList<>(taken);
        taken.clear();
        long nanos = now.nanos();
        for (Batch each : done) {
            sources.written(each, nanos);
            waiting.addAndGet(-each.lines.length - (long) each.records * 32);
            if (each.written != null) each.written.run();
        }
        if (!paused.isEmpty() && waiting.get() < MOST / 2) resume();
        return true;
    }

    private void force() {
        try {
            store.force();
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    /// Writes what waits, and ends.
    @Override public void close() throws IOException {
        thread.submit(() -> {
            while (write()) continue;
        }).awaitUninterruptibly(10, TimeUnit.SECONDS);
        thread.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly(10, TimeUnit.SECONDS);
        store.close();
    }
}
