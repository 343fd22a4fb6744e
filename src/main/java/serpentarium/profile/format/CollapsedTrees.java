package serpentarium.profile.format;

import java.io.IOException;
import java.util.List;

import serpentarium.profile.StackTree;

/// The trees that collapsed stacks become, one a thread.
sealed interface CollapsedTrees extends AutoCloseable permits GrownTrees, SortedTrees {
    /// Adds all stacks of a batch, and their costs to the sums; false when there is no room for them.
    ///
    /// @throws IOException as what reads does; nothing is read here
    boolean take(CollapsedBatch batch) throws IOException;

    /// Adds those that wait; false when there is no room for them.
    boolean end() throws IOException;

    /// Where the first stack stands that there was no room for.
    long full();

    /// The trees, up to the last thread that has stacks. To be called once, at the end.
    List<StackTree> build();

    /// Ends what goes on beside.
    @Override default void close() {}
}
