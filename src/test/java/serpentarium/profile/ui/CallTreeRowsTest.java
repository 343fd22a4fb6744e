package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
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
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

class CallTreeRowsTest {
    static Profile.Stacks profile(FrameTable frames, StackTree tree) {
        var info = new ProfileInfo("x", null, null, List.of(new Event("samples", "Samples", Unit.SAMPLES, 1)), List.of(new ThreadInfo("main", 1)), List.of());
        return new Profile.Stacks(info, frames, LineCosts.NONE, List.of(tree));
    }

    private static FrameTable frames(int count) {
        var frames = new FrameTable.Builder();
        for (int i = 0; i < count; i++) frames.add("f" + i, "a.py", null, i + 1);
        return frames.build();
    }

    /// A root that calls `width` functions, each dearer than the next; each calls one more.
    static Profile.Stacks wide(int width) {
        var tree = new StackTree.Builder(1);
        int root = tree.child(0, 0);
        for (int i = 1; i <= width; i++) tree.addSelf(0, tree.child(tree.child(root, i), width + 1), width + 1 - i);
        return profile(frames(width + 2), tree.build());
    }

    private static CallTreeRows rows(Profile profile) {
        return new CallTreeRows(Analysis.of(Slice.first(profile), TaskContext.detached()));
    }

    @Test void childrenComeInPagesDearestFirst() {
        CallTreeRows rows = rows(wide(1234));
        List<CallTreeRow> roots = rows.roots();
        assertEquals(1, roots.size());
        List<CallTreeRow> page = rows.children(roots.getFirst());
        assertEquals(CallTreeRows.PAGE + 1, page.size());
        assertEquals(1, rows.function(page.getFirst()));
        var all = new ArrayList<CallTreeRow>();
        while (page.getLast() instanceof CallTreeRow.More more) {
            assertEquals(1234 - all.size() - CallTreeRows.PAGE, more.left());
            all.addAll(page.subList(0, page.size() - 1));
            page = rows.more(more);
        }
        all.addAll(page);
        assertEquals(1234, all.size());
        for (int i = 0; i < all.size(); i++) assertEquals(i + 1, rows.function(all.get(i)));
        assertTrue(all.stream().allMatch(row -> row instanceof CallTreeRow.Down && !rows.leaf(row) && !rows.estimated(row)));
    }

    @Test void leavesComeInPagesToo() {
        var tree = new StackTree.Builder(1);
        for (int i = 0; i < 700; i++) tree.addSelf(0, tree.child(0, i), 700 - i);
        CallTreeRows rows = rows(profile(frames(700), tree.build()));
        List<CallTreeRow> first = rows.leaves();
        assertEquals(501, first.size());
        var more = assertInstanceOf(CallTreeRow.More.class, first.getLast());
        assertEquals(200, more.left());
        List<CallTreeRow> rest = rows.more(more);
        assertEquals(200, rest.size());
        assertEquals(500, rows.function(rest.getFirst()));
        assertTrue(rows.leaf(rest.getFirst()), "a root has no caller");
    }

    @Test void bottomUpGoesToTheCallers() {
        CallTreeRows rows = rows(wide(3));
        CallTreeRow leaf = rows.leaves().getFirst();
        assertEquals(4, rows.function(leaf));
        assertEquals(6, rows.cost(leaf));
        assertTrue(Double.isNaN(rows.self(leaf)));
        List<CallTreeRow> callers = rows.children(leaf);
        assertEquals(List.of(3.0, 2.0, 1.0), callers.stream().map(rows::cost).toList());
        assertEquals(0, rows.function(rows.children(callers.getFirst()).getFirst()));
        assertTrue(rows.hot(leaf, callers.getFirst()), "half is enough");
        assertFalse(rows.hot(callers.getFirst(), callers.getLast()));
    }

    @Test void theDearestOccurrenceIsFoundWithItsPath() {
        var tree = new StackTree.Builder(1);
        int a = tree.child(0, 0);
        tree.addSelf(0, tree.child(a, 2), 1);
        int b = tree.child(a, 1);
        tree.addSelf(0, tree.child(b, 2), 5);
        CallTreeRows rows = rows(profile(frames(4), tree.build()));
        int node = rows.dearest(2);
        assertEquals(5, rows.cost(new CallTreeRow.Down(node)));
        int[] path = rows.path(node);
        assertArrayEquals(new int[] {0, 1, 2}, java.util.Arrays.stream(path).map(n -> rows.function(new CallTreeRow.Down(n))).toArray());
        assertEquals(-1, rows.dearest(3));
    }

    @Test void estimatesCarryTheirInterval() {
        CallTreeRows rows = rows(new SampleProfile().graph());
        int estimated = 0;
        var open = new java.util.ArrayDeque<>(rows.roots());
        while (!open.isEmpty() && estimated < 50) {
            CallTreeRow row = open.pop();
            open.addAll(rows.children(row));
            if (!rows.estimated(row)) {
                assertNull(rows.interval(row));
                continue;
            }
            estimated++;
            double[] interval = rows.interval(row);
            assertTrue(interval[0] <= rows.cost(row) * (1 + 1e-9) + 1e-12 && rows.cost(row) <= interval[1] * (1 + 1e-9) + 1e-12);
        }
        assertEquals(50, estimated);
        assertFalse(rows.estimated(rows.leaves().getFirst()), "a function's own cost is in the file");
    }

    @Test void aSubtreeIsWrittenWithItsCosts() {
        CallTreeRows rows = rows(wide(2));
        String text = CallTreeText.subtree(rows, rows.roots().getFirst(), row -> String.valueOf((long) rows.cost(row)),
                row -> "f" + rows.function(row), left -> "… " + left);
        assertEquals("3  f0\n2    f1\n2      f3\n1    f2\n1      f3\n", text);
    }

    @Test void aSubtreeOfAMillionIsCutAndSaysSo() {
        CallTreeRows rows = rows(wide(30_000));
        String text = CallTreeText.subtree(rows, rows.roots().getFirst(), row -> "1", row -> row instanceof CallTreeRow.More more ? "+" + more.left() : "f",
                left -> "left " + left);
        assertTrue(text.lines().count() <= CallTreeText.MOST + 1);
        assertTrue(text.contains("+29500"), "the rows that are not listed are counted");
        var chain = new StackTree.Builder(1);
        int node = 0;
        for (int i = 0; i < 20_000; i++) node = chain.child(node, i % 7);
        chain.addSelf(0, node, 1);
        CallTreeRows deep = rows(profile(frames(7), chain.build()));
        String cut = CallTreeText.subtree(deep, deep.roots().getFirst(), row -> "1", row -> "f", left -> "left " + left);
        assertTrue(cut.endsWith("left 1\n"), "one branch was not followed to its end");
    }
}
