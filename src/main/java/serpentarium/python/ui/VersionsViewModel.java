package serpentarium.python.ui;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Settings;
import serpentarium.python.Because;
import serpentarium.python.Resolution;
import serpentarium.python.Rule;
import serpentarium.python.engine.PinScan;
import serpentarium.python.engine.Resolver;
import serpentarium.python.engine.RootWatch;
import serpentarium.python.engine.build.Reference;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Which Python applies in a folder, and which there are.
final class VersionsViewModel {
    private static final Strings STRINGS = Strings.of(VersionsViewModel.class);
    private static final String ENVIRONMENTS = "versions.environments";
    private static final int MOST_ENVIRONMENTS = 100;
    private static final int MOST_USERS = 5;

    private final Pythons pythons;
    private final Tasks tasks;
    private final Settings settings;
    private final Consumer<Problem> failed;
    private final Object answering = new Object();
    private final Object listing = new Object();
    private final Object filling = new Object();
    private final Object watching = new Object();
    private final Object asking = new Object();
    private final FolderChoice where;
    private final ReadOnlyObjectWrapper<Optional<Resolution>> resolution = new ReadOnlyObjectWrapper<>(this, "resolution", Optional.empty());
    private final ObservableList<VersionRow> rows = FXCollections.observableArrayList();
    private final ObjectProperty<VersionRow> selected = new SimpleObjectProperty<>(this, "selected");
    private final ReadOnlyBooleanWrapper loaded = new ReadOnlyBooleanWrapper(this, "loaded");
    private final ReadOnlyBooleanWrapper settled = new ReadOnlyBooleanWrapper(this, "settled");
    private List<PinScan.Pin> scanned = List.of();
    private TaskHandle<RootWatch.Stamp> watch;
    private TaskHandle<?> list;
    private TaskHandle<?> measuring;
    private boolean closed;

    /// @param folder what is answered for first
    /// @param failed takes what went wrong
    VersionsViewModel(Pythons pythons, Path folder, Tasks tasks, Settings settings, Consumer<Problem> failed) {
        this.pythons = pythons;
        this.tasks = tasks;
        this.settings = settings;
        this.failed = failed;
        where = new FolderChoice(folder, pythons.home(), tasks, settings, this::answer);
        where.folder().addListener((_, _, now) -> answer());
        rows.setAll(pythons.known());
        loaded.set(!rows.isEmpty());
    }


