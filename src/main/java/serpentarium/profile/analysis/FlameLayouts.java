package serpentarium.profile.analysis;

import serpentarium.task.TaskContext;

/// The layouts of an analysis that are made only when they are asked for: work for a background task each.
public final class FlameLayouts {
    private FlameLayouts() {}

    /// Across is time, the threads one below the other. Without boxes where no thread's time is known.
    public static FlameLayout time(Analysis analysis, TaskContext context) {
        return TimeLayout.of(analysis.timeOrder(), analysis.tree(), context);
    }

    /// Functions by their own cost, their callers below them.
    public static FlameLayout inverted(Analysis analysis, TaskContext context) {
        FunctionTable functions = analysis.functions();
        int count = analysis.frames().size();
        double[] known = null;
        if (analysis.tree().estimated() && !analysis.functionsEstimated()) {
            known = new double[count];
            for (int f = 0; f < count; f++) known[f] = functions.self(f);
        }
        DerivedTree inverted = InvertedTree.of(analysis.tree(), count, known, context);
        return TreeLayout.of(inverted.tree(), inverted.like(), 1);
    }

    /// One function, its callers above and its callees below; without boxes but its own where it is not in the tree.
    public static FlameLayout sandwich(Analysis analysis, int function, TaskContext context) {
        Slice slice = analysis.slice();
        return analysis.graph() != null && slice.mode() == EstimateMode.ESTIMATED ? Sandwich.of(analysis.graph(), slice.event(), function, context)
                : Sandwich.of(analysis.tree(), analysis.frames().size(), function, context);
    }
}
