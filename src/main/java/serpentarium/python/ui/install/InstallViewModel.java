package serpentarium.python.ui.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.python.engine.build.Archive;
import serpentarium.python.engine.build.BuildOptions;
import serpentarium.python.engine.build.Catalogue;
import serpentarium.python.engine.build.Choice;
import serpentarium.python.engine.build.Definition;
import serpentarium.python.engine.build.Known;
import serpentarium.python.engine.build.Preflight;
import serpentarium.python.engine.build.SourceCache;
import serpentarium.python.engine.build.Workshop;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What can be installed, what was chosen of it, how it is to be built, and what stands in the way.
public final class InstallViewModel {
    private static final Strings STRINGS = Strings.of(InstallViewModel.class);

    private final Workshop workshop;
    private final Tasks tasks;
    private final Executor window;
    private final Consumer<Problem> failed;
    private final Object listing = new Object();
    private final Object planning = new Object();
    private final Object checking = new Object();
    private Catalogue catalogue;
    private final StringProperty search = new SimpleStringProperty(this, "search", "");
    private final ObjectProperty<String> family = new SimpleObjectProperty<>(this, "family", Known.CPYTHON);
    private final BooleanProperty unusual = new SimpleBooleanProperty(this, "unusual");
    private final ObservableList<String> families = FXCollections.observableArrayList();
    private final ObservableList<Known> found = FXCollections.observableArrayList();
    private final ObjectProperty<Known> chosen = new SimpleObjectProperty<>(this, "chosen");
    private final ObjectProperty<BuildOptions> options = new SimpleObjectProperty<>(this, "options", BuildOptions.plain());
    private final ReadOnlyObjectWrapper<Optional<Plan>> plan = new ReadOnlyObjectWrapper<>(this, "plan", Optional.empty());
    private final ReadOnlyObjectWrapper<Source> source = new ReadOnlyObjectWrapper<>(this, "source", Source.UNKNOWN);
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper(this, "said", "");
    private final ObservableList<BuildViewModel> builds = FXCollections.observableArrayList();
    private Runnable installed = () -> {};

    /// What an install would do.
    ///
    /// @param name      under which it would be installed
    /// @param archive   the source; empty where the definition puts it together by code
    /// @param cached    whether it is in the cache
    /// @param preflight what was found on this machine
    /// @param packages  one line a tool that brings what is missing, by the tool's name, that of this machine first
    /// @param command   what does the same in a terminal
    public record Plan(Definition definition, String name, Optional<Archive> archive, boolean cached, Preflight preflight, Map<String, String> packages, String command) {}

    /// @param tasks  run what takes long
    /// @param window takes what a build says to the window's thread
    /// @param failed takes what went wrong
    public InstallViewModel(Workshop workshop, Tasks tasks, Executor window, Consumer<Problem> failed) {
        this.workshop = workshop;
        this.tasks = tasks;
        this.window = window;
        this.failed = failed;
        search.subscribe(this::list);
        family.subscribe(this::list);
        unusual.subscribe(this::list);
        chosen.subscribe(this::replan);
        options.subscribe(this::replan);
    }

