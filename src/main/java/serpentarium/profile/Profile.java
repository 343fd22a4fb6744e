package serpentarium.profile;

import java.util.List;

/// A profile that was read: one part a thread over one shared table of frames.
public sealed interface Profile {
    /// What the file says of itself.
    ProfileInfo info();

    /// The functions that the parts' numbers refer to.
    FrameTable frames();

    /// What is known of source lines.
    SourceLines sourceLines();

    /// Own costs by source line of all threads together, or [LineCosts#NONE]; see [SourceLines#self()].
    default LineCosts lines() {
        return sourceLines().self();
    }

    /// Whole stacks are known: exact trees.
    ///
    /// @param info      what the file says of itself
    /// @param frames    the functions
    /// @param sourceLines costs by line
    /// @param trees     one a thread, in the order of `info.threads()`
    /// @param timelines one a thread in the same order, each perhaps [Timeline#NONE]; empty where the format has no time
    /// @param sources   source texts that came with the profile
    record Stacks(ProfileInfo info, FrameTable frames, SourceLines sourceLines, List<StackTree> trees, List<Timeline> timelines,
            EmbeddedSources sources) implements Profile {
        public Stacks {
            trees = List.copyOf(trees);
            timelines = List.copyOf(timelines);
            if (!timelines.isEmpty() && timelines.size() != trees.size()) throw new IllegalArgumentException("as many timelines as trees");
        }

        /// With own costs by line of all threads together.
        public Stacks(ProfileInfo info, FrameTable frames, LineCosts lines, List<StackTree> trees, List<Timeline> timelines, EmbeddedSources sources) {
            this(info, frames, SourceLines.of(lines), trees, timelines, sources);
        }

        /// Without order of time or sources.
        public Stacks(ProfileInfo info, FrameTable frames, LineCosts lines, List<StackTree> trees) {
            this(info, frames, lines, trees, List.of(), EmbeddedSources.NONE);
        }

        /// The order of time of a thread, or [Timeline#NONE].
        public Timeline timeline(int thread) {
            return timelines.isEmpty() ? Timeline.NONE : timelines.get(thread);
        }
    }

    /// Only callers are known, not stacks: a tree is an estimate.
    ///
    /// @param info   what the file says of itself
    /// @param frames the functions
    /// @param sourceLines costs by line
    /// @param graphs one a thread, in the order of `info.threads()`
    record Graph(ProfileInfo info, FrameTable frames, SourceLines sourceLines, List<CallGraph> graphs) implements Profile {
        public Graph {
            graphs = List.copyOf(graphs);
        }

        /// With own costs by line of all threads together.
        public Graph(ProfileInfo info, FrameTable frames, LineCosts lines, List<CallGraph> graphs) {
            this(info, frames, SourceLines.of(lines), graphs);
        }
    }
}
