package serpentarium.profile.ui;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import javafx.scene.image.WritableImage;
import serpentarium.kit.Snapshot;
import serpentarium.profile.Profile;
import serpentarium.profile.Warning;
import serpentarium.profile.format.ProfileWriter;
import serpentarium.task.TaskContext;

/// Writes the flame graph of a profile's first event as a picture in PNG, twice as fine as the screen.
public final class PngWriter implements ProfileWriter {
    private static final double SCALE = 2;

    private final Executor window;

    /// Paints on the window's thread.
    public PngWriter(Executor window) {
        this.window = window;
    }

    @Override public String id() {
        return "png";
    }

    @Override public List<String> endings() {
        return List.of(".png");
    }

    @Override public Says says() {
        return new Says(true, true, false, false, false);
    }

    @Override public List<Warning> write(Profile profile, OutputStream out, TaskContext context) throws IOException {
        FlameScene scene = PictureScene.of(profile, context);
        context.checkpoint();
        var painting = new FutureTask<WritableImage>(() -> FlamePng.paint(scene, PictureScene.all(scene), SCALE));
        window.execute(painting);
        try (var _ = context.onCancel(() -> painting.cancel(false))) {
            Snapshot.write(painting.get(), out);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return List.of();
    }
}
