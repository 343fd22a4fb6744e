package serpentarium.task;

import java.util.concurrent.ThreadFactory;

/// The threads of something that serves as long as the program wants it, such as a proxy's event loops: named daemons, which end when what
/// runs on them returns. Whoever asked for them ends that.
///
/// Work with a beginning and an end is a [TaskSpec] instead.
public final class ServiceThreads {
    private final String name;

    /// Threads whose names begin with `name`.
    public ServiceThreads(String name) {
        this.name = name;
    }

    /// Makes the threads of loops.
    public ThreadFactory loops() {
        return Thread.ofPlatform().daemon().name(name + "-", 1).factory();
    }

    /// Runs something short that waits for the system, such as a name that is looked up, on a thread of its own. What it throws is logged.
    public void aside(String what, Runnable action) {
        Thread.ofVirtual().name(name + "-" + what).start(() -> Guard.run(what, action));
    }
}
