package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import serpentarium.profile.CallGraph;
import serpentarium.profile.StackTree;
import serpentarium.profile.analysis.Relations.Relation;
import serpentarium.task.TaskContext;

/// All callers and callees against counting stack by stack.
class ReachTest {
    private static final TaskContext CONTEXT = TaskContext.detached();

    private static Relations reach(Stacks stacks, int function) {
        return Reach.of(TopDown.of(stacks.tree(), 0, CONTEXT), stacks.functions(), function, CONTEXT);
    }

    private static Map<Integer, Relation> byFunction(List<Relation> relations) {
        var map = new HashMap<Integer, Relation>();
        relations.forEach(each -> map.put(each.function(), each));
        return map;
    }

    @Test void byHand() {
        // main → a → c, main → b → a → c, and a calls itself once.
        var stacks = new Stacks().add(4, 0, 1, 3).add(2, 0, 2, 1, 3).add(1, 0, 2).add(8, 0, 1, 1, 3).add(16, 0, 1);
        Relations of = reach(stacks, 1);
        Map<Integer, Relation> callers = byFunction(of.callers());
        assertEquals(new Relation(0, null, 16, 30, 1), callers.get(0));
        assertEquals(new Relation(2, null, 0, 2, 1), callers.get(2));
        assertEquals(new Relation(1, null, 0, 8, 1), callers.get(1), "recursion");
        assertEquals(3, callers.size());
        Map<Integer, Relation> callees = byFunction(of.callees());
        assertEquals(new Relation(3, null, 14, 14, 1), callees.get(3));
        assertEquals(new Relation(1, null, 0, 8, 1), callees.get(1));
        assertEquals(2, callees.size());
        assertEquals(2, byFunction(reach(stacks, 3).callers()).get(0).distance());
        assertEquals(0, of.callers().getFirst().function(), "the dearest first");
    }

    @Test void everyStackCountsOnce() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            Stacks stacks = Stacks.random(random, 6, 40, 9, true);
            for (int function = 0; function < 6; function++) {
                var above = new HashMap<Integer, Double>();
                var below = new HashMap<Integer, Double>();
                int of = function;
                stacks.selfs().forEach((stack, cost) -> {
                    int first = stack.indexOf(of);
                    int last = stack.lastIndexOf(of);
                    if (first < 0) return;
                    stack.subList(0, last).stream().distinct().forEach(g -> above.merge(g, cost, Double::sum));
                    stack.subList(first + 1, stack.size()).stream().distinct().forEach(g -> below.merge(g, cost, Double::sum));
                });
                Relations found = reach(stacks, function);
                String where = "seed " + seed + ", function " + function;
                assertEquals(above, totals(found.callers()), where);
                assertEquals(below, totals(found.callees()), where);
            }
        }
    }

    private static Map<Integer, Double> totals(List<Relation> relations) {
        var totals = new HashMap<Integer, Double>();
        relations.forEach(each -> totals.put(each.function(), each.total()));
        return totals;
    }

    @Test void inAGraphTheDirectOnesHaveCostsAndTheOthersDistances() {
        var graph = new CallGraph.Builder(1, true, false, false);
        int[][] edges = {{0, 1}, {1, 2}, {2, 3}, {3, 1}, {0, 2}};
        for (int[] each : edges) {
            int edge = graph.edge(each[0], each[1]);
            graph.addEdgeTotal(0, edge, 10 + each[1]);
            graph.edgeCalls().set(edge, 3);
        }
        Relations of = Reach.of(graph.build(4), 0, 3, CONTEXT);
        assertEquals(List.of(2, 0, 1), of.callers().stream().map(Relation::function).limit(3).toList());
        assertEquals(List.of(1, 2, 2, 3), of.callers().stream().map(Relation::distance).toList());
        assertEquals(13, of.callers().getFirst().total());
        assertTrue(Double.isNaN(of.callers().get(1).total()));
        assertEquals(List.of(1, 2, 3), of.callees().stream().map(Relation::function).toList());
        assertEquals(List.of(1, 2, 3), of.callees().stream().map(Relation::distance).toList(), "the function is its own callee in a ring");
    }

    @Test void aHundredThousandCallsDeep() {
        var chain = new StackTree.Builder(1);
        int node = 0;
        for (int i = 0; i < 100_000; i++) node = chain.child(node, i % 1000);
        chain.addSelf(0, node, 1);
        CallTree tree = TopDown.of(chain.build(), 0, CONTEXT);
        Relations of = Reach.of(tree, 1000, 999, CONTEXT);
        assertEquals(1000, of.callers().size());
        assertEquals(1000, of.callees().size());
        assertTrue(of.callers().stream().allMatch(each -> each.total() == 1));
        FunctionGraph graph = FunctionGraph.of(tree, 1000, CONTEXT);
        assertEquals(1000, graph.calls().edges());
        assertEquals(1, graph.total(0));
    }
}
