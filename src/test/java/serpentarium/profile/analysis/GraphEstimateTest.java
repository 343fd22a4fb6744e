package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.profile.CallGraph;
import serpentarium.task.TaskContext;

/// Trees made from call graphs: what they claim must hold for the stacks that the graph was made from.
class GraphEstimateTest {
    private static CallTree estimate(CallGraph graph) {
        CallTree tree = new GraphEstimate(graph, 0).tree(TaskContext.detached());
        checkSound(tree);
        return tree;
    }

    /// What holds for any graph, however strange.
    static void checkSound(CallTree tree) {
        assertTrue(tree.estimated());
        double roots = 0;
        for (int node = 1; node < tree.size(); node = tree.end(node)) roots += tree.total(node);
        assertEquals(tree.total(0), roots, 1e-9 * tree.total(0));
        checkBounds(tree);
    }

    /// What holds for any estimate, filtered or not.
    static void checkBounds(CallTree tree) {
        for (int node = 0; node < tree.size(); node++) {
            assertTrue(Double.isFinite(tree.total(node)) && tree.total(node) >= 0);
            assertTrue(tree.lower(node) <= tree.total(node), "lower");
            assertTrue(tree.total(node) <= tree.upper(node), "upper");
            assertTrue(tree.lower(node) >= 0);
            double sum = tree.self(node);
            for (int child = node + 1; child < tree.end(node); child = tree.end(child)) sum += tree.total(child);
            assertTrue(sum <= tree.total(node) * (1 + 1e-9), "children fit");
        }
        TreeLayout.of(tree);
    }

    private static Map<List<Integer>, Integer> nodesByPath(CallTree tree) {
        var nodes = new HashMap<List<Integer>, Integer>();
        for (int node = 1; node < tree.size(); node++) {
            // Rings can make the same path twice only as leaf and branch, never as two of a kind.
            if (tree.kind(node) == CallTree.FUNCTION || tree.kind(node) == CallTree.RECURSION) nodes.put(Stacks.path(tree, node), node);
        }
        return nodes;
    }

