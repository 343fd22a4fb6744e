package serpentarium.profile.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZoomHistoryTest {
    private final ZoomHistory history = new ZoomHistory();

    private static FlameViewport.Part part(double left, double span) {
        return new FlameViewport.Part(left, span, 0, 0);
    }

    @Test void jumpsAreStepsThereAndBack() {
        history.begin(part(0, 100));
        assertFalse(history.canGoBack().get());
        history.jump(part(10, 20));
        history.jump(part(12, 5));
        assertEquals(Optional.of(part(10, 20)), history.back());
        assertEquals(Optional.of(part(0, 100)), history.back());
        assertEquals(Optional.empty(), history.back());
        assertEquals(Optional.of(part(10, 20)), history.forward());
        assertTrue(history.canGoForward().get());
        history.jump(part(50, 10));
        assertFalse(history.canGoForward().get());
        assertEquals(Optional.of(part(10, 20)), history.back());
    }

    @Test void whatMovesSmoothlyIsOneStepUntilItRests() {
        history.begin(part(0, 100));
        for (int i = 1; i <= 30; i++) history.glide(part(i, 100 - 2 * i));
        history.rest();
        for (int i = 1; i <= 30; i++) history.glide(part(30 + i, 40));
        assertEquals(Optional.of(part(30, 40)), history.back());
        assertEquals(Optional.of(part(0, 100)), history.back());
        assertEquals(Optional.of(part(30, 40)), history.forward());
        assertEquals(Optional.of(part(60, 40)), history.forward());
    }

    @Test void scrollingDownIsNoStep() {
        history.begin(part(0, 100));
        history.glide(new FlameViewport.Part(0, 100, 300, 0));
        history.jump(new FlameViewport.Part(0, 100, 500, 0));
        assertFalse(history.canGoBack().get());
        history.jump(part(10, 20));
        assertEquals(500, history.back().orElseThrow().top());
    }

    @Test void itDoesNotGrowWithoutEnd() {
        history.begin(part(0, 100));
        for (int i = 0; i < 1000; i++) history.jump(part(i, 10));
        int steps = 0;
        while (history.back().isPresent()) steps++;
        assertEquals(199, steps);
    }
}
