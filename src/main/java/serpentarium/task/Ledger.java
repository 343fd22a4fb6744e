package serpentarium.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// The book that both kinds of [Tasks] keep: what lives, what ended last, which task is the latest of its key, and who is still busy.
final class Ledger {
    /// How many ended tasks are remembered.
    static final int REMEMBERED = 50;

    private final Executor listeners;
    private final Executor cancelActions;
    private final BiConsumer<TaskHandle<?>, Progress> watcher;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition idle = lock.newCondition();
    private final TreeMap<Long, TaskRun<?>> live = new TreeMap<>();
    private final Deque<TaskHandle<?>> past = new ArrayDeque<>();
    private final Map<Object, TaskRun<?>> latest = new HashMap<>();
    /// Runs whose work is on a thread, cancelled ones that have not noticed included.
    private final Set<TaskRun<?>> working = new HashSet<>();
    private int cancelling;
    private long submissions;
    private boolean closed;
    private volatile long version;

    /// @param listeners     where listeners are called
    /// @param cancelActions where cancel actions are called
    /// @param watcher       called at each progress on the worker's thread, or null
    /// @param clock         for [TaskHandle#submitted()]
    /// @param nanoTime      for rates
    Ledger(Executor listeners, Executor cancelActions, BiConsumer<TaskHandle<?>, Progress> watcher, InstantSource clock,
           LongSupplier nanoTime) {
        this.listeners = listeners;
        this.cancelActions = cancelActions;
        this.watcher = watcher;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    Executor listeners() {
        return listeners;
    }

    Instant instant() {
        return clock.instant();
    }

    Meter meter() {
        return new Meter(nanoTime);
    }

    long version() {
        return version;
    }

    /// Books a task. The one before it under the same key is cancelled; after shutdown the new one is cancelled itself.
    <T> TaskRun<T> book(TaskSpec<T> spec) {
        TaskRun<T> run;
        TaskRun<?> before = null;
        boolean refused;
        lock.lock();
        try {
            run = new TaskRun<>(++submissions, spec, this);
            refused = closed;
            live.put(run.id(), run);
            if (!refused && spec.latestKey() != null) before = latest.put(spec.latestKey(), run);
            touched(run);
        } finally {
            lock.unlock();
        }
        if (before != null) before.supersede();
        if (refused) run.cancel();
        return run;
    }

    private void touched(TaskRun<?> run) {
        if (!run.spec().quiet()) version++;
    }

    /// A run went from waiting to running.
    void changed(TaskRun<?> run) {
        lock.lock();
        try {
            touched(run);
        } finally {
            lock.unlock();
        }
    }

    /// A run's work is about to begin on the calling thread.
    void entered(TaskRun<?> run) {
        lock.lock();
        try {
            working.add(run);
        } finally {
            lock.unlock();
        }
    }

    /// A run's work has left its thread.
    void left(TaskRun<?> run) {
        lock.lock();
        try {
            working.remove(run);
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A run reached its final state.
    void ended(TaskRun<?> run, TaskState<?> last) {
        lock.lock();
        try {
            live.remove(run.id());
            if (!run.spec().quiet()) {
                past.addFirst(PastTask.of(run, last));
                if (past.size() > REMEMBERED) past.removeLast();
            }
            touched(run);
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// All listeners that a run has by now were called: nothing of it is late any more.
    void answered(TaskRun<?> run) {
        Object key = run.spec().latestKey();
        if (key == null) return;
        lock.lock();
        try {
            latest.remove(key, run);
        } finally {
            lock.unlock();
        }
    }

    /// Runs a cancel action where those are run.
    void cancelAction(Runnable action) {
        count(1);
        boolean taken = Guard.hand(cancelActions, "A cancel action", () -> {
            try {
                action.run();
            } finally {
                count(-1);
            }
        });
        if (!taken) count(-1);
    }

    private void count(int change) {
        lock.lock();
        try {
            cancelling += change;
            idle.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Tells the watcher, if there is one.
    void progressed(TaskRun<?> run, Meter meter) {
        if (watcher != null && !run.spec().quiet()) Guard.run("A progress watcher", () -> watcher.accept(run, meter.now()));
    }

    /// See [Tasks#recent()].
    List<TaskHandle<?>> recent() {
        lock.lock();
        try {
            var all = new ArrayList<TaskHandle<?>>(past);
            for (TaskRun<?> run : live.values()) if (!run.spec().quiet()) all.add(run);
            all.sort(Comparator.<TaskHandle<?>>comparingLong(TaskHandle::id).reversed());
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    /// Cancels everything that waits or runs, newest first.
    void cancelAll() {
        List<TaskRun<?>> all;
        lock.lock();
        try {
            all = List.copyOf(live.descendingMap().values());
        } finally {
            lock.unlock();
        }
        for (TaskRun<?> run : all) run.cancel();
    }

    /// Refuses what is submitted from now on, cancels the rest, waits.
    ///
    /// @return whether no work is on a thread and no cancel action runs any more
    boolean shutdown(Duration grace) {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        cancelAll();
        return awaitIdle(grace);
    }

    private boolean awaitIdle(Duration grace) {
        long left = TimeUnit.NANOSECONDS.convert(grace);
        lock.lock();
        try {
            while (cancelling > 0 || !working.isEmpty()) {
                // A task that shuts down its own service would wait for itself.
                if (left <= 0 || working.stream().anyMatch(TaskRun::runsHere)) return false;
                left = idle.awaitNanos(left);
            }
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
