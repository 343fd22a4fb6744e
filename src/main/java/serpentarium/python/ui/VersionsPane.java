package serpentarium.python.ui;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.stage.Window;
import serpentarium.base.Bid;
import serpentarium.base.Head;
import serpentarium.base.Strings;
import serpentarium.base.Target;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.FxThread;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Workpane;
import serpentarium.task.Lane;
import serpentarium.task.TaskContext;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// Python versions in the side bar: opens a folder and says which Python applies there.
public final class VersionsPane implements Workpane {
    private static final Strings STRINGS = Strings.of(VersionsPane.class);

    private static final long PEACE_MILLISECONDS = 500;

    private final Surroundings surroundings;
    private final Pythons pythons;
    private volatile boolean opened;

    /// What the views need of the window and the machine.
    ///
    /// @param tasks       runs what takes long
    /// @param ports       dialogs, clipboard, notifications
    /// @param settings    what is remembered
    /// @param fx          the window's thread
    /// @param environment the user's variables
    /// @param state       a folder of ours for logs of builds
    record Surroundings(Tasks tasks, Ports ports, Settings settings, FxThread fx, Map<String, String> environment, Path state) {}

    /// Makes the pane; it opens nothing by itself, but looks at the machine in the background.
    ///
    /// @param environment the user's variables
    /// @param state       a folder of ours for logs of builds; need not exist
    public VersionsPane(Tasks tasks, Ports ports, Settings settings, FxThread fx, Map<String, String> environment, Path state) {
        surroundings = new Surroundings(tasks, ports, settings, fx, Map.copyOf(environment), state);
        pythons = new Pythons(environment);
        tasks.submit(TaskSpec.of(STRINGS.get("task.scan"), Lane.IO, this::warm).hidden());
    }

    /// Looks at the machine once the program has started and has nothing else to do, and makes once what a person will see: who opens the pane later
    /// has not to wait for what does not change.
    private Void warm(TaskContext context) throws IOException, InterruptedException {
        var painted = new CountDownLatch(1);
        var seen = new AtomicBoolean();
        surroundings.fx().later(() -> {
            seen.set(!Window.getWindows().isEmpty());
            painted.countDown();
        });
        painted.await();
        // Who only takes a picture of another pane opens no window.
        if (!seen.get()) return null;
        peace(context);
        pythons.look();
        pythons.resolve(pythons.home());
        pythons.keep(pythons.list(pythons.home(), List.of(), context));
        new Rehearsal(pythons, surroundings).run(() -> !opened && surroundings.tasks().recent().stream().allMatch(each -> each.state().ended()));
        return null;
    }

    /// Waits until nobody has begun anything for a while and nothing runs.
    private void peace(TaskContext context) throws InterruptedException {
        long before = -1;
        Tasks tasks = surroundings.tasks();
        while (before != tasks.version() || tasks.recent().stream().anyMatch(each -> !each.state().ended())) {
            before = tasks.version();
            context.checkpoint();
            new CountDownLatch(1).await(PEACE_MILLISECONDS, TimeUnit.MILLISECONDS);
        }
    }

    @Override public String id() {
        return "versions";
    }

    @Override public String title() {
        return STRINGS.get("pane.title");
    }

    @Override public String icon() {
        return "fth-layers";
    }

    @Override public Bid sniff(Head head) {
        return new Bid.No(STRINGS.get("pane.no-file"));
    }

    @Override public boolean opensFolder(Path folder) {
        return Files.isDirectory(folder);
    }

    @Override public String hint() {
        return STRINGS.get("pane.hint");
    }

    @Override public Optional<Path> home() {
        return Optional.of(homeFolder());
    }

    private Path homeFolder() {
        return pythons.home();
    }

    @Override public List<Offer> offers(Consumer<Path> open) {
        return List.of(new Offer(Command.of("file.which-python", STRINGS.get("pane.which"), "fth-layers", null,
                () -> surroundings.ports().chooseFolder(STRINGS.get("folder.choose"), homeFolder()).ifPresent(open)), STRINGS.get("pane.which.about")));
    }

    @Override public Document open(Path file) {
        opened = true;
        return new VersionsDocument(file, pythons, surroundings);
    }

    @Override public boolean shows(Target target) {
        return false;
    }
}
