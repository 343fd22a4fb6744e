package serpentarium.profile;

import java.util.List;

/// A profile that was read: one part a thread over one shared table of frames.
public sealed interface Profile {
    /// What the file says of itself.
    ProfileInfo info();

    /// The functions that the parts' numbers refer to.
    FrameTable frames();

    /// Costs by source line, or [LineCosts#NONE].
    LineCosts lines();

    /// Whole stacks are known: exact trees.
    ///
    /// @param info   what the file says of itself
    /// @param frames the functions
    /// @param lines  costs by line
    /// @param trees  one a thread, in the order of `info.threads()`
    record Stacks(ProfileInfo info, FrameTable frames, LineCosts lines, List<StackTree> trees) implements Profile {
        public Stacks {
            trees = List.copyOf(trees);
        }
    }

    /// Only callers are known, not stacks: a tree is an estimate.
    ///
    /// @param info   what the file says of itself
    /// @param frames the functions
    /// @param lines  costs by line
    /// @param graphs one a thread, in the order of `info.threads()`
    record Graph(ProfileInfo info, FrameTable frames, LineCosts lines, List<CallGraph> graphs) implements Profile {
        public Graph {
            graphs = List.copyOf(graphs);
        }
    }
}
