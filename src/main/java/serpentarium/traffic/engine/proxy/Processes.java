package serpentarium.traffic.engine.proxy;

import java.net.InetSocketAddress;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import serpentarium.task.ServiceThreads;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.engine.live.ConnectionOwner;

/// Finds the programs that connect to the proxy, one after another beside the traffic.
final class Processes {
    private static final int MOST_WAITING = 200;

    private final ServiceThreads threads;
    private final ConnectionOwner owner = new ConnectionOwner();
    private final ConcurrentLinkedQueue<Asked> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean();

    private record Asked(InetSocketAddress client, InetSocketAddress here, Consumer<ProcessFacts> answer) {}

    Processes(ServiceThreads threads) {
        this.threads = threads;
    }

    /// Finds the program at the other end of a connection to here; it is told when it is found.
    void find(InetSocketAddress client, InetSocketAddress here, Consumer<ProcessFacts> answer) {
        if (!client.getAddress().isLoopbackAddress() && !client.getAddress().equals(here.getAddress())) return;
        if (waiting.size() >= MOST_WAITING) return;
        waiting.add(new Asked(client, here, answer));
        if (running.compareAndSet(false, true)) threads.aside("processes", this::work);
    }

    private void work() {
        do {
            Asked next;
            while ((next = waiting.poll()) != null) owner.of(Passage.endpoint(next.client), Passage.endpoint(next.here)).ifPresent(next.answer);
            running.set(false);
        } while (!waiting.isEmpty() && running.compareAndSet(false, true));
    }
}
