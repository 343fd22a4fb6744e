package serpentarium.task;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls code of others (listeners, cancel actions) so that what it throws reaches the log and nobody else.
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    private Guard() {}

    /// Runs an action.
    ///
    /// @param what names it in the log
    static void run(String what, Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            LOG.error("{} threw", what, e);
        }
    }

    /// Hands an action to an executor that may refuse it (a window that has closed).
    ///
    /// @param what names it in the log
    /// @return whether it was taken
    static boolean hand(Executor executor, String what, Runnable action) {
        try {
            executor.execute(() -> run(what, action));
            return true;
        } catch (Throwable e) {
            LOG.warn("{} could not be called", what, e);
            return false;
        }
    }
}
