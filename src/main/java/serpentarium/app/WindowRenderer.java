package serpentarium.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.image.WritableImage;
import serpentarium.app.cli.Renderer;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.FxThread;
import serpentarium.kit.Snapshot;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskHandle;

/// Takes pictures of the window's content on JavaFX's headless platform: the same panes, readers and styles as in the desktop, on a scene that is on no
/// stage, because the headless screen is smaller than a picture may be.
final class WindowRenderer implements Renderer {
    private static final Strings STRINGS = Strings.of(WindowRenderer.class);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /// A toolkit starts once in a program; who takes several pictures takes all of them in one.
    private FxThread fx;

    @Override public void render(Picture picture, TaskContext context) throws IOException {
        if (!Files.exists(picture.file())) throw new NoSuchFileException(picture.file().toString());
        WritableImage image = wait(new WindowShot(picture, started()).taken(), context);
        Snapshot.write(image, picture.out());
    }

    /// The window's thread of a toolkit without a display.
    FxThread started() {
        if (fx != null) return fx;
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        fx = new FxThread();
        fx.start();
        return fx;
    }

    private static WritableImage wait(CompletableFuture<WritableImage> image, TaskContext context) {
        try (var _ = context.onCancel(() -> image.cancel(true))) {
            return image.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ProblemException(Problem.of(STRINGS, "render.timeout", Place.NOWHERE).causedBy(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(Problem.of(STRINGS, "render.timeout", Place.NOWHERE).causedBy(e));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ProblemException problem) throw problem;
            throw new ProblemException(Problem.of(STRINGS, "render.failed", Place.NOWHERE, String.valueOf(e.getCause())).causedBy(e.getCause()));
        }
    }
}
