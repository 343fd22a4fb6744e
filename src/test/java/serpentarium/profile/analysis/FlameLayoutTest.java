package serpentarium.profile.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import serpentarium.task.TaskContext;

class FlameLayoutTest {
    private static FlameLayout layout(long seed, int functions, int stacks) {
        return new FlameLayout(TopDown.of(Stacks.random(new Random(seed), functions, stacks, 12, true).tree(), 0, TaskContext.detached()));
    }

    /// Children lie within their parents, and rows run from left to right.
    static void checkNesting(FlameLayout layout) {
        CallTree tree = layout.tree();
        for (int node = 1; node < tree.size(); node++) {
            assertTrue(layout.x(node) >= layout.x(tree.parent(node)));
            assertTrue(layout.right(node) <= layout.right(tree.parent(node)));
            assertTrue(layout.right(node) >= layout.x(node));
        }
        for (int i = 1; i < layout.rows().size(); i++) {
            int before = layout.rows().node(i - 1);
            int node = layout.rows().node(i);
            if (tree.depth(before) == tree.depth(node)) assertTrue(layout.x(node) >= layout.right(before));
        }
    }

    private record Box(int node, double left, double right, int count) {}

    private static List<Box> cut(FlameLayout layout, int row, double from, double to, double least) {
        var out = new FlameLayout.Boxes();
        layout.cut(layout.rows(), row, from, to, least, out);
        var boxes = new ArrayList<Box>();
        for (int i = 0; i < out.size(); i++) boxes.add(new Box(out.node(i), out.left(i), out.right(i), out.count(i)));
        return boxes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nodesLieWithinTheirParents(long seed) {
        FlameLayout layout = layout(seed, 9, 400);
        checkNesting(layout);
        assertEquals(layout.tree().total(0), layout.width());
        for (int node = 0; node < layout.tree().size(); node++)
            assertEquals(layout.tree().total(node), layout.right(node) - layout.x(node), 1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withoutMergingACutIsEveryNodeInSight(long seed) {
        FlameLayout layout = layout(seed, 9, 300);
        CallTree tree = layout.tree();
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            double from = random.nextDouble() * layout.width();
            double to = from + random.nextDouble() * layout.width() / 3;
            for (int row = 0; row < layout.rowCount(); row++) {
                var expected = new ArrayList<Box>();
                for (int k = 0; k < layout.rows().size(); k++) {
                    int node = layout.rows().node(k);
                    if (tree.depth(node) == row && layout.right(node) > from && layout.x(node) < to)
                        expected.add(new Box(node, layout.x(node), layout.right(node), 1));
                }
                assertEquals(expected, cut(layout, row, from, to, 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aCutCoversEveryPixelWithFewBoxes(long seed) {
        FlameLayout layout = layout(seed, 40, 5000);
        CallTree tree = layout.tree();
        for (double zoom : new double[] {1, 7, 100}) {
            for (int pixels : new int[] {30, 100, 500}) {
                double from = layout.width() * 0.3 * (1 - 1 / zoom);
                double to = from + layout.width() / zoom;
                double pixel = (to - from) / pixels;
                for (int row = 0; row < layout.rowCount(); row++) {
                    List<Box> boxes = cut(layout, row, from, to, pixel);
                    assertTrue(boxes.size() <= 2 * pixels + 2, row + ": " + boxes.size());
                    int nodes = 0;
                    for (Box box : boxes) nodes += box.count;
                    int next = 0;
                    int expected = 0;
                    for (int k = 0; k < layout.rows().size(); k++) {
                        int node = layout.rows().node(k);
                        if (tree.depth(node) != row || layout.right(node) <= from || layout.x(node) >= to) continue;
                        expected++;
                        if (layout.right(node) == layout.x(node)) continue;
                        while (next < boxes.size() && boxes.get(next).right < layout.right(node)) next++;
                        assertTrue(next < boxes.size() && boxes.get(next).left <= layout.x(node), "a node is in one of the boxes");
                        assertTrue(boxes.get(next).right - boxes.get(next).left <= Math.max(layout.right(node) - layout.x(node), pixel) * 1.000001);
                    }
                    assertTrue(nodes >= expected);
                }
            }
        }
    }

    @Test void hitTestsFindWhatCoversThePoint() {
        FlameLayout layout = layout(5, 9, 300);
        CallTree tree = layout.tree();
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            int row = random.nextInt(layout.rowCount() + 2) - 1;
            double at = (random.nextDouble() * 1.2 - 0.1) * layout.width();
            int expected = -1;
            for (int node = 0; node < tree.size(); node++)
                if (tree.depth(node) == row && layout.x(node) <= at && at < layout.right(node)) expected = node;
            assertEquals(expected, layout.at(row, at));
        }
    }

    @Test void neighboursWalkARow() {
        FlameLayout layout = layout(6, 5, 100);
        int row = 2;
        int node = layout.at(row, 0);
        int steps = 0;
        for (int next; (next = layout.neighbour(node, 1)) >= 0; node = next, steps++) {
            assertTrue(layout.x(next) >= layout.right(node));
            assertEquals(node, layout.neighbour(next, -1));
        }
        assertTrue(steps > 3);
    }

    @Test void rowsOfFunctionsHoldTheirNodesOnly() {
        FlameLayout layout = layout(7, 6, 200);
        var wanted = new BitSet();
        wanted.set(3);
        FlameLayout.Rows some = layout.rowsOf(wanted);
        int expected = 0;
        for (int node = 0; node < layout.tree().size(); node++) if (layout.tree().frame(node) == 3) expected++;
        assertEquals(expected, some.size());
        var out = new FlameLayout.Boxes();
        int seen = 0;
        for (int row = 0; row < layout.rowCount(); row++) {
            layout.cut(some, row, 0, layout.width(), 0, out);
            for (int i = 0; i < out.size(); i++) assertEquals(3, layout.tree().frame(out.node(i)));
            seen += out.size();
        }
        long visible = 0;
        for (int i = 0; i < some.size(); i++) if (layout.right(some.node(i)) > 0 && layout.x(some.node(i)) < layout.width()) visible++;
        assertEquals(visible, seen);
    }
}
