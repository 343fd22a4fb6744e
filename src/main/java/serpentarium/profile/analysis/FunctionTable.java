package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import serpentarium.base.IntSort;
import serpentarium.profile.CallGraph;
import serpentarium.profile.CountColumn;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What each function cost in a slice: one row a function, by the numbers of the frame table.
public final class FunctionTable {
    private final double[] self;
    private final double[] total;
    private final CountColumn calls;
    private final CountColumn primitiveCalls;
    private final int[] rows;

    private FunctionTable(double[] self, double[] total, CountColumn calls, CountColumn primitiveCalls, boolean[] present) {
        this.self = self;
        this.total = total;
        this.calls = calls;
        this.primitiveCalls = primitiveCalls;
        int n = 0;
        int[] found = new int[self.length];
        for (int f = 0; f < self.length; f++) if (present[f]) found[n++] = f;
        rows = Arrays.copyOf(found, n);
    }

    /// From known stacks: a function that is on a stack more than once counts once in `total`.
    static FunctionTable of(CallTree tree, int frames) {
        double[] self = new double[frames];
        double[] total = new double[frames];
        boolean[] present = new boolean[frames];
        var path = new Path(tree, frames);
        for (int node = 0; node < tree.size(); node++) {
            int frame = tree.frame(node);
            boolean again = path.enter(node);
            if (frame < 0) continue;
            present[frame] = true;
            // What a way back costs is not what the function it leads to costs by itself.
            if (tree.kind(node) == CallTree.FUNCTION) self[frame] += tree.self(node);
            if (!again) total[frame] += tree.total(node);
        }
        return new FunctionTable(self, total, null, null, present);
    }

    /// From columns by function, not copied; calls are not known.
    static FunctionTable of(double[] self, double[] total, boolean[] present) {
        return new FunctionTable(self, total, null, null, present);
    }

    /// From a call graph: what the file says.
    ///
    /// @param all whether functions without any cost or edge are listed too
    static FunctionTable of(CallGraph graph, int event, boolean all) {
        int n = graph.functions();
        double[] self = new double[n];
        double[] total = new double[n];
        boolean[] present = new boolean[n];
        for (int f = 0; f < n; f++) {
            self[f] = graph.self(event, f);
            total[f] = graph.total(event, f);
            present[f] = f < graph.entries() && (all || self[f] != 0 || total[f] != 0 || graph.callerCount(f) > 0 || graph.calleesEnd(f) > graph.calleesBegin(f));
        }
        return new FunctionTable(self, total, graph.calls(), graph.primitiveCalls(), present);
    }

    /// The tables of all threads together, one an event.
    public static List<FunctionTable> ofEvents(Profile profile, TaskContext context) {
        var tables = new ArrayList<FunctionTable>();
        for (int event = 0; event < profile.info().events().size(); event++) {
            context.checkpoint();
            tables.add(switch (profile) {
                case Profile.Stacks _ -> Analysis.of(new Slice(profile, event), context).functions();
                case Profile.Graph graph -> of(ThreadMerge.graph(graph, Slice.allThreads(profile)), event, true);
            });
        }
        return tables;
    }

    /// Which functions the slice has, as numbers of the frame table, ascending. Not to be changed.
    public int[] functions() {
        return rows;
    }

    /// The functions in an order, a new array.
    public int[] sorted(IntSort.Order order) {
        int[] sorted = rows.clone();
        IntSort.sort(sorted, 0, sorted.length, order);
        return sorted;
    }

    /// The functions by self cost, dearest first.
    public int[] bySelf() {
        return sorted((a, b) -> Double.compare(self[b], self[a]));
    }

    /// The functions by total cost, dearest first.
    public int[] byTotal() {
        return sorted((a, b) -> Double.compare(total[b], total[a]));
    }

    /// Cost of the function itself.
    public double self(int function) {
        return self[function];
    }

    /// Cost of the function with all that it called.
    public double total(int function) {
        return total[function];
    }

    /// Calls, recursive ones included; null where the file does not count them.
    public CountColumn calls() {
        return calls;
    }

    /// Calls without recursive ones; null where the file does not count them.
    public CountColumn primitiveCalls() {
        return primitiveCalls;
    }
}
