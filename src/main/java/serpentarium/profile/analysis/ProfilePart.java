package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.List;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.SourceLines;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;

/// One event, or one thread, of a profile as a profile of its own.
public final class ProfilePart {
    /// All events, or all threads.
    public static final int ALL = -1;

    private ProfilePart() {}

    /// The part.
    ///
    /// @param event  index into the profile's events, or [#ALL]
    /// @param thread index into the profile's threads, or [#ALL]
    public static Profile of(Profile profile, int event, int thread) {
        if (event == ALL && thread == ALL) return profile;
        List<Integer> events = chosen(event, profile.info().events().size());
        List<Integer> threads = chosen(thread, profile.info().threads().size());
        return switch (profile) {
            case Profile.Stacks stacks -> {
                List<StackTree> trees = threads.stream().map(t -> tree(stacks.trees().get(t), events)).toList();
                List<Timeline> times = stacks.timelines().isEmpty() ? List.of() : threads.stream().map(stacks.timelines()::get).toList();
                double[][] sums = new double[threads.size()][events.size()];
                for (int t = 0; t < sums.length; t++)
                    for (int e = 0; e < events.size(); e++)
                        for (int node = 1; node < trees.get(t).size(); node++) sums[t][e] += trees.get(t).self(e, node);
                yield new Profile.Stacks(info(profile, events, threads, sums), stacks.frames(), lines(profile, events, threads), trees, times, stacks.sources());
            }
            case Profile.Graph graph -> {
                List<CallGraph> graphs = threads.stream().map(t -> graph(graph.graphs().get(t), events)).toList();
                double[][] sums = new double[threads.size()][events.size()];
                for (int t = 0; t < sums.length; t++)
                    for (int e = 0; e < events.size(); e++)
                        for (int f = 0; f < graphs.get(t).functions(); f++) sums[t][e] += graphs.get(t).self(e, f);
                yield new Profile.Graph(info(profile, events, threads, sums), graph.frames(), lines(profile, events, threads), graphs);
            }
        };
    }

    private static List<Integer> chosen(int one, int of) {
        if (one != ALL) return List.of(one);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < of; i++) all.add(i);
        return all;
    }

    private static ProfileInfo info(Profile profile, List<Integer> events, List<Integer> threads, double[][] sums) {
        ProfileInfo info = profile.info();
        List<Event> named = new ArrayList<>();
        for (int e = 0; e < events.size(); e++) {
            Event event = info.events().get(events.get(e));
            double total = 0;
            for (double[] sum : sums) total += sum[e];
            named.add(threads.size() == info.threads().size() ? event : new Event(event.name(), event.title(), event.unit(), total));
        }
        List<ThreadInfo> who = new ArrayList<>();
        for (int t = 0; t < threads.size(); t++) {
            ThreadInfo thread = info.threads().get(threads.get(t));
            who.add(new ThreadInfo(thread.name(), sums[t][0], thread.process()));
        }
        return new ProfileInfo(info.format(), info.creator(), info.command(), named, who, info.warnings());
    }

    private static SourceLines lines(Profile profile, List<Integer> events, List<Integer> threads) {
        boolean all = threads.size() == profile.info().threads().size() && events.size() == profile.info().events().size();
        return all ? profile.sourceLines() : profile.sourceLines().of(events, threads, profile.info().threads().size());
    }

    private static StackTree tree(StackTree all, List<Integer> events) {
        var tree = new StackTree.Builder(events.size());
        for (int node = 1; node < all.size(); node++) {
            int to = tree.child(all.parent(node), all.frame(node));
            for (int e = 0; e < events.size(); e++) tree.addSelf(e, to, all.self(events.get(e), node));
        }
        return tree.build();
    }

    private static CallGraph graph(CallGraph all, List<Integer> events) {
        var graph = new CallGraph.Builder(events.size(), all.calls() != null || all.edgeCalls() != null, all.primitiveCalls() != null, all.hasEdgeSelf());
        for (int f = 0; f < all.functions(); f++) {
            for (int e = 0; e < events.size(); e++) {
                graph.addSelf(e, f, all.self(events.get(e), f));
                graph.addTotal(e, f, all.total(events.get(e), f));
            }
            if (all.calls() != null) graph.calls().set(f, all.calls(), f);
            if (all.primitiveCalls() != null) graph.primitiveCalls().set(f, all.primitiveCalls(), f);
        }
        for (int i = 0; i < all.edges(); i++) {
            int edge = graph.edge(all.caller(i), all.callee(i));
            if (all.edgeCalls() != null) graph.edgeCalls().set(edge, all.edgeCalls(), i);
            for (int e = 0; e < events.size(); e++) {
                graph.addEdgeTotal(e, edge, all.edgeTotal(events.get(e), i));
                if (all.hasEdgeSelf()) graph.addEdgeSelf(e, edge, all.edgeSelf(events.get(e), i));
            }
        }
        return graph.build(all.functions(), all.entries());
    }
}
