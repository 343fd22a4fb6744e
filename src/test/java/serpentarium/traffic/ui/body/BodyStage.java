package serpentarium.traffic.ui.body;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Look;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Tokens;

/// Runs on the window's thread and takes pictures off the stage.
final class BodyStage {
    private BodyStage() {}

    static <T> T fx(Callable<T> action) {
        T value = WaitForAsyncUtils.waitForAsyncFx(20_000, action);
        WaitForAsyncUtils.waitForFxEvents();
        return value;
    }

    static void act(Runnable action) {
        fx(() -> {
            action.run();
            return null;
        });
    }

    /// Writes `NAME-{light,dark}-1100x700.png` of a fresh pane each.
    static void picture(String name, Supplier<BodyPane> make, Consumer<BodyPane> then) throws Exception {
        for (Tokens tokens : new Tokens[] {Tokens.LIGHT, Tokens.DARK}) {
            BodyPane[] pane = new BodyPane[1];
            Scene scene = fx(() -> {
                var root = new StackPane();
                var made = new Scene(root, 1100, 700);
                Look.dress(made, tokens, Look.FONT_SIZE);
                pane[0] = make.get();
                root.getChildren().add(pane[0]);
                return made;
            });
            fx(() -> scene.snapshot(null));
            act(() -> then.accept(pane[0]));
            WritableImage image = null;
            // Virtual lists and text areas need some pulses until what they scrolled to is laid out.
            for (int i = 0; i < 4; i++) image = fx(() -> scene.snapshot(null));
            Snapshot.write(image, Path.of("target/screens", name + (tokens.dark() ? "-dark" : "-light") + "-1100x700.png"));
        }
    }
}
