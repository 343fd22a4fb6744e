package serpentarium.traffic.engine.proxy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.DiskSession;
import serpentarium.traffic.engine.SessionLimits;
import serpentarium.traffic.engine.trust.Authority;

/// A proxy with a session, for tests.
final class Proxied implements AutoCloseable {
    final DiskSession session;
    final Authority authority;
    final ProxyServer proxy;
    final Listener forward;

    Proxied(Path folder) throws IOException {
        this(folder, ProxyOptions.USUAL, Recorder.MOST);
    }

    Proxied(Path folder, ProxyOptions options, long waiting) throws IOException {
        this(folder, options, waiting, Patience.USUAL);
    }

    Proxied(Path folder, ProxyOptions options, long waiting, Patience patience) throws IOException {
        session = DiskSession.create(folder.resolve("session-" + System.nanoTime()), SessionLimits.NONE);
        authority = Authority.open(folder.resolve("authority"));
        proxy = new ProxyServer(session, authority, options, waiting, patience);
        forward = proxy.start(new ListenerSpec.Forward(ListenerSpec.LOOPBACK, 0));
    }

    Listener reverse(String url, boolean keepHost) {
        return proxy.start(ListenerSpec.Reverse.of(ListenerSpec.LOOPBACK, 0, url, keepHost));
    }

    String url() {
        return "http://127.0.0.1:" + forward.port();
    }

    /// Waits until so many flows have ended, in the order in which they began.
    List<Flow> ended(int count) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            FlowTable table = session.table();
            var rows = new ArrayList<Integer>();
            for (int row = 0; row < table.size(); row++) if (!table.open(row)) rows.add(row);
            if (rows.size() >= count) {
                var flows = new ArrayList<Flow>();
                for (int row : rows) flows.add(session.flow(row));
                return flows;
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("only these flows: " + all());
    }

    /// Waits until a flow, which may still go on, is as it should be.
    Flow until(Predicate<Flow> wanted) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            for (Flow flow : all()) if (wanted.test(flow)) return flow;
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("only these flows: " + all());
    }

    List<Flow> all() throws IOException {
        var flows = new ArrayList<Flow>();
        for (int row = 0; row < session.table().size(); row++) flows.add(session.flow(row));
        return flows;
    }

    /// A body as it was sent.
    byte[] body(Flow flow, Side side) throws IOException {
        try (var in = session.body(session.row(flow.id()), side)) {
            return in.readAllBytes();
        }
    }

    @Override public void close() throws IOException {
        proxy.close();
        session.close();
    }
}
