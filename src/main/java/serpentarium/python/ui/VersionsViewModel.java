package serpentarium.python.ui;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.python.Resolution;
import serpentarium.python.engine.Resolver;
import serpentarium.python.engine.RootWatch;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Which Python applies in a folder, and which there are.
final class VersionsViewModel {
    private static final Strings STRINGS = Strings.of(VersionsViewModel.class);
    private static final String RECENT = "versions.folders";
    private static final int MOST_RECENT = 10;

    private final Pythons pythons;
    private final Tasks tasks;
    private final Settings settings;
    private final Consumer<Problem> failed;
    private final Object answering = new Object();
    private final Object listing = new Object();
    private final Object filling = new Object();
    private final Object watching = new Object();
    private final ObjectProperty<Path> folder;
    private final ReadOnlyStringWrapper objection = new ReadOnlyStringWrapper(this, "objection", "");
    private final ReadOnlyObjectWrapper<Optional<Resolution>> resolution = new ReadOnlyObjectWrapper<>(this, "resolution", Optional.empty());
    private final ObservableList<VersionRow> rows = FXCollections.observableArrayList();
    private final ObservableList<Path> recent = FXCollections.observableArrayList();
    private final ObjectProperty<VersionRow> selected = new SimpleObjectProperty<>(this, "selected");
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(this, "loaded");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled");
    private TaskHandle<RootWatch.Stamp> watch;
    private boolean closed;

    /// @param folder what is answered for first
    /// @param failed takes what went wrong
    VersionsViewModel(Pythons pythons, Path folder, Tasks tasks, Settings settings, Consumer<Problem> failed) {
        this.pythons = pythons;
        this.tasks = tasks;
        this.settings = settings;
        this.failed = failed;
        this.folder = new SimpleObjectProperty<>(this, "folder", folder);
        settings.texts(RECENT).stream().limit(MOST_RECENT).map(VersionsViewModel::path).flatMap(Optional::stream).forEach(recent::add);
        this.folder.addListener((_, _, now) -> answer());
    }

