package serpentarium.log.engine.receive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import serpentarium.log.format.wire.Arrivals;
import serpentarium.log.format.wire.Now;
import serpentarium.log.format.wire.Sender;
import serpentarium.log.format.wire.Via;

/// What all connections share: where records go, the time, and how much all of them together may hold of what is not complete.
final class Desk {
    /// How many bytes all connections may hold.
    static final long MOST_HELD = 192L << 20;

    final Intake intake;
    final Now now;
    final ReceiveOptions options;
    private final ConcurrentHashMap<EventLoop, Bench> benches = new ConcurrentHashMap<>();
    private final AtomicLong held = new AtomicLong();
    private final Set<Holder> holders = ConcurrentHashMap.newKeySet();

    /// A connection that holds something.
    interface Holder {
        /// How many bytes.
        int held();

        /// Is ended, because all hold too much and it holds most.
        void evict();
    }

    /// What the connections of one thread share.
    static final class Bench {
        final Arrivals arrivals = new Arrivals();
        byte[] bytes = new byte[1 << 16];

        /// The bytes of a buffer, from 0 on.
        byte[] copy(ByteBuf from) {
            int length = from.readableBytes();
            if (length > bytes.length) bytes = new byte[length];
            from.getBytes(from.readerIndex(), bytes, 0, length);
            return bytes;
        }
    }

    Desk(Intake intake, Now now, ReceiveOptions options) {
        this.intake = intake;
        this.now = now;
        this.options = options;
    }

    Bench bench(Channel channel) {
        return benches.computeIfAbsent(channel.eventLoop(), _ -> new Bench());
    }

    static Sender sender(Via via, InetSocketAddress address) {
        InetAddress host = address.getAddress();
        return new Sender(via, host == null ? address.getHostString() : host.getHostAddress(), address.getPort());
    }

    /// Hands on what came, and stops reading the channel where too much waits.
    void take(Arrivals arrivals, Channel channel, Runnable written) {
        if (!arrivals.isEmpty() || written != null) intake.take(new Batch(arrivals, now.nanos(), written));
        arrivals.clear();
        if (intake.busy() && channel.config().isAutoRead()) {
            channel.config().setAutoRead(false);
            intake.whenFree(() -> channel.eventLoop().execute(() -> channel.config().setAutoRead(true)));
        }
    }

    /// A connection holds another number of bytes than before. Where all hold too much, the one that holds most is ended.
    void holds(Holder holder, int before, int after) {
        if (after > 0 && before == 0) holders.add(holder);
        if (after == 0 && before > 0) holders.remove(holder);
        if (held.addAndGet((long) after - before) <= MOST_HELD || after <= before) return;
        Holder most = holder;
        int size = after;
        for (Holder each : holders) {
            int its = each.held();
            if (its <= size) continue;
            most = each;
            size = its;
        }
        most.evict();
    }

    long held() {
        return held.get();
    }
}
