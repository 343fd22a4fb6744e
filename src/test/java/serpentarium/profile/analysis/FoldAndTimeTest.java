package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import serpentarium.profile.EmbeddedSources;
import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Timeline;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// Folds, ranges of time and threads, on trees that one can count by hand.
class FoldAndTimeTest {
    private static final int MINE = 0;
    private static final int LOOP = 1;
    private static final int STEP = 2;
    private static final int SELECT = 3;
    private static final int HANDLER = 4;
    private static final int LOADS = 5;
    private static final int DISABLE = 6;

    private static FrameTable frames() {
        var frames = new FrameTable.Builder();
        frames.add("main", "/home/me/app.py", null, 1);
        frames.add("run_forever", "/usr/lib/python3.12/asyncio/base_events.py", null, 10);
        frames.add("_run_once", "/usr/lib/python3.12/asyncio/base_events.py", null, 20);
        frames.add("select", "/usr/lib/python3.12/selectors.py", null, 30);
        frames.add("handler", "/home/me/app.py", null, 40);
        frames.add("loads", "/usr/lib/python3.12/json/__init__.py", null, 50);
        frames.add("<method 'disable' of '_lsprof.Profiler' objects>", null, null, 0);
        return frames.build();
    }

    private static int node(StackTree.Builder tree, int... stack) {
        int node = 0;
        for (int function : stack) node = tree.child(node, function);
        return node;
    }

    private static Profile.Stacks profile(List<StackTree> trees, List<Timeline> timelines) {
        var threads = new ArrayList<ThreadInfo>();
        for (int i = 0; i < trees.size(); i++) threads.add(new ThreadInfo("thread " + i, 1));
        var info = new ProfileInfo("test", null, null, List.of(new Event("time", "time", Unit.SECONDS, 100)), threads, List.of());
        return new Profile.Stacks(info, frames(), LineCosts.NONE, trees, timelines, EmbeddedSources.NONE);
    }

    private static Profile.Stacks loop() {
        var tree = new StackTree.Builder(1);
        tree.addSelf(0, node(tree, MINE), 1);
        tree.addSelf(0, node(tree, MINE, LOOP, STEP, SELECT), 20);
        tree.addSelf(0, node(tree, MINE, LOOP, STEP), 2);
        tree.addSelf(0, node(tree, MINE, LOOP, STEP, HANDLER), 30);
        tree.addSelf(0, node(tree, MINE, LOOP, STEP, HANDLER, LOADS), 7);
        tree.addSelf(0, node(tree, MINE, LOADS), 4);
        tree.addSelf(0, node(tree, DISABLE), 9);
        return profile(List.of(tree.build()), List.of());
    }

    private static Analysis analysis(Profile profile, Filter... filters) {
        return Analysis.of(Slice.first(profile).with(List.of(filters)), TaskContext.detached());
    }

    /// The tree as text: indented, kind or name, total and self.
    private static String text(Analysis analysis) {
        CallTree tree = analysis.tree();
        var text = new StringBuilder();
        for (int node = 1; node < tree.size(); node++) {
            String name = switch (tree.kind(node)) {
                case CallTree.FOLDED -> tree.foldFrames(node) + " in " + tree.foldPackage(node);
                case CallTree.THREAD -> "thread " + tree.thread(node);
                case CallTree.UNKNOWN -> "unknown";
                default -> analysis.frames().name(tree.frame(node));
            };
            text.append("  ".repeat(tree.depth(node) - 1)).append(name).append(' ').append((int) tree.total(node)).append('/').append((int) tree.self(node))
                    .append('\n');
        }
        return text.toString();
    }

    @Test void foreignRunsAreOneBoxNamedAfterWhereTheyEnter() {
        Analysis folded = analysis(loop(), Filter.OnlyMine.PROJECT, new Filter.WithoutProfiler());
        assertEquals("""
                main 64/1
                  3 in asyncio 59/22
                    handler 37/30
                      1 in json 7/7
                  1 in json 4/4
                """, text(folded));
        assertEquals(73, folded.whole());
        assertEquals(2, folded.functions().functions().length, "functions that are folded are no rows");
    }

