package serpentarium.profile.analysis;

import java.util.Arrays;
import serpentarium.profile.CallGraph;
import serpentarium.profile.StackTree;

/// What a call graph proves of a tree, without estimates.
final class ProvenPart {
    private static final double NOISE = 1e-6;

    private ProvenPart() {}

    /// The nodes of an estimate that are exact and below nothing else; what an exact node spends in others is one [CallTree#UNKNOWN] node.
    static Stage of(Stage estimate, CallGraph graph, int event, NodeKeys keys) {
        int size = estimate.size();
        var grown = new StackTree.Builder(1);
        int[] to = new int[size];
        double[] total = new double[size];
        double[] rest = new double[size];
        Stage.Bounds bounds = estimate.bounds();
        Arrays.fill(to, -1);
        to[0] = 0;
        total[0] = rest[0] = bounds.total()[0];
        for (int node = 1; node < size; node++) {
            int parent = to[estimate.parent()[node]];
            if (parent < 0 || keys.kind(estimate.key()[node]) == CallTree.SMALL || !exact(bounds, node)) continue;
            double cost = bounds.total()[node];
            to[node] = grown.child(parent, estimate.key()[node]);
            total[to[node]] = rest[to[node]] = cost;
            rest[parent] -= cost;
            // The function's own cost is known where all of the function is here, or where it calls nothing.
            int frame = keys.frame(estimate.key()[node]);
            boolean alone = frame < 0 || keys.kind(estimate.key()[node]) == CallTree.RECURSION || graph.calleesBegin(frame) == graph.calleesEnd(frame);
            boolean all = frame >= 0 && cost >= graph.total(event, frame) * (1 - NOISE);
            double self = alone ? cost : all ? Math.min(cost, Math.max(0, graph.self(event, frame))) : 0;
            grown.addSelf(0, to[node], self);
            rest[to[node]] -= self;
        }
        int known = grown.size();
        for (int node = 0; node < known; node++) {
            if (!(rest[node] > NOISE * total[node])) continue;
            int unknown = grown.child(node, keys.of(-1, CallTree.UNKNOWN));
            grown.addSelf(0, unknown, rest[node]);
            if (unknown >= total.length) total = Arrays.copyOf(total, unknown + (unknown >> 1) + 1);
            total[unknown] = rest[node];
        }
        return exactly(Stage.of(grown.build(), 0), total);
    }

    private static boolean exact(Stage.Bounds bounds, int node) {
        return bounds.upper()[node] - bounds.lower()[node] <= NOISE * Math.abs(bounds.upper()[node]);
    }

    /// A function with its callees, in all its places together.
    static Stage edges(CallGraph graph, int event, int function, NodeKeys keys) {
        var grown = new StackTree.Builder(1);
        if (function < 0 || function >= graph.functions()) return exactly(Stage.of(grown.build(), 0), new double[1]);
        int top = grown.child(0, function);
        double cost = usable(graph.total(event, function));
        double self = usable(graph.self(event, function));
        grown.addSelf(0, top, self);
        double[] total = new double[4 + graph.calleesEnd(function) - graph.calleesBegin(function)];
        double sum = self;
        for (int edge = graph.calleesBegin(function); edge < graph.calleesEnd(function); edge++) {
            double part = usable(graph.edgeTotal(event, edge));
            if (part == 0 || graph.callee(edge) == function) continue;
            int node = grown.child(top, graph.callee(edge));
            grown.addSelf(0, node, part);
            total[node] = part;
            sum += part;
        }
        if (cost - sum > NOISE * cost) {
            int unknown = grown.child(top, keys.of(-1, CallTree.UNKNOWN));
            grown.addSelf(0, unknown, cost - sum);
            total[unknown] = cost - sum;
        }
        // Callees that are below themselves through this function account for more than the whole.
        total[0] = total[top] = Math.max(cost, sum);
        return exactly(Stage.of(grown.build(), 0), total);
    }

    /// What all functions cost by themselves.
    static double whole(CallGraph graph, int event) {
        double whole = 0;
        for (int f = 0; f < graph.functions(); f++) whole += usable(graph.self(event, f));
        return whole;
    }

    private static double usable(double cost) {
        return cost > 0 && cost < Double.POSITIVE_INFINITY ? cost : 0;
    }

    private static Stage exactly(Stage stage, double[] total) {
        double[] totals = Arrays.copyOf(total, stage.size());
        return new Stage(stage.size(), stage.parent(), stage.key(), stage.self(), new Stage.Bounds(totals, totals.clone(), totals.clone(), 0), null, null);
    }
}