    @Test void theClassicTwoWaysToOneFunction() {
        // main(0) → a(1) → c(3) 40, main → a → d(4) 10; main → b(2) → a → c 10, main → b → a → d 40.
        CallTree tree = estimate(new Stacks().add(40, 0, 1, 3).add(10, 0, 1, 4).add(10, 0, 2, 1, 3).add(40, 0, 2, 1, 4).graph());
        Map<List<Integer>, Integer> nodes = nodesByPath(tree);
        int main = nodes.get(List.of(0));
        assertEquals(100, tree.total(main));
        assertTrue(tree.exact(main));
        int a = nodes.get(List.of(0, 1));
        assertEquals(50, tree.total(a));
        assertTrue(tree.exact(a));
        for (List<Integer> path : List.of(List.of(0, 1, 3), List.of(0, 1, 4), List.of(0, 2, 1, 3), List.of(0, 2, 1, 4))) {
            int node = nodes.get(path);
            assertEquals(25, tree.total(node));
            assertEquals(0, tree.lower(node));
            assertEquals(50, tree.upper(node));
            assertFalse(tree.exact(node));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theTruthLiesInTheInterval(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 12, 30 + (int) seed * 5, 7, false);
        CallTree tree = estimate(stacks.graph());
        int exact = checkAgainst(stacks, tree);
        assertTrue(exact > 0);
        assertEquals(stacks.whole(), tree.total(0), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theTruthLiesInTheIntervalWhereEdgesHaveNoCost(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 12, 40, 7, false);
        checkAgainst(stacks, estimate(stacks.graph(new Random(seed), 0.5)));
        checkAgainst(stacks, estimate(stacks.graph(new Random(seed), 1)));
    }

    @Test void recursionLeavesTheTruthInTheInterval() {
        int exact = 0;
        int certain = 0;
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            Stacks stacks = Stacks.random(random, 4 + random.nextInt(9), 2 + random.nextInt(25), 3 + random.nextInt(6), true);
            CallTree tree = estimate(stacks.graph());
            exact += checkAgainst(stacks, tree);
            for (int node = 1; node < tree.size(); node++) if (tree.lower(node) > 0 && !tree.exact(node)) certain++;
        }
        assertTrue(exact > 400, exact + " exact");
        assertTrue(certain > 100, certain + " partly certain");
    }

    @Test void aMainFunctionBelowAnImportingExecIsExact() {
        // exec(0) → main(1) → work(2), and main → import(3) → exec → module(4): exec, main and import are one ring.
        CallTree tree = estimate(new Stacks().add(5, 0).add(10, 0, 1).add(80, 0, 1, 2).add(2, 0, 1, 3).add(3, 0, 1, 3, 0, 4).graph());
        Map<List<Integer>, Integer> nodes = nodesByPath(tree);
        assertTrue(tree.exact(nodes.get(List.of(0, 1))));
        assertEquals(95, tree.total(nodes.get(List.of(0, 1))));
        assertTrue(tree.exact(nodes.get(List.of(0, 1, 2))));
        assertEquals(80, tree.total(nodes.get(List.of(0, 1, 2))));
    }

    @Test void theProfilersOwnEntryHidesNothing() {
        // As `python -m profile` writes: an entry without calls or cost, and edges without cost.
        var builder = new CallGraph.Builder(1, true, true, false);
        builder.addTotal(0, 1, 30);
        builder.addSelf(0, 1, 10);
        builder.addTotal(0, 2, 20);
        builder.addSelf(0, 2, 20);
        for (int f = 1; f < 3; f++) {
            int edge = builder.edge(f - 1, f);
            builder.addEdgeTotal(0, edge, Double.NaN);
            builder.edgeCalls().set(edge, 1);
            builder.calls().set(f, 1);
            builder.primitiveCalls().set(f, 1);
        }
        CallTree tree = estimate(builder.build(3));
        assertEquals(3, tree.size());
        assertEquals(1, tree.frame(1));
        assertEquals(30, tree.total(1));
        assertEquals(2, tree.frame(2));
        assertEquals(20, tree.total(2));
        assertTrue(tree.exact(1) && tree.exact(2));
    }

    @Test void aCallerWhoseRowIsLostIsShown() {
        var builder = new CallGraph.Builder(1, false, false, false);
        builder.addSelf(0, 1, 20);
        builder.addTotal(0, 1, 20);
        builder.addEdgeTotal(0, builder.edge(0, 1), 20);
        CallTree tree = estimate(builder.build(2));
        assertEquals(0, tree.frame(1));
        assertEquals(20, tree.total(2));
    }

    private static int checkAgainst(Stacks stacks, CallTree tree) {
        Map<List<Integer>, Double> truth = stacks.foldedTotals();
        int exact = 0;
        for (var entry : nodesByPath(tree).entrySet()) {
            int node = entry.getValue();
            double real = truth.getOrDefault(entry.getKey(), 0.0);
            String what = entry.getKey() + " is " + real + ", said " + tree.lower(node) + "…" + tree.upper(node);
            assertTrue(tree.lower(node) <= real + 1e-6, what);
            assertTrue(real <= tree.upper(node) + 1e-6, what);
            if (!tree.exact(node)) continue;
            assertEquals(real, tree.total(node), 1e-6 * Math.max(1, real), what);
            exact++;
        }
        return exact;
    }

    @Test void aGraphThatIsATreeIsExact() {
        CallTree tree = estimate(new Stacks().add(10, 0).add(20, 0, 1).add(30, 0, 1, 2).add(5, 0, 3).add(7, 4, 5).graph());
        for (int node = 0; node < tree.size(); node++) assertTrue(tree.exact(node));
        assertEquals(7, tree.size());
        assertEquals(72, tree.total(0));
    }

    @Test void recursionIsFoldedOrEndsInALeaf() {
        CallTree direct = estimate(new Stacks().add(10, 0, 1).add(20, 0, 1, 1).add(5, 0, 1, 1, 2).graph());
        assertEquals(4, direct.size());
        assertTrue(direct.exact(2));
        assertEquals(35, direct.total(2));

        CallTree ring = estimate(new Stacks().add(10, 0, 1).add(20, 0, 1, 2).add(30, 0, 1, 2, 1).graph());
        boolean leaf = false;
        for (int node = 0; node < ring.size(); node++) {
            if (ring.kind(node) != CallTree.RECURSION) continue;
            leaf = true;
            assertEquals(1, ring.frame(node));
            assertEquals(30, ring.total(node));
            assertEquals(node + 1, ring.end(node));
        }
        assertTrue(leaf);
        assertEquals(60, ring.total(0));
    }

    @Test void whatNoRootExplainsIsShown() {
        var builder = new CallGraph.Builder(1, false, false, false);
        // A ring that is entered, with more cost than its entry explains.
        builder.addSelf(0, 0, 1);
        builder.addTotal(0, 0, 11);
        builder.addSelf(0, 1, 50);
        builder.addTotal(0, 1, 60);
        builder.addSelf(0, 2, 20);
        builder.addTotal(0, 2, 25);
        builder.addEdgeTotal(0, builder.edge(0, 1), 10);
        builder.addEdgeTotal(0, builder.edge(1, 2), 25);
        builder.addEdgeTotal(0, builder.edge(2, 1), 5);
        CallTree tree = estimate(builder.build(3));
        assertEquals(71, tree.total(0));
        int rest = -1;
        for (int node = 1; node < tree.size(); node++) if (tree.kind(node) == CallTree.UNATTRIBUTED) rest = node;
        assertEquals(60, tree.total(rest));
    }

    @Test void aCompleteGraphDoesNotExplode() {
        int n = 200;
        var builder = new CallGraph.Builder(1, false, false, false);
        for (int f = 0; f < n; f++) {
            builder.addSelf(0, f, 1);
            builder.addTotal(0, f, n);
            for (int g = 0; g < n; g++) if (g != f) builder.addEdgeTotal(0, builder.edge(f, g), 1);
        }
        CallGraph graph = builder.build(n);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertTrue(estimate(graph).size() < 900_000));
    }

