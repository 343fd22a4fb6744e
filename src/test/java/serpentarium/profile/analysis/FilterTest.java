package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.UnaryOperator;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import serpentarium.profile.Profile;
import serpentarium.task.TaskContext;

/// Filters against doing to each stack by hand what they promise: exactly where stacks are known, within the interval where they are not.
class FilterTest {
    private static final FunctionMatch ONE = new FunctionMatch.One(2);
    private static final FunctionMatch SOME = new FunctionMatch.Text("^f[13]$", true);
    private static final Set<Integer> ONE_SET = Set.of(2);
    private static final Set<Integer> SOME_SET = Set.of(1, 3);

    /// A filter and what it does to a stack; null drops it.
    record Case(Filter filter, UnaryOperator<List<Integer>> byHand) {
        @Override public String toString() {
            return filter.toString();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(new Filter.ShowOnly(ONE), stack -> holds(stack, ONE_SET) ? stack : null),
                new Case(new Filter.ShowOnly(SOME), stack -> holds(stack, SOME_SET) ? stack : null),
                new Case(new Filter.Hide(ONE), stack -> holds(stack, ONE_SET) ? null : stack),
                new Case(new Filter.Hide(SOME), stack -> holds(stack, SOME_SET) ? null : stack),
                new Case(new Filter.MergeIntoCaller(ONE), stack -> without(stack, ONE_SET)),
                new Case(new Filter.MergeIntoCaller(SOME), stack -> without(stack, SOME_SET)),
                new Case(new Filter.StartAt(ONE), stack -> from(stack, ONE_SET)),
                new Case(new Filter.StartAt(SOME), stack -> from(stack, SOME_SET)),
                new Case(new Filter.CollapseRecursion(null, true), stack -> collapsed(stack, null, true)),
                new Case(new Filter.CollapseRecursion(SOME, true), stack -> collapsed(stack, SOME_SET, true)),
                new Case(Filter.CollapseRecursion.ALL, stack -> collapsed(stack, null, false)),
                new Case(new Filter.CollapseRecursion(ONE, false), stack -> collapsed(stack, ONE_SET, false)));
    }

    private static boolean holds(List<Integer> stack, Set<Integer> functions) {
        return stack.stream().anyMatch(functions::contains);
    }

    private static List<Integer> without(List<Integer> stack, Set<Integer> functions) {
        return stack.stream().filter(f -> !functions.contains(f)).toList();
    }

    private static List<Integer> from(List<Integer> stack, Set<Integer> functions) {
        for (int i = 0; i < stack.size(); i++) if (functions.contains(stack.get(i))) return stack.subList(i, stack.size());
        return null;
    }

    private static List<Integer> collapsed(List<Integer> stack, Set<Integer> functions, boolean directOnly) {
        var path = new ArrayList<Integer>();
        for (int function : stack) {
            int back = path.lastIndexOf(function);
            if (back >= 0 && (functions == null || functions.contains(function)) && (!directOnly || back == path.size() - 1))
                while (path.size() > back + 1) path.removeLast();
            else path.add(function);
        }
        return path;
    }

    private static Map<List<Integer>, Double> apply(Map<List<Integer>, Double> stacks, UnaryOperator<List<Integer>> byHand) {
        var kept = new HashMap<List<Integer>, Double>();
        stacks.forEach((stack, cost) -> {
            List<Integer> after = byHand.apply(stack);
            if (after != null) kept.merge(List.copyOf(after), cost, Double::sum);
        });
        return kept;
    }

    private static Map<List<Integer>, Double> totals(Map<List<Integer>, Double> stacks) {
        var totals = new HashMap<List<Integer>, Double>();
        stacks.forEach((stack, cost) -> {
            for (int n = 0; n <= stack.size(); n++) totals.merge(stack.subList(0, n), cost, Double::sum);
        });
        return totals;
    }