    @Test void aFoldIsOpenedInPlaceAndThoseBelowStayAsTheyAre() {
        var only = Filter.OnlyMine.PROJECT;
        CallTree tree = analysis(loop(), only).tree();
        int asyncio = 2;
        int json = 4;
        assertEquals("asyncio", tree.foldPackage(asyncio));
        assertEquals("json", tree.foldPackage(json));
        Analysis opened = analysis(loop(), only.opening(tree.foldKey(asyncio)), new Filter.WithoutProfiler());
        assertEquals("""
                main 64/1
                  run_forever 59/0
                    _run_once 59/2
                      handler 37/30
                        1 in json 7/7
                      select 20/20
                  1 in json 4/4
                """, text(opened));
        Analysis both = analysis(loop(), only.opening(tree.foldKey(asyncio)).opening(tree.foldKey(json)), new Filter.WithoutProfiler());
        assertTrue(text(both).contains("        loads 7/7\n"), text(both));
        assertEquals(tree.foldKey(json), opened.tree().foldKey(5), "the same key above and below an opened fold");
    }

    @Test void otherFiltersSeeWhatIsFolded() {
        Analysis one = analysis(loop(), Filter.OnlyMine.PROJECT, new Filter.ShowOnly(new FunctionMatch.One(SELECT)));
        assertEquals("main 20/0\n  3 in asyncio 20/20\n", text(one));
        Analysis libraries = analysis(loop(), new Filter.OnlyMine(Set.of(Origin.STANDARD_LIBRARY), Set.of()), new Filter.StartAt(new FunctionMatch.One(STEP)));
        assertEquals("""
                _run_once 59/2
                  1 in app 37/30
                    loads 7/7
                  select 20/20
                """, text(libraries));
    }

    @Test void bottomUpKeepsFoldsApartByPackage() {
        Analysis folded = analysis(loop(), Filter.OnlyMine.PROJECT, new Filter.WithoutProfiler());
        BottomUp bottomUp = folded.bottomUp();
        var costs = bottomUp.leaves().stream().map(leaf -> folded.tree().kind(leaf.at()[0]) + " " + (int) leaf.cost()).toList();
        assertEquals(List.of("0 30", "4 22", "4 11", "0 1"), costs);
    }

    private static Timeline timeline(StackTree.Builder tree, double... startLengthHandler) {
        var timeline = new Timeline.Builder(Unit.SECONDS, 100);
        for (int i = 0; i < startLengthHandler.length; i += 3)
            timeline.add(startLengthHandler[i], startLengthHandler[i + 1], startLengthHandler[i + 2] > 0 ? node(tree, MINE, HANDLER) : node(tree, MINE));
        return timeline.build();
    }

    private static Profile.Stacks timed() {
        var first = new StackTree.Builder(1);
        first.addSelf(0, node(first, MINE, HANDLER), 40);
        first.addSelf(0, node(first, MINE), 10);
        // handler 0–10 and 20–30, main 10–20: handler's 40 are 2 a second, main's 10 are 1.
        Timeline one = timeline(first, 0, 10, 1, 10, 10, 0, 20, 10, 1);
        var second = new StackTree.Builder(1);
        second.addSelf(0, node(second, MINE), 5);
        second.addSelf(0, node(second, LOADS), 3);
        Timeline two = timeline(second, 25, 5, 0);
        return profile(List.of(first.build(), second.build()), List.of(one, two));
    }

