package serpentarium.app.cli;

import java.io.PrintWriter;
import java.time.Duration;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Strings;
import serpentarium.task.Lane;
import serpentarium.task.Progress;
import serpentarium.task.TaskHandle;
import serpentarium.task.TaskSpec;
import serpentarium.task.TaskState;
import serpentarium.task.Tasks;

/// Where verbs write, and how they run their work: results to standard output, everything else to standard error.
///
/// @param out      results
/// @param err      messages and progress
/// @param tasks    runs work on the caller's thread
/// @param terminal whether progress can be drawn
public record Console(PrintWriter out, PrintWriter err, Tasks tasks, boolean terminal) {
    private static final Strings STRINGS = Strings.of(Console.class);

    /// Runs work to its end.
    ///
    /// @throws ProblemException when it failed
    public <T> T run(String title, TaskSpec.Work<T> work) {
        TaskHandle<T> handle = tasks.submit(TaskSpec.of(title, Lane.IO, work));
        return switch (handle.state()) {
            case TaskState.Done<T>(T value) -> value;
            case TaskState.Failed<T>(Problem problem) -> throw new ProblemException(problem);
            case TaskState.Cancelled<T> _, TaskState.Queued<T> _, TaskState.Running<T> _ ->
                    throw new ProblemException(Problem.of(STRINGS, "cli.cancelled", Place.NOWHERE));
        };
    }

    /// Draws how far a task is, on one line of a terminal.
    public void progress(String title, Progress progress) {
        if (!terminal) return;
        String share = progress.fraction() < 0 ? "" : " " + Quantity.share(progress.fraction());
        Duration left = progress.left();
        err.print("\r" + title + share + (left == null ? "" : " " + STRINGS.get("cli.left", Quantity.time(left))) + "\u001b[K");
        err.flush();
    }

    /// Wipes the progress line.
    public void progressDone() {
        if (!terminal) return;
        err.print("\r\u001b[K");
        err.flush();
    }
}
