package serpentarium.task;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/// Tasks on the caller's thread, one inside the other: for the command line, and for tests of view models, which need neither latches
/// nor sleeps. [#submit(TaskSpec)] returns when the work has ended; lanes mean nothing here.
///
/// Only another thread (that of Ctrl+C) can cancel: [#cancelAll()] or [#shutdown(Duration)].
public final class InlineTasks implements Tasks {
    private final Ledger ledger;

    /// Without anyone who watches the progress.
    public InlineTasks() {
        this(null);
    }

    /// @param watcher called on the worker's thread at each progress and each message of a task that is not quiet, or null; it must be
    ///                quick, and decides itself how often it draws
    public InlineTasks(BiConsumer<TaskHandle<?>, Progress> watcher) {
        this(watcher, InstantSource.system(), System::nanoTime);
    }

    /// @param watcher  see above
    /// @param clock    for [TaskHandle#submitted()]
    /// @param nanoTime for rates
    public InlineTasks(BiConsumer<TaskHandle<?>, Progress> watcher, InstantSource clock, LongSupplier nanoTime) {
        ledger = new Ledger(Runnable::run, Runnable::run, watcher, clock, nanoTime);
    }

    @Override public <T> TaskHandle<T> submit(TaskSpec<T> spec) {
        TaskRun<T> run = ledger.book(spec);
        run.run();
        return run;
    }

    @Override public List<TaskHandle<?>> recent() {
        return ledger.recent();
    }

    @Override public long version() {
        return ledger.version();
    }

    /// Cancels what runs now, nested tasks first; the cancel actions run on the caller's thread. What is submitted later runs.
    public void cancelAll() {
        ledger.cancelAll();
    }

    @Override public boolean shutdown(Duration grace) {
        return ledger.shutdown(grace);
    }
}
