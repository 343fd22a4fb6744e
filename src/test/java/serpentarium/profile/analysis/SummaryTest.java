package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import serpentarium.profile.Event;
import serpentarium.profile.FrameTable;
import serpentarium.profile.LineCosts;
import serpentarium.profile.Profile;
import serpentarium.profile.ProfileInfo;
import serpentarium.profile.StackTree;
import serpentarium.profile.ThreadInfo;
import serpentarium.profile.Unit;
import serpentarium.task.TaskContext;

/// What the stacks of each thread say is what the tree of all says.
class SummaryTest {
    /// The same tree with its nodes in depth.
    private static StackTree inDepth(StackTree tree) {
        var sorted = new StackTree.Builder(tree.events());
        int[] made = new int[tree.size()];
        int[] open = new int[tree.size()];
        int depth = 1;
        while (depth > 0) {
            int node = open[--depth];
            if (node > 0) made[node] = sorted.child(made[tree.parent(node)], tree.frame(node));
            for (int e = 0; e < tree.events(); e++) sorted.addSelf(e, made[node], tree.self(e, node));
            for (int below = node + 1; below < tree.size(); below++) if (tree.parent(below) == node) open[depth++] = below;
        }
        return sorted.build();
    }

    @Test void theOrderOfNodesDoesNotMatter() {
        Profile.Stacks profile = profile(2, 7, 300, 12);
        var sorted = new Profile.Stacks(profile.info(), profile.frames(), LineCosts.NONE, profile.trees().stream().map(SummaryTest::inDepth).toList());
        var all = Set.of(0, 1);
        FunctionTable want = Summary.of(new Slice(profile, 0, all), TaskContext.detached()).functions();
        FunctionTable got = Summary.of(new Slice(sorted, 0, all), TaskContext.detached()).functions();
        assertArrayEquals(want.functions(), got.functions());
        for (int f : want.functions()) {
            assertEquals(want.self(f), got.self(f));
            assertEquals(want.total(f), got.total(f));
        }
    }

    private static Profile.Stacks profile(int threads, int functions, int stacks, int deepest) {
        var random = new Random(11);
        var frames = new FrameTable.Builder();
        for (int f = 0; f < functions; f++) frames.add("f" + f, null, null, FrameTable.NO_LINE);
        List<StackTree> trees = new ArrayList<>();
        List<ThreadInfo> infos = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            var tree = new StackTree.Builder(2);
            for (int s = 0; s < stacks; s++) {
                int node = 0;
                for (int d = random.nextInt(deepest); d >= 0; d--) node = tree.child(node, random.nextInt(functions));
                tree.addSelf(random.nextInt(2), node, 1 + random.nextInt(9));
            }
            trees.add(tree.build());
            infos.add(new ThreadInfo("t" + t, 0));
        }
        var events = List.of(new Event("a", "a", Unit.COUNT, 0), new Event("b", "b", Unit.COUNT, 0));
        return new Profile.Stacks(new ProfileInfo("x", null, null, events, infos, List.of()), frames.build(), LineCosts.NONE, trees);
    }

    @Test void agreesWithTheTreeOfAllThreads() {
        Profile profile = profile(5, 7, 300, 12);
        for (var threads : List.of(Set.of(0, 1, 2, 3, 4), Set.of(3))) {
            for (int event = 0; event < 2; event++) {
                var slice = new Slice(profile, event, threads);
                Summary summary = Summary.of(slice, TaskContext.detached());
                Analysis analysis = Analysis.of(slice, TaskContext.detached());
                assertArrayEquals(analysis.functions().functions(), summary.functions().functions());
                for (int f : analysis.functions().functions()) {
                    assertEquals(analysis.functions().self(f), summary.functions().self(f));
                    assertEquals(analysis.functions().total(f), summary.functions().total(f));
                    assertEquals(analysis.relations(f).callers(), summary.relations(f).callers());
                }
            }
        }
    }

    @Test void noDepthIsTooDeep() {
        Profile profile = profile(1, 2, 2, 200_000);
        Summary summary = Summary.of(Slice.first(profile), TaskContext.detached());
        assertEquals(2, summary.functions().functions().length);
    }
}
