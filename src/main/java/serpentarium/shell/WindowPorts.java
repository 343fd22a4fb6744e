package serpentarium.shell;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Notices;
import serpentarium.kit.Overlay;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.Tasks;

/// The ports of a real window: the platform's file choosers, its clipboard, its programs.
public final class WindowPorts implements Ports {
    private static final String FOLDER = "files.folder";
    private static final Strings STRINGS = Strings.of(WindowPorts.class);

    private final Window owner;
    private final Settings settings;
    private final Tasks tasks;
    private final Notices notices;
    private final Consumer<String> browser;

    /// Makes them.
    ///
    /// @param owner   the window that dialogs belong to
    /// @param browser opens a URI in the platform's own program: the application's `getHostServices()::showDocument`
    public WindowPorts(Window owner, Settings settings, Tasks tasks, Notices notices, Consumer<String> browser) {
        this.owner = owner;
        this.settings = settings;
        this.tasks = tasks;
        this.notices = notices;
        this.browser = browser;
    }

    @Override public Optional<Overlay> overlay() {
        if (owner == null || owner.getScene() == null) return Optional.empty();
        return owner.getScene().getRoot().getChildrenUnmodifiable().stream().filter(Overlay.class::isInstance).map(Overlay.class::cast).findFirst();
    }

    @Override public List<Path> chooseOpen(String title) {
        List<File> files = chooser(title).showOpenMultipleDialog(owner);
        if (files == null || files.isEmpty()) return List.of();
        remember(files.getFirst().toPath());
        return files.stream().map(File::toPath).toList();
    }

    @Override public Optional<Path> chooseSave(String title, String proposedName) {
        FileChooser chooser = chooser(title);
        chooser.setInitialFileName(proposedName);
        File file = chooser.showSaveDialog(owner);
        if (file == null) return Optional.empty();
        remember(file.toPath());
        return Optional.of(withEnding(file.toPath(), proposedName));
    }

    /// The chosen file with the ending of the proposed name when it has none of its own.
    static Path withEnding(Path chosen, String proposedName) {
        int dot = proposedName.indexOf('.');
        String name = chosen.getFileName().toString();
        return dot <= 0 || name.indexOf('.') >= 0 ? chosen : chosen.resolveSibling(name + proposedName.substring(dot));
    }

    @Override public Optional<Path> chooseFolder(String title, Path from) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(title);
        Optional.ofNullable(from).map(Path::toString).flatMap(WindowPorts::folder).ifPresent(chooser::setInitialDirectory);
        return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    }

    private FileChooser chooser(String title) {
        var chooser = new FileChooser();
        chooser.setTitle(title);
        settings.text(FOLDER).flatMap(WindowPorts::folder).ifPresent(chooser::setInitialDirectory);
        return chooser;
    }

    private static Optional<File> folder(String text) {
        try {
            Path folder = Path.of(text);
            return Files.isDirectory(folder) ? Optional.of(folder.toFile()) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private void remember(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) settings.put(FOLDER, folder.toString());
    }

    @Override public void showOutside(Path path) {
        String uri = path.toUri().toString();
        tasks.submit(TaskSpec.of(STRINGS.get("task.outside", path), Lane.IO, _ -> {
            browser.accept(uri);
            return null;
        }).hidden());
    }

    @Override public void copy(String text) {
        var content = new ClipboardContent();
        content.putString(text);
        Clipboard.getSystemClipboard().setContent(content);
        notices.say(STRINGS.get("notice.copied"));
    }

    @Override public void notify(String text) {
        notices.say(text);
    }

    @Override public void notifySaved(String text, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        notices.say(text, new Notices.Action(STRINGS.get("notice.show-folder"), () -> showOutside(folder)));
    }

    @Override public void offer(String text, Notices.Action action) {
        notices.say(text, action);
    }

    @Override public void notify(Problem problem) {
        notices.report(problem);
    }
}
