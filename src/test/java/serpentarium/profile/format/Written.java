package serpentarium.profile.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import serpentarium.base.Source;
import serpentarium.pack.Unpacked;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.Profile;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// A profile written and read back, and what is compared of the two.
final class Written {
    private Written() {}

    /// The bytes that a writer makes of a profile.
    static byte[] bytes(ProfileWriter writer, Profile profile) {
        var out = new ByteArrayOutputStream();
        try {
            writer.write(profile, out, TaskContext.detached());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// What a format reads of bytes.
    static Profile read(ProfileFormat format, byte[] bytes) {
        try {
            return format.read(Unpacked.of(Source.of("written", bytes)), TaskContext.detached());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// The sums of each thread.
    static List<CallGraph> graphs(Profile profile) {
        return switch (profile) {
            case Profile.Graph graph -> graph.graphs();
            case Profile.Stacks stacks -> {
                List<CallGraph> graphs = new ArrayList<>();
                for (var tree : stacks.trees()) graphs.add(StackSums.of(tree, stacks.frames().size(), TaskContext.detached()));
                yield graphs;
            }
        };
    }

    /// What a number of an event's unit is in a unit that does not depend on the format.
    static double scale(Event event) {
        return event.unit() == Unit.NANOSECONDS ? 1e-9 : event.unit() == Unit.MICROSECONDS ? 1e-6 : 1;
    }

    /// How a function is known again: `NAME@FILE:LINE`.
    ///
    /// @param places whether libraries count as files
    static String key(FrameTable frames, int f, boolean places) {
        String file = frames.file(f);
        if (file == null && places) file = frames.module(f);
        return CallgrindNaming.clean(frames.name(f)) + "@" + (file == null ? "" : CallgrindNaming.clean(file)) + ":" + Math.max(0, frames.line(f));
    }

    /// Self and total cost of each function that has any, over all threads, by key; where the event is time, in seconds.
    static Map<String, double[]> functions(Profile profile, int event, boolean places) {
        Map<String, double[]> sums = new TreeMap<>();
        double scale = scale(profile.info().events().get(event));
        for (CallGraph graph : graphs(profile)) {
            for (int f = 0; f < graph.functions(); f++) {
                if (!(graph.self(event, f) > 0) && !(graph.total(event, f) > 0)) continue;
                double[] sum = sums.computeIfAbsent(key(profile.frames(), f, places), _ -> new double[2]);
                sum[0] += Math.max(0, graph.self(event, f)) * scale;
                sum[1] += Math.max(0, graph.total(event, f)) * scale;
            }
        }
        return sums;
    }

    /// The cost of each call, over all threads, by the keys of the two ends; NaN where it is not known.
    static Map<String, Double> edges(Profile profile, int event, boolean places) {
        Map<String, Double> sums = new TreeMap<>();
        double scale = scale(profile.info().events().get(event));
        for (CallGraph graph : graphs(profile))
            for (int edge = 0; edge < graph.edges(); edge++)
                sums.merge(key(profile.frames(), graph.caller(edge), places) + " > " + key(profile.frames(), graph.callee(edge), places),
                        graph.edgeTotal(event, edge) * scale, Double::sum);
        return sums;
    }

    /// The calls of each function, over all threads, by key.
    static Map<String, String> calls(Profile profile) {
        Map<String, java.math.BigInteger[]> sums = new TreeMap<>();
        for (CallGraph graph : graphs(profile)) {
            if (graph.calls() == null) return Map.of();
            for (int f = 0; f < graph.functions(); f++) {
                var sum = sums.computeIfAbsent(key(profile.frames(), f, false), _ -> new java.math.BigInteger[] {java.math.BigInteger.ZERO, java.math.BigInteger.ZERO});
                sum[0] = sum[0].add(graph.calls().exact(f));
                if (graph.primitiveCalls() != null) sum[1] = sum[1].add(graph.primitiveCalls().exact(f));
            }
        }
        Map<String, String> texts = new TreeMap<>();
        sums.forEach((key, sum) -> {
            if (sum[0].signum() != 0) texts.put(key, sum[0] + "/" + sum[1]);
        });
        return texts;
    }
}
