package serpentarium.shell;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.kit.Ports;

/// What happens to an exception that nobody caught on the window's thread: it is logged and said, and the window lives on.
final class UncaughtErrors implements Thread.UncaughtExceptionHandler {
    private static final Strings STRINGS = Strings.of(UncaughtErrors.class);
    private static final Logger LOG = LoggerFactory.getLogger(UncaughtErrors.class);

    private final Ports ports;

    UncaughtErrors(Ports ports) {
        this.ports = ports;
    }

    void guard(Thread thread) {
        thread.setUncaughtExceptionHandler(this);
    }

    @Override public void uncaughtException(Thread thread, Throwable error) {
        LOG.error("{}", thread.getName(), error);
        ports.notify(problem(error));
    }

    private static Problem problem(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException known) return known.problem();
            if (cause instanceof OutOfMemoryError) return Problem.of(STRINGS, "shell.memory", Place.NOWHERE).causedBy(error);
        }
        StackTraceElement[] trace = error.getStackTrace();
        String where = trace.length == 0 ? "" : trace[0].getClassName() + "." + trace[0].getMethodName() + ":" + trace[0].getLineNumber();
        String what = error.getMessage() == null ? error.getClass().getSimpleName() : error.getClass().getSimpleName() + ": " + error.getMessage();
        return Problem.of(STRINGS, "shell.unexpected", Place.NOWHERE, what, where).causedBy(error);
    }
}
