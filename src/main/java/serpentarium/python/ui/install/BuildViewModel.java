package serpentarium.python.ui.install;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import serpentarium.base.Problem;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.python.engine.build.BuildFollower;
import serpentarium.python.engine.build.BuildLog;
import serpentarium.python.engine.build.BuildOptions;
import serpentarium.python.engine.build.BuildOutcome;
import serpentarium.python.engine.build.BuildProgress;
import serpentarium.python.engine.build.BuildTask;
import serpentarium.python.engine.build.Definition;
import serpentarium.python.engine.build.MissingModules;
import serpentarium.python.engine.build.Workshop;
import serpentarium.task.Batches;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// One build: how far it is, what it says, and how it ended.
public final class BuildViewModel {
    private static final Strings STRINGS = Strings.of(BuildViewModel.class);
    private static final int WAITING = 50_000;

    private final InstallViewModel installs;
    private final Definition definition;
    private final BuildOptions options;
    private final Tasks tasks;
    private final BuildTask build;
    private final Batches<BuildLog.Line> batches;
    private final Batches<BuildProgress> steps;
    private final ObservableList<BuildLog.Line> lines = FXCollections.observableArrayList();
    private final ObservableList<BuildLog.Line> marked = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<BuildProgress>> progress = new ReadOnlyObjectWrapper<>(this, "progress", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<BuildOutcome>> outcome = new ReadOnlyObjectWrapper<>(this, "outcome", Optional.empty());
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper(this, "running");
    private final ReadOnlyStringWrapper said = new ReadOnlyStringWrapper(this, "said", "");
    private String cleaned = "";
    private boolean cancelled;
    private TaskHandle<BuildOutcome> handle;

    BuildViewModel(Workshop workshop, Definition definition, BuildOptions options, Tasks tasks, Executor window, InstallViewModel installs) throws IOException {
        this.installs = installs;
        this.definition = definition;
        this.options = options;
        this.tasks = tasks;
        this.batches = new Batches<>(WAITING, window, this::add);
        this.steps = new Batches<>(WAITING, window, batch -> {
            if (batch.items().isEmpty()) return;
            progress.set(Optional.of(batch.items().getLast()));
            said.set(STRINGS.get("build.runs", name()));
        });
        this.build = new BuildTask(workshop, definition, options, true, new BuildFollower() {
            @Override public void progress(BuildProgress now) {
                steps.offer(now);
            }

            @Override public void cleaned(Cleanup cleanup) {
                String words = words(cleanup);
                window.execute(() -> {
                    cleaned = words;
                    // The task is cancelled at once; what is left of it is gone a moment later.
                    if (cancelled) said.set(STRINGS.get("build.cancelled", name(), cleaned).strip());
                });
            }
        });
        build.log().follow(batches::offer);
    }

    private static String words(BuildFollower.Cleanup cleanup) {
        var words = new ArrayList<String>();
        words.add(STRINGS.get("cleaned", Quantity.time(cleanup.stopped()), Quantity.count(cleanup.files()), Quantity.size(cleanup.bytes())));
        if (cleanup.partialRemoved()) words.add(STRINGS.get("cleaned.partial"));
        if (cleanup.earlierRestored()) words.add(STRINGS.get("cleaned.restored"));
        return String.join(" ", words);
    }

    void start() {
        running.set(true);
        said.set(STRINGS.get("build.waiting"));
        handle = tasks.submit(build.spec());
        handle.whenEnded(state -> {
            steps.flush();
            batches.flush();
            switch (state) {
                case TaskState.Done<BuildOutcome>(BuildOutcome end) -> {
                    outcome.set(Optional.of(end));
                    said.set(sentence(end));
                }
                case TaskState.Failed<BuildOutcome>(Problem problem) -> {
                    said.set(problem.title());
                    installs.failed(problem);
                }
                case TaskState.Cancelled<?> _, TaskState.Queued<?> _, TaskState.Running<?> _ -> {
                    cancelled = true;
                    said.set(STRINGS.get("build.cancelled", name(), cleaned).strip());
                }
            }
            running.set(false);
            installs.ended();
        });
    }

    private String sentence(BuildOutcome end) {
        return switch (end) {
            case BuildOutcome.Installed(String name, _, var took, _, _) -> STRINGS.get("build.installed", name, Quantity.time(took));
            case BuildOutcome.Incomplete(String name, _, _, List<MissingModules.Module> missing, _, _) -> STRINGS.get("build.incomplete", name,
                    String.join(", ", missing.stream().filter(MissingModules.Module::matters).map(MissingModules.Module::name).toList()));
            case BuildOutcome.There(String name, _, _) -> STRINGS.get("build.there", name);
            case BuildOutcome.Failed(_, var diagnosis, _) -> diagnosis.title();
        };
    }

    private void add(Batches.Batch<BuildLog.Line> batch) {
        lines.addAll(batch.items());
        marked.addAll(batch.items().stream().filter(line -> line.kind() == BuildLog.Kind.ERROR || line.kind() == BuildLog.Kind.WARNING).toList());
    }

    /// Ends it; nothing is left behind but the log.
    public void cancel() {
        if (handle != null) handle.cancel();
    }

    /// Builds the same again, over what is there.
    public void again() {
        if (running.get()) return;
        installs.forget(this);
        boolean over = outcome.get().filter(end -> end instanceof BuildOutcome.Incomplete || end instanceof BuildOutcome.There).isPresent();
        installs.install(definition, over ? options.existing(BuildOptions.Existing.AGAIN) : options);
    }

    /// What is built.
    public String name() {
        return options.installedName(definition.name());
    }

    /// How far it is; empty before it began.
    public ReadOnlyObjectProperty<Optional<BuildProgress>> progress() {
        return progress.getReadOnlyProperty();
    }

    /// How it ended; empty while it runs and when it was cancelled.
    public ReadOnlyObjectProperty<Optional<BuildOutcome>> outcome() {
        return outcome.getReadOnlyProperty();
    }

    /// Whether it waits or runs.
    public ReadOnlyBooleanProperty running() {
        return running.getReadOnlyProperty();
    }

    /// What it is at or how it ended, in a sentence.
    public ReadOnlyStringProperty said() {
        return said.getReadOnlyProperty();
    }

    /// All that was said.
    public ObservableList<BuildLog.Line> lines() {
        return lines;
    }

    /// The warnings and errors of it.
    public ObservableList<BuildLog.Line> marked() {
        return marked;
    }

    /// Where all of it is kept.
    public java.nio.file.Path log() {
        return build.log().file();
    }
}
