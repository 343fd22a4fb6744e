package serpentarium.python.ui.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static serpentarium.kit.OnFx.fx;

import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import org.fxmisc.richtext.CodeArea;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import serpentarium.python.engine.build.BuildLog;

/// A log that grows stays where a person has gone.
class LogAreaTest {
    private LogArea log;
    private CodeArea text;

    @BeforeEach void show() throws Exception {
        Stage stage = FxToolkit.registerPrimaryStage();
        log = fx(() -> {
            var made = new LogArea();
            stage.setScene(new Scene(made, 600, 400));
            stage.show();
            return made;
        });
        text = (CodeArea) fx(() -> log.lookup("#build-log"));
        grow(0);
    }

    @AfterEach void close() throws Exception {
        FxToolkit.cleanupStages();
    }

    private void grow(int from) {
        fx(() -> {
            log.add(IntStream.range(from, from + 300).mapToObj(i -> new BuildLog.Line(i + 1L, BuildLog.Kind.LOG, "gcc -c file" + i + ".c")).toList());
            return null;
        });
        fx(() -> {
            log.layout();
            return null;
        });
    }

    private void scroll(double by) {
        fx(() -> {
            Point2D at = text.localToScreen(50, 50);
            text.lookup(".paragraph-box").fireEvent(new ScrollEvent(ScrollEvent.SCROLL, 50, 50, at.getX(), at.getY(), false, false, false, false, false, false, 0, by, 0, by,
                    ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0, null));
            return null;
        });
    }

    private int first() {
        return fx(() -> text.firstVisibleParToAllParIndex());
    }

    @Test void theEndIsFollowedUntilOneScrollsUp() {
        int end = first();
        assertTrue(end > 200, () -> "at " + end);
        grow(300);
        assertTrue(first() > 500, () -> "at " + first());
        scroll(400);
        int gone = first();
        assertTrue(gone < 590 && gone > 500, () -> "at " + gone);
        grow(600);
        assertEquals(gone, first());
        scroll(-100_000);
        scroll(-40);
        grow(900);
        assertTrue(first() > 1100, () -> "at " + first());
    }
}
