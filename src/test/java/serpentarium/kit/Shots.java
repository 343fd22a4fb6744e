package serpentarium.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import org.testfx.util.WaitForAsyncUtils;

/// Takes pictures of views off the stage, so that they may be larger than the headless screen.
public final class Shots {
    private Shots() {}

    /// Writes `NAME-dark-1600x1000.png` and `NAME-light-1100x700.png`, each of a fresh view.
    public static void write(String name, Function<Theme, Parent> view) {
        for (Tokens tokens : new Tokens[] {Tokens.LIGHT, Tokens.DARK})
            for (int[] size : new int[][] {tokens.dark() ? new int[] {1600, 1000} : new int[] {1100, 700}}) {
                Scene scene = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> {
                    var theme = new Theme();
                    theme.use(tokens);
                    var root = new StackPane();
                    var made = new Scene(root, size[0], size[1]);
                    Look.dress(made, tokens, Look.FONT_SIZE);
                    root.getChildren().add(view.apply(theme));
                    return made;
                });
                WritableImage image = null;
                // Virtual tables need some pulses until what they scrolled to is laid out.
                for (int i = 0; i < 5; i++) {
                    image = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> Snapshot.of(scene));
                    WaitForAsyncUtils.waitForFxEvents();
                }
                try {
                    Snapshot.write(image, Path.of("target/screens", name + (tokens.dark() ? "-dark-" : "-light-") + size[0] + "x" + size[1] + ".png"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
    }
}
