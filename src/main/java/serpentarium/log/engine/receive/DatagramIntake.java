package serpentarium.log.engine.receive;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import serpentarium.log.format.wire.Arrivals;
import serpentarium.log.format.wire.GelfDatagrams;
import serpentarium.log.format.wire.PickleFrames;
import serpentarium.log.format.wire.Sender;
import serpentarium.log.format.wire.SyslogRecord;
import serpentarium.log.format.wire.Via;

/// Reads datagrams: which protocol one speaks shows in its first bytes. The channel's thread does nothing but take them from the system, so that few get lost; they are
/// taken apart on another thread.
final class DatagramIntake extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int SENDERS = 1024;
    /// How many bytes may wait to be taken apart; what comes beyond is lost, and counted.
    private static final long MOST = 64L << 20;
    private static final int OVERHEAD = 64;
    private static final int RUN = 512;

    private record Key(Via via, InetSocketAddress address) {}

    private record Packet(InetSocketAddress from, byte[] bytes) {}

    private final Desk desk;
    private final boolean syslogOnly;
    private final EventExecutor worker;
    private final PickleFrames pickles;
    private final SyslogRecord syslog = new SyslogRecord();
    private final GelfDatagrams gelf;
    private final Map<Key, Sender> senders = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override protected boolean removeEldestEntry(Map.Entry<Key, Sender> eldest) {
            return size() > SENDERS;
        }
    };
    private final Arrivals arrivals = new Arrivals();
    private final Queue<Packet> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private Future<?> ticks;

    DatagramIntake(Desk desk, boolean syslogOnly, EventExecutor worker) {
        this.desk = desk;
        this.syslogOnly = syslogOnly;
        this.worker = worker;
        pickles = new PickleFrames(desk.now);
        gelf = new GelfDatagrams(desk.now);
    }

    /// How many datagrams were thrown away here.
    long lost() {
        return lost.get();
    }

    @Override public void channelActive(ChannelHandlerContext context) {
        Channel channel = context.channel();
        ticks = worker.scheduleAtFixedRate(() -> {
            arrivals.of(new Sender(Via.GELF, "", -1));
            gelf.tick(arrivals);
            desk.take(arrivals, channel, null);
        }, 1, 1, TimeUnit.SECONDS);
        context.fireChannelActive();
    }

    @Override protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        int length = packet.content().readableBytes();
        if (length == 0) return;
        if (waiting.addAndGet(length + OVERHEAD) > MOST) {
            waiting.addAndGet(-length - OVERHEAD);
            lost.incrementAndGet();
            return;
        }
        byte[] bytes = new byte[length];
        packet.content().readBytes(bytes);
        queue.add(new Packet(packet.sender(), bytes));
    }

    @Override public void channelReadComplete(ChannelHandlerContext context) {
        later(context.channel());
    }

    private void later(Channel channel) {
        if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) worker.execute(() -> drain(channel));
    }

    private void drain(Channel channel) {
        scheduled.set(false);
        Packet packet;
        for (int i = 0; i < RUN && (packet = queue.poll()) != null; i++) {
            waiting.addAndGet(-packet.bytes.length - OVERHEAD);
            read(packet);
        }
        desk.take(arrivals, channel, null);
        later(channel);
    }

    private void read(Packet packet) {
        byte[] bytes = packet.bytes;
        int length = bytes.length;
        Via via = syslogOnly || bytes[0] == '<' ? Via.SYSLOG : PickleFrames.fits(bytes, 0, length) ? Via.DATAGRAM : GelfDatagrams.fits(bytes, 0, length) ? Via.GELF : Via.SYSLOG;
        var key = new Key(via, packet.from);
        Sender sender = senders.computeIfAbsent(key, each -> Desk.sender(each.via, each.address));
        arrivals.of(sender);
        switch (via) {
            case DATAGRAM -> pickles.datagram(bytes, 0, length, arrivals);
            case GELF -> gelf.datagram(bytes, 0, length, sender.from(), arrivals);
            default -> syslog.write(bytes, 0, length, desk.now.nanos(), arrivals);
        }
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        if (ticks != null) ticks.cancel(false);
        later(context.channel());
        context.fireChannelInactive();
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // One datagram that could not be read does not end the others.
        context.channel().read();
    }
}
