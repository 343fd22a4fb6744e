package serpentarium.profile.analysis;

import java.util.BitSet;
import serpentarium.profile.CallGraph;

/// What a call graph says about any tree that can be made of it, for one event.
final class GraphFacts {
    private final CallGraph graph;
    private final int event;
    private double[] most;
    private BitSet rings;

    GraphFacts(CallGraph graph, int event) {
        this.graph = graph;
        this.event = event;
    }

    /// The most that a function can cost with all below it, in all its places together; infinite where the file does not say.
    double most(int function) {
        if (most == null) {
            most = new double[graph.functions()];
            for (int f = 0; f < most.length; f++) most[f] = sum(f);
        }
        return most[function];
    }

    private double sum(int function) {
        double own = Math.max(graph.total(event, function), graph.self(event, function));
        double outside = 0;
        for (int i = 0; i < graph.callerCount(function); i++) {
            int edge = graph.callerEdge(function, i);
            if (graph.caller(edge) != function) outside += graph.edgeTotal(event, edge);
        }
        return own > 0 && Double.isFinite(outside) ? Math.max(own, outside) : Double.POSITIVE_INFINITY;
    }

    /// The functions that can be below themselves with others between.
    BitSet rings() {
        if (rings == null) {
            int[] cycle = Cycles.of(graph);
            int[] sizes = Cycles.sizes(cycle);
            rings = new BitSet();
            for (int f = 0; f < cycle.length; f++) if (sizes[cycle[f]] > 1) rings.set(f);
        }
        return rings;
    }

    /// The functions from which one of `functions` can be reached by calls, themselves included.
    BitSet reaching(BitSet functions) {
        var reaching = (BitSet) functions.clone();
        int[] open = new int[graph.functions()];
        int size = 0;
        for (int f = functions.nextSetBit(0); f >= 0 && f < open.length; f = functions.nextSetBit(f + 1)) open[size++] = f;
        while (size > 0) {
            int function = open[--size];
            for (int i = 0; i < graph.callerCount(function); i++) {
                int caller = graph.caller(graph.callerEdge(function, i));
                if (reaching.get(caller)) continue;
                reaching.set(caller);
                open[size++] = caller;
            }
        }
        return reaching;
    }
}
