package serpentarium.profile.analysis;

import serpentarium.task.TaskContext;

/// A tree after all filters of a slice. Functions are folded last, so that the other filters still see them.
final class Filtered {
    private Stage stage;
    private final boolean traced;
    private int[] to;
    private boolean changed;

    /// Applies the filters.
    ///
    /// @param graph  of what an estimate was made; null where stacks are known
    /// @param traced whether it is asked later where nodes went
    Filtered(Stage begin, Slice slice, NodeKeys keys, GraphFacts graph, boolean traced, TaskContext context) {
        this.stage = begin;
        this.traced = traced;
        for (boolean folding : new boolean[] {false, true}) {
            for (Filter filter : slice.filters()) {
                if (filter instanceof Filter.OnlyMine != folding || filter instanceof Filter.TimeRange || filter instanceof Filter.ApartByThread) continue;
                context.checkpoint();
                follow(Sieve.apply(filter, stage, slice.frames(), keys, graph, context));
            }
        }
    }

    private void follow(Sieve.Result result) {
        stage = result.stage();
        changed = true;
        if (!traced) return;
        if (to == null) {
            to = result.to();
            return;
        }
        for (int node = 0; node < to.length; node++) if (to[node] >= 0) to[node] = result.to()[to[node]];
    }

    Stage stage() {
        return stage;
    }

    boolean changed() {
        return changed;
    }

    /// Where a node of the first tree went; -1 where it was dropped.
    int to(int node) {
        return node < 0 || to == null ? node : to[node];
    }
}
