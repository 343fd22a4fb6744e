package serpentarium.traffic.engine.proxy;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import serpentarium.task.ServiceThreads;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.engine.live.ConnectionOwner;

/// Finds the programs that connect to the proxy, one after another beside the traffic.
final class Processes {
    private static final int MOST_WAITING = 200;
    /// A search rests for as long as the last one took; who came meanwhile is looked for again.
    private static final int TRIES = 4;
    private static final int PAUSE_MILLIS = 60;

    private final ServiceThreads threads;
    private final ConnectionOwner owner = new ConnectionOwner();
    private final ConcurrentLinkedQueue<Asked> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();
    /// Whether the system tells at all.
    private final boolean told = Files.isReadable(Path.of("/proc/net/tcp"));

    private record Asked(InetSocketAddress client, InetSocketAddress here, ScheduledExecutorService loop, int tries, Consumer<ProcessFacts> answer) {}

    Processes(ServiceThreads threads) {
        this.threads = threads;
    }

    /// Finds the program at the other end of a connection to here; it is told when it is found.
    ///
    /// @param loop where it waits before it is looked for again
    /// @return whether it may be found
    boolean find(InetSocketAddress client, InetSocketAddress here, ScheduledExecutorService loop, Consumer<ProcessFacts> answer) {
        boolean ours = client.getAddress().isLoopbackAddress() || client.getAddress().equals(here.getAddress());
        return told && ours && ask(new Asked(client, here, loop, TRIES, answer));
    }

    private boolean ask(Asked one) {
        if (waiting.size() >= MOST_WAITING) return false;
        waiting.add(one);
        if (running.compareAndSet(false, true)) threads.aside("processes", this::work);
        return true;
    }

    private void work() {
        do {
            Asked next;
            while ((next = waiting.poll()) != null) {
                Asked asked = next;
                owner.of(Passage.endpoint(next.client), Passage.endpoint(next.here)).ifPresentOrElse(next.answer, () -> again(asked));
            }
            running.set(false);
        } while (!waiting.isEmpty() && running.compareAndSet(false, true));
    }

    private void again(Asked asked) {
        if (asked.tries <= 1 || asked.loop.isShutdown()) return;
        var next = new Asked(asked.client, asked.here, asked.loop, asked.tries - 1, asked.answer);
        try {
            asked.loop.schedule(() -> ask(next), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // The proxy ends.
        }
    }
}
