package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Profile;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// The modes of the flame graph against what one counts by hand.
class FlameModesTest {
    private static final TaskContext NOBODY = TaskContext.detached();

    private static Analysis analysis(Stacks stacks) {
        return Analysis.of(Slice.first(stacks.profile()), NOBODY);
    }

    /// From the trunk to a box.
    private static List<Integer> way(FlameLayout layout, int box) {
        var way = new ArrayList<Integer>();
        for (int at = box; at >= 0 && at != layout.trunk(); at = layout.parent(at)) way.addFirst(layout.frame(at));
        return way;
    }

    private static Map<List<Integer>, Double> totals(FlameLayout layout, boolean up) {
        var totals = new HashMap<List<Integer>, Double>();
        for (int box = 0; box < layout.size(); box++) {
            if (box == layout.trunk() || up != layout.row(box) < layout.trunkRow() || layout.total(box) == 0) continue;
            totals.merge(way(layout, box), layout.total(box), Double::sum);
        }
        return totals;
    }

    private static Map<List<Integer>, Double> backwards(Stacks stacks) {
        var totals = new HashMap<List<Integer>, Double>();
        stacks.selfs().forEach((stack, cost) -> {
            for (int n = 1; cost > 0 && n <= stack.size(); n++) totals.merge(stack.reversed().subList(0, n), cost, Double::sum);
        });
        return totals;
    }

