package serpentarium.profile.analysis;

import serpentarium.profile.CallGraph;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// All that the views show of one slice, computed once: the tree, the functions, and what they are asked for later.
public final class Analysis {
    private final Slice slice;
    private final CallGraph graph;
    private final CallTree tree;
    private final FunctionTable functions;
    private final FlameLayout layout;

    private Analysis(Slice slice, CallGraph graph, CallTree tree, FunctionTable functions) {
        this.slice = slice;
        this.graph = graph;
        this.tree = tree;
        this.functions = functions;
        this.layout = new FlameLayout(tree);
    }

    /// Computes a slice: work for a background task.
    public static Analysis of(Slice slice, TaskContext context) {
        context.checkpoint();
        return switch (slice.profile()) {
            case Profile.Stacks stacks -> {
                CallTree tree = TopDown.of(Slice.stacks(stacks, slice.thread()), slice.event(), context);
                yield new Analysis(slice, null, tree, FunctionTable.of(tree, stacks.frames().size()));
            }
            case Profile.Graph graph -> {
                CallGraph calls = Slice.graph(graph, slice.thread());
                CallTree tree = new GraphEstimate(calls, slice.event()).tree(context);
                yield new Analysis(slice, calls, tree, FunctionTable.of(calls, slice.event(), slice.thread() == Slice.ALL));
            }
        };
    }

    /// What was computed.
    public Slice slice() {
        return slice;
    }

    /// The functions that numbers refer to.
    public FrameTable frames() {
        return slice.frames();
    }

    /// The tree from the roots down; an estimate where only callers are known.
    public CallTree tree() {
        return tree;
    }

    /// What each function cost.
    public FunctionTable functions() {
        return functions;
    }

    /// Where the tree's nodes lie in a flame graph.
    public FlameLayout layout() {
        return layout;
    }

    /// The tree from the leaves up.
    public BottomUp bottomUp() {
        return new BottomUp(tree);
    }

    /// The callers and callees of a function.
    public Relations relations(int function) {
        return graph != null ? Relations.of(graph, slice.event(), function) : Relations.of(tree, slice.frames().size(), function);
    }
}
