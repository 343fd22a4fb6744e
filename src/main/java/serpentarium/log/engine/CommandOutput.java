package serpentarium.log.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import serpentarium.base.ProblemException;
import serpentarium.task.ChildProcess;
import serpentarium.task.TaskContext;

/// What a command writes, as a log: both of its streams, line by line as they come, in one [OutputFile].
public final class CommandOutput {
    private static final int LONGEST_LINE = 1 << 20;

    private final List<String> command;
    private final OutputFile file;

    private CommandOutput(List<String> command, OutputFile file) {
        this.command = List.copyOf(command);
        this.file = file;
    }

    /// Prepares a command; nothing runs yet.
    ///
    /// @param folder where its output is kept
    public static CommandOutput of(List<String> command, Path folder) throws IOException {
        return new CommandOutput(command, OutputFile.in(folder, String.join(" ", command)));
    }

    /// What runs.
    public List<String> command() {
        return command;
    }

    /// Where its output is.
    public Path path() {
        return file.path();
    }

    /// Runs the command until it ends, or until the task is cancelled: then it and all that it started are ended.
    ///
    /// @return its exit code
    /// @throws ProblemException where there is no such program
    /// @throws IOException      where its output cannot be kept; the command is ended
    public int run(TaskContext context) throws IOException, InterruptedException {
        try {
            return ChildProcess.run(ChildProcess.Spec.of(command.toArray(String[]::new)).longest(LONGEST_LINE).lines(this::line), context);
        } finally {
            file.close();
        }
    }

    private void line(ChildProcess.Line line) {
        byte[] bytes = (line.text() + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            file.write(bytes, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Takes away what was kept.
    public void delete() throws IOException {
        file.delete();
    }
}
