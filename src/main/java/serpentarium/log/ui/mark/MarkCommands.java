package serpentarium.log.ui.mark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Node;
import serpentarium.base.AtomicMove;
import serpentarium.base.Problem;
import serpentarium.base.Strings;
import serpentarium.kit.Command;
import serpentarium.kit.Ports;
import serpentarium.log.engine.FailureGroup;
import serpentarium.log.engine.Investigation;
import serpentarium.log.engine.LogLines.Spot;
import serpentarium.log.ui.mark.MarksViewModel.Marked;
import serpentarium.task.Lane;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// What can be done with marks: to set them, write about them, go from one to the next, and export what was found out.
public final class MarkCommands {
    private static final Strings STRINGS = Strings.of(MarkCommands.class);
    private static final int MOST_FAILURES = 30;

    private final MarksViewModel model;
    private final Tasks tasks;
    private final Ports ports;
    private final ZoneId zone;
    private final Around around;

    /// What surrounds the marks.
    ///
    /// @param name     the log's name
    /// @param current  the line with the keyboard, or null
    /// @param go       shows a line
    /// @param filter   what is shown of the log; empty for all
    /// @param failures what failed, the most frequent first
    public record Around(String name, Supplier<Spot> current, Consumer<Spot> go, Supplier<String> filter, Supplier<List<FailureGroup>> failures) {}

    /// Makes them.
    public MarkCommands(MarksViewModel model, Tasks tasks, Ports ports, ZoneId zone, Around around) {
        this.model = model;
        this.tasks = tasks;
        this.ports = ports;
        this.zone = zone;
        this.around = around;
    }

    /// To set marks and to go to them.
    ///
    /// @param strip  asks for the note
    /// @param beside beside what it asks
    public List<Command> commands(MarkStrip strip, Node beside) {
        return List.of(
                command("toggle", "fth-bookmark", "M", () -> {
                    if (around.current.get() != null) model.toggle(around.current.get());
                }),
                command("note", "fth-edit-3", "Shift+M", () -> strip.edit(beside)),
                command("next", "fth-arrow-down", "U", () -> model.next(around.current.get(), true).ifPresent(around.go)),
                command("previous", "fth-arrow-up", "Shift+U", () -> model.next(around.current.get(), false).ifPresent(around.go)));
    }

    /// To export what was found out.
    public List<Command> export() {
        return List.of(Command.of("log.marks.save", STRINGS.get("export.save"), "fth-download", null, this::save),
                Command.of("log.marks.copy", STRINGS.get("export.copy"), "fth-copy", null, this::copy));
    }

    private static Command command(String id, String icon, String keys, Runnable run) {
        return Command.of("log.mark." + id, STRINGS.get("command." + id), icon, keys, run);
    }

    private String markdown(List<Marked> marks, String filter, List<FailureGroup> failures) throws IOException {
        return new Investigation(around.name, filter, model.findings(marks), failures).markdown(zone, Instant.now());
    }

    private void save() {
        ports.chooseSave(STRINGS.get("export.save.title"), around.name.replaceFirst("\\.log$", "") + "-investigation.md").ifPresent(this::save);
    }

    private void save(Path to) {
        write(text -> {
            Path part = Files.createTempFile(to.toAbsolutePath().getParent(), "investigation", ".part");
            try {
                Files.writeString(part, text);
                AtomicMove.over(part, to);
            } finally {
                Files.deleteIfExists(part);
            }
        }, _ -> ports.notifySaved(STRINGS.get("export.saved"), to));
    }

    private void copy() {
        write(_ -> { }, text -> {
            ports.copy(text);
            ports.notify(STRINGS.get("export.copied"));
        });
    }

    private interface Keeping {
        void keep(String text) throws IOException;
    }

    private void write(Keeping keeping, Consumer<String> then) {
        List<Marked> marks = List.copyOf(model.marks());
        String filter = around.filter.get();
        List<FailureGroup> failures = around.failures.get();
        List<FailureGroup> most = failures.subList(0, Math.min(MOST_FAILURES, failures.size()));
        tasks.submit(TaskSpec.of(STRINGS.get("export.task"), Lane.IO, _ -> {
            String text = markdown(marks, filter, most);
            keeping.keep(text);
            return text;
        })).whenEnded(state -> {
            switch (state) {
                case TaskState.Done<String>(String text) -> then.accept(text);
                case TaskState.Failed<String>(Problem problem) -> ports.notify(problem);
                case TaskState.Cancelled<String> _, TaskState.Queued<String> _, TaskState.Running<String> _ -> { }
            }
        });
    }
}
