package serpentarium.profile.ui;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;
import serpentarium.kit.Look;
import serpentarium.kit.Tokens;

/// Takes pictures of views off the stage, so that they may be larger than the headless screen.
final class Screens {
    private static final Path FOLDER = Path.of("target/screens");

    private Screens() {}

    /// Writes `NAME-dark-1600x1000.png` and `NAME-light-1100x700.png`, each of a fresh view.
    static void write(String name, Supplier<Parent> view) {
        write(name, _ -> view.get());
    }

    /// The same for views that paint with the colours of a theme.
    static void write(String name, Function<Tokens, Parent> view) {
        for (boolean dark : new boolean[] {false, true})
            for (int[] size : new int[][] {dark ? new int[] {1600, 1000} : new int[] {1100, 700}}) {
                Scene scene = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
                    var root = new StackPane();
                    var made = new Scene(root, size[0], size[1]);
                    Look.dress(made, dark ? Tokens.DARK : Tokens.LIGHT, Look.FONT_SIZE);
                    root.getChildren().add(view.apply(dark ? Tokens.DARK : Tokens.LIGHT));
                    return made;
                });
                WritableImage image = null;
                // Virtual tables and text areas need some pulses until what they scrolled to is laid out.
                for (int i = 0; i < 4; i++) {
                    image = WaitForAsyncUtils.waitForAsyncFx(10_000, () -> scene.snapshot(null));
                    WaitForAsyncUtils.waitForFxEvents();
                }
                save(image, FOLDER.resolve(name + (dark ? "-dark-" : "-light-") + size[0] + "x" + size[1] + ".png"));
            }
    }

    /// The colours that a scene made here was dressed in, for what is painted.
    static Tokens tokens(Scene scene) {
        return Tokens.DARK.background().equals(scene.getFill()) ? Tokens.DARK : Tokens.LIGHT;
    }

    private static void save(WritableImage image, Path to) {
        int width = (int) image.getWidth();
        int height = (int) image.getHeight();
        int[] pixels = new int[width * height];
        image.getPixelReader().getPixels(0, 0, width, height, javafx.scene.image.PixelFormat.getIntArgbInstance(), pixels, 0, width);
        var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        copy.setRGB(0, 0, width, height, pixels, 0, width);
        try {
            Files.createDirectories(to.getParent());
            ImageIO.write(copy, "png", to.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