    private static Optional<Path> path(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    /// Looks at the machine anew: the answer first, then the list, then how much it takes on the disk.
    void scan() {
        if (closed) return;
        Path dir = folder.get();
        answer(dir, true);
        tasks.submit(TaskSpec.of(STRINGS.get("task.scan"), Lane.IO, context -> pythons.list(dir, context)).latest(listing)).whenEnded(state -> {
            if (closed) return;
            switch (state) {
                case TaskState.Done<List<VersionRow>>(List<VersionRow> found) -> {
                    keep(found);
                    used();
                    loaded.set(true);
                    measure();
                }
                case TaskState.Failed<List<VersionRow>>(Problem problem) -> {
                    loaded.set(true);
                    settled.set(true);
                    failed.accept(problem);
                }
                case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> { }
            }
        });
    }

    /// @param anew whether the root is looked at, too
    private void answer(Path dir, boolean anew) {
        tasks.submit(TaskSpec.of(STRINGS.get("task.answer"), Lane.IO, _ -> {
            RootWatch.Stamp before = pythons.stamp(dir);
            if (anew) pythons.look();
            return new Answer(pythons.resolve(dir), before);
        }).latest(answering).hidden()).whenEnded(this::answered);
    }

    /// @param stamp how it looked before the answer was sought
    private record Answer(Resolution resolution, RootWatch.Stamp stamp) {}

    private void answered(TaskState<Answer> state) {
        if (closed) return;
        if (state instanceof TaskState.Done<Answer>(Answer(Resolution answer, RootWatch.Stamp stamp))) {
            watch(answer.dir(), stamp);
            resolution.set(Optional.of(answer));
            used();
            if (selected.get() == null) applying().ifPresent(selected::set);
        } else if (state instanceof TaskState.Failed<Answer>(Problem problem)) failed.accept(problem);
    }

    /// Looks anew once something changed that decides which Python applies, whoever changed it.
    private void watch(Path dir, RootWatch.Stamp stamp) {
        watch = tasks.submit(TaskSpec.of(STRINGS.get("task.watch"), Lane.IO, context -> pythons.changed(dir, stamp, context)).latest(watching).hidden());
        watch.whenEnded(state -> {
            if (state instanceof TaskState.Done<RootWatch.Stamp>) scan();
        });
    }

    /// Takes new rows; what is selected stays so.
    private void keep(List<VersionRow> next) {
        String name = selected.get() == null ? null : selected.get().name();
        var known = new java.util.HashMap<Path, VersionRow>();
        rows.forEach(row -> known.put(row.installed().prefix(), row));
        rows.setAll(next.stream().map(row -> {
            VersionRow old = known.get(row.installed().prefix());
            return old == null || old.installed().size().isEmpty() ? row : row.with(row.installed().withSize(old.installed().size().getAsLong()));
        }).toList());
        selected.set(rows.stream().filter(row -> row.name().equals(name)).findFirst().or(this::applying).or(() -> rows.stream().findFirst()).orElse(null));
    }

    private Optional<VersionRow> applying() {
        return resolution.get().flatMap(answer -> answer.names().stream().findFirst()).flatMap(name -> rows.stream().filter(row -> row.name().equals(name)).findFirst());
    }

    private void answer() {
        answer(folder.get(), false);
    }

    private void measure() {
        List<VersionRow> all = List.copyOf(rows);
        tasks.submit(TaskSpec.<List<VersionRow>>of(STRINGS.get("task.size"), Lane.IO, context -> {
            var read = new ArrayList<VersionRow>();
            for (VersionRow row : all) {
                context.progress(read.size(), all.size(), Progress.Unit.ITEMS);
                context.message(row.name());
                context.checkpoint();
                VersionRow known = row.having(pythons.packages(row, context));
                // What the system has in one folder with everything else has no size of its own.
                read.add(row.pyenv() ? known.with(row.installed().withSize(pythons.size(row.installed().prefix(), context))) : known);
            }
            return read;
        }).latest(filling)).whenEnded(state -> {
            if (state instanceof TaskState.Done<List<VersionRow>>(List<VersionRow> measured) && !closed) measured.forEach(this::replace);
            settled.set(true);
        });
    }

    private void replace(VersionRow row) {
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).installed().prefix().equals(row.installed().prefix()) || !rows.get(i).name().equals(row.name())) continue;
            boolean front = rows.get(i) == selected.get();
            VersionRow next = row.usedBy(rows.get(i).usedBy());
            rows.set(i, next);
            if (front) selected.set(next);
        }
    }

    /// Says in each row what chooses it.
    private void used() {
        for (int i = 0; i < rows.size(); i++) {
            VersionRow row = rows.get(i);
            List<String> users = users(row);
            if (users.equals(row.usedBy())) continue;
            boolean front = row == selected.get();
            rows.set(i, row.usedBy(users));
            if (front) selected.set(rows.get(i));
        }
    }

    private List<String> users(VersionRow row) {
        var users = new ArrayList<String>();
        if (!row.pyenv()) return users;
        resolution.get().ifPresent(answer -> answer.chain().forEach(rule -> {
            if (rule.words().stream().anyMatch(word -> word.meaning().filter(row.name()::equals).isPresent()))
                users.add(rule.file().map(AnswerText::folder).orElse(rule.because().id()));
        }));
        rows.stream().filter(other -> other.installed().base().filter(row.name()::equals).isPresent()).forEach(other -> users.add(STRINGS.get("used.env", other.name())));
        return users;
    }

    /// Goes to what a person typed: a folder, or a file in it; `~` is the home folder. What is no folder is said and nothing changes.
    boolean go(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) return false;
        try {
            Path home = pythons.home();
            Path path = text.equals("~") ? home : text.startsWith("~/") ? home.resolve(text.substring(2)) : folder.get().resolve(text);
            return go(path);
        } catch (InvalidPathException e) {
            objection.set(STRINGS.get("folder.invalid", e.getReason()));
            return false;
        }
    }

    /// Goes to a folder, or to the folder of a file.
    boolean go(Path path) {
        Path dir = path.toAbsolutePath().normalize();
        if (Files.isRegularFile(dir)) dir = dir.getParent();
        if (!Files.isDirectory(dir)) {
            objection.set(STRINGS.get("folder.none", dir));
            return false;
        }
        objection.set("");
        if (dir.equals(folder.get())) answer();
        folder.set(dir);
        recent.remove(dir);
        recent.addFirst(dir);
        if (recent.size() > MOST_RECENT) recent.remove(MOST_RECENT, recent.size());
        settings.put(RECENT, recent.stream().map(Path::toString).toList());
        return true;
    }

    /// Sees whether a folder is one while it is typed, and answers for it.
    void preview(String typed) {
        try {
            Path home = pythons.home();
            String text = typed.strip();
            Path path = (text.equals("~") ? home : text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text)).normalize();
            if (path.isAbsolute() && Files.isDirectory(path)) {
                objection.set("");
                folder.set(path);
            } else if (path.isAbsolute()) objection.set(STRINGS.get("folder.none", path));
        } catch (InvalidPathException e) {
            objection.set(STRINGS.get("folder.invalid", e.getReason()));
        }
    }

    /// The folder that is answered for.
    ObjectProperty<Path> folder() {
        return folder;
    }

    /// Why what was typed is no folder; empty when it is one.
    ReadOnlyStringProperty objection() {
        return objection.getReadOnlyProperty();
    }

    /// What applies in the folder; empty until it was looked at.
    ReadOnlyObjectProperty<Optional<Resolution>> resolution() {
        return resolution.getReadOnlyProperty();
    }

    /// The Pythons that are there, in the order of versions.
    ObservableList<VersionRow> rows() {
        return rows;
    }

    /// The folders that were gone to last, newest first.
    ObservableList<Path> recent() {
        return recent;
    }

    /// The row that is looked at; null for none.
    ObjectProperty<VersionRow> selected() {
        return selected;
    }

    /// Whether the machine was looked at.
    ReadOnlyBooleanProperty loaded() {
        return loaded.getReadOnlyProperty();
    }

    /// Whether all that is looked at by itself was read.
    ReadOnlyBooleanProperty settled() {
        return settled.getReadOnlyProperty();
    }

    /// The last look at the root.
    Resolver resolver() {
        return pythons.resolver();
    }

    /// pyenv's root, whether it is there or not.
    Path root() {
        return pythons.root();
    }

    /// The program `pyenv`, where there is one.
    Optional<Path> program() {
        return pythons.program();
    }

    /// The day that support is told for.
    LocalDate today() {
        return LocalDate.now();
    }

    void close() {
        closed = true;
        if (watch != null) watch.cancel();
    }
}
