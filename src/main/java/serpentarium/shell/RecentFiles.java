package serpentarium.shell;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// The files that were opened last, newest first, at most [#LIMIT]. Changes on the window's thread only.
public final class RecentFiles {
    /// How many are remembered.
    public static final int LIMIT = 20;

    private static final String KEY = "files.recent";
    private static final Strings STRINGS = Strings.of(RecentFiles.class);

    private final ObservableList<RecentFile> files = FXCollections.observableArrayList();
    // Kept, because the view hears of its source weakly: listeners of a view that nobody holds would fall silent.
    private final ObservableList<RecentFile> view = FXCollections.unmodifiableObservableList(files);
    private final Settings settings;
    private final Tasks tasks;

    /// Those that `settings` remember.
    public RecentFiles(Settings settings, Tasks tasks) {
        this.settings = settings;
        this.tasks = tasks;
        settings.texts(KEY).stream().limit(LIMIT).map(RecentFiles::parse).flatMap(Optional::stream).forEach(files::add);
    }

    /// The files, newest first.
    public ObservableList<RecentFile> files() {
        return view;
    }

    /// A file was opened now.
    public void add(Path path) {
        files.removeIf(file -> file.path.equals(path));
        files.addFirst(new RecentFile(path, Instant.now(), false));
        if (files.size() > LIMIT) files.remove(LIMIT, files.size());
        save();
    }

    /// Forgets one.
    public void remove(Path path) {
        files.removeIf(file -> file.path.equals(path));
        save();
    }

    /// Forgets all.
    public void clear() {
        files.clear();
        save();
    }

    /// Looks in the background which of them are gone, because a file on a sleeping network drive may take seconds to ask for.
    public void check() {
        List<Path> paths = files.stream().map(RecentFile::path).toList();
        tasks.submit(TaskSpec.<Set<Path>>of(STRINGS.get("task.recent"), Lane.IO, context -> {
            var missing = new HashSet<Path>();
            for (Path path : paths) {
                context.checkpoint();
                if (Files.notExists(path)) missing.add(path);
            }
            return missing;
        }).latest(KEY).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Set<Path>>(var missing)) mark(missing);
        });
    }

    private void mark(Set<Path> missing) {
        for (int i = 0; i < files.size(); i++) {
            RecentFile file = files.get(i);
            if (file.missing != missing.contains(file.path)) files.set(i, new RecentFile(file.path, file.opened, !file.missing));
        }
    }

    private void save() {
        settings.put(KEY, files.stream().map(file -> file.opened.toEpochMilli() + " " + file.path).toList());
    }

    private static Optional<RecentFile> parse(String text) {
        int space = text.indexOf(' ');
        if (space < 1 || !text.substring(0, space).matches("\\d{1,15}")) return Optional.empty();
        try {
            Path path = Path.of(text.substring(space + 1));
            return path.isAbsolute() ? Optional.of(new RecentFile(path, Instant.ofEpochMilli(Long.parseLong(text.substring(0, space))), false)) : Optional.empty();
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// One of them.
    ///
    /// @param path    where it is
    /// @param opened  when it was opened last
    /// @param missing whether it was gone when it was looked for
    public record RecentFile(Path path, Instant opened, boolean missing) {}
}
