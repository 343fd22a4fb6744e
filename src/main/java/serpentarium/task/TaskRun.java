package serpentarium.task;

import java.nio.channels.ClosedByInterruptException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/// One submitted task: its state, its listeners, its cancel actions. Both kinds of [Tasks] run these; they differ in the thread only.
final class TaskRun<T> implements TaskHandle<T>, Runnable {
    private final long id;
    private final TaskSpec<T> spec;
    private final Instant submitted;
    private final Ledger ledger;
    private final Meter meter;
    private final List<CancelAction> cancelActions = new ArrayList<>();
    private final List<Consumer<TaskState<T>>> listeners = new ArrayList<>();
    /// Written under the lock of this; null while running, when the state is made from the meter.
    private volatile TaskState<T> state = new TaskState.Queued<>();
    private volatile Thread worker;
    private boolean interrupted;
    /// How many call-backs are on their way to the listeners' executor.
    private int pending;
    /// A newer task of the same latest key was submitted.
    private volatile boolean superseded;

    TaskRun(long id, TaskSpec<T> spec, Ledger ledger) {
        this.id = id;
        this.spec = spec;
        this.ledger = ledger;
        this.submitted = ledger.instant();
        this.meter = ledger.meter();
    }

    private record CancelAction(Runnable action) {}

    @Override public long id() {
        return id;
    }

    @Override public TaskSpec<T> spec() {
        return spec;
    }

    @Override public Instant submitted() {
        return submitted;
    }

    @Override public TaskState<T> state() {
        TaskState<T> now = state;
        return now == null ? new TaskState.Running<>(meter.now()) : now;
    }

    /// Does the work on this thread, unless the task was cancelled while it waited. Throws nothing.
    @Override public void run() {
        ledger.entered(this);
        if (!begin()) {
            ledger.left(this);
            return;
        }
        TaskState<T> end;
        try {
            end = new TaskState.Done<>(spec.work().run(new RunContext(this)));
        } catch (Throwable e) {
            end = ending(e);
        }
        release();
        end(end);
        ledger.left(this);
    }

    private boolean begin() {
        synchronized (this) {
            if (ended()) return false;
            worker = Thread.currentThread();
            state = null;
        }
        ledger.changed(this);
        return true;
    }

    private TaskState<T> ending(Throwable thrown) {
        if (cancelled()) return state;
        Throwable cause = Problems.unwrap(thrown);
        if (cause instanceof InterruptedException) Thread.currentThread().interrupt();
        // Nobody but a person's or the system's wish to stop interrupts a thread that this task did not interrupt itself.
        boolean asked = cause instanceof CancellationException || cause instanceof InterruptedException
                || cause instanceof ClosedByInterruptException;
        return asked ? new TaskState.Cancelled<>() : new TaskState.Failed<>(Problems.report(spec.title(), thrown));
    }

    private synchronized void release() {
        worker = null;
        // The interrupt was meant for this task; the next one on this thread must not see it.
        if (interrupted) Thread.interrupted();
    }

    private boolean ended() {
        TaskState<T> now = state;
        return now != null && now.ended();
    }

    /// Whether the work runs on the calling thread.
    boolean runsHere() {
        return worker == Thread.currentThread();
    }

    @Override public void cancel() {
        end(new TaskState.Cancelled<>());
    }

    /// A newer task of the same key takes over: this one is cancelled, and an answer on its way is dropped.
    void supersede() {
        superseded = true;
        cancel();
    }

    private void end(TaskState<T> last) {
        List<Consumer<TaskState<T>>> told;
        List<CancelAction> actions;
        synchronized (this) {
            if (ended()) return;
            state = last;
            if (last instanceof TaskState.Cancelled<T> && worker != null && worker != Thread.currentThread()) {
                interrupted = true;
                worker.interrupt();
            }
            actions = last instanceof TaskState.Cancelled<T> ? List.copyOf(cancelActions.reversed()) : List.of();
            told = List.copyOf(listeners);
            cancelActions.clear();
            listeners.clear();
            pending += told.size();
        }
        for (CancelAction action : actions) ledger.cancelAction(action.action());
        ledger.ended(this, last);
        for (Consumer<TaskState<T>> listener : told) tell(listener);
        if (told.isEmpty()) ledger.answered(this);
    }

    @Override public TaskHandle<T> whenEnded(Consumer<TaskState<T>> listener) {
        synchronized (this) {
            if (!ended()) {
                listeners.add(listener);
                return this;
            }
            pending++;
        }
        tell(listener);
        return this;
    }

    private void tell(Consumer<TaskState<T>> listener) {
        boolean taken = Guard.hand(ledger.listeners(), "A task listener", () -> {
            try {
                listener.accept(superseded ? new TaskState.Cancelled<>() : state);
            } finally {
                told();
            }
        });
        if (!taken) told();
    }

    private void told() {
        boolean all;
        synchronized (this) {
            all = --pending == 0;
        }
        if (all) ledger.answered(this);
    }

    /// See [TaskContext#progress(long, long, Progress.Unit)].
    void progress(long done, long total, Progress.Unit unit) {
        if (ended()) return;
        meter.progress(done, total, unit);
        ledger.progressed(this, meter);
    }

    /// Moves the share of a task with parts forward.
    void advance(long done, long total) {
        if (ended()) return;
        meter.advance(done, total, Progress.Unit.STEPS);
        ledger.progressed(this, meter);
    }

    /// See [TaskContext#message(String)].
    void message(String text) {
        if (ended()) return;
        meter.message(text);
        ledger.progressed(this, meter);
    }

    /// See [TaskContext#checkpoint()].
    void checkpoint() {
        if (cancelled()) throw new CancellationException();
    }

    /// See [TaskContext#cancelled()].
    boolean cancelled() {
        return state instanceof TaskState.Cancelled<T>;
    }

    /// See [TaskContext#onCancel(Runnable)].
    TaskContext.Registration onCancel(Runnable action) {
        var registered = new CancelAction(action);
        synchronized (this) {
            if (!ended()) {
                cancelActions.add(registered);
                return () -> forget(registered);
            }
        }
        if (cancelled()) Guard.run("A cancel action", action);
        return () -> {};
    }

    private synchronized void forget(CancelAction registered) {
        cancelActions.removeIf(each -> each == registered);
    }
}
