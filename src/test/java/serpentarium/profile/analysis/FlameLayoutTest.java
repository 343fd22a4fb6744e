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
    private static TreeLayout layout(long seed, int functions, int stacks) {
        return Analysis.of(Slice.first(Stacks.random(new Random(seed), functions, stacks, 12, true).profile()), TaskContext.detached()).layout();
    }

    /// Boxes lie within what they hang on, and rows run from left to right.
    static void checkNesting(FlameLayout layout) {
        for (int box = 0; box < layout.size(); box++) {
            assertTrue(layout.right(box) >= layout.left(box));
            if (box > 0 && layout.row(box - 1) == layout.row(box)) assertTrue(layout.left(box) >= layout.right(box - 1));
            if (layout.right(box) <= layout.left(box) || box == layout.trunk()) continue;
            int parent = layout.parent(box);
            assertTrue(parent >= 0 && layout.left(box) >= layout.left(parent) && layout.right(box) <= layout.right(parent));
        }
    }

    private record Box(int box, double left, double right, int count) {}

    private static List<Box> cut(FlameLayout layout, FlameLayout.Rows rows, int row, double from, double to, double least) {
        var out = new FlameLayout.Boxes();
        layout.cut(rows, row, from, to, least, out);
        var boxes = new ArrayList<Box>();
        for (int i = 0; i < out.size(); i++) boxes.add(new Box(out.box(i), out.left(i), out.right(i), out.count(i)));
        return boxes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nodesLieWithinTheirParents(long seed) {
        TreeLayout layout = layout(seed, 9, 400);
        checkNesting(layout);
        assertEquals(layout.tree().total(0), layout.width());
        for (int box = 0; box < layout.size(); box++) {
            assertEquals(layout.total(box), layout.right(box) - layout.left(box), 1e-6);
            assertEquals(box, layout.box(layout.node(box)));
            assertEquals(layout.tree().depth(layout.node(box)), layout.row(box));
            if (layout.total(box) > 0 && box > 0) assertEquals(layout.tree().parent(layout.node(box)), layout.node(layout.parent(box)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void withoutMergingACutIsEveryNodeInSight(long seed) {
        TreeLayout layout = layout(seed, 9, 300);
        var random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            double from = random.nextDouble() * layout.width();
            double to = from + random.nextDouble() * layout.width() / 3;
            for (int row = 0; row < layout.rowCount(); row++) {
                var expected = new ArrayList<Box>();
                for (int box = 0; box < layout.size(); box++)
                    if (layout.row(box) == row && layout.right(box) > from && layout.left(box) < to)
                        expected.add(new Box(box, layout.left(box), layout.right(box), 1));
                assertEquals(expected, cut(layout, layout.rows(), row, from, to, 0));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aCutCoversEveryPixelWithFewBoxes(long seed) {
        TreeLayout layout = layout(seed, 40, 5000);
        for (double zoom : new double[] {1, 7, 100}) {
            for (int pixels : new int[] {30, 100, 500}) {
                double from = layout.width() * 0.3 * (1 - 1 / zoom);
                double to = from + layout.width() / zoom;
                double pixel = (to - from) / pixels;
                for (int row = 0; row < layout.rowCount(); row++) {
                    List<Box> boxes = cut(layout, layout.rows(), row, from, to, pixel);
                    assertTrue(boxes.size() <= 2 * pixels + 2, row + ": " + boxes.size());
                    int nodes = 0;
                    for (Box box : boxes) nodes += box.count;
                    int next = 0;
                    int expected = 0;
                    for (int node = layout.rowStart(row); node < layout.rowStart(row + 1); node++) {
                        if (layout.right(node) <= from || layout.left(node) >= to) continue;
                        expected++;
                        if (layout.right(node) == layout.left(node)) continue;
                        while (next < boxes.size() && boxes.get(next).right < layout.right(node)) next++;
                        assertTrue(next < boxes.size() && boxes.get(next).left <= layout.left(node), "a node is in one of the boxes");
                        double widest = Math.max(layout.right(node) - layout.left(node), pixel);
                        assertTrue(boxes.get(next).right - boxes.get(next).left <= widest * 1.000001);
                    }
                    assertTrue(nodes >= expected);
                }
            }
        }
    }

    @Test void hitTestsFindWhatCoversThePoint() {
        TreeLayout layout = layout(5, 9, 300);
        var random = new Random(5);
        for (int i = 0; i < 2000; i++) {
            int row = random.nextInt(layout.rowCount() + 2) - 1;
            double at = (random.nextDouble() * 1.2 - 0.1) * layout.width();
            int expected = -1;
            for (int box = 0; box < layout.size(); box++)
                if (layout.row(box) == row && layout.left(box) <= at && at < layout.right(box)) expected = box;
            assertEquals(expected, layout.at(row, at));
        }
    }

    @Test void neighboursWalkARow() {
        TreeLayout layout = layout(6, 5, 100);
        int row = 2;
        int node = layout.at(row, 0);
        int steps = 0;
        for (int next; (next = layout.neighbour(node, 1)) >= 0; node = next, steps++) {
            assertTrue(layout.left(next) >= layout.right(node));
            assertEquals(node, layout.neighbour(next, -1));
        }
        assertTrue(steps > 3);
    }

    @Test void rowsOfFunctionsHoldTheirNodesOnly() {
        TreeLayout layout = layout(7, 6, 200);
        var wanted = new BitSet();
        wanted.set(3);
        FlameLayout.Rows some = layout.rowsOf(wanted);
        int expected = 0;
        for (int box = 0; box < layout.size(); box++) if (layout.frame(box) == 3) expected++;
        assertEquals(expected, some.size());
        var out = new FlameLayout.Boxes();
        int seen = 0;
        for (int row = 0; row < layout.rowCount(); row++) {
            layout.cut(some, row, 0, layout.width(), 0, out);
            for (int i = 0; i < out.size(); i++) assertEquals(3, layout.frame(out.box(i)));
            seen += out.size();
        }
        long visible = 0;
        for (int i = 0; i < some.size(); i++) if (layout.right(some.box(i)) > 0 && layout.left(some.box(i)) < layout.width()) visible++;
        assertEquals(visible, seen);
    }
}
