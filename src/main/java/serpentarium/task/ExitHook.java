package serpentarium.task;

/// Something to do when the program is told to end (Ctrl+C, logging out): cancel the tasks, so that no child is left behind.
///
/// ```java
/// try (var _ = ExitHook.of(() -> tasks.shutdown(Duration.ofSeconds(5)))) { … }
/// ```
public final class ExitHook implements AutoCloseable {
    private final Thread thread;

    private ExitHook(Thread thread) {
        this.thread = thread;
    }

    /// Runs `action` when the program ends, unless the hook is closed before. What it throws is logged.
    public static ExitHook of(Runnable action) {
        Thread thread = Thread.ofPlatform().name("exit").unstarted(() -> Guard.run("An exit hook", action));
        Runtime.getRuntime().addShutdownHook(thread);
        return new ExitHook(thread);
    }

    /// Forgets the action. Does nothing when the program is ending already.
    @Override public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException _) {
            // The program is ending: the action runs or has run.
            return;
        }
    }
}
