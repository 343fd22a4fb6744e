package serpentarium.traffic.analysis;

/// A line of a comparison of two flows.
///
/// @param name  what is compared: a field's name, a place in a JSON document, the number of a line
/// @param left  as the first has it; null where it has none
/// @param right as the second has it; null where it has none
public record ComparedLine(String name, String left, String right) {
    /// How the two stand to each other.
    public enum Change {
        /// The same in both.
        SAME,
        /// Another value.
        CHANGED,
        /// Only in the first.
        REMOVED,
        /// Only in the second.
        ADDED
    }

    /// How the two stand to each other.
    public Change change() {
        if (left == null) return right == null ? Change.SAME : Change.ADDED;
        if (right == null) return Change.REMOVED;
        return left.equals(right) ? Change.SAME : Change.CHANGED;
    }
}
