package serpentarium.task;

import java.time.Instant;
import java.util.function.Consumer;

/// What is remembered of an ended task: neither its work nor its value, both of which may hold hundreds of megabytes.
record PastTask(long id, TaskSpec<Object> spec, Instant submitted, TaskState<Object> state) implements TaskHandle<Object> {
    static PastTask of(TaskRun<?> run, TaskState<?> last) {
        TaskSpec<?> spec = run.spec();
        var slim = new TaskSpec<>(spec.title(), spec.lane(), null, spec.quiet(), _ -> null);
        TaskState<Object> state = switch (last) {
            case TaskState.Done<?> _ -> new TaskState.Done<>(null);
            case TaskState.Failed<?> failed -> new TaskState.Failed<>(failed.problem());
            case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> new TaskState.Cancelled<>();
        };
        return new PastTask(run.id(), slim, run.submitted(), state);
    }

    @Override public void cancel() {}

    @Override public TaskHandle<Object> whenEnded(Consumer<TaskState<Object>> listener) {
        Guard.run("A task listener", () -> listener.accept(state));
        return this;
    }
}
