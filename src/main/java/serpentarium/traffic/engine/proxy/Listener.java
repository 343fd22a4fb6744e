package serpentarium.traffic.engine.proxy;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Side;
import serpentarium.traffic.format.wire.Protocol;

/// A port that is listened on. Safe to use from any thread.
public final class Listener {
    private static final Strings STRINGS = Strings.of(Listener.class);

    /// How long a client waits at most until it is known which program it is.
    private static final int MOST_LOOK_MILLIS = 5;

    private final ListenerSpec spec;
    private final FlowSource source;
    private final Channel channel;
    private final Supplier<ProxyOptions> options;
    private final AddressGuard guard;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong[] bytes = {new AtomicLong(), new AtomicLong()};

    Listener(ListenerSpec spec, Channel channel, Supplier<ProxyOptions> options, AddressGuard guard) {
        this(spec, spec instanceof ListenerSpec.Reverse ? FlowSource.REVERSE : FlowSource.PROXY, channel, options, guard);
    }

    private Listener(ListenerSpec spec, FlowSource source, Channel channel, Supplier<ProxyOptions> options, AddressGuard guard) {
        this.spec = spec;
        this.source = source;
        this.channel = channel;
        this.options = options;
        this.guard = guard;
    }

    /// In place of a listener for what is sent from here: it has no port.
    static Listener ofSent(Supplier<ProxyOptions> options, AddressGuard guard) {
        return new Listener(null, FlowSource.SENT, null, options, guard);
    }

    /// What it does.
    public ListenerSpec spec() {
        return spec;
    }

    /// Where it listens; the port is the one that was bound.
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// The port that was bound.
    public int port() {
        return address().getPort();
    }

    /// Whether it listens.
    public boolean running() {
        return channel.isActive();
    }

    /// What went through it.
    public ProxyCounts counts() {
        return new ProxyCounts(connections.get(), passages.size(), bytes[0].get(), bytes[1].get());
    }

    /// What a person should know of it: that other machines reach it. Empty for one that only this machine reaches.
    public Optional<String> notice() {
        return address().getAddress().isLoopbackAddress() ? Optional.empty() : Optional.of(STRINGS.get("listen.open", address().getAddress().getHostAddress(), String.valueOf(port())));
    }

    /// Stops listening and ends the connections that go through it. Returns when the port is free.
    public void stop() {
        int port = port();
        channel.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        guard.remove(port);
        for (Passage passage : passages) passage.loop().execute(() -> passage.close(Protocol.Ending.UNSEEN));
    }

    ProxyOptions options() {
        return options.get();
    }

    /// What clients must show; null where nothing.
    Password password() {
        ProxyOptions.Credentials credentials = options().credentials();
        return credentials == null ? null : new Password(credentials);
    }

    FlowSource source() {
        return source;
    }

    void count(Side from, int length) {
        bytes[from.ordinal()].addAndGet(length);
    }

    /// A client connected.
    void accepted(Site site, Channel client) {
        connections.incrementAndGet();
        var end = new End(client);
        var passage = new Passage(site, this, end);
        passages.add(passage);
        client.closeFuture().addListener(_ -> passages.remove(passage));
        client.pipeline().addLast(end);
        end.stage(switch (spec) {
            case ListenerSpec.Forward _ -> new ForwardStart(passage);
            case ListenerSpec.Reverse reverse -> new ReverseStart(passage, reverse);
        });
        // A client that ends with the answer would be gone before it is found, so it is answered a moment later.
        passage.lookUp().ifPresent(found -> {
            client.config().setAutoRead(false);
            Runnable read = () -> client.config().setAutoRead(true);
            var late = client.eventLoop().schedule(read, MOST_LOOK_MILLIS, TimeUnit.MILLISECONDS);
            found.thenRun(() -> client.eventLoop().execute(() -> {
                if (late.cancel(false)) read.run();
            }));
        });
    }
}
