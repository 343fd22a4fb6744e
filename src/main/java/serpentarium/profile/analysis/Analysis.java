package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.List;
import serpentarium.profile.CallGraph;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Timeline;
import serpentarium.task.TaskContext;

/// All that the views show of one slice, computed once: the tree, the functions, and what they are asked for later.
public final class Analysis {
    private final Slice slice;
    private final CallGraph graph;
    private final CallTree tree;
    private final FunctionTable functions;
    private final TreeLayout layout;
    private final double whole;
    private final List<TimeOrder> timeOrder;
    private volatile FunctionGraph functionGraph;

    private Analysis(Slice slice, CallGraph graph, CallTree tree, FunctionTable functions, double whole, List<TimeOrder> timeOrder) {
        this.slice = slice;
        this.graph = graph;
        this.tree = tree;
        this.functions = functions;
        this.layout = TreeLayout.of(tree);
        this.whole = whole;
        this.timeOrder = timeOrder;
    }

    /// Computes a slice: work for a background task.
    public static Analysis of(Slice slice, TaskContext context) {
        context.checkpoint();
        var keys = new NodeKeys(slice.frames().size(), slice.profile().info().threads().size());
        return switch (slice.profile()) {
            case Profile.Stacks stacks -> stacks(slice, stacks, keys, context);
            case Profile.Graph graph -> graph(slice, graph, keys, context);
        };
    }

    private static Analysis stacks(Slice slice, Profile.Stacks profile, NodeKeys keys, TaskContext context) {
        ThreadMerge.Merged merged = ThreadMerge.stacks(profile, slice, keys, context);
        boolean timed = slice.threads().stream().anyMatch(thread -> profile.timeline(thread) != Timeline.NONE);
        var filtered = new Filtered(merged.stage(), slice, keys, null, timed, context);
        TreeColumns columns = filtered.stage().columns(keys);
        CallTree tree = columns.build();
        List<TimeOrder> order = timed ? timeOrder(slice, profile, merged, filtered, columns) : List.of();
        return new Analysis(slice, null, tree, FunctionTable.of(tree, profile.frames().size()), merged.whole(), order);
    }

    private static List<TimeOrder> timeOrder(Slice slice, Profile.Stacks profile, ThreadMerge.Merged merged, Filtered filtered, TreeColumns columns) {
        double from = Double.NEGATIVE_INFINITY;
        double to = Double.POSITIVE_INFINITY;
        for (Filter filter : slice.filters()) {
            if (!(filter instanceof Filter.TimeRange range)) continue;
            from = Math.max(from, range.from());
            to = Math.min(to, range.to());
        }
        var orders = new ArrayList<TimeOrder>();
        int i = 0;
        for (int thread : slice.threads()) {
            int[] own = merged.to().get(i++);
            Timeline timeline = profile.timeline(thread);
            if (timeline == Timeline.NONE) continue;
            int[] place = new int[profile.trees().get(thread).size()];
            for (int node = 0; node < place.length; node++) {
                int at = filtered.to(own == null ? node : own[node]);
                place[node] = at < 0 ? -1 : columns.place(at);
            }
            orders.add(new TimeOrder(thread, slice.profile().info().threads().get(thread).name(), timeline, place, from, to));
        }
        return List.copyOf(orders);
    }

    private static Analysis graph(Slice slice, Profile.Graph profile, NodeKeys keys, TaskContext context) {
        CallGraph calls = ThreadMerge.graph(profile, slice.threads());
        Stage estimate = switch (slice.mode()) {
            case EstimateMode.Whole whole -> {
                Stage full = Stage.of(new GraphEstimate(calls, slice.event()), keys, context);
                yield whole == EstimateMode.Whole.ESTIMATED ? full : ProvenPart.of(full, calls, slice.event(), keys);
            }
            case EstimateMode.EdgesOf(int function) -> ProvenPart.edges(calls, slice.event(), function, keys);
        };
        var filtered = new Filtered(estimate, slice, keys, new GraphFacts(calls, slice.event()), false, context);
        CallTree tree = filtered.stage().columns(keys).build();
        FunctionTable functions = filtered.changed() ? FunctionTable.of(tree, profile.frames().size())
                : FunctionTable.of(calls, slice.event(), slice.wholeProgram());
        double whole = slice.mode() instanceof EstimateMode.EdgesOf ? ProvenPart.whole(calls, slice.event()) : estimate.whole();
        return new Analysis(slice, filtered.changed() ? null : calls, tree, functions, whole, List.of());
    }

    /// What was computed.
    public Slice slice() {
        return slice;
    }

    /// The functions that numbers refer to.
    public FrameTable frames() {
        return slice.frames();
    }

    /// The tree from the roots down, after the filters; an estimate where only callers are known.
    public CallTree tree() {
        return tree;
    }

    /// What each function cost, after the filters. Where only callers are known this is exact without filters, and an estimate with them:
    /// see [#functionsEstimated()].
    public FunctionTable functions() {
        return functions;
    }

    /// What each function cost of another event, after the same filters: work for a background task.
    public FunctionTable functions(int event, TaskContext context) {
        if (event == slice.event()) return functions;
        if (graph != null) return FunctionTable.of(graph, event, slice.wholeProgram());
        return of(new Slice(slice.profile(), event, slice.threads(), slice.filters(), slice.mode()), context).functions();
    }

    /// Whether the costs of [#functions()] and [#relations(int)] are estimates: only callers are known, and filters are applied.
    public boolean functionsEstimated() {
        return slice.profile() instanceof Profile.Graph && graph == null;
    }

    /// Where the tree's nodes lie in a flame graph.
    public TreeLayout layout() {
        return layout;
    }

    /// What the chosen threads cost in all, before any filter. `tree().total(0)` is what the filters leave of it.
    public double whole() {
        return whole;
    }

    /// What the chosen threads did when, in the order of the slice's threads; without those whose time is not known, so that it may be empty.
    public List<TimeOrder> timeOrder() {
        return timeOrder;
    }

    /// The sums that the tree is made of; null where stacks are known, and where filters were applied.
    CallGraph graph() {
        return graph;
    }

    /// The tree from the leaves up.
    public BottomUp bottomUp() {
        return new BottomUp(tree);
    }

    /// All functions that lead to a function and all that it leads to. Looks at every node, so work for a background task.
    public Relations reach(int function, TaskContext context) {
        return graph != null ? Reach.of(graph, slice.event(), function, context) : Reach.of(tree, slice.frames().size(), function, context);
    }

    /// The direct callers and callees of a function.
    public Relations relations(int function) {
        return graph != null ? Relations.of(graph, slice.event(), function) : Relations.of(tree, slice.frames().size(), function);
    }

    /// Which function calls which. Follows from the tree where whole stacks are known, which takes a while the first time: work for a background
    /// task.
    public FunctionGraph functionGraph(TaskContext context) {
        FunctionGraph known = functionGraph;
        if (known != null) return known;
        // Two tasks at once may both compute it; they find the same.
        known = graph != null ? new FunctionGraph(graph, slice.event(), FunctionGraph.Basis.SUMS) : FunctionGraph.of(tree, slice.frames().size(), context);
        functionGraph = known;
        return known;
    }
}
