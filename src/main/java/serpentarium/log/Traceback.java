package serpentarium.log;

import java.util.List;

/// A traceback taken apart.
///
/// @param failures    the exceptions of its chain in the order of the text: the last one is the one that nobody caught
/// @param fingerprint the same for the same failure: types, functions and files, whatever the line numbers, paths and values
public record Traceback(List<Failure> failures, long fingerprint) {
    public Traceback {
        failures = List.copyOf(failures);
    }

    /// The exception that the text ends with.
    public Failure last() {
        return failures.getLast();
    }
}
