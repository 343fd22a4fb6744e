package serpentarium.log.engine.receive;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import serpentarium.base.Strings;

/// A port that records are received on. Safe to use from any thread.
public final class Receiver {
    private static final Strings STRINGS = Strings.of(Receiver.class);

    private final ReceiverSpec spec;
    private final Channel channel;
    private final DatagramIntake datagrams;
    private final int port;
    private final InetAddress address;
    private volatile OptionalLong last = OptionalLong.empty();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final AtomicLong accepted = new AtomicLong();

    Receiver(ReceiverSpec spec, Channel channel, DatagramIntake datagrams) {
        this.spec = spec;
        this.datagrams = datagrams;
        this.channel = channel;
        port = ((InetSocketAddress) channel.localAddress()).getPort();
        address = ((InetSocketAddress) channel.localAddress()).getAddress();
    }

    /// What it does.
    public ReceiverSpec spec() {
        return spec;
    }

    /// The port that was bound.
    public int port() {
        return port;
    }

    /// Whether it listens.
    public boolean running() {
        return channel.isActive();
    }

    /// How many connections are open.
    public int open() {
        return connections.size();
    }

    /// How many connections there were.
    public long accepted() {
        return accepted.get();
    }

    /// Datagrams that the system or this program threw away because they came faster than they were read; empty for connections, and where the system does not tell.
    public OptionalLong lost() {
        if (datagrams == null) return OptionalLong.empty();
        OptionalLong system = running() ? KernelDrops.of(port) : last;
        if (system.isEmpty() && datagrams.lost() == 0) return system;
        return OptionalLong.of(system.orElse(0) + datagrams.lost());
    }

    /// What a person should know of it: that other machines reach it. Empty for one that only this machine reaches.
    public Optional<String> notice() {
        return address.isLoopbackAddress() ? Optional.empty() : Optional.of(STRINGS.get("receive.open", address.getHostAddress(), String.valueOf(port())));
    }

    void add(Channel connection) {
        accepted.incrementAndGet();
        connections.add(connection);
    }

    /// Stops listening and ends its connections; what they said completely is kept.
    public void stop() {
        if (datagrams != null) last = KernelDrops.of(port);
        channel.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
        connections.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
