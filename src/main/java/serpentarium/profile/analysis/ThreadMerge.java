package serpentarium.profile.analysis;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.Timeline;
import serpentarium.task.TaskContext;

/// Adds the parts of a profile up: the stacks or the call graphs of the threads that were chosen.
final class ThreadMerge {
    private ThreadMerge() {}

    /// Stacks of several threads as one tree.
    ///
    /// @param stage the tree
    /// @param whole what they cost before a time range
    /// @param to    for each thread of the slice, in its order: where the nodes of its tree went, -1 for nowhere; null where it went as it is
    record Merged(Stage stage, double whole, List<int[]> to) {}

    /// The stacks of a slice's threads, without its filters but for time and threads.
    static Merged stacks(Profile.Stacks profile, Slice slice, NodeKeys keys, TaskContext context) {
        Filter.TimeRange[] ranges = slice.filters().stream().filter(Filter.TimeRange.class::isInstance).toArray(Filter.TimeRange[]::new);
        boolean apart = slice.filters().contains(new Filter.ApartByThread());
        int[] threads = slice.threads().stream().mapToInt(Integer::intValue).toArray();
        if (threads.length == 1 && ranges.length == 0 && !apart) {
            Stage only = Stage.of(profile.trees().get(threads[0]), slice.event());
            return new Merged(only, only.whole(), Arrays.asList(new int[1][]));
        }
        var merged = new StackTree.Builder(1);
        double whole = 0;
        int[][] to = new int[threads.length][];
        for (int i = 0; i < threads.length; i++) {
            StackTree tree = profile.trees().get(threads[i]);
            double[] self = new double[tree.size()];
            for (int node = 0; node < self.length; node++) {
                self[node] = tree.self(slice.event(), node);
                whole += self[node];
            }
            BitSet seen = null;
            if (ranges.length > 0) {
                var share = new TimeShare(profile.timeline(threads[i]), tree, ranges);
                seen = share.seen();
                share.scale(self);
            }
            int top = apart ? merged.child(0, keys.thread(threads[i])) : 0;
            to[i] = add(merged, tree, self, seen, top, context);
        }
        return new Merged(Stage.of(merged.build(), 0), whole, Arrays.asList(to));
    }

    private static int[] add(StackTree.Builder merged, StackTree tree, double[] self, BitSet seen, int top, TaskContext context) {
        int[] to = new int[tree.size()];
        to[0] = top;
        for (int node = 0; node < to.length; node++) {
            if ((node & 0xffff) == 0) context.checkpoint();
            if (node > 0 && seen != null && !seen.get(node)) {
                to[node] = -1;
                continue;
            }
            if (node > 0) to[node] = merged.child(to[tree.parent(node)], tree.frame(node));
            merged.addSelf(0, to[node], self[node]);
        }
        return to;
    }

    /// The call graph of some threads.
    static CallGraph graph(Profile.Graph profile, Set<Integer> threads) {
        if (threads.size() == 1) return profile.graphs().get(threads.iterator().next());
        return merge(threads.stream().map(profile.graphs()::get).toList(), profile);
    }

    private static CallGraph merge(List<CallGraph> graphs, Profile.Graph profile) {
        boolean calls = graphs.stream().anyMatch(graph -> graph.calls() != null || graph.edgeCalls() != null);
        boolean primitive = graphs.stream().anyMatch(graph -> graph.primitiveCalls() != null);
        boolean edgeSelf = graphs.stream().anyMatch(CallGraph::hasEdgeSelf);
        var merged = new CallGraph.Builder(profile.graphs().getFirst().measured(), calls, primitive, edgeSelf);
        merged.formulas(profile.graphs().getFirst().formulas());
        for (CallGraph graph : graphs) {
            for (int f = 0; f < graph.functions(); f++) {
                for (int e = 0; e < graph.measured(); e++) {
                    merged.addSelf(e, f, graph.self(e, f));
                    merged.addTotal(e, f, graph.total(e, f));
                }
                if (graph.calls() != null) merged.calls().add(f, graph.calls().exact(f));
                if (graph.primitiveCalls() != null) merged.primitiveCalls().add(f, graph.primitiveCalls().exact(f));
            }
            for (int edge = 0; edge < graph.edges(); edge++) {
                int to = merged.edge(graph.caller(edge), graph.callee(edge));
                if (graph.edgeCalls() != null) merged.edgeCalls().add(to, graph.edgeCalls().exact(edge));
                for (int e = 0; e < graph.measured(); e++) {
                    merged.addEdgeTotal(e, to, graph.edgeTotal(e, edge));
                    if (edgeSelf) merged.addEdgeSelf(e, to, graph.edgeSelf(e, edge));
                }
            }
        }
        return merged.build(profile.frames().size());
    }

    /// What of each node's cost lies within ranges of time.
    private static final class TimeShare {
        private final double[] within;
        private final double[] all;
        private final BitSet seen = new BitSet();

        TimeShare(Timeline timeline, StackTree tree, Filter.TimeRange[] ranges) {
            double from = Double.NEGATIVE_INFINITY;
            double to = Double.POSITIVE_INFINITY;
            for (Filter.TimeRange range : ranges) {
                from = Math.max(from, range.from());
                to = Math.min(to, range.to());
            }
            int size = tree.size();
            within = new double[size];
            all = new double[size];
            double[] count = new double[size];
            double[] countAll = new double[size];
            for (int i = 0; i < timeline.size(); i++) {
                int node = timeline.node(i);
                double start = timeline.start(i);
                double end = timeline.end(i);
                all[node] += end - start;
                countAll[node]++;
                if (end < from || start > to || end > start && (end == from || start == to)) continue;
                within[node] += Math.min(end, to) - Math.max(start, from);
                count[node]++;
                seen.set(node);
            }
            for (int node = size - 1; node > 0; node--) {
                if (all[node] == 0) {
                    within[node] = count[node];
                    all[node] = countAll[node];
                }
                if (seen.get(node)) seen.set(tree.parent(node));
            }
            if (all[0] == 0) {
                within[0] = count[0];
                all[0] = countAll[0];
            }
        }

        /// The nodes that were there within the ranges, or had others below them that were.
        BitSet seen() {
            return seen;
        }

        void scale(double[] self) {
            for (int node = 0; node < self.length; node++) self[node] = all[node] > 0 ? self[node] * (within[node] / all[node]) : 0;
        }
    }
}
