package serpentarium.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.animation.AnimationTimer;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import serpentarium.app.cli.Renderer.Picture;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.MemorySettings;
import serpentarium.kit.Notices;
import serpentarium.kit.ObservedTasks;
import serpentarium.kit.Ports;
import serpentarium.kit.Snapshot;
import serpentarium.kit.Theme;
import serpentarium.shell.Appearance;
import serpentarium.shell.ShellWindow;
import serpentarium.shell.ThemeMode;
import serpentarium.task.TaskState;
import serpentarium.task.ThreadTasks;

/// One picture of the window's content: opens the file as the window would, waits until nothing moves any more, and looks.
final class WindowShot {
    private static final Strings STRINGS = Strings.of(WindowShot.class);
    /// Pulses without anything running before the picture is taken: layout, styles and the painted views each need one or two.
    private static final int QUIET_PULSES = 12;

    private final Picture picture;
    private final FxThread fx;
    private final CompletableFuture<WritableImage> taken = new CompletableFuture<>();

    WindowShot(Picture picture, FxThread fx) {
        this.picture = picture;
        this.fx = fx;
        fx.execute(this::open);
    }

    /// The picture, when it was taken; or the problem that came instead.
    CompletableFuture<WritableImage> taken() {
        return taken;
    }

    private void open() {
        var tasks = new ObservedTasks(new ThreadTasks(fx), fx);
        var settings = new MemorySettings();
        var theme = new Theme();
        var ports = new FailingPorts();
        var appearance = new Appearance(settings, theme, fx);
        appearance.mode().set(picture.dark() ? ThemeMode.DARK : ThemeMode.LIGHT);
        var window = new ShellWindow(Wiring.panes(tasks, ports, settings, theme, fx), tasks, settings, appearance, ports, new Notices(fx), Demo::files, () -> {});
        var scene = new Scene(window.root(), picture.width(), picture.height());
        appearance.dress(scene);
        window.opener().open(List.of(picture.file().toAbsolutePath()));
        new AnimationTimer() {
            private int quiet;
            private boolean viewChosen;
            private boolean compared = picture.other() == null;

            @Override public void handle(long now) {
                if (taken.isDone()) {
                    stop();
                    return;
                }
                scene.getRoot().applyCss();
                scene.getRoot().layout();
                Document document = window.selectedDocument().orElse(null);
                if (document == null || !document.settled().get() || busy(tasks)) {
                    quiet = 0;
                    return;
                }
                if (!compared) {
                    compared = true;
                    quiet = 0;
                    document.dropped(picture.other().toAbsolutePath());
                    return;
                }
                if (!viewChosen) {
                    viewChosen = true;
                    quiet = 0;
                    choose(document);
                    return;
                }
                if (++quiet < QUIET_PULSES) return;
                stop();
                taken.complete(Snapshot.of(scene));
            }
        }.start();
    }

    private static boolean busy(ObservedTasks tasks) {
        return tasks.recent().stream().anyMatch(task -> !task.state().ended() && !(task.state() instanceof TaskState.Queued<?>));
    }

    private void choose(Document document) {
        if (picture.view() == null) return;
        if (document.views().contains(picture.view())) document.showView(picture.view());
        else taken.completeExceptionally(new ProblemException(Problem.of(STRINGS, "render.no-view", Place.NOWHERE, picture.view(),
                String.join(", ", document.views()))));
    }

    /// Nobody looks at this window: what it would tell a person is the end of the matter.
    private final class FailingPorts implements Ports {
        @Override public List<Path> chooseOpen(String title) {
            return List.of();
        }

        @Override public Optional<Path> chooseSave(String title, String proposedName) {
            return Optional.empty();
        }

        @Override public Optional<Path> chooseFolder(String title, Path from) {
            return Optional.empty();
        }

        @Override public void showOutside(Path path) {}

        @Override public void copy(String text) {}

        @Override public void notify(String text) {}

        @Override public void offer(String text, Notices.Action action) {}

        @Override public void notify(Problem problem) {
            taken.completeExceptionally(new ProblemException(problem));
        }
    }
}
