package serpentarium.task;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Hands a stream of things from any number of threads to one consumer (the window), in lists, at most one list an interval.
///
/// The queue is bounded: what does not fit is dropped, counted, and told with the next list. What must not be lost is written to disk
/// before it is offered. While nothing is offered nothing runs: the first thing after a pause sets one timer.
///
/// @param <T> what is handed over
public final class Batches<T> implements AutoCloseable {
    /// How long a consumer has peace between two lists, unless said otherwise.
    public static final Duration INTERVAL = Duration.ofMillis(50);

    private static final long NOW = -1;

    private final int capacity;
    private final long interval;
    private final Executor executor;
    private final Consumer<Batch<T>> consumer;
    private final Timer timer;
    private final LongSupplier nanoTime;

    private final ArrayDeque<T> queue = new ArrayDeque<>();
    private long dropped;
    private long last;
    private boolean handedBefore;
    /// A timer is set, or the hand-over it asked for has not ended.
    private boolean armed;
    private boolean handing;
    private boolean again;
    private boolean closed;
    /// The number of the timer that counts; one that was overtaken by a flush does nothing when it rings.
    private long ticket;

    /// One list.
    ///
    /// @param items   in the order in which they were taken; empty only when all were dropped
    /// @param dropped how many did not fit since the list before
    /// @param <T>     what is handed over
    public record Batch<T>(List<T> items, long dropped) {}

    /// Runs something later, once.
    @FunctionalInterface
    public interface Timer {
        /// Runs `action` after `delay`, on any thread; it is quick.
        void after(Duration delay, Runnable action);
    }

    /// Batches every [#INTERVAL].
    ///
    /// @param capacity how many things wait at most
    /// @param executor where the consumer is called, never twice at once: the window's thread
    /// @param consumer takes the lists; what it throws is logged
    public Batches(int capacity, Executor executor, Consumer<Batch<T>> consumer) {
        this(capacity, INTERVAL, executor, consumer, Batches::delayed, System::nanoTime);
    }

    /// @param capacity how many things wait at most
    /// @param interval the least time between the beginnings of two calls
    /// @param executor where the consumer is called
    /// @param consumer takes the lists
    /// @param timer    the alarm clock
    /// @param nanoTime the clock, as [System#nanoTime()]
    public Batches(int capacity, Duration interval, Executor executor, Consumer<Batch<T>> consumer, Timer timer, LongSupplier nanoTime) {
        if (capacity < 1) throw new IllegalArgumentException("capacity " + capacity);
        this.capacity = capacity;
        this.interval = TimeUnit.NANOSECONDS.convert(interval);
        this.executor = Objects.requireNonNull(executor, "executor");
        this.consumer = Objects.requireNonNull(consumer, "consumer");
        this.timer = Objects.requireNonNull(timer, "timer");
        this.nanoTime = nanoTime;
    }

    private static void delayed(Duration delay, Runnable action) {
        CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run).execute(action);
    }

    /// Puts a thing into the queue. Never blocks; may be called from any thread.
    ///
    /// @return false when it was dropped, because the queue is full or closed
    public boolean offer(T item) {
        Objects.requireNonNull(item, "item");
        boolean taken;
        long wait;
        long number;
        synchronized (this) {
            if (closed) return false;
            taken = queue.size() < capacity;
            if (taken) queue.add(item);
            else dropped++;
            if (armed) return taken;
            armed = true;
            wait = untilNext();
            number = ++ticket;
        }
        arm(wait, number);
        return taken;
    }

    private long untilNext() {
        return handedBefore ? Math.clamp(last + interval - nanoTime.getAsLong(), 0, interval) : 0;
    }

    private void arm(long wait, long number) {
        if (wait == 0) hand(number);
        else timer.after(Duration.ofNanos(wait), () -> hand(number));
    }

    private void hand(long number) {
        if (!Guard.hand(executor, "The hand-over of a batch", () -> deliver(number))) refused();
    }

    /// The executor takes nothing any more: what waits is lost, and said to be.
    private synchronized void refused() {
        dropped += queue.size();
        queue.clear();
        armed = false;
    }

    private void deliver(long number) {
        Batch<T> batch;
        synchronized (this) {
            if (number != NOW && number != ticket) return;
            if (handing) {
                again = true;
                return;
            }
            batch = take();
            if (batch == null) {
                armed = false;
                return;
            }
            armed = true;
            ticket++;
            handing = true;
        }
        for (Batch<T> next = batch; next != null; next = afterwards()) {
            Batch<T> each = next;
            Guard.run("The consumer of batches", () -> consumer.accept(each));
        }
    }

    private Batch<T> take() {
        if (queue.isEmpty() && dropped == 0) return null;
        var batch = new Batch<>(List.copyOf(queue), dropped);
        queue.clear();
        dropped = 0;
        last = nanoTime.getAsLong();
        handedBefore = true;
        return batch;
    }

    /// What a flush asked for meanwhile; otherwise sets the timer for what has come meanwhile.
    private Batch<T> afterwards() {
        long wait;
        long number;
        synchronized (this) {
            if (again) {
                again = false;
                Batch<T> next = take();
                if (next != null) return next;
            }
            handing = false;
            armed = !queue.isEmpty() || dropped > 0;
            if (!armed) return null;
            wait = untilNext();
            number = ++ticket;
        }
        arm(wait, number);
        return null;
    }

    /// Hands over what waits now, without waiting for the interval: on the executor, and soon if the consumer is busy.
    public void flush() {
        hand(NOW);
    }

    /// Takes nothing any more and hands over the rest. May be called again.
    @Override public void close() {
        synchronized (this) {
            if (closed) return;
            closed = true;
        }
        hand(NOW);
    }
}