    /// Reads what there is, again when it was read before.
    public void load() {
        tasks.submit(TaskSpec.of(STRINGS.get("task.catalogue"), Lane.IO,
                _ -> Catalogue.read(workshop.root(), Optional.of(workshop.program()), workshop.environment())).latest(listing).hidden()).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<Catalogue>(Catalogue read) -> {
                    catalogue = read;
                    families.setAll(read.families().keySet());
                    list();
                    replan();
                }
                case TaskState.Failed<Catalogue>(Problem problem) -> failed.accept(problem);
                case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> { }
            }
        });
    }

    private void list() {
        if (catalogue == null) return;
        String text = search.get().strip();
        List<Known> all;
        if (text.isEmpty()) all = unusual.get() ? catalogue.families().getOrDefault(family.get(), List.of()) : catalogue.newest(family.get());
        else all = Stream.concat(resolved(text), catalogue.search(text).stream().filter(each -> unusual.get() || each.stable())).distinct().toList();
        said.set(sentence(text, all));
        found.setAll(all);
        if (!text.isEmpty()) resolved(text).forEach(chosen::set);
    }

    /// What is typed means one: it is listed, even where it is none of the usual ones or spelled otherwise.
    private Stream<Known> resolved(String text) {
        return switch (catalogue.resolve(text)) {
            case Choice.Exact(String name) -> catalogue.search(name).stream().limit(1);
            case Choice.Newest(_, String name) -> catalogue.search(name).stream().limit(1);
            case Choice.Unknown _ -> Stream.empty();
        };
    }

    private String sentence(String text, List<Known> all) {
        if (text.isEmpty()) return STRINGS.get(unusual.get() ? "list.all" : "list.newest", all.size(), catalogue.size());
        return switch (catalogue.resolve(text)) {
            case Choice.Exact _ -> STRINGS.get("list.exact", text);
            case Choice.Newest(String typed, String name) -> STRINGS.get("list.prefix", typed, name);
            case Choice.Unknown(String typed, List<String> near) when all.isEmpty() && !near.isEmpty() -> STRINGS.get("list.near", typed, String.join(", ", near));
            case Choice.Unknown(String typed, _) -> STRINGS.get(all.isEmpty() ? "list.none" : "list.found", typed, all.size());
        };
    }

    private void replan() {
        Known known = chosen.get();
        if (known == null || catalogue == null) {
            plan.set(Optional.empty());
            return;
        }
        BuildOptions how = options.get();
        Catalogue from = catalogue;
        tasks.submit(TaskSpec.of(STRINGS.get("task.preflight", known.name()), Lane.IO, _ -> plan(from, known, how)).latest(planning).hidden()).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<Plan>(Plan made) -> {
                    plan.set(Optional.of(made));
                    check(made, how);
                }
                case TaskState.Failed<Plan>(Problem problem) -> {
                    plan.set(Optional.empty());
                    failed.accept(problem);
                }
                case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> { }
            }
        });
    }

    private Plan plan(Catalogue from, Known known, BuildOptions how) {
        Definition definition = from.definition(known.name());
        Preflight preflight = Preflight.of(workshop, definition, how);
        var lines = new java.util.LinkedHashMap<String, String>();
        preflight.lines(workshop.environment()).forEach((tool, line) -> lines.put(tool.program(), line));
        Path cache = workshop.cache(how);
        Optional<Archive> there = definition.archives().stream().filter(each -> Files.isReadable(cache.resolve(each.file()))).findFirst();
        return new Plan(definition, how.installedName(known.name()), there.or(() -> definition.archives().stream().findFirst()), there.isPresent(), preflight, lines,
                how.command(known.name(), workshop.environment()));
    }

    /// Sees whether the source in the cache is what the definition asks for: pyenv would throw a damaged one away and download it.
    private void check(Plan made, BuildOptions how) {
        Optional<Archive> there = made.archive().filter(each -> made.cached() && !each.sha256().isEmpty());
        source.set(there.isEmpty() ? Source.UNKNOWN : Source.CHECKED);
        there.ifPresent(archive -> tasks.submit(TaskSpec.of(STRINGS.get("task.intact", archive.file()), Lane.IO,
                context -> new SourceCache(workshop.cache(how)).intact(archive, context)).latest(checking).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<Boolean>(Boolean intact) && plan.get().filter(made::equals).isPresent()) source.set(intact ? Source.INTACT : Source.DAMAGED);
        }));
    }

    /// What is known of the source in the cache.
    public enum Source { UNKNOWN, CHECKED, INTACT, DAMAGED }

    /// What is known of the source in the cache.
    public ReadOnlyObjectProperty<Source> source() {
        return source.getReadOnlyProperty();
    }

    /// Looks at the machine again, as after packages were installed.
    public void look() {
        replan();
    }

    /// Begins to build what is chosen.
    public void install() {
        plan.get().ifPresent(made -> install(made.definition(), options.get()));
    }

    void install(Definition definition, BuildOptions how) {
        try {
            var build = new BuildViewModel(workshop, definition, how, tasks, window, this);
            builds.add(build);
            build.start();
        } catch (IOException e) {
            failed.accept(Problem.of(STRINGS, "build.cannot-begin", serpentarium.base.Place.NOWHERE, definition.name(), String.valueOf(e.getMessage())).causedBy(e));
        }
    }

    /// Puts a build that has ended away.
    public void forget(BuildViewModel build) {
        if (!build.running().get()) builds.remove(build);
    }

    void ended() {
        installed.run();
        look();
    }

    void failed(Problem problem) {
        failed.accept(problem);
    }

    /// What is done when a build has ended.
    public void whenInstalled(Runnable action) {
        installed = action;
    }

    /// Takes a source archive into the cache, when a definition asks for exactly these bytes.
    ///
    /// @param then takes a sentence that says so
    public void take(Path archive, Consumer<String> then) {
        tasks.submit(TaskSpec.of(STRINGS.get("task.take", archive.getFileName()), Lane.IO, context -> {
            Catalogue read = catalogue == null ? Catalogue.read(workshop.root(), Optional.of(workshop.program()), workshop.environment()) : catalogue;
            return new SourceCache(workshop.cache(options.get())).take(archive, read, context);
        })).whenEnded(state -> {
            if (state instanceof TaskState.Done<SourceCache.Taken>(var taken)) {
                then.accept(STRINGS.get(taken.already() ? "cache.already" : "cache.taken", taken.archive().file(), taken.definition()));
                replan();
            } else if (state instanceof TaskState.Failed<?>(Problem problem)) failed.accept(problem);
        });
    }

    /// The builds that were begun and not put away, the oldest first.
    public ObservableList<BuildViewModel> builds() {
        return builds;
    }

    /// What is searched for: a version, the beginning of one, or a word.
    public StringProperty search() {
        return search;
    }

    /// Which family is listed while nothing is searched for.
    public ObjectProperty<String> family() {
        return family;
    }

    /// Whether pre-releases, free-threaded, development and older builds are listed, too.
    public BooleanProperty unusual() {
        return unusual;
    }

    /// The families there are.
    public ObservableList<String> families() {
        return families;
    }

    /// What is listed.
    public ObservableList<Known> found() {
        return found;
    }

    /// What was chosen; null for nothing.
    public ObjectProperty<Known> chosen() {
        return chosen;
    }

    /// How it is built.
    public ObjectProperty<BuildOptions> options() {
        return options;
    }

    /// What an install would do; empty while nothing is chosen.
    public ReadOnlyObjectProperty<Optional<Plan>> planned() {
        return plan.getReadOnlyProperty();
    }

    /// What the list holds, or what was typed would install, in a sentence.
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /// The tab was closed: what takes long goes on.
    ///
    /// @param say takes that a build goes on, and later how it ended
    public void close(Consumer<String> say) {
        installed = () -> {};
        builds.stream().filter(build -> build.running().get()).forEach(build -> {
            say.accept(STRINGS.get("build.goes-on", build.name()));
            build.running().addListener((_, _, runs) -> {
                if (!runs) say.accept(build.said().get());
            });
        });
    }
}
