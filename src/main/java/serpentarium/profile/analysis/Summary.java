package serpentarium.profile.analysis;

import serpentarium.profile.CallGraph;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// What the functions of a slice cost and who called them: what tables need. Where a call graph or the stacks of each thread say it, no tree of
/// all is made for it.
public final class Summary {
    private final Slice slice;
    private final CallGraph graph;
    private final TaskContext context;
    private Analysis analysis;
    private final FunctionTable functions;

    private Summary(Slice slice, CallGraph graph, Analysis analysis, FunctionTable functions, TaskContext context) {
        this.slice = slice;
        this.context = context;
        this.graph = graph;
        this.analysis = analysis;
        this.functions = functions;
    }

    /// Computes it: work for a background task.
    public static Summary of(Slice slice, TaskContext context) {
        context.checkpoint();
        if (slice.profile() instanceof Profile.Graph profile && slice.filters().isEmpty()) {
            CallGraph graph = ThreadMerge.graph(profile, slice.threads());
            return new Summary(slice, graph, null, FunctionTable.of(graph, slice.event(), slice.wholeProgram()), context);
        }
        if (slice.profile() instanceof Profile.Stacks profile && slice.filters().isEmpty()) {
            var functions = new StackFunctions(slice.event(), profile.frames().size());
            for (int thread : slice.threads()) {
                context.checkpoint();
                functions.add(profile.trees().get(thread));
            }
            return new Summary(slice, null, null, functions.table(), context);
        }
        Analysis analysis = Analysis.of(slice, context);
        return new Summary(slice, null, analysis, analysis.functions(), context);
    }

    /// What was computed.
    public Slice slice() {
        return slice;
    }

    /// The functions that numbers refer to.
    public FrameTable frames() {
        return slice.frames();
    }

    /// What each function cost; see [Analysis#functions()].
    public FunctionTable functions() {
        return functions;
    }

    /// The callers and callees of a function. The first call may take a while: where stacks are known a tree of all is made for it.
    public Relations relations(int function) {
        if (graph == null && analysis == null) analysis = Analysis.of(slice, context);
        return graph != null ? Relations.of(graph, slice.event(), function) : analysis.relations(function);
    }
}
