package serpentarium.task;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Tasks on threads. The processor's lane has platform threads, the others a virtual thread for each task; all are daemons.
///
/// Cancelling returns at once, whatever a cancel action waits for: each action has a virtual thread of its own.
public final class ThreadTasks implements Tasks {
    private static final long IDLE_SECONDS = 30;

    private final Ledger ledger;
    private final ThreadPoolExecutor cpu;
    private final Map<String, Deque<TaskRun<?>>> serial = new HashMap<>();

    /// As many processor threads as there are cores less one, at least one.
    ///
    /// @param listeners where listeners are called: the window's thread in the desktop
    public ThreadTasks(Executor listeners) {
        this(listeners, Math.max(1, Runtime.getRuntime().availableProcessors() - 1), InstantSource.system(), System::nanoTime);
    }

    /// @param listeners  where listeners are called
    /// @param cpuThreads how many tasks the processor's lane runs at once
    /// @param clock      for [TaskHandle#submitted()]
    /// @param nanoTime   for rates
    public ThreadTasks(Executor listeners, int cpuThreads, InstantSource clock, LongSupplier nanoTime) {
        Objects.requireNonNull(listeners, "listeners");
        ledger = new Ledger(listeners, action -> Thread.ofVirtual().name("cancel").start(action), null, clock, nanoTime);
        cpu = new ThreadPoolExecutor(cpuThreads, cpuThreads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("cpu-", 1).factory(), new ThreadPoolExecutor.DiscardPolicy());
        cpu.allowCoreThreadTimeOut(true);
    }

    @Override public <T> TaskHandle<T> submit(TaskSpec<T> spec) {
        TaskRun<T> run = ledger.book(spec);
        if (run.state().ended()) return run;
        switch (spec.lane()) {
            case Lane.Cpu _ -> cpu.execute(run);
            case Lane.Io _ -> Thread.ofVirtual().name("io-" + run.id()).start(run);
            case Lane.Serial(String name) -> follow(name, run);
        }
        return run;
    }

    private void follow(String name, TaskRun<?> run) {
        synchronized (serial) {
            Deque<TaskRun<?>> waiting = serial.get(name);
            if (waiting != null) {
                waiting.add(run);
                return;
            }
            var first = new ArrayDeque<TaskRun<?>>();
            first.add(run);
            serial.put(name, first);
        }
        Thread.ofVirtual().name("serial-" + name).start(() -> drain(name));
    }

    private void drain(String name) {
        for (TaskRun<?> next; (next = poll(name)) != null; ) next.run();
    }

    private TaskRun<?> poll(String name) {
        synchronized (serial) {
            TaskRun<?> next = serial.get(name).poll();
            // A lane exists only while something is in it: names may be many over a day.
            if (next == null) serial.remove(name);
            return next;
        }
    }

    @Override public List<TaskHandle<?>> recent() {
        return ledger.recent();
    }

    @Override public long version() {
        return ledger.version();
    }

    @Override public boolean shutdown(Duration grace) {
        boolean ended = ledger.shutdown(grace);
        // A task that was booked before and arrives after this is discarded by the pool: it was cancelled above.
        cpu.shutdown();
        return ended;
    }
}
