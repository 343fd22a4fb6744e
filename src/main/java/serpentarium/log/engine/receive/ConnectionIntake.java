package serpentarium.log.engine.receive;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.Future;
import serpentarium.log.format.wire.Arrivals;
import serpentarium.log.format.wire.Decoder;
import serpentarium.log.format.wire.JsonStream;
import serpentarium.log.format.wire.PickleFrames;
import serpentarium.log.format.wire.Refusal;
import serpentarium.log.format.wire.Sender;
import serpentarium.log.format.wire.SyslogFrames;
import serpentarium.log.format.wire.Via;

/// Reads one connection: which protocol it speaks shows in its first byte.
final class ConnectionIntake extends ChannelInboundHandlerAdapter implements Desk.Holder {
    private static final long SILENCE_MILLIS = 250;

    private final Desk desk;
    private final boolean syslogOnly;
    private Decoder decoder;
    private Sender sender;
    private Future<?> quiet;
    private ChannelHandlerContext context;
    private volatile int held;
    private boolean over;

    ConnectionIntake(Desk desk, boolean syslogOnly) {
        this.desk = desk;
        this.syslogOnly = syslogOnly;
    }

    @Override public void handlerAdded(ChannelHandlerContext now) {
        context = now;
    }

    @Override public void channelRead(ChannelHandlerContext channel, Object message) {
        try {
            if (over || !(message instanceof ByteBuf bytes) || !bytes.isReadable()) return;
            Desk.Bench bench = desk.bench(channel.channel());
            int length = bytes.readableBytes();
            byte[] copy = bench.copy(bytes);
            if (decoder == null) begin(copy[0], (InetSocketAddress) channel.channel().remoteAddress());
            Arrivals arrivals = bench.arrivals;
            arrivals.of(sender);
            boolean good = decoder.feed(copy, 0, length, arrivals);
            done(channel, arrivals);
            if (!good) end(channel);
            else if (held > 0 && sender.via() == Via.SYSLOG && quiet == null) quiet = channel.executor().schedule(this::quiet, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void begin(byte first, InetSocketAddress address) {
        Via via = syslogOnly || first == '<' || first > '0' && first <= '9' ? Via.SYSLOG : first == 0 || first < ' ' && first != '\n' && first != '\r' && first != '\t' ? Via.SOCKET : Via.JSON;
        decoder = switch (via) {
            case SYSLOG -> new SyslogFrames(desk.now);
            case JSON -> new JsonStream(desk.now);
            default -> new PickleFrames(desk.now);
        };
        sender = Desk.sender(via, address);
    }

    private void done(ChannelHandlerContext channel, Arrivals arrivals) {
        int before = held;
        held = decoder.held();
        desk.take(arrivals, channel.channel(), null);
        if (held != before) desk.holds(this, before, held);
    }

    private void quiet() {
        quiet = null;
        if (over) return;
        Arrivals arrivals = desk.bench(context.channel()).arrivals;
        arrivals.of(sender);
        decoder.idle(arrivals);
        done(context, arrivals);
    }

    private void end(ChannelHandlerContext channel) {
        over = true;
        channel.close();
    }

    @Override public void channelInactive(ChannelHandlerContext channel) {
        over = true;
        if (quiet != null) quiet.cancel(false);
        if (decoder == null) return;
        Arrivals arrivals = desk.bench(channel.channel()).arrivals;
        arrivals.of(sender);
        decoder.end(arrivals);
        done(channel, arrivals);
        if (held > 0) {
            desk.holds(this, held, 0);
            held = 0;
        }
    }

    /// Who sent nothing for long while something is not complete does not come back.
    @Override public void userEventTriggered(ChannelHandlerContext channel, Object event) {
        if (event instanceof IdleStateEvent && (held > 0 || decoder == null)) end(channel);
        else channel.fireUserEventTriggered(event);
    }

    @Override public int held() {
        return held;
    }

    @Override public void evict() {
        context.executor().execute(() -> {
            if (over) return;
            Arrivals arrivals = desk.bench(context.channel()).arrivals;
            arrivals.of(sender);
            arrivals.refuse(Refusal.TOO_LARGE);
            desk.take(arrivals, context.channel(), null);
            end(context);
        });
    }

    @Override public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
        end(channel);
    }
}
