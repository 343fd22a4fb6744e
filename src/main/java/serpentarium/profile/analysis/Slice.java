package serpentarium.profile.analysis;

import java.util.List;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;

/// The part of a profile that is looked at: one event, and one thread or all of them together.
///
/// @param profile the whole
/// @param event   index into the profile's events
/// @param thread  index into the profile's threads, or [#ALL]
public record Slice(Profile profile, int event, int thread) {
    /// All threads, added up.
    public static final int ALL = -1;

    public Slice {
        java.util.Objects.checkIndex(event, profile.info().events().size());
        if (thread != ALL) java.util.Objects.checkIndex(thread, profile.info().threads().size());
    }

    /// The first event of all threads.
    public static Slice first(Profile profile) {
        return new Slice(profile, 0, ALL);
    }

    /// The event that is looked at.
    public Event eventInfo() {
        return profile.info().events().get(event);
    }

    /// The functions.
    public FrameTable frames() {
        return profile.frames();
    }

    /// The call graph of the chosen threads.
    static CallGraph graph(Profile.Graph profile, int thread) {
        if (thread != ALL) return profile.graphs().get(thread);
        return profile.graphs().size() == 1 ? profile.graphs().getFirst() : merge(profile.graphs(), profile.frames().size());
    }

    /// The stacks of the chosen threads.
    static StackTree stacks(Profile.Stacks profile, int thread) {
        if (thread != ALL) return profile.trees().get(thread);
        return profile.trees().size() == 1 ? profile.trees().getFirst() : merge(profile.trees());
    }

    private static StackTree merge(List<StackTree> trees) {
        int events = trees.getFirst().events();
        var merged = new StackTree.Builder(events);
        for (StackTree tree : trees) {
            int[] to = new int[tree.size()];
            for (int node = 0; node < tree.size(); node++) {
                if (node > 0) to[node] = merged.child(to[tree.parent(node)], tree.frame(node));
                for (int e = 0; e < events; e++) merged.addSelf(e, to[node], tree.self(e, node));
            }
        }
        return merged.build();
    }

    private static CallGraph merge(List<CallGraph> graphs, int functions) {
        boolean calls = graphs.stream().anyMatch(graph -> graph.calls() != null || graph.edgeCalls() != null);
        boolean primitive = graphs.stream().anyMatch(graph -> graph.primitiveCalls() != null);
        boolean edgeSelf = graphs.stream().anyMatch(CallGraph::hasEdgeSelf);
        var merged = new CallGraph.Builder(graphs.getFirst().events(), calls, primitive, edgeSelf);
        for (CallGraph graph : graphs) {
            for (int f = 0; f < graph.functions(); f++) {
                for (int e = 0; e < graph.events(); e++) {
                    merged.addSelf(e, f, graph.self(e, f));
                    merged.addTotal(e, f, graph.total(e, f));
                }
                if (graph.calls() != null) merged.calls().add(f, graph.calls().exact(f));
                if (graph.primitiveCalls() != null) merged.primitiveCalls().add(f, graph.primitiveCalls().exact(f));
            }
            for (int edge = 0; edge < graph.edges(); edge++) {
                int to = merged.edge(graph.caller(edge), graph.callee(edge));
                if (graph.edgeCalls() != null) merged.edgeCalls().add(to, graph.edgeCalls().exact(edge));
                for (int e = 0; e < graph.events(); e++) {
                    merged.addEdgeTotal(e, to, graph.edgeTotal(e, edge));
                    if (edgeSelf) merged.addEdgeSelf(e, to, graph.edgeSelf(e, edge));
                }
            }
        }
        return merged.build(functions);
    }
}
