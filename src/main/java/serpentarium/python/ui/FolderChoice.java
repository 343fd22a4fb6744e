package serpentarium.python.ui;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The folder that is answered for: typed, gone to, dropped. What is there is looked at in the background.
final class FolderChoice {
    private static final Strings STRINGS = Strings.of(FolderChoice.class);
    private static final String RECENT = "versions.folders";
    private static final int MOST_RECENT = 10;

    private final Tasks tasks;
    private final Settings settings;
    private final Path home;
    private final Runnable again;
    private final Object looking = new Object();
    private final ObjectProperty<Path> folder;
    private final ReadOnlyStringWrapper objection = new ReadOnlyStringWrapper(this, "objection", "");
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private TaskHandle<?> seeking;
    private boolean closed;

    /// @param first where it begins
    /// @param home  what `~` stands for
    /// @param again is told when the folder is gone to that is there already
    FolderChoice(Path first, Path home, Tasks tasks, Settings settings, Runnable again) {
        this.tasks = tasks;
        this.settings = settings;
        this.home = home;
        this.again = again;
        folder = new SimpleObjectProperty<>(this, "folder", first);
        settings.texts(RECENT).stream().limit(MOST_RECENT).map(FolderChoice::absolute).flatMap(Optional::stream).forEach(recent::add);
    }

    /// A full path; empty where it is none.
    static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// What a person typed as a path; `~` is the home folder. Empty where it is no path.
    Optional<Path> path(String typed) {
        String text = typed.strip();
        try {
            if (text.isEmpty()) return Optional.empty();
                return Optional.of((text.equals("~") ? home : text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.get().resolve(text)).normalize());
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// Goes to what a person typed: a folder, or a file in it. What is no folder is said and nothing changes.
    void go(String typed) {
        path(typed).ifPresentOrElse(this::go, () -> invalid(typed));
    }

    /// Goes to a folder, or to the folder of a file.
    void go(Path path) {
        seek(path, dir -> {
            if (dir.equals(folder.get())) again.run();
            folder.set(dir);
            recent.remove(dir);
            recent.addFirst(dir);
            if (recent.size() > MOST_RECENT) recent.remove(MOST_RECENT, recent.size());
            settings.put(RECENT, recent.stream().map(Path::toString).toList());
        }, file -> {
            if (file.getParent() != null) go(file.getParent());
        });
    }

    /// Sees whether a folder is one while it is typed, and answers for it.
    void preview(String typed) {
        Optional<Path> path = path(typed).filter(_ -> !typed.isBlank());
        if (path.isEmpty()) invalid(typed);
        else seek(path.get(), folder::set, file -> objection.set(STRINGS.get("folder.none", file)));
    }

    /// Goes to a folder that was dropped; hands on a file.
    void dropped(Path path, Consumer<Path> file) {
        seek(path, this::go, file);
    }

    private void invalid(String typed) {
        if (seeking != null) seeking.cancel();
        objection.set(typed.isBlank() ? "" : STRINGS.get("folder.invalid", typed.strip()));
    }

    private enum Kind { FOLDER, FILE, NOTHING }

    /// Looks what is there, away from the window's thread: disks may be slow.
    private void seek(Path path, Consumer<Path> dir, Consumer<Path> file) {
        Path place = path.toAbsolutePath().normalize();
        TaskHandle<Kind> begun = tasks.submit(TaskSpec.of(STRINGS.get("task.folder"), Lane.IO,
                _ -> Files.isDirectory(place) ? Kind.FOLDER : Files.isRegularFile(place) ? Kind.FILE : Kind.NOTHING).latest(looking).hidden());
        seeking = begun;
        begun.whenEnded(state -> {
            if (closed || !(state instanceof TaskState.Done<Kind>(Kind kind))) return;
            objection.set(kind == Kind.NOTHING ? STRINGS.get("folder.none", place) : "");
            if (kind == Kind.FOLDER) dir.accept(place);
            else if (kind == Kind.FILE) file.accept(place);
        });
    }

    /// The folder.
    ObjectProperty<Path> folder() {
        return folder;
    }

    /// Why what was typed is no folder; empty when it is one.
    ReadOnlyStringProperty objection() {
        return objection.getReadOnlyProperty();
    }

    /// The folders that were gone to last, newest first.
    ObservableList<Path> recent() {
        return recent;
    }

    void close() {
        closed = true;
        if (seeking != null) seeking.cancel();
    }
}
