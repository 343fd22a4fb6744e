package serpentarium.pack;

import java.util.function.LongSupplier;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;

/// Says how many packed bytes were taken where the one who unpacks them cannot know how far of the whole it is.
///
/// @param context whom it is said to
/// @param taken   how many packed bytes were taken
/// @param size    how many there are
record PackedProgress(TaskContext context, LongSupplier taken, long size) implements TaskContext {
    @Override public void progress(long done, long total, Progress.Unit unit) {
        if (total < 0 && unit == Progress.Unit.BYTES) context.progress(taken.getAsLong(), size, unit);
        else context.progress(done, total, unit);
    }

    @Override public void message(String text) {
        context.message(text);
    }

    @Override public void checkpoint() {
        context.checkpoint();
    }

    @Override public boolean cancelled() {
        return context.cancelled();
    }

    @Override public Registration onCancel(Runnable action) {
        return context.onCancel(action);
    }

    @Override public TaskContext child(double weight) {
        return new PackedProgress(context.child(weight), taken, size);
    }
}
