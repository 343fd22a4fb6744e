package serpentarium.task;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/// A context without a task around it.
final class DetachedContext implements TaskContext {
    private final AtomicInteger left;

    DetachedContext(Optional<Integer> checkpoints) {
        this.left = checkpoints.map(AtomicInteger::new).orElse(null);
    }

    private DetachedContext(AtomicInteger left) {
        this.left = left;
    }

    @Override public void progress(long done, long total, Progress.Unit unit) {}

    @Override public void message(String text) {}

    @Override public void checkpoint() {
        if (left != null && left.getAndDecrement() <= 0) throw new CancellationException();
    }

    @Override public boolean cancelled() {
        return left != null && left.get() < 0;
    }

    @Override public Registration onCancel(Runnable action) {
        return () -> {};
    }

    @Override public TaskContext child(double weight) {
        return new DetachedContext(left);
    }
}
