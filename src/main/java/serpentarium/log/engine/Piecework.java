package serpentarium.log.engine;

import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// What one of several threads sees that work for one task: whether to stop. How far it is says who collects their work.
class Piecework implements TaskContext {
    private final TaskContext whole;

    Piecework(TaskContext whole) {
        this.whole = whole;
    }

    @Override public void progress(long done, long total, Progress.Unit unit) {
        // That of one piece says nothing.
    }

    @Override public void message(String text) {
        whole.message(text);
    }

    @Override public void checkpoint() {
        whole.checkpoint();
    }

    @Override public boolean cancelled() {
        return whole.cancelled();
    }

    @Override public Registration onCancel(Runnable action) {
        return whole.onCancel(action);
    }

    @Override public TaskContext child(double weight) {
        return this;
    }
}