    /// Looks at the machine anew: the answer first, then the list, then how much it takes on the disk.
    void scan() {
        if (closed) return;
        Path dir = folder().get();
        answer(dir, true);
        List<Path> known = remembered();
        TaskHandle<List<VersionRow>> begun = tasks.submit(TaskSpec.of(STRINGS.get("task.scan"), Lane.IO, context -> pythons.list(dir, known, context)).latest(listing));
        list = begun;
        begun.whenEnded(state -> {
            if (closed) return;
            switch (state) {
                case TaskState.Done<List<VersionRow>>(List<VersionRow> found) -> {
                    keep(found);
                    pythons.keep(rows);
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
            boolean hooked = pythons.hooked();
            // What pyenv itself said stays until it has said it again.
            boolean same = hooked && resolution.get().filter(now -> now.asked() && now.dir().equals(answer.dir())).isPresent();
            if (same) used();
            else show(answer);
            if (hooked) ask(answer.dir());
        } else if (state instanceof TaskState.Failed<Answer>(Problem problem)) failed.accept(problem);
    }

    /// Shows an answer.
    void show(Resolution answer) {
        resolution.set(Optional.of(answer));
        used();
        if (selected.get() == null) applying().ifPresent(selected::set);
    }

    /// Asks pyenv itself, where a hook could make its answer another than the rules'.
    private void ask(Path dir) {
        tasks.submit(TaskSpec.of(STRINGS.get("task.ask"), Lane.IO, context -> pythons.ask(dir, context)).latest(asking).hidden()).whenEnded(state -> {
            if (closed || !(state instanceof TaskState.Done<Resolution>(Resolution said)) || !said.dir().equals(folder().get())) return;
            resolution.set(Optional.of(said));
            used();
        });
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
        // In one step, with all that is known: each change of the list is drawn.
        List<VersionRow> found = next.stream().map(row -> {
            VersionRow old = known.get(row.installed().prefix());
            if (old == null) return row;
            VersionRow same = old.installed().size().isEmpty() ? row : row.with(row.installed().withSize(old.installed().size().getAsLong()));
            return old.packages().map(same::having).orElse(same);
        }).toList();
        rows.setAll(found.stream().map(row -> row.usedBy(users(row, found))).toList());
        selected.set(rows.stream().filter(row -> row.name().equals(name)).findFirst().or(this::applying).or(() -> rows.stream().findFirst()).orElse(null));
    }

    private Optional<VersionRow> applying() {
        return resolution.get().flatMap(answer -> answer.names().stream().findFirst()).flatMap(name -> rows.stream().filter(row -> row.name().equals(name)).findFirst());
    }

    private void answer() {
        answer(folder().get(), false);
    }

    private void measure() {
        List<VersionRow> all = List.copyOf(rows);
        TaskHandle<List<VersionRow>> begun = tasks.submit(TaskSpec.<List<VersionRow>>of(STRINGS.get("task.size"), Lane.IO, context -> {
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
        }).latest(filling));
        measuring = begun;
        begun.whenEnded(state -> {
            if (state instanceof TaskState.Done<List<VersionRow>>(List<VersionRow> measured) && !closed) {
                replace(measured);
                pythons.keep(rows);
            }
            settled.set(true);
        });
    }

    private void replace(List<VersionRow> measured) {
        var known = new java.util.HashMap<Path, VersionRow>();
        measured.forEach(row -> known.put(row.installed().prefix(), row));
        change(row -> {
            VersionRow now = known.get(row.installed().prefix());
            return now == null || !now.name().equals(row.name()) ? row : now.usedBy(row.usedBy());
        });
    }

    /// Says in each row what chooses it.
    private void used() {
        List<VersionRow> all = List.copyOf(rows);
        change(row -> row.usedBy(users(row, all)));
    }

    /// Changes rows in one step; what is selected stays so.
    private void change(UnaryOperator<VersionRow> how) {
        VersionRow front = selected.get();
        List<VersionRow> next = rows.stream().map(how).toList();
        if (next.equals(rows)) return;
        int at = rows.indexOf(front);
        rows.setAll(next);
        if (at >= 0) selected.set(next.get(at));
    }

    private List<String> users(VersionRow row, List<VersionRow> all) {
        var users = new ArrayList<String>();
        if (!row.pyenv()) return users;
        resolution.get().ifPresent(answer -> answer.chain().forEach(rule -> {
            if (rule.words().stream().anyMatch(word -> word.meaning().filter(row.name()::equals).isPresent()))
                users.add(rule.file().map(AnswerText::folder).orElse(rule.because().id()));
        }));
        List<String> elsewhere = scanned.stream().map(PinScan.Pin::rule).filter(rule -> pins(rule, row.name()).findAny().isPresent()).map(rule -> AnswerText.folder(rule.file().orElseThrow()))
                .filter(each -> !users.contains(each)).toList();
        elsewhere.stream().limit(MOST_USERS).forEach(users::add);
        if (elsewhere.size() > MOST_USERS) users.add(STRINGS.get("used.more", elsewhere.size() - MOST_USERS));
        all.stream().filter(other -> other.installed().base().filter(row.name()::equals).isPresent()).forEach(other -> users.add(STRINGS.get("used.env", other.name())));
        return users;
    }

    /// Goes to a folder, or to the folder of a file.
    void go(Path path) {
        where.go(path);
    }

    /// Remembers an environment that lies where none is looked for.
    void remember(Path environment) {
        List<String> known = new ArrayList<>(settings.texts(ENVIRONMENTS));
        known.remove(environment.toString());
        known.addFirst(environment.toString());
        settings.put(ENVIRONMENTS, known.stream().limit(MOST_ENVIRONMENTS).toList());
    }

    private List<Path> remembered() {
        return settings.texts(ENVIRONMENTS).stream().map(FolderChoice::absolute).flatMap(Optional::stream).toList();
    }

    /// The pins of the chain that mean a version.
    List<Reference.Pin> pins(String name) {
        return resolution.get().stream().flatMap(answer -> answer.chain().stream()).filter(rule -> rule.because() == Because.LOCAL_FILE).flatMap(rule -> pins(rule, name)).toList();
    }

    /// Where a pin means a version.
    static Stream<Reference.Pin> pins(Rule rule, String name) {
        return rule.words().stream().filter(word -> word.meaning().filter(name::equals).isPresent())
                .map(word -> new Reference.Pin(rule.file().orElseThrow(), word.line(), word.text()));
    }

    /// What a look below a folder found, last.
    List<PinScan.Pin> scanned() {
        return scanned;
    }

    /// Takes what a look below a folder found.
    void scanned(List<PinScan.Pin> found) {
        scanned = List.copyOf(found);
        used();
    }

    /// The folder that is answered for.
    ObjectProperty<Path> folder() {
        return where.folder();
    }

    /// How it is chosen.
    FolderChoice where() {
        return where;
    }

    /// What applies in the folder; empty until it was looked at.
    ReadOnlyObjectProperty<Optional<Resolution>> resolution() {
        return resolution.getReadOnlyProperty();
    }

    /// The Pythons that are there, in the order of versions.
    ObservableList<VersionRow> rows() {
        return rows;
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
        where.close();
        for (TaskHandle<?> each : Arrays.asList(watch, list, measuring)) if (each != null) each.cancel();
    }
}
