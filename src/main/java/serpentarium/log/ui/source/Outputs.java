package serpentarium.log.ui.source;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Document;
import serpentarium.kit.Overlay;
import serpentarium.kit.Ports;
import serpentarium.kit.Settings;
import serpentarium.kit.Workpane;
import serpentarium.log.engine.CommandOutput;
import serpentarium.task.Lane;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Commands whose output is a log: asks for one, runs it, and makes the document that shows it.
public final class Outputs {
    private static final Strings STRINGS = Strings.of(Outputs.class);

    private final Tasks tasks;
    private final Ports ports;
    private final Settings settings;
    private final Path folder;
    /// Asked from threads that look at files.
    private final Map<Path, Running> begun = new ConcurrentHashMap<>();

    /// A command that was started for a document.
    record Running(String written, CommandOutput output, TaskHandle<Integer> task) {}

    /// @param folder where outputs are kept while they are shown
    public Outputs(Tasks tasks, Ports ports, Settings settings, Path folder) {
        this.tasks = tasks;
        this.ports = ports;
        this.settings = settings;
        this.folder = folder;
    }

    /// What can be begun without a file.
    public Workpane.Offer offer(Consumer<Path> open) {
        return new Workpane.Offer(Command.of("file.open-output", STRINGS.get("source.open"), "fth-terminal", "Shortcut+Shift+T", () -> ask(open)), STRINGS.get("source.open.about"));
    }

    private void ask(Consumer<Path> open) {
        Optional<Overlay> overlay = ports.overlay();
        if (overlay.isEmpty()) return;
        Runnable close = overlay.get()::close;
        var sheet = new OutputSheet(settings, (preset, said) -> {
            close.run();
            run(preset.written(said[0], said[1]), preset.command(said[0], said[1]), open);
        }, close);
        overlay.get().show(sheet, sheet.focus(), Pos.CENTER);
    }

    /// Runs a command and opens what it writes.
    void run(String written, List<String> command, Consumer<Path> open) {
        tasks.submit(TaskSpec.of(STRINGS.get("source.preparing", written), Lane.IO, _ -> CommandOutput.of(command, folder.toAbsolutePath())).hidden()).whenEnded(state -> {
            if (state instanceof TaskState.Failed<CommandOutput>(Problem problem)) ports.notify(problem);
            else if (state instanceof TaskState.Done<CommandOutput>(CommandOutput output)) {
                TaskHandle<Integer> task = tasks.submit(TaskSpec.of(STRINGS.get("source.running", written), Lane.IO, output::run));
                begun.put(output.path(), new Running(written, output, task));
                task.whenEnded(end -> {
                    if (end instanceof TaskState.Failed<Integer>(Problem problem)) ports.notify(problem);
                    else if (end instanceof TaskState.Done<Integer>(Integer code)) ports.notify(STRINGS.get("source.ended", written, code));
                });
                open.accept(output.path());
            }
        });
    }

    /// Whether a file is what a command writes that was begun here. Safe to use from any thread.
    public boolean has(String file) {
        return begun.keySet().stream().anyMatch(path -> path.toString().equals(file));
    }

    /// The document of a command, given one that shows its file; the same one where the file is no command's.
    public Document document(Path file, Document shows) {
        Running running = begun.get(file);
        return running == null ? shows : new OutputDocument(shows, running, () -> forget(running));
    }

    private void forget(Running running) {
        begun.remove(running.output().path());
        running.task().cancel();
        tasks.submit(TaskSpec.of(STRINGS.get("source.deleting", running.written()), Lane.IO, _ -> {
            running.output().delete();
            return null;
        }).hidden());
    }
}
