package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import serpentarium.profile.analysis.Analysis;
import serpentarium.profile.analysis.FlameLayout;
import serpentarium.profile.analysis.Slice;
import serpentarium.task.TaskContext;

class FlameViewportTest {
    private final FlameLayout layout = Analysis.of(Slice.first(FlameSamples.stacks(1, 0.02)), TaskContext.detached()).layout();

    private FlameViewport view() {
        var view = new FlameViewport(layout);
        view.resize(1000, 300);
        return view;
    }

    @Test void zoomingKeepsWhatIsUnderThePointer() {
        FlameViewport view = view();
        view.zoom(300, 8);
        double at = view.cost(700);
        view.zoom(700, 3.7);
        assertEquals(at, view.cost(700), 1e-9 * layout.width());
        assertEquals(29.6, view.magnification(), 1e-9);
        assertTrue(view.zoomed());
    }

    @Test void theViewNeverLeavesTheGraph() {
        FlameViewport view = view();
        var random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            switch (random.nextInt(5)) {
                case 0 -> view.zoom(random.nextDouble() * 1000, Math.exp(random.nextGaussian()));
                case 1 -> view.pan(random.nextGaussian() * 500, random.nextGaussian() * 500);
                case 2 -> view.fit(random.nextInt(layout.size()));
                case 3 -> view.reveal(random.nextInt(layout.size()));
                default -> view.resize(1 + random.nextInt(2000), 1 + random.nextInt(900));
            }
            double slack = layout.width() * 1e-9;
            assertTrue(view.left() >= 0 && view.right() <= layout.width() + slack && view.right() > view.left());
            assertTrue(view.top() >= 0 && view.top() <= view.maxTop());
            assertTrue(view.firstRow() <= view.lastRow() && view.lastRow() < layout.rowCount());
        }
    }

    @Test void zoomEndsWhereDoublesDo() {
        FlameViewport view = view();
        for (int i = 0; i < 500; i++) view.zoom(512, 3);
        assertEquals(0x1p40, view.magnification(), 1);
        assertTrue(view.right() > view.left());
        for (int i = 0; i < 500; i++) view.zoom(100, 1 / 3.0);
        assertEquals(1, view.magnification());
        assertFalse(view.zoomed());
    }

    @Test void fittingFillsTheWidthAndShowsTheRow() {
        FlameViewport view = view();
        int deep = 0;
        for (int node = 0; node < layout.size(); node++) if (layout.row(node) > layout.row(deep)) deep = node;
        view.fit(deep);
        assertEquals(0, view.x(layout.left(deep)), 1e-6);
        assertEquals(1000, view.x(layout.right(deep)), 1e-6);
        assertTrue(view.y(layout.row(deep)) >= 0 && view.y(layout.row(deep)) + FlameViewport.ROW <= 300);
        assertEquals(deep, view.focus());
        assertEquals(deep, view.hit(500, view.y(layout.row(deep)) + 3));
        view.reset();
        assertEquals(0, view.focus());
        assertEquals(layout.width(), view.right());
    }

    @Test void theFocusIsTheFirstBoxThatFillsTheView() {
        FlameViewport view = view();
        int node = 1;
        while (layout.right(node) - layout.left(node) > layout.width() * 0.999) node++;
        view.fit(node);
        view.zoom(500, 1.5);
        int focus = view.focus();
        assertTrue(layout.left(focus) <= view.left() + 1e-9 && layout.right(focus) >= view.right() - 1e-9);
        double parent = layout.right(layout.parent(focus)) - layout.left(layout.parent(focus));
        assertTrue(parent > layout.right(focus) - layout.left(focus));
    }

    @Test void hitsAreTheBoxesThatAreDrawnThere() {
        FlameViewport view = view();
        view.zoom(400, 5);
        view.pan(33, -70);
        var random = new Random(2);
        int found = 0;
        for (int i = 0; i < 2000; i++) {
            double x = random.nextDouble() * 1000;
            double y = random.nextDouble() * 300;
            int node = view.hit(x, y);
            if (node < 0) continue;
            found++;
            assertTrue(view.x(layout.left(node)) <= x && x <= view.x(layout.right(node)));
            assertTrue(view.y(layout.row(node)) <= y && y < view.y(layout.row(node)) + FlameViewport.ROW);
        }
        assertTrue(found > 100);
        assertEquals(-1, view.hit(-1, 10));
        assertEquals(-1, view.hit(10, 300));
    }

    @Test void revealingMovesNoMoreThanNeeded() {
        FlameViewport view = view();
        view.zoom(0, 20);
        int last = 0;
        for (int node = 0; node < layout.size(); node++)
            if (layout.right(node) - layout.left(node) < view.right() - view.left() && layout.left(node) > layout.left(last)) last = node;
        view.reveal(last);
        assertTrue(layout.left(last) < view.right() && layout.right(last) > view.left());
        double left = view.left();
        double top = view.top();
        view.reveal(last);
        assertEquals(left, view.left());
        assertEquals(top, view.top());
        assertEquals(20, view.magnification(), 1e-9);
    }
}
