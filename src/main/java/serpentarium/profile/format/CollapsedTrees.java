package serpentarium.profile.format;

import java.util.List;

import serpentarium.profile.StackTree;

/// The trees that collapsed stacks become, one a thread.
sealed interface CollapsedTrees permits GrownTrees, SortedTrees {
    /// Adds all stacks of a batch, and their costs to the sums; false when there is no room for them.
    boolean take(CollapsedBatch batch);

    /// Adds those that wait; false when there is no room for them.
    boolean end();

    /// Where the first stack stands that there was no room for.
    long full();

    /// The trees, up to the last thread that has stacks. To be called once, at the end.
    List<StackTree> build();
}
