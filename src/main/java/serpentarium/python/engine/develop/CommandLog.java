package serpentarium.python.engine.develop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// Runs commands one after another and keeps what they say, the last lines of it.
final class CommandLog {
    private static final int MOST_LINES = 2_000;

    private final Path folder;
    private final TaskContext context;
    private final Consumer<String> listener;
    private final List<String> lines = new ArrayList<>();

    /// @param folder   where the commands run
    /// @param listener is told each line as it comes
    CommandLog(Path folder, TaskContext context, Consumer<String> listener) {
        this.folder = folder;
        this.context = context;
        this.listener = listener;
    }

    /// Runs a command to its end.
    ///
    /// @return the exit code
    int run(List<String> command) throws IOException, InterruptedException {
        add("$ " + Quoting.line(command));
        return ChildProcess.run(ChildProcess.Spec.of(command.toArray(String[]::new)).in(folder).with(Subject.SURROUNDINGS).without(Subject.GONE)
                .lines(line -> add(line.text())), context);
    }

    private synchronized void add(String line) {
        if (lines.size() == MOST_LINES) lines.removeFirst();
        lines.add(line);
        listener.accept(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /// A program of the PATH.
    static Optional<Path> program(String name) {
        if (name.contains("/")) return Optional.of(Path.of(name)).filter(Files::isExecutable);
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)).filter(each -> !each.isEmpty())
                .map(each -> Path.of(each).resolve(name)).filter(each -> Files.isRegularFile(each) && Files.isExecutable(each)).findFirst();
    }
}
