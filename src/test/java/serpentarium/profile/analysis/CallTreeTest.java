package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.profile.StackTree;
import serpentarium.task.TaskContext;

/// Trees of known stacks, and all that is counted over them, against counting one by one.
class CallTreeTest {
    private static CallTree tree(Stacks stacks) {
        return TopDown.of(stacks.tree(), 0, TaskContext.detached());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyPathHasTheCostOfItsStacks(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 8, 200, 9, true);
        CallTree tree = tree(stacks);
        Map<List<Integer>, Double> totals = stacks.totals();
        assertEquals(totals.size() + 1, tree.size());
        assertEquals(stacks.whole(), tree.total(0));
        assertFalse(tree.estimated());
        for (int node = 1; node < tree.size(); node++) {
            List<Integer> path = Stacks.path(tree, node);
            assertEquals(totals.get(path), tree.total(node));
            assertEquals(stacks.selfs().getOrDefault(path, 0.0), tree.self(node));
            assertTrue(tree.exact(node));
            assertEquals(tree.depth(node), path.size());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void childrenFollowTheirParentDearestFirst(long seed) {
        CallTree tree = tree(Stacks.random(new Random(seed), 6, 300, 8, true));
        for (int node = 0; node < tree.size(); node++) {
            double before = Double.POSITIVE_INFINITY;
            double sum = tree.self(node);
            for (int child = node + 1; child < tree.end(node); child = tree.end(child)) {
                assertEquals(node, tree.parent(child));
                assertEquals(tree.depth(node) + 1, tree.depth(child));
                assertTrue(tree.total(child) <= before);
                before = tree.total(child);
                sum += tree.total(child);
            }
            assertEquals(tree.total(node), sum);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void functionsCountEachStackOnce(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 7, 200, 10, true);
        FunctionTable functions = FunctionTable.of(tree(stacks), stacks.functions());
        double[] totals = stacks.functionTotals();
        double[] selfs = stacks.functionSelfs();
        for (int f : functions.functions()) {
            assertEquals(totals[f], functions.total(f));
            assertEquals(selfs[f], functions.self(f));
        }
        int[] order = functions.byTotal();
        for (int i = 1; i < order.length; i++) assertTrue(functions.total(order[i - 1]) >= functions.total(order[i]));
        int[] bySelf = functions.bySelf();
        for (int i = 1; i < bySelf.length; i++) assertTrue(functions.self(bySelf[i - 1]) >= functions.self(bySelf[i]));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void relationsCountEachStackOnce(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 5, 150, 10, true);
        CallTree tree = tree(stacks);
        Map<List<Integer>, Double> edges = stacks.edgeTotals();
        var found = new HashMap<List<Integer>, Double>();
        for (int f = 0; f < stacks.functions(); f++) {
            Relations relations = Relations.of(tree, stacks.functions(), f);
            for (Relations.Relation callee : relations.callees()) found.put(List.of(f, callee.function()), callee.total());
            for (Relations.Relation caller : relations.callers())
                assertEquals(edges.get(List.of(caller.function(), f)), caller.total());
        }
        assertEquals(new HashMap<>(edges), found);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bottomUpSharesOutTheOwnCostByCallers(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 6, 150, 7, true);
        var bottomUp = new BottomUp(tree(stacks));
        double[] selfs = stacks.functionSelfs();
        double sum = 0;
        for (BottomUp.Node leaf : bottomUp.leaves()) {
            assertEquals(selfs[leaf.frame()], leaf.cost());
            sum += leaf.cost();
            checkCallers(stacks, bottomUp, leaf, List.of(leaf.frame()), 4);
        }
        assertEquals(stacks.whole(), sum);
    }

    private static void checkCallers(Stacks stacks, BottomUp bottomUp, BottomUp.Node node, List<Integer> suffix, int depth) {
        if (depth == 0) return;
        List<BottomUp.Node> callers = bottomUp.callers(node);
        assertEquals(!callers.isEmpty(), bottomUp.hasCallers(node));
        var seen = new HashSet<Integer>();
        for (BottomUp.Node caller : callers) {
            assertTrue(seen.add(caller.frame()));
            var longer = new ArrayList<>(suffix);
            longer.addFirst(caller.frame());
            double expected = 0;
            for (var stack : stacks.selfs().entrySet()) {
                List<Integer> frames = stack.getKey();
                if (frames.size() >= longer.size() && frames.subList(frames.size() - longer.size(), frames.size()).equals(longer))
                    expected += stack.getValue();
            }
            assertEquals(expected, caller.cost());
            checkCallers(stacks, bottomUp, caller, longer, depth - 1);
        }
    }

    @Test void aSearchCountsNoStackTwice() {
        Stacks stacks = Stacks.random(new Random(9), 6, 200, 9, true);
        var wanted = new BitSet();
        wanted.set(1);
        wanted.set(4);
        double expected = 0;
        for (var stack : stacks.selfs().entrySet())
            if (stack.getKey().contains(1) || stack.getKey().contains(4)) expected += stack.getValue();
        Search.Found found = Search.sum(tree(stacks), wanted);
        assertEquals(expected, found.cost());
        assertEquals(2, found.functions());
        assertEquals(stacks.totals().keySet().stream().filter(p -> p.getLast() == 1 || p.getLast() == 4).count(), found.nodes());
    }

    @Test void textSearchMindsCapitalsOnlyWhenAsked() {
        var frames = new Stacks().add(1, 0, 1, 2).frames();
        assertEquals(BitSet.valueOf(new long[] {0b010}), Search.text(frames, "f1"));
        assertEquals(new BitSet(), Search.text(frames, "F1"));
        assertEquals(BitSet.valueOf(new long[] {0b111}), Search.text(frames, "/app"));
        assertEquals(BitSet.valueOf(new long[] {0b101}), Search.pattern(frames, java.util.regex.Pattern.compile("^f[02]$"), serpentarium.task.TaskContext.detached()));
    }

    @Test void anEmptyProfileIsATreeOfItsRoot() {
        CallTree tree = TopDown.of(new StackTree.Builder(1).build(), 0, TaskContext.detached());
        assertEquals(1, tree.size());
        assertEquals(1, tree.end(0));
        assertEquals(0, tree.total(0));
        assertEquals(0, tree.maxDepth());
        assertTrue(new BottomUp(tree).leaves().isEmpty());
        assertEquals(0, FunctionTable.of(tree, 0).functions().length);
    }

    @Test void aStackOfAHundredThousandOverflowsNothing() {
        var builder = new StackTree.Builder(1);
        int node = 0;
        for (int i = 0; i < 100_000; i++) node = builder.child(node, i % 3);
        builder.addSelf(0, node, 5);
        CallTree tree = TopDown.of(builder.build(), 0, TaskContext.detached());
        assertEquals(100_000, tree.maxDepth());
        assertEquals(5, tree.total(50_000));
        FunctionTable functions = FunctionTable.of(tree, 3);
        for (int f = 0; f < 3; f++) assertEquals(5, functions.total(f));
        Relations relations = Relations.of(tree, 3, 0);
        assertEquals(5, relations.callees().getFirst().total());
        assertEquals(1, relations.callees().size());
        var layout = TreeLayout.of(tree);
        assertEquals(100_001, layout.rowCount());
        assertEquals(77_777, layout.at(77_777, 4.9));
    }

    @Test void negativeCostsBreakNothing() {
        CallTree tree = tree(new Stacks().add(-50, 0).add(100, 0, 1).add(-3, 2).add(20, 0, 1, 2));
        assertEquals(67, tree.total(0));
        assertEquals(-3, FunctionTable.of(tree, 3).self(2) - 20);
        var layout = TreeLayout.of(tree);
        FlameLayoutTest.checkNesting(layout);
    }

    @Test void aCancelledComputationStops() {
        Stacks stacks = Stacks.random(new Random(1), 5, 50, 5, true);
        assertThrows(CancellationException.class,
                () -> Analysis.of(Slice.first(stacks.profile()), TaskContext.cancelledAfter(0)));
        assertThrows(CancellationException.class,
                () -> new GraphEstimate(stacks.graph(), 0).tree(TaskContext.cancelledAfter(0)));
    }

    @Test void threadsAddUp() {
        Stacks one = Stacks.random(new Random(1), 6, 80, 6, true);
        Stacks two = Stacks.random(new Random(2), 6, 80, 6, true);
        var both = new Stacks();
        one.selfs().forEach((stack, cost) -> both.add(cost, stack.toArray(Integer[]::new)));
        two.selfs().forEach((stack, cost) -> both.add(cost, stack.toArray(Integer[]::new)));
        var info = one.profile().info();
        var threads = List.of(info.threads().getFirst(), info.threads().getFirst());
        var wide = new serpentarium.profile.ProfileInfo("test", null, null, info.events(), threads, List.of());
        var profile = new serpentarium.profile.Profile.Stacks(wide, one.frames(), one.profile().lines(), List.of(one.tree(), two.tree()));
        CallTree all = Analysis.of(new Slice(profile, 0), TaskContext.detached()).tree();
        CallTree expected = tree(both);
        assertEquals(expected.size(), all.size());
        assertEquals(both.whole(), all.total(0));
        assertEquals(two.whole(), Analysis.of(new Slice(profile, 0, java.util.Set.of(1)), TaskContext.detached()).tree().total(0));
        var graphs = new serpentarium.profile.Profile.Graph(wide, one.frames(), one.profile().lines(), List.of(one.graph(), two.graph()));
        Analysis merged = Analysis.of(Slice.first(graphs), TaskContext.detached());
        double[] totals = both.functionTotals();
        for (int f : merged.functions().functions()) assertEquals(totals[f], merged.functions().total(f));
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, merged.functions().functions());
    }
}
