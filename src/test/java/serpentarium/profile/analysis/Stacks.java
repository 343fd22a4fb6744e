package serpentarium.profile.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import serpentarium.profile.CallGraph;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;

/// Stacks as a person would write them down, and what follows from them by counting one by one: the truth that the analyses must meet.
public final class Stacks {
    private final Map<List<Integer>, Double> costs = new HashMap<>();
    private int functions;

    /// Adds a stack, root first.
    public Stacks add(double cost, Integer... stack) {
        for (int function : stack) functions = Math.max(functions, function + 1);
        costs.merge(List.of(stack), cost, Double::sum);
        return this;
    }

    /// Random stacks over `functions` functions; whole costs, so that sums are exact.
    public static Stacks random(Random random, int functions, int stacks, int depth, boolean recursion) {
        var made = new Stacks();
        made.functions = functions;
        for (int i = 0; i < stacks; i++) {
            var stack = new ArrayList<Integer>();
            int length = 1 + random.nextInt(depth);
            while (stack.size() < length) {
                // Without recursion only from a smaller number to a greater one, so that no ring can arise over several stacks either.
                int last = stack.isEmpty() ? -1 : stack.getLast();
                if (!recursion && last >= functions - 1) break;
                stack.add(recursion ? random.nextInt(functions) : last + 1 + random.nextInt(Math.min(4, functions - 1 - last)));
            }
            made.costs.merge(List.copyOf(stack), (double) random.nextInt(100), Double::sum);
        }
        return made;
    }

    public int functions() {
        return functions;
    }

    public double whole() {
        return costs.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Cost of each path with all below it.
    public Map<List<Integer>, Double> totals() {
        var totals = new HashMap<List<Integer>, Double>();
        costs.forEach((stack, cost) -> {
            for (int n = 1; n <= stack.size(); n++) totals.merge(stack.subList(0, n), cost, Double::sum);
        });
        return totals;
    }

    /// The same as an estimate can show it: direct recursion is one function, and a stack ends where it comes back to a function.
    public Map<List<Integer>, Double> foldedTotals() {
        var totals = new HashMap<List<Integer>, Double>();
        costs.forEach((stack, cost) -> {
            var path = new ArrayList<Integer>();
            for (int function : stack) {
                if (!path.isEmpty() && path.getLast() == function) continue;
                boolean back = path.contains(function);
                path.add(function);
                totals.merge(List.copyOf(path), cost, Double::sum);
                if (back) break;
            }
        });
        return totals;
    }

    public Map<List<Integer>, Double> selfs() {
        return costs;
    }

    /// Cost of each function with all below it, each stack counted once.
    public double[] functionTotals() {
        var totals = new double[functions];
        costs.forEach((stack, cost) -> new HashSet<>(stack).forEach(f -> totals[f] += cost));
        return totals;
    }

    public double[] functionSelfs() {
        var selfs = new double[functions];
        costs.forEach((stack, cost) -> selfs[stack.getLast()] += cost);
        return selfs;
    }

    /// Cost of each edge, each stack counted once.
    public Map<List<Integer>, Double> edgeTotals() {
        var totals = new TreeMap<List<Integer>, Double>(java.util.Comparator.comparing(List::toString));
        costs.forEach((stack, cost) -> {
            Set<List<Integer>> edges = new HashSet<>();
            for (int i = 1; i < stack.size(); i++) edges.add(List.of(stack.get(i - 1), stack.get(i)));
            edges.forEach(edge -> totals.merge(edge, cost, Double::sum));
        });
        return totals;
    }

    public StackTree tree() {
        var builder = new StackTree.Builder(1);
        costs.forEach((stack, cost) -> {
            int node = 0;
            for (int function : stack) node = builder.child(node, function);
            builder.addSelf(0, node, cost);
        });
        return builder.build();
    }

    /// What a profiler of the caller-callee kind would have kept.
    ///
    /// @param unknownEdges share of the edges whose cost is left out, as `python -m profile` leaves out all
    public CallGraph graph(Random random, double unknownEdges) {
        var builder = new CallGraph.Builder(1, true, true, false);
        double[] selfs = functionSelfs();
        double[] totals = functionTotals();
        for (int f = 0; f < functions; f++) {
            builder.addSelf(0, f, selfs[f]);
            builder.addTotal(0, f, totals[f]);
        }
        edgeTotals().forEach((edge, cost) -> {
            int number = builder.edge(edge.get(0), edge.get(1));
            builder.addEdgeTotal(0, number, random.nextDouble() < unknownEdges ? Double.NaN : cost);
        });
        // One call a path: as often as the edge ends a path.
        totals().forEach((path, _) -> {
            int function = path.getLast();
            List<Integer> above = path.subList(0, path.size() - 1);
            builder.calls().add(function, 1);
            builder.primitiveCalls().add(function, above.contains(function) ? 0 : 1);
            if (!above.isEmpty()) builder.edgeCalls().add(builder.edge(above.getLast(), function), 1);
        });
        return builder.build(functions);
    }

    public CallGraph graph() {
        return graph(new Random(0), 0);
    }

    /// Function `n` is called `f<n>`.
    public FrameTable frames() {
        var frames = new FrameTable.Builder();
        for (int f = 0; f < functions; f++) frames.add("f" + f, "/app/mod" + f % 5 + ".py", null, f + 1);
        return frames.build();
    }

    public Profile.Stacks profile() {
        return new Profile.Stacks(info(), frames(), LineCosts.NONE, List.of(tree()));
    }

    public Profile.Graph graphProfile() {
        return new Profile.Graph(info(), frames(), LineCosts.NONE, List.of(graph()));
    }

    private ProfileInfo info() {
        return new ProfileInfo("test", null, null, List.of(new Event("time", "time", Unit.SECONDS, whole())),
                List.of(new ThreadInfo("main", whole())), List.of());
    }

    /// The functions from the root down to a node.
    static List<Integer> path(CallTree tree, int node) {
        var path = new ArrayList<Integer>();
        for (int at = node; at > 0; at = tree.parent(at)) path.addFirst(tree.frame(at));
        return path;
    }
}