    @Test void invertedByHand() {
        FlameLayout layout = FlameLayouts.inverted(analysis(new Stacks().add(6, 0, 1, 2).add(3, 0, 2).add(1, 0)), NOBODY);
        assertEquals(10, layout.width());
        int leaf = layout.at(1, 0);
        assertEquals(2, layout.frame(leaf));
        assertEquals(9, layout.total(leaf));
        int caller = layout.at(2, 0);
        assertEquals(1, layout.frame(caller));
        assertEquals(6, layout.total(caller));
        assertEquals(0, layout.frame(layout.at(2, 7)));
        assertEquals(0, layout.frame(layout.at(3, 5.9)));
        assertEquals(-1, layout.at(3, 6.1));
        assertEquals(leaf, layout.parent(caller));
        assertEquals(0, layout.frame(layout.at(1, 9.5)));
        assertEquals(1, layout.self(layout.at(1, 9.5)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void invertedIsEveryStackBackwards(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 8, 300, 9, true);
        FlameLayout layout = FlameLayouts.inverted(analysis(stacks), NOBODY);
        FlameLayoutTest.checkNesting(layout);
        assertEquals(backwards(stacks), totals(layout, false));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anInvertedEstimateHoldsTheTruth(long seed) {
        for (boolean recursion : new boolean[] {false, true}) {
            Stacks stacks = Stacks.random(new Random(seed), 12, 60, 7, recursion);
            Analysis analysis = Analysis.of(Slice.first(stacks.graphProfile()), NOBODY);
            FlameLayout layout = FlameLayouts.inverted(analysis, NOBODY);
            FlameLayoutTest.checkNesting(layout);
            assertTrue(layout.estimated());
            double[] selfs = stacks.functionSelfs();
            Map<List<Integer>, Double> truth = backwards(stacks);
            int checked = 0;
            for (int box = 0; box < layout.size(); box++) {
                assertTrue(layout.lower(box) <= layout.total(box) + 1e-9 && layout.total(box) <= layout.upper(box) + 1e-9);
                List<Integer> way = way(layout, box);
                if (layout.kind(box) != CallTree.FUNCTION || way.isEmpty() || way.contains(-1) || layout.right(box) <= layout.left(box)) continue;
                double true1 = way.size() == 1 ? selfs[way.getFirst()] : truth.getOrDefault(way, 0.0);
                // With recursion the estimate's stacks end where they come back to a function, so that only functions can be compared.
                if (recursion && way.size() > 1) continue;
                assertTrue(true1 <= layout.upper(box) * (1 + 1e-9) + 1e-9, way + " " + true1 + " > " + layout.upper(box));
                assertTrue(true1 >= layout.lower(box) * (1 - 1e-9) - 1e-9, way + " " + true1 + " < " + layout.lower(box));
                checked++;
            }
            assertTrue(checked > 5);
        }
    }

    @Test void sandwichByHand() {
        Stacks stacks = new Stacks().add(4, 0, 1, 3).add(2, 0, 2, 1, 4).add(3, 0, 1).add(1, 0, 5).add(5, 1, 3, 1, 4);
        FlameLayout layout = FlameLayouts.sandwich(analysis(stacks), 1, NOBODY);
        int trunk = layout.trunk();
        assertEquals(1, layout.frame(trunk));
        assertEquals(14, layout.total(trunk));
        assertEquals(2, layout.trunkRow());
        assertEquals(Map.of(List.of(0), 7.0, List.of(2), 2.0, List.of(2, 0), 2.0), totals(layout, true));
        assertEquals(Map.of(List.of(3), 9.0, List.of(3, 1), 5.0, List.of(3, 1, 4), 5.0, List.of(4), 2.0), totals(layout, false));
        assertEquals(layout.at(1, 0), layout.above(trunk));
        assertEquals(layout.at(3, 0), layout.below(trunk));
        assertEquals(trunk, layout.below(layout.at(1, 0)));
        assertEquals(trunk, layout.above(layout.at(3, 0)));
        FlameLayoutTest.checkNesting(layout);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aSandwichIsAllWaysToAFunctionAndFromIt(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 7, 200, 9, true);
        for (int function = 0; function < 7; function++) {
            var up = new HashMap<List<Integer>, Double>();
            var down = new HashMap<List<Integer>, Double>();
            int wanted = function;
            stacks.selfs().forEach((stack, cost) -> {
                int at = stack.indexOf(wanted);
                if (at < 0 || cost == 0) return;
                for (int n = 1; n <= at; n++) up.merge(stack.subList(0, at).reversed().subList(0, n), cost, Double::sum);
                for (int n = at + 2; n <= stack.size(); n++) down.merge(stack.subList(at + 1, n), cost, Double::sum);
            });
            FlameLayout layout = FlameLayouts.sandwich(analysis(stacks), function, NOBODY);
            assertEquals(stacks.functionTotals()[function], layout.total(layout.trunk()));
            assertEquals(up, totals(layout, true));
            assertEquals(down, totals(layout, false));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aSandwichOfSumsIsExactNextToTheFunctionAndHoldsTheTruth(long seed) {
        Stacks stacks = Stacks.random(new Random(seed), 12, 60, 7, false);
        Analysis analysis = Analysis.of(Slice.first(stacks.graphProfile()), NOBODY);
        Map<List<Integer>, Double> edges = stacks.edgeTotals();
        for (int function = 0; function < 12; function++) {
            FlameLayout layout = FlameLayouts.sandwich(analysis, function, NOBODY);
            FlameLayoutTest.checkNesting(layout);
            int wanted = function;
            for (int box = 0; box < layout.size(); box++) {
                List<Integer> way = way(layout, box);
                if (layout.kind(box) != CallTree.FUNCTION || way.isEmpty() || way.contains(-1) || layout.right(box) <= layout.left(box)) continue;
                boolean up = layout.row(box) < layout.trunkRow();
                if (way.size() == 1) {
                    double edge = edges.get(up ? List.of(way.getFirst(), wanted) : List.of(wanted, way.getFirst()));
                    assertEquals(edge, layout.total(box), 1e-6);
                    assertTrue(layout.exact(box));
                }
                var stack = new ArrayList<>(up ? way.reversed() : way);
                if (up) stack.addLast(wanted);
                else stack.addFirst(wanted);
                double truth = 0;
                for (var one : stacks.selfs().entrySet()) if (contains(one.getKey(), stack)) truth += one.getValue();
                assertTrue(truth <= layout.upper(box) * (1 + 1e-9) + 1e-9, stack + ": " + truth + " > " + layout.upper(box));
                assertTrue(truth >= layout.lower(box) * (1 - 1e-9) - 1e-9, stack + ": " + truth + " < " + layout.lower(box));
            }
        }
    }

    private static boolean contains(List<Integer> stack, List<Integer> part) {
        return java.util.Collections.indexOfSubList(stack, part) >= 0;
    }

    @Test void aFunctionThatIsNotThereHasAnEmptySandwich() {
        Stacks stacks = new Stacks().add(4, 0, 1);
        assertEquals(0, FlameLayouts.sandwich(analysis(stacks), -1, NOBODY).width());
        Analysis graph = Analysis.of(Slice.first(stacks.graphProfile()), NOBODY);
        assertEquals(0, FlameLayouts.sandwich(graph, -1, NOBODY).width());
    }

    /// Segments of one thread: begin, length, and the stack as functions; an empty one for what is not known.
    private record Segment(double start, double length, Integer... stack) {}

    private static Profile.Stacks timed(List<List<Segment>> threads) {
        var stacks = new Stacks();
        var trees = new ArrayList<StackTree>();
        var timelines = new ArrayList<Timeline>();
        var infos = new ArrayList<ThreadInfo>();
        for (List<Segment> segments : threads) {
            var tree = new StackTree.Builder(1);
            var time = new Timeline.Builder(Unit.SECONDS, 1000);
            for (Segment segment : segments) {
                int node = 0;
                for (int function : segment.stack) node = tree.child(node, function);
                tree.addSelf(0, node, segment.length);
                time.add(segment.start, segment.length, node);
                stacks.add(segment.length, segment.stack);
            }
            trees.add(tree.build());
            timelines.add(time.build());
            infos.add(new ThreadInfo("thread " + infos.size(), 1));
        }
        Profile.Stacks like = stacks.profile();
        var info = new serpentarium.profile.ProfileInfo("test", null, null, like.info().events(), infos, List.of());
        return new Profile.Stacks(info, like.frames(), like.lines(), trees, timelines, EmbeddedSources.NONE);
    }

    private static List<String> rows(FlameLayout layout) {
        var rows = new TreeMap<Integer, StringBuilder>();
        for (int box = 0; box < layout.size(); box++)
            rows.computeIfAbsent(layout.row(box), _ -> new StringBuilder()).append(layout.frame(box)).append('@').append(layout.left(box)).append("..")
                    .append(layout.right(box)).append(' ');
        return rows.values().stream().map(row -> row.toString().strip()).toList();
    }

    private static FlameLayout time(Profile profile) {
        return FlameLayouts.time(Analysis.of(Slice.first(profile), NOBODY), NOBODY);
    }

    @Test void timeOrderByHand() {
        FlameLayout layout = time(timed(List.of(List.of(new Segment(10, 1, 0, 1), new Segment(11, 2, 0, 2), new Segment(13, 0, 0),
                new Segment(13, 1, 0, 2), new Segment(16, 1, 0, 1)))));
        assertEquals(List.of("-1@0.0..7.0", "0@0.0..4.0 0@6.0..7.0", "1@0.0..1.0 2@1.0..3.0 2@3.0..4.0 1@6.0..7.0"), rows(layout));
        assertEquals(7, layout.total(layout.trunk()));
        assertEquals(2, layout.self(layout.trunk()));
        assertEquals(0, layout.self(layout.at(1, 0)));
        assertEquals(-1, layout.at(1, 5));
        assertEquals(layout.at(1, 0), layout.parent(layout.at(2, 3.5)));
        assertEquals(10, ((TimeLayout) layout).origin());
    }

    @Test void threadsStandOneBelowTheOther() {
        FlameLayout layout = time(timed(List.of(List.of(new Segment(0, 2, 0, 1)), List.of(new Segment(1, 3, 2), new Segment(4, 1)))));
        assertEquals(List.of("-1@0.0..5.0", "-1@0.0..2.0", "0@0.0..2.0", "1@0.0..2.0", "-1@1.0..5.0", "2@1.0..4.0"), rows(layout));
        assertEquals(2, layout.lanes());
        assertEquals(0, layout.lane(layout.at(1, 1)));
        assertEquals(1, layout.lane(layout.at(4, 2)));
        assertEquals(-1, layout.lane(layout.at(2, 1)));
        assertEquals(0, layout.parent(layout.at(4, 2)));
        assertEquals(layout.at(4, 2), layout.above(layout.at(5, 2)));
        assertEquals(-1, layout.below(layout.at(3, 1)));
        assertEquals(-1, layout.below(layout.at(5, 2)));
    }

    @Test void gapsOfRoundingAreNone() {
        var segments = new ArrayList<Segment>();
        double at = 0.1;
        for (int i = 0; i < 500; i++, at += 0.1) segments.add(new Segment(at, 0.1, 0, i % 2));
        FlameLayout layout = time(timed(List.of(segments)));
        assertEquals(1 + 1 + 500, layout.size());
        FlameLayoutTest.checkNesting(layout);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void timeOrderSumsUpToTheTree(long seed) {
        var random = new Random(seed);
        var segments = new ArrayList<Segment>();
        double at = 0;
        for (int i = 0; i < 400; i++) {
            double length = random.nextInt(5);
            segments.add(new Segment(at, length, random.ints(random.nextInt(6), 0, 4).boxed().toArray(Integer[]::new)));
            at += length + (random.nextInt(4) == 0 ? 1 : 0);
        }
        Profile.Stacks profile = timed(List.of(segments));
        FlameLayout layout = time(profile);
        FlameLayoutTest.checkNesting(layout);
        Analysis analysis = Analysis.of(Slice.first(profile), NOBODY);
        assertEquals(totals(analysis.layout(), false), totals(layout, false));
        double self = 0;
        for (int box = 1; box < layout.size(); box++) self += layout.self(box);
        assertEquals(analysis.tree().total(0) - analysis.tree().self(0), self, 1e-9);
    }

    @Test void tooManyBoxesCostTheDeepestRows() {
        Profile.Stacks profile = timed(List.of(List.of(new Segment(0, 1, 0, 1, 2), new Segment(1, 1, 0, 1, 3), new Segment(2, 1, 0, 2, 3))));
        Analysis analysis = Analysis.of(Slice.first(profile), NOBODY);
        TimeLayout layout = TimeLayout.of(analysis.timeOrder(), analysis.tree(), 5, NOBODY);
        assertEquals(List.of("-1@0.0..3.0", "0@0.0..3.0", "1@0.0..2.0 2@2.0..3.0"), rows(layout));
        assertEquals(1, layout.rowsLeftOut());
    }

    @Test void aStackOfAHundredThousandOverflowsNothingInAnyMode() {
        int depth = 100_000;
        var tree = new StackTree.Builder(1);
        var time = new Timeline.Builder(Unit.SECONDS, 1000);
        int node = 0;
        for (int i = 0; i < depth; i++) {
            node = tree.child(node, i % 3);
            tree.addSelf(0, node, 1);
        }
        time.add(0, 5, node);
        time.add(5, 1, 1);
        Profile.Stacks like = new Stacks().add(1, 0, 1, 2).profile();
        var profile = new Profile.Stacks(like.info(), like.frames(), like.lines(), List.of(tree.build()), List.of(time.build()), EmbeddedSources.NONE);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            Analysis analysis = Analysis.of(Slice.first(profile), NOBODY);
            assertEquals(depth + 1, FlameLayouts.time(analysis, NOBODY).rowCount());
            FlameLayout inverted = FlameLayouts.inverted(analysis, NOBODY);
            assertEquals(depth, inverted.width());
            assertEquals(depth / 3 + 1, inverted.total(inverted.at(1, 0)), 1);
            FlameLayout sandwich = FlameLayouts.sandwich(analysis, 1, NOBODY);
            assertEquals(1, sandwich.trunkRow());
            assertEquals(depth, sandwich.rowCount());
        });
    }

    @Test void aWideTreeIsTurnedInBoundedSizeAndTime() {
        var random = new Random(5);
        var tree = new StackTree.Builder(1);
        int[] depth = new int[400_001];
        while (tree.size() < 400_000) {
            int parent = random.nextInt(tree.size());
            if (depth[parent] >= 60) continue;
            int node = tree.child(parent, random.nextInt(3));
            depth[node] = depth[parent] + 1;
            tree.addSelf(0, node, 1 + random.nextInt(9));
        }
        Profile.Stacks like = new Stacks().add(1, 0, 1, 2).profile();
        var profile = new Profile.Stacks(like.info(), like.frames(), like.lines(), List.of(tree.build()));
        Analysis analysis = Analysis.of(Slice.first(profile), NOBODY);
        FlameLayout layout = assertTimeoutPreemptively(Duration.ofSeconds(10), () -> FlameLayouts.inverted(analysis, NOBODY));
        assertTrue(layout.size() <= 2 * InvertedTree.MOST_NODES);
        assertEquals(analysis.tree().total(0), layout.width(), 1e-6 * layout.width());
        boolean small = false;
        for (int box = 0; box < layout.size(); box++) small |= layout.kind(box) == CallTree.SMALL;
        assertTrue(small);
        assertFalse(layout.estimated());
    }

    @Test void aCancelledLayoutStops() {
        Profile.Stacks profile = timed(List.of(List.of(new Segment(0, 1, 0, 1))));
        Analysis analysis = Analysis.of(Slice.first(profile), NOBODY);
        assertThrows(CancellationException.class, () -> FlameLayouts.time(analysis, TaskContext.cancelledAfter(0)));
        assertThrows(CancellationException.class, () -> FlameLayouts.inverted(analysis, TaskContext.cancelledAfter(0)));
        assertThrows(CancellationException.class, () -> FlameLayouts.sandwich(analysis, 1, TaskContext.cancelledAfter(0)));
    }
}
