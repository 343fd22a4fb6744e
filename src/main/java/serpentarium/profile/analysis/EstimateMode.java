package serpentarium.profile.analysis;

/// How a tree is made where the file knows callers and not stacks. Where stacks are known it makes no difference.
public sealed interface EstimateMode {
    /// Nothing but what the file proves: a tree that stops where nothing exact is known, with the rest in one [CallTree#UNKNOWN] node.
    EstimateMode EXACT_ONLY = Whole.EXACT_ONLY;
    /// The whole tree, with an interval at each node that is not exact.
    EstimateMode ESTIMATED = Whole.ESTIMATED;

    /// The modes that show all functions.
    enum Whole implements EstimateMode {
        /// See [EstimateMode#EXACT_ONLY].
        EXACT_ONLY,
        /// See [EstimateMode#ESTIMATED].
        ESTIMATED
    }

    /// One function and what it calls, over all ways that lead to it: sums that the file has, each of them exact. Its callers are
    /// those of [Analysis#relations(int)], exact as well.
    ///
    /// @param function its number in the frame table; a tree without nodes for one that is none
    record EdgesOf(int function) implements EstimateMode {}
}
