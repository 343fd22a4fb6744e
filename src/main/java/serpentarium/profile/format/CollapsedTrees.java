package serpentarium.profile.format;

import java.util.List;

import serpentarium.profile.StackTree;

/// The trees that collapsed stacks become, one a thread.
sealed interface CollapsedTrees permits GrownTrees, SortedTrees {
    /// Adds all stacks of a batch; false when there was no room for all of them.
    boolean take(CollapsedBatch batch);

    /// Adds those that wait; false when there was no room for all of them.
    boolean end();

    /// Where the first stack stands that was left out.
    long full();

    /// Tells what was left out of the batches that were taken.
    void leftOut(Costs costs);

    /// The trees, up to the last thread that has stacks. To be called once, at the end.
    List<StackTree> build();

    /// What stacks cost.
    @FunctionalInterface
    interface Costs {
        /// @param text the text of the stack's innermost frame
        void of(int text, int event, double cost);
    }
}