    @Test void aLayeredGraphOfVeryManyPathsDoesNotExplode() {
        int layers = 40;
        var builder = new CallGraph.Builder(1, false, false, false);
        for (int layer = 0; layer < layers; layer++) {
            for (int f = 0; f < 10; f++) {
                int at = layer * 10 + f;
                builder.addSelf(0, at, 1);
                builder.addTotal(0, at, layers - layer);
                if (layer + 1 < layers)
                    for (int g = 0; g < 10; g++) builder.addEdgeTotal(0, builder.edge(at, at - f + 10 + g), (layers - layer - 1) / 10.0);
            }
        }
        CallGraph graph = builder.build(layers * 10);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertTrue(estimate(graph).size() < 900_000));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aChainOfAHundredThousandOverflowsNothing(boolean ring) {
        int n = 100_000;
        var builder = new CallGraph.Builder(1, false, false, false);
        for (int f = 0; f < n; f++) {
            builder.addTotal(0, f, 7);
            if (f + 1 < n || ring) builder.addEdgeTotal(0, builder.edge(f, (f + 1) % n), 7);
        }
        builder.addSelf(0, n - 1, 7);
        CallGraph graph = builder.build(n);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            CallTree tree = estimate(graph);
            assertEquals(7, tree.total(0));
            assertTrue(ring ? tree.size() > 1000 : tree.size() == n + 1);
        });
    }

    @Test void graphsWithoutCostAreEmpty() {
        var nothing = estimate(new CallGraph.Builder(1, false, false, false).build(0));
        assertEquals(1, nothing.size());
        var builder = new CallGraph.Builder(1, true, true, false);
        builder.edge(0, 1);
        builder.edge(1, 0);
        CallTree zero = estimate(builder.build(2));
        assertEquals(1, zero.size());
        assertEquals(0, zero.total(0));
        assertEquals(0, TreeLayout.of(zero).width());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nonsenseBreaksNothing(long seed) {
        var random = new Random(seed);
        var odd = new double[] {Double.NaN, Double.POSITIVE_INFINITY, -5, 0, 1e308, 1e-300};
        var builder = new CallGraph.Builder(1, seed % 2 == 0, seed % 3 == 0, false);
        var next = new AtomicInteger();
        for (int f = 0; f < 30; f++) {
            builder.addSelf(0, f, random.nextInt(4) == 0 ? odd[next.getAndIncrement() % 4] : random.nextInt(100));
            builder.addTotal(0, f, random.nextInt(4) == 0 ? odd[next.getAndIncrement() % 4] : random.nextInt(100));
        }
        for (int i = 0; i < 120; i++) {
            int edge = builder.edge(random.nextInt(30), random.nextInt(30));
            builder.addEdgeTotal(0, edge, random.nextInt(4) == 0 ? odd[next.getAndIncrement() % 4] : random.nextInt(300));
            if (seed % 2 == 0) builder.edgeCalls().set(edge, random.nextInt(5) - 1);
        }
        estimate(builder.build(30));
    }

    @Test void threadsMixedIntoOneGraphKeepTheirSum() {
        // Python 3.12's cProfile sees all threads on one stack: the callers of 2 account for more than it cost.
        var builder = new CallGraph.Builder(1, false, false, false);
        builder.addSelf(0, 0, 10);
        builder.addTotal(0, 0, 30);
        builder.addSelf(0, 1, 10);
        builder.addTotal(0, 1, 40);
        builder.addSelf(0, 2, 25);
        builder.addTotal(0, 2, 25);
        builder.addEdgeTotal(0, builder.edge(0, 2), 20);
        builder.addEdgeTotal(0, builder.edge(1, 2), 30);
        CallTree tree = estimate(builder.build(3));
        double self = 0;
        for (int node = 1; node < tree.size(); node++) if (tree.frame(node) == 2) self += tree.self(node);
        assertEquals(25, self, 1e-9);
    }
}