    @Test void aRangeOfTimeTakesPartsOfSegments() {
        Analysis early = analysis(timed(), new Filter.TimeRange(5, 12));
        assertEquals("main 12/2\n  handler 10/10\n", text(early));
        assertEquals(58, early.whole());
        assertEquals("main 15/5\n  handler 10/10\n", text(analysis(timed(), new Filter.TimeRange(25, 60))), "both threads; loads has no time");
        assertEquals("main 2/2\n", text(analysis(timed(), new Filter.TimeRange(12, 14))), "what did not run is not there");
        assertEquals("", text(analysis(timed(), new Filter.TimeRange(100, 200))));
        assertEquals("main 2/2\n", text(analysis(timed(), new Filter.TimeRange(0, 14), new Filter.TimeRange(12, 99))), "ranges are cut with each other");
        assertThrows(IllegalArgumentException.class, () -> new Filter.TimeRange(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Filter.TimeRange(0, Double.NaN));
    }

    @Test void segmentsWithoutLengthShareByNumber() {
        var tree = new StackTree.Builder(1);
        tree.addSelf(0, node(tree, MINE), 8);
        Timeline timeline = timeline(tree, 1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0);
        assertEquals("main 6/6\n", text(analysis(profile(List.of(tree.build()), List.of(timeline)), new Filter.TimeRange(1.5, 9))));
    }

    @Test void theOrderOfTimeRefersToTheTreeThatIsShown() {
        Analysis all = analysis(timed());
        assertEquals(2, all.timeOrder().size());
        TimeOrder one = all.timeOrder().getFirst();
        assertEquals("thread 0", one.name());
        assertEquals(0, one.first());
        assertEquals(3, one.last());
        assertEquals(HANDLER, all.tree().frame(one.node(0)));
        assertEquals(MINE, all.tree().frame(one.node(1)));

        Analysis cut = analysis(timed(), new Filter.TimeRange(5, 22), new Filter.ShowOnly(new FunctionMatch.One(HANDLER)));
        TimeOrder order = cut.timeOrder().getFirst();
        assertEquals(0, order.first());
        assertEquals(3, order.last());
        assertEquals(5, order.start(0));
        assertEquals(10, order.end(0));
        assertEquals(22, order.end(2));
        assertEquals(HANDLER, cut.tree().frame(order.node(0)));
        assertEquals(-1, order.node(1), "main without handler was dropped");
        TimeOrder none = cut.timeOrder().get(1);
        assertEquals(none.first(), none.last(), "nothing of the second thread is in the range");

        Analysis late = analysis(timed(), new Filter.TimeRange(20, 22), new Filter.MergeIntoCaller(new FunctionMatch.One(HANDLER)));
        TimeOrder merged = late.timeOrder().getFirst();
        assertEquals(2, merged.first());
        assertEquals(MINE, late.tree().frame(merged.node(2)));
    }

    @Test void threadsCanBePickedAndShownApart() {
        Profile.Stacks profile = timed();
        Analysis second = Analysis.of(new Slice(profile, 0, Set.of(1)), TaskContext.detached());
        assertEquals("main 5/5\nloads 3/3\n", text(second));
        assertEquals(1, second.timeOrder().size());
        assertEquals(1, second.timeOrder().getFirst().thread());
        assertEquals("", text(Analysis.of(new Slice(profile, 0, Set.of()), TaskContext.detached())));
        assertEquals("""
                thread 0 50/0
                  main 50/10
                    handler 40/40
                thread 1 8/0
                  main 5/5
                  loads 3/3
                """, text(analysis(profile, new Filter.ApartByThread())));
        assertEquals("""
                thread 0 40/0
                  handler 40/40
                """, text(analysis(profile, new Filter.ApartByThread(), new Filter.StartAt(new FunctionMatch.One(HANDLER)))));
        assertEquals("thread 0 50/0\n  main 50/50\nthread 1 5/0\n  main 5/5\n", text(analysis(profile, new Filter.ApartByThread(),
                new Filter.MergeIntoCaller(new FunctionMatch.One(HANDLER)), new Filter.Hide(new FunctionMatch.One(LOADS)))));
        assertThrows(IndexOutOfBoundsException.class, () -> new Slice(profile, 0, Set.of(2)));
    }

    @Test void provenPartsStopWhereNothingIsExact() {
        // main → a → c 40, d 10; main → b → a → c 10, d 40: below a nothing is known.
        Stacks stacks = new Stacks().add(40, 0, 1, 3).add(10, 0, 1, 4).add(10, 0, 2, 1, 3).add(40, 0, 2, 1, 4).add(3, 0, 5);
        Analysis proven = Analysis.of(Slice.first(stacks.graphProfile()).with(EstimateMode.EXACT_ONLY), TaskContext.detached());
        assertEquals("""
                f0 103/0
                  f1 50/0
                    unknown 50/50
                  f2 50/0
                    f1 50/0
                      unknown 50/50
                  f5 3/3
                """, text(proven));
        for (int node = 0; node < proven.tree().size(); node++) assertTrue(proven.tree().exact(node));
        Analysis edges = Analysis.of(Slice.first(stacks.graphProfile()).with(new EstimateMode.EdgesOf(1)), TaskContext.detached());
        assertEquals("f1 100/0\n  f3 50/50\n  f4 50/50\n", text(edges));
        assertEquals(2, edges.relations(1).callers().size());
        assertEquals(1, Analysis.of(Slice.first(stacks.graphProfile()).with(new EstimateMode.EdgesOf(-1)), TaskContext.detached()).tree().size());
    }
}
