package serpentarium.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;

/// The one place where a throw becomes a [Problem], and where it is logged, once.
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final Strings STRINGS = Strings.of(Problems.class);
    private static final int DETAIL_LIMIT = 2_000;

    private Problems() {}

    /// Makes a problem of what the work of the task called `title` threw, and logs it: what a person can cause in a line, what nobody
    /// foresaw with its stack.
    static Problem report(String title, Throwable thrown) {
        Throwable cause = unwrap(thrown);
        Problem problem = of(cause);
        switch (cause) {
            case ProblemException _, IOException _ -> LOG.info("{}: {} [{}]", title, problem.line(), problem.id());
            default -> LOG.error("{}: {} [{}]", title, problem.line(), problem.id(), thrown);
        }
        return problem;
    }

    /// The problem behind a throwable, with the throwable as its cause. Logs nothing.
    static Problem of(Throwable cause) {
        Problem problem = switch (cause) {
            case ProblemException known -> known.problem();
            case NoSuchFileException e -> Problem.of(STRINGS, "task.file-missing", place(e), file(e));
            case AccessDeniedException e -> Problem.of(STRINGS, "task.access-denied", place(e), file(e));
            case FileSystemException e -> Problem.of(STRINGS, "task.file-system", place(e), file(e));
            case IOException e -> Problem.of(STRINGS, "task.io", Place.NOWHERE, words(e));
            case OutOfMemoryError _ -> Problem.of(STRINGS, "task.memory", Place.NOWHERE, Runtime.getRuntime().maxMemory() >> 20);
            case StackOverflowError _ -> Problem.of(STRINGS, "task.too-deep", Place.NOWHERE);
            default -> Problem.of(STRINGS, "task.unexpected", Place.NOWHERE, words(cause));
        };
        return problem.cause() == null ? problem.causedBy(cause) : problem;
    }

    /// What was thrown before others wrapped it to carry it across a lambda or a thread.
    static Throwable unwrap(Throwable thrown) {
        Throwable inner = thrown;
        while (inner instanceof UncheckedIOException || inner instanceof ExecutionException || inner instanceof CompletionException) {
            if (inner.getCause() == null) return inner;
            inner = inner.getCause();
        }
        return inner;
    }

    private static Place place(FileSystemException e) {
        return e.getFile() == null ? Place.NOWHERE : Place.of(e.getFile());
    }

    private static String file(FileSystemException e) {
        String reason = e.getReason() == null ? "" : e.getReason();
        if (e.getFile() == null) return limit(reason);
        return limit(reason.isEmpty() ? e.getFile() : e.getFile() + ": " + reason);
    }

    private static String words(Throwable e) {
        return limit(e.getMessage() == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private static String limit(String text) {
        return text.length() <= DETAIL_LIMIT ? text : text.substring(0, DETAIL_LIMIT) + "…";
    }
}
