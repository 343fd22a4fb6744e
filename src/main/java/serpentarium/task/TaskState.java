package serpentarium.task;

import serpentarium.base.Problem;

/// Where a task is. A final state never changes.
///
/// @param <T> what the task gives
public sealed interface TaskState<T> {
    /// Waits for its lane.
    ///
    /// @param <T> what the task gives
    record Queued<T>() implements TaskState<T> {}

    /// Runs.
    ///
    /// @param progress how far it was when it last said so
    /// @param <T>      what the task gives
    record Running<T>(Progress progress) implements TaskState<T> {}

    /// Ended with a value.
    ///
    /// @param value what it gave; null for work that gives nothing
    /// @param <T>   what the task gives
    record Done<T>(T value) implements TaskState<T> {}

    /// Ended with a problem, which was logged already.
    ///
    /// @param problem what went wrong
    /// @param <T>     what the task gives
    record Failed<T>(Problem problem) implements TaskState<T> {}

    /// Was cancelled, by a person, by a newer task of the same latest key, or by shutdown.
    ///
    /// @param <T> what the task gives
    record Cancelled<T>() implements TaskState<T> {}

    /// Whether this is the last state.
    default boolean ended() {
        return switch (this) {
            case Queued<T> _, Running<T> _ -> false;
            case Done<T> _, Failed<T> _, Cancelled<T> _ -> true;
        };
    }
}
