package serpentarium.python.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Notices;
import serpentarium.kit.Ports;
import serpentarium.python.engine.PinWriter;
import serpentarium.python.engine.Resolver;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Pins are written and deleted here; each change can be taken back from the notice that tells it.
final class PinChanges {
    private static final Strings STRINGS = Strings.of(PinChanges.class);

    private final Tasks tasks;
    private final Ports ports;
    private final Runnable changed;

    /// @param changed is told after each change
    PinChanges(Tasks tasks, Ports ports, Runnable changed) {
        this.tasks = tasks;
        this.ports = ports;
        this.changed = changed;
    }

    /// The pin of a folder.
    static Path pin(Path folder) {
        return folder.resolve(Resolver.PIN);
    }

    /// Makes a file say these words.
    void write(Path file, List<String> words) {
        change(file, STRINGS.get("pin.written", AnswerText.folder(file), String.join(", ", words)), seen -> PinWriter.write(seen, words));
    }

    /// Deletes a file.
    void remove(Path file) {
        change(file, STRINGS.get("pin.removed", AnswerText.folder(file)), PinWriter::remove);
    }

    private void change(Path file, String said, Function<PinWriter.Seen, PinWriter.Change> how) {
        run(said, () -> how.apply(PinWriter.look(file)), change -> ports.offer(said, new Notices.Action(STRINGS.get("pin.undo"), () -> undo(file, change))));
    }

    private void undo(Path file, PinWriter.Change change) {
        String said = STRINGS.get("pin.undone", AnswerText.folder(file));
        run(said, () -> PinWriter.undo(change), _ -> ports.notify(said));
    }

    private void run(String title, java.util.function.Supplier<PinWriter.Change> work, java.util.function.Consumer<PinWriter.Change> then) {
        tasks.submit(TaskSpec.of(title, Lane.serial("pins"), _ -> work.get()).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Done<PinWriter.Change>(PinWriter.Change change)) {
                then.accept(change);
                changed.run();
            } else if (state instanceof TaskState.Failed<PinWriter.Change>(Problem problem)) ports.notify(problem);
        });
    }
}
