package serpentarium.task;

import java.util.Objects;

/// The context of a run, or of a part of it: a window `start … start + width` of the whole task's share.
///
/// A task without parts shows what its work says, unit and all. As soon as it has parts, only shares can be added up: it shows steps of
/// [#SHARE], and never goes back.
final class RunContext implements TaskContext {
    /// How finely the share of a task made of parts is counted.
    static final long SHARE = 10_000;

    private final TaskRun<?> run;
    private final double start;
    private final double width;
    /// Where in this window, 0…1, the next part begins.
    private double position;
    private boolean parts;

    RunContext(TaskRun<?> run) {
        this(run, 0, 1);
    }

    private RunContext(TaskRun<?> run, double start, double width) {
        this.run = run;
        this.start = start;
        this.width = width;
    }

    @Override public void progress(long done, long total, Progress.Unit unit) {
        Objects.requireNonNull(unit, "unit");
        double own = total <= 0 ? 0 : Math.clamp((double) done / total, 0, 1);
        boolean plain;
        synchronized (this) {
            position = Math.max(position, own);
            plain = !parts && start == 0 && width == 1;
        }
        if (plain) run.progress(Math.max(0, done), Math.max(-1, total), unit);
        else run.advance(share(own), SHARE);
    }

    private long share(double own) {
        return Math.round((start + width * own) * SHARE);
    }

    @Override public void message(String text) {
        run.message(Objects.requireNonNull(text, "text"));
    }

    @Override public void checkpoint() {
        run.checkpoint();
    }

    @Override public boolean cancelled() {
        return run.cancelled();
    }

    @Override public Registration onCancel(Runnable action) {
        return run.onCancel(Objects.requireNonNull(action, "action"));
    }

    @Override public synchronized TaskContext child(double weight) {
        if (!(weight >= 0)) throw new IllegalArgumentException("weight " + weight);
        double from = position;
        double share = Math.min(weight, 1 - from);
        parts = true;
        position = from + share;
        if (from > 0) run.advance(share(from), SHARE);
        return new RunContext(run, start + width * from, width * share);
    }
}