    private static Analysis analysis(Profile profile, Filter... filters) {
        return Analysis.of(Slice.first(profile).with(List.of(filters)), TaskContext.detached());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void knownStacksAreFilteredExactly(Case one) {
        for (int seed = 1; seed < 30; seed++) {
            Stacks stacks = dear(Stacks.random(new Random(seed), 3 + seed % 6, 150, 9, true));
            checkExact(analysis(stacks.profile(), one.filter), apply(stacks.selfs(), one.byHand));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void filtersOneAfterAnother(Case one) {
        Stacks stacks = dear(Stacks.random(new Random(5), 6, 200, 9, true));
        for (Case other : cases().toList()) {
            Map<List<Integer>, Double> expected = apply(apply(stacks.selfs(), other.byHand), one.byHand);
            checkExact(analysis(stacks.profile(), other.filter, one.filter), expected);
        }
    }

    @Test void longPathsThatComeBackAreCollapsedToo() {
        var random = new Random(3);
        var stacks = new Stacks();
        for (int i = 0; i < 60; i++) {
            var stack = new ArrayList<Integer>();
            for (int f = 0; f < 320; f++) stack.add(f);
            for (int n = random.nextInt(12); n > 0; n--) stack.add(random.nextInt(4) == 0 ? random.nextInt(320) : 320 + random.nextInt(3));
            stacks.add(1 + i, stack.toArray(Integer[]::new));
        }
        CallTree tree = analysis(stacks.profile(), Filter.CollapseRecursion.ALL).tree();
        Map<List<Integer>, Double> totals = totals(apply(stacks.selfs(), stack -> collapsed(stack, null, false)));
        assertEquals(totals.size(), tree.size());
        for (int node = 0; node < tree.size(); node++) assertEquals(totals.get(Stacks.path(tree, node)), tree.total(node));
    }

    /// The same with a cost at each stack, so that none is lost in a longer one.
    private static Stacks dear(Stacks stacks) {
        var all = new Stacks();
        stacks.selfs().forEach((stack, cost) -> all.add(cost + 1, stack.toArray(Integer[]::new)));
        return all;
    }

    private static void checkExact(Analysis analysis, Map<List<Integer>, Double> selfs) {
        CallTree tree = analysis.tree();
        Map<List<Integer>, Double> totals = totals(selfs);
        totals.putIfAbsent(List.of(), 0.0);
        assertEquals(totals.size(), tree.size());
        for (int node = 0; node < tree.size(); node++) {
            List<Integer> path = Stacks.path(tree, node);
            assertEquals(totals.get(path), tree.total(node));
            assertEquals(selfs.getOrDefault(path, 0.0), tree.self(node));
        }
        double[] own = new double[20];
        selfs.forEach((stack, cost) -> {
            if (!stack.isEmpty()) own[stack.getLast()] += cost;
        });
        for (int f : analysis.functions().functions()) assertEquals(own[f], analysis.functions().self(f));
        FlameLayoutTest.checkNesting(analysis.layout());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTruthStaysInTheInterval(Case one) {
        for (int seed = 0; seed < 150; seed++) {
            var random = new Random(seed);
            Stacks stacks = Stacks.random(random, 4 + random.nextInt(9), 3 + random.nextInt(40), 3 + random.nextInt(6), false);
            checkBounds(analysis(stacks.graphProfile(), one.filter), apply(stacks.selfs(), one.byHand), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTruthStaysInTheIntervalWithRecursion(Case one) {
        for (int seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            Stacks stacks = Stacks.random(random, 4 + random.nextInt(6), 2 + random.nextInt(20), 3 + random.nextInt(6), true);
            Map<List<Integer>, Double> folded = apply(stacks.selfs(), stack -> collapsed(stack, null, true));
            checkBounds(analysis(stacks.graphProfile(), one.filter), apply(folded, one.byHand), seed);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTruthStaysInTheIntervalAfterSeveral(Case one) {
        for (Case other : cases().toList()) {
            for (int seed = 0; seed < 25; seed++) {
                var random = new Random(seed);
                Stacks stacks = Stacks.random(random, 4 + random.nextInt(6), 2 + random.nextInt(20), 3 + random.nextInt(5), seed % 2 == 0);
                Map<List<Integer>, Double> folded = apply(stacks.selfs(), stack -> collapsed(stack, null, true));
                checkBounds(analysis(stacks.graphProfile(), other.filter, one.filter), apply(apply(folded, other.byHand), one.byHand), seed);
            }
        }
    }

    private static void checkBounds(Analysis analysis, Map<List<Integer>, Double> selfs, int seed) {
        CallTree tree = analysis.tree();
        GraphEstimateTest.checkBounds(tree);
        Map<List<Integer>, Double> totals = totals(selfs);
        for (int node = 0; node < tree.size(); node++) {
            if (tree.kind(node) != CallTree.FUNCTION) continue;
            double real = totals.getOrDefault(Stacks.path(tree, node), 0.0);
            String what = seed + ": " + Stacks.path(tree, node) + " is " + real + ", said " + tree.lower(node) + "…" + tree.upper(node);
            assertTrue(tree.lower(node) <= real + 1e-6, what);
            assertTrue(real <= tree.upper(node) + 1e-6, what);
        }
    }

    @Test void theClassicTwoWaysStartingAtTheSharedFunction() {
        // main(0) → a(1) → c(3) 40, a → d(4) 10; main → b(2) → a → c 10, a → d 40: below a, over both ways, all is known.
        Stacks stacks = new Stacks().add(40, 0, 1, 3).add(10, 0, 1, 4).add(10, 0, 2, 1, 3).add(40, 0, 2, 1, 4);
        CallTree tree = analysis(stacks.graphProfile(), new Filter.StartAt(new FunctionMatch.One(1))).tree();
        assertEquals(4, tree.size());
        assertEquals(100, tree.total(1));
        assertTrue(tree.exact(1));
        assertEquals(50, tree.total(2));
        assertEquals(0, tree.lower(2));
        assertEquals(50, tree.upper(2), "no function costs more than it does in all");
        CallTree without = analysis(stacks.graphProfile(), new Filter.Hide(new FunctionMatch.One(3))).tree();
        assertEquals(50, without.total(0));
        assertEquals(0, without.lower(0));
        assertEquals(100, without.upper(0));
    }

    @Test void whatIsBelowNothingIsLeftOut() {
        Analysis nothing = analysis(new Stacks().add(5, 0, 1).profile(), new Filter.ShowOnly(new FunctionMatch.Text("nowhere", false)));
        assertEquals(1, nothing.tree().size());
        assertEquals(0, nothing.tree().total(0));
        assertEquals(5, nothing.whole());
        assertEquals(0, nothing.functions().functions().length);
        Analysis all = analysis(new Stacks().add(5, 0, 1).profile(), new Filter.MergeIntoCaller(new FunctionMatch.Text("f", false)));
        assertEquals(1, all.tree().size());
        assertEquals(5, all.tree().self(0));
    }

    @Test void functionsWithoutCostStayWhenNothingDropsThem() {
        CallTree tree = analysis(new Stacks().add(0, 0, 1).add(5, 0, 2).profile(), new Filter.Hide(new FunctionMatch.One(2))).tree();
        assertEquals(3, tree.size());
        assertEquals(1, tree.frame(2));
        assertEquals(0, tree.total(0));
    }

    @Test void aBadExpressionIsNoFilter() {
        assertThrows(PatternSyntaxException.class, () -> new FunctionMatch.Text("(", true));
        assertEquals("(", new FunctionMatch.Text("(", false).text());
    }

    @Test void aSlowExpressionEndsWhenCancelled() {
        Stacks stacks = new Stacks().add(5, 0);
        var frames = new serpentarium.profile.FrameTable.Builder();
        frames.add("a".repeat(60), "/x.py", null, 1);
        var profile = new Profile.Stacks(stacks.profile().info(), frames.build(), serpentarium.profile.LineCosts.NONE, List.of(stacks.tree()));
        var slow = Slice.first(profile).with(List.of(new Filter.Hide(new FunctionMatch.Text("(.*)(.*)(.*)(.*)(.*)(.*)(.*)b", true))));
        assertThrows(CancellationException.class, () -> Analysis.of(slow, TaskContext.cancelledAfter(50)));
    }

    @Test void aStackOfAHundredThousandOverflowsNothing() {
        var builder = new serpentarium.profile.StackTree.Builder(1);
        int node = 0;
        for (int i = 0; i < 100_000; i++) node = builder.child(node, i % 3);
        builder.addSelf(0, node, 5);
        Stacks three = new Stacks().add(1, 0, 1, 2);
        var profile = new Profile.Stacks(three.profile().info(), three.frames(), serpentarium.profile.LineCosts.NONE, List.of(builder.build()));
        for (Case one : cases().toList()) assertTrue(analysis(profile, one.filter).tree().total(0) <= 5);
        assertEquals(2, analysis(profile, Filter.CollapseRecursion.ALL).tree().maxDepth() + 1, "f0 f1 f2 f0 ends as f0");
        assertFalse(analysis(profile, Filter.CollapseRecursion.ALL).tree().estimated());
    }
}
