package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import serpentarium.profile.CallGraph;
import serpentarium.profile.analysis.Relations.Relation;
import serpentarium.task.TaskContext;

/// All functions that lead to a function, and all that it leads to, over any number of calls.
///
/// Where whole stacks are known the costs are exact: of a caller, the cost of the function in all stacks where that caller is anywhere above it;
/// of a callee, its cost in all stacks where the function is anywhere above it; each stack counted once. Where only callers are known, whose
/// costs go which way over more than one call cannot be known, so that those further away have a distance and no cost.
final class Reach {
    private static final Comparator<Relation> DEAREST = Comparator
            .<Relation>comparingDouble(r -> Double.isNaN(r.total()) ? Double.POSITIVE_INFINITY : -r.total())
            .thenComparingInt(Relation::distance).thenComparingInt(Relation::function);

    private Reach() {}

    /// From known stacks.
    static Relations of(CallTree tree, int functions, int function, TaskContext context) {
        return new Relations(callers(tree, functions, function, context), callees(tree, functions, function, context));
    }

    private static List<Relation> callers(CallTree tree, int functions, int function, TaskContext context) {
        int n = tree.size();
        // Of each node: the cost of the function's topmost occurrences strictly below it, its own cost in all of them, and the nearest one.
        double[] total = new double[n];
        double[] self = new double[n];
        int[] near = new int[n];
        Arrays.fill(near, Integer.MAX_VALUE);
        for (int node = n - 1; node > 0; node--) {
            if ((node & 0xffff) == 0) context.checkpoint();
            int parent = tree.parent(node);
            boolean here = tree.frame(node) == function;
            total[parent] += here ? tree.total(node) : total[node];
            self[parent] += self[node] + (here ? tree.self(node) : 0);
            int distance = here ? 1 : near[node] == Integer.MAX_VALUE ? Integer.MAX_VALUE : near[node] + 1;
            near[parent] = Math.min(near[parent], distance);
        }
        var sums = new Sums(functions);
        var path = new Path(tree, functions);
        for (int node = 0; node < n; node++) {
            if ((node & 0xffff) == 0) context.checkpoint();
            boolean again = path.enter(node);
            int frame = tree.frame(node);
            if (frame < 0 || near[node] == Integer.MAX_VALUE) continue;
            sums.add(frame, again ? 0 : self[node], again ? 0 : total[node], near[node]);
        }
        return sums.list(DEAREST);
    }

    private static List<Relation> callees(CallTree tree, int functions, int function, TaskContext context) {
        var sums = new Sums(functions);
        int[] frames = new int[64];
        int[] times = new int[functions];
        int[] nearest = new int[64];
        int depth = 0;
        for (int node = 0; node < tree.size(); node++) {
            if ((node & 0xffff) == 0) context.checkpoint();
            int level = tree.depth(node);
            while (depth > level) {
                int left = frames[--depth];
                if (left >= 0) times[left]--;
            }
            if (depth == frames.length) {
                frames = Arrays.copyOf(frames, depth * 2);
                nearest = Arrays.copyOf(nearest, depth * 2);
            }
            int frame = tree.frame(node);
            int above = depth == 0 ? -1 : nearest[depth - 1];
            // Only what lies below the function counts as being on the way already.
            frames[depth] = above >= 0 ? frame : -1;
            nearest[depth++] = frame == function ? level : above;
            if (above < 0 || frame < 0) continue;
            sums.add(frame, tree.self(node), times[frame]++ > 0 ? 0 : tree.total(node), level - above);
        }
        return sums.list(DEAREST);
    }

    /// From a call graph: distances, and the costs of the direct ones.
    static Relations of(CallGraph graph, int event, int function, TaskContext context) {
        Relations direct = Relations.of(graph, event, function);
        return new Relations(further(graph, function, direct.callers(), true, context), further(graph, function, direct.callees(), false, context));
    }

    private static List<Relation> further(CallGraph graph, int function, List<Relation> direct, boolean up, TaskContext context) {
        int[] distance = new int[graph.functions()];
        int[] queue = new int[graph.functions()];
        int tail = 0;
        var all = new ArrayList<Relation>(direct);
        for (Relation each : direct) {
            distance[each.function()] = 1;
            queue[tail++] = each.function();
        }
        for (int head = 0; head < tail; head++) {
            if ((head & 0xff) == 0) context.checkpoint();
            int at = queue[head];
            int count = up ? graph.callerCount(at) : graph.calleesEnd(at) - graph.calleesBegin(at);
            for (int i = 0; i < count; i++) {
                int next = up ? graph.caller(graph.callerEdge(at, i)) : graph.callee(graph.calleesBegin(at) + i);
                if (distance[next] != 0) continue;
                distance[next] = distance[at] + 1;
                queue[tail++] = next;
                all.add(new Relation(next, null, Double.NaN, Double.NaN, distance[next]));
            }
        }
        all.sort(Comparator.comparingInt(Relation::distance).thenComparing(DEAREST));
        return all;
    }

    private static final class Sums {
        private final double[] self;
        private final double[] total;
        private final int[] distance;

        Sums(int functions) {
            self = new double[functions];
            total = new double[functions];
            distance = new int[functions];
        }

        void add(int function, double ownPart, double part, int away) {
            self[function] += ownPart;
            total[function] += part;
            if (distance[function] == 0 || away < distance[function]) distance[function] = away;
        }

        List<Relation> list(Comparator<Relation> order) {
            var list = new ArrayList<Relation>();
            for (int f = 0; f < distance.length; f++) if (distance[f] > 0) list.add(new Relation(f, null, self[f], total[f], distance[f]));
            list.sort(order);
            return list;
        }
    }
}
