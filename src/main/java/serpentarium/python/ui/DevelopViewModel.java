package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import serpentarium.base.Problem;
import serpentarium.python.engine.develop.CmakeCheck;
import serpentarium.python.engine.develop.CmakeReport;
import serpentarium.python.engine.develop.ModuleCheck;
import serpentarium.python.engine.develop.ModuleReport;
import serpentarium.python.engine.develop.Subject;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What a compiler needs of the selected Python, and checks that it is so.
final class DevelopViewModel {
    private final Tasks tasks;
    private final Path scratch;
    private final Consumer<Problem> failed;
    private final ReadOnlyObjectWrapper<Optional<Subject>> subject = new ReadOnlyObjectWrapper<>(this, "subject", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<CmakeReport>> cmake = new ReadOnlyObjectWrapper<>(this, "cmake", Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<ModuleReport>> module = new ReadOnlyObjectWrapper<>(this, "module", Optional.empty());
    private final ReadOnlyBooleanWrapper checking = new ReadOnlyBooleanWrapper(this, "checking");
    private TaskHandle<?> running;

    /// @param scratch where checks have their folders
    DevelopViewModel(Tasks tasks, Path scratch, Consumer<Problem> failed) {
        this.tasks = tasks;
        this.scratch = scratch;
        this.failed = failed;
    }

    /// Goes to another Python; what was found of the one before is put away.
    void use(VersionRow row) {
        Optional<Subject> next = Optional.ofNullable(row).flatMap(each -> each.installed().executable().flatMap(program ->
                each.facts().map(facts -> new Subject(each.name(), each.installed().prefix(), program, facts))));
        if (next.map(Subject::prefix).equals(subject.get().map(Subject::prefix)) && next.map(Subject::name).equals(subject.get().map(Subject::name))) return;
        cancel();
        cmake.set(Optional.empty());
        module.set(Optional.empty());
        subject.set(next);
    }

    /// Asks CMake.
    void checkCmake() {
        subject.get().ifPresent(python -> run(tasks.submit(new CmakeCheck(scratch).task(python, _ -> { })), report -> cmake.set(Optional.of(report))));
    }

    /// Compiles, imports and calls a small module.
    void checkModule() {
        subject.get().ifPresent(python -> run(tasks.submit(new ModuleCheck(scratch).task(python, _ -> { })), report -> module.set(Optional.of(report))));
    }

    private <T> void run(TaskHandle<T> task, Consumer<T> then) {
        running = task;
        checking.set(true);
        task.whenEnded(state -> {
            if (running != task) return;
            checking.set(false);
            if (state instanceof TaskState.Done<T>(T value)) then.accept(value);
            else if (state instanceof TaskState.Failed<T>(Problem problem)) failed.accept(problem);
        });
    }

    /// Ends the check that runs.
    void cancel() {
        TaskHandle<?> task = running;
        running = null;
        checking.set(false);
        if (task != null) task.cancel();
    }

    /// What is compiled for; empty where it has no interpreter or its files say nothing.
    ReadOnlyObjectProperty<Optional<Subject>> subject() {
        return subject.getReadOnlyProperty();
    }

    /// What CMake found.
    ReadOnlyObjectProperty<Optional<CmakeReport>> cmake() {
        return cmake.getReadOnlyProperty();
    }

    /// How far the module came.
    ReadOnlyObjectProperty<Optional<ModuleReport>> module() {
        return module.getReadOnlyProperty();
    }

    /// Whether a check runs.
    ReadOnlyBooleanProperty checking() {
        return checking.getReadOnlyProperty();
    }
}
