package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

class ComparisonTest {
    private static final double MILLI = 1e-3;

    private static FrameTable frames(String... functions) {
        var frames = new FrameTable.Builder();
        for (String function : functions) {
            String[] parts = function.split("@");
            String[] place = parts.length > 1 ? parts[1].split(":") : new String[0];
            frames.add(parts[0], place.length > 0 ? place[0] : null, null, place.length > 1 ? Integer.parseInt(place[1]) : FrameTable.NO_LINE);
        }
        return frames.build();
    }

    private static Analysis analysis(Unit unit, FrameTable frames, double[] costs, int[]... stacks) {
        var tree = new StackTree.Builder(1);
        double sum = 0;
        for (int i = 0; i < stacks.length; i++) {
            int node = 0;
            for (int function : stacks[i]) node = tree.child(node, function);
            tree.addSelf(0, node, costs[i]);
            sum += costs[i];
        }
        var info = new ProfileInfo("test", null, null, List.of(new Event("time", "time", unit, sum)), List.of(new ThreadInfo("main", sum)), List.of());
        return Analysis.of(Slice.first(new Profile.Stacks(info, frames, LineCosts.NONE, List.of(tree.build()))), TaskContext.detached());
    }

    @Test void functionsAreFoundAgainInOtherFoldersAndOtherSpellings() {
        FrameTable a = frames("main@/home/a/app/shop.py:1", "<built-in method builtins.len>", "<method 'append' of 'list' objects>", "add@/home/a/app/cart.py:10",
                "__init__@/home/a/app/cart.py:3", "__init__@/home/a/app/cart.py:30", "gone@/home/a/app/cart.py:90", "load@/usr/lib/json/decoder.py:5", "load@/usr/lib/yaml/decoder.py:5");
        FrameTable b = frames("len", "list.append", "main@/srv/app/shop.py:2", "Cart.add@/srv/app/cart.py:12", "__init__@/srv/app/cart.py:4", "__init__@/srv/app/cart.py:33",
                "fresh@/srv/app/cart.py:1", "load@/opt/yaml/decoder.py:9", "load@/opt/json/decoder.py:9", "main@/srv/app/other.py:1");
        int[] pairs = FunctionPairs.of(a, b);
        assertEquals(List.of(1, 2, 0, 3, 4, 5, -1, 8, 7, -1), java.util.Arrays.stream(pairs).boxed().toList());
    }

    @Test void timesOfDifferentUnitsAreBroughtTogether() {
        FrameTable frames = frames("f@a.py:1", "g@a.py:2");
        Analysis a = analysis(Unit.MICROSECONDS, frames, new double[] {1000, 3000}, new int[] {0}, new int[] {0, 1});
        Analysis b = analysis(Unit.SECONDS, frames, new double[] {0.001, 0.005}, new int[] {0}, new int[] {0, 1});
        Comparison compared = Comparison.of(Comparison.Side.of(a), Comparison.Side.of(b), Comparison.Norm.NONE);
        int g = compared.rowOfB(1);
        assertAll(() -> assertEquals(3 * MILLI, compared.selfA(g), 1e-12), () -> assertEquals(2 * MILLI, compared.deltaSelf(g), 1e-12),
                () -> assertEquals(2 * MILLI, compared.deltaTotal(compared.rowOfB(0)), 1e-12), () -> assertFalse(compared.forced()));
        TreeComparison trees = TreeComparison.of(compared, a.tree(), b.tree(), TaskContext.detached());
        assertEquals(2 * MILLI, trees.delta(2), 1e-12);
        assertEquals(0, trees.goneFromA(), 1e-12);
    }

    @Test void samplesAndSecondsAreComparedAsShares() {
        FrameTable frames = frames("f@a.py:1", "g@a.py:2");
        Analysis a = analysis(Unit.SAMPLES, frames, new double[] {50, 50}, new int[] {0}, new int[] {1});
        Analysis b = analysis(Unit.SECONDS, frames, new double[] {1, 3}, new int[] {0}, new int[] {1});
        Comparison compared = Comparison.of(Comparison.Side.of(a), Comparison.Side.of(b), Comparison.Norm.NONE);
        assertTrue(compared.forced());
        assertEquals(Comparison.Norm.TOTAL, compared.norm());
        assertEquals(1, compared.deltaSelf(compared.rowOfB(1)), 1e-12);
        assertEquals(-1, compared.deltaSelf(compared.rowOfB(0)), 1e-12);
    }

    @Test void theTreeTellsWhatIsNewAndWhatIsGone() {
        FrameTable one = frames("main@a.py:1", "old@a.py:5", "both@a.py:9");
        FrameTable two = frames("both@b/a.py:9", "main@b/a.py:1", "fresh@b/a.py:7");
        Analysis a = analysis(Unit.SECONDS, one, new double[] {4, 2}, new int[] {0, 1}, new int[] {0, 2});
        Analysis b = analysis(Unit.SECONDS, two, new double[] {3, 1}, new int[] {1, 2}, new int[] {1, 0});
        Comparison compared = Comparison.of(Comparison.Side.of(a), Comparison.Side.of(b), Comparison.Norm.NONE);
        TreeComparison trees = TreeComparison.of(compared, a.tree(), b.tree(), TaskContext.detached());
        for (int node = 1; node < b.tree().size(); node++) {
            String name = two.name(b.tree().frame(node));
            assertEquals(name.equals("fresh"), trees.isNew(node), name);
            assertEquals(switch (name) {
                case "main" -> -2;
                case "fresh" -> 3;
                default -> -1;
            }, trees.delta(node), 1e-12, name);
        }
        assertEquals(4, trees.goneFromA(), 1e-12);
        int old = compared.rowOfA(1);
        assertEquals(-1, compared.functionB(old));
        assertEquals(4, compared.selfA(old));
        assertEquals(old, compared.byChange()[0]);
    }

    @Test void whatChanceAndTriflesExplainIsNoise() {
        FrameTable frames = frames("f@a.py:1");
        Analysis samples = analysis(Unit.SAMPLES, frames, new double[] {1000}, new int[] {0});
        Comparison compared = Comparison.of(Comparison.Side.of(samples), Comparison.Side.of(samples), Comparison.Norm.NONE);
        assertTrue(compared.noise(100, 120));
        assertFalse(compared.noise(100, 140));
        Analysis time = analysis(Unit.SECONDS, frames, new double[] {1000}, new int[] {0});
        Comparison exact = Comparison.of(Comparison.Side.of(time), Comparison.Side.of(time), Comparison.Norm.NONE);
        assertTrue(exact.noise(100, 101));
        assertFalse(exact.noise(100, 103));
    }
}
