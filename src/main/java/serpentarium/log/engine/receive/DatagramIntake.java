package serpentarium.log.engine.receive;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import serpentarium.log.format.wire.Arrivals;
import serpentarium.log.format.wire.GelfDatagrams;
import serpentarium.log.format.wire.PickleFrames;
import serpentarium.log.format.wire.Sender;
import serpentarium.log.format.wire.SyslogRecord;
import serpentarium.log.format.wire.Via;

/// Reads datagrams: which protocol one speaks shows in its first bytes.
final class DatagramIntake extends SimpleChannelInboundHandler<DatagramPacket> {
    private static final int SENDERS = 1024;

    private record Key(Via via, InetSocketAddress address) {}

    private final Desk desk;
    private final boolean syslogOnly;
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

    DatagramIntake(Desk desk, boolean syslogOnly) {
        this.desk = desk;
        this.syslogOnly = syslogOnly;
        pickles = new PickleFrames(desk.now);
        gelf = new GelfDatagrams(desk.now);
    }

    @Override public void channelActive(ChannelHandlerContext context) {
        context.executor().scheduleAtFixedRate(() -> {
            arrivals.of(new Sender(Via.GELF, "", -1));
            gelf.tick(arrivals);
            desk.take(arrivals, context.channel(), null);
        }, 1, 1, TimeUnit.SECONDS);
        context.fireChannelActive();
    }

    @Override protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
        int length = packet.content().readableBytes();
        if (length == 0) return;
        byte[] bytes = desk.bench(context.channel()).copy(packet.content());
        Via via = syslogOnly || bytes[0] == '<' ? Via.SYSLOG : PickleFrames.fits(bytes, 0, length) ? Via.DATAGRAM : GelfDatagrams.fits(bytes, 0, length) ? Via.GELF : Via.SYSLOG;
        var key = new Key(via, packet.sender());
        Sender sender = senders.computeIfAbsent(key, each -> Desk.sender(each.via, each.address));
        arrivals.of(sender);
        switch (via) {
            case DATAGRAM -> pickles.datagram(bytes, 0, length, arrivals);
            case GELF -> gelf.datagram(bytes, 0, length, sender.from(), arrivals);
            default -> syslog.write(bytes, 0, length, desk.now.nanos(), arrivals);
        }
    }

    @Override public void channelReadComplete(ChannelHandlerContext context) {
        desk.take(arrivals, context.channel(), null);
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A datagram that could not be sent back, or read: the next one may.
        arrivals.clear();
    }
}
