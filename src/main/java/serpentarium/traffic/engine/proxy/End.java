package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of the two connections of a passage. What comes while no stage is there to take it is held for the next one.
final class End extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(End.class);

    private static final int LINGER_SECONDS = 2;

    private final Channel channel;
    private End peer;
    private Stage stage;
    private ByteBuf held = Unpooled.EMPTY_BUFFER;
    private boolean ended;
    private boolean gone;
    private boolean reset;

    End(Channel channel) {
        this.channel = channel;
    }

    Channel channel() {
        return channel;
    }

    /// The two ends of one passage: each is read only while the other can be written to.
    static void join(End one, End other) {
        one.peer = other;
        other.peer = one;
    }

    /// Whether it is a stream, which is for one exchange and has no second direction that could be ended alone.
    boolean single() {
        return !(channel instanceof DuplexChannel);
    }

    /// Forgets the other end.
    void part() {
        peer = null;
    }

    /// What is done from now on; it is given what was held. Null holds what comes.
    void stage(Stage next) {
        stage = next;
        if (next == null) return;
        if (held.isReadable()) {
            ByteBuf early = held;
            held = Unpooled.EMPTY_BUFFER;
            next.read(early);
            if (stage != null) stage.pause();
        }
        if (ended && stage != null) stage.end();
        if (gone && stage != null) stage.gone(reset);
    }

    /// Gives bytes back that the next stage is to have.
    void hold(ByteBuf bytes) {
        if (!bytes.isReadable()) bytes.release();
        else if (!held.isReadable()) held = bytes;
        else held = Unpooled.wrappedBuffer(bytes, held);
    }

    /// What was held.
    ByteBuf held() {
        ByteBuf early = held;
        held = Unpooled.EMPTY_BUFFER;
        return early;
    }

    boolean isGone() {
        return gone;
    }

    @Override public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        if (stage != null) stage.read(bytes);
        else if (gone) bytes.release();
        else held = held.isReadable() ? Unpooled.wrappedBuffer(held, bytes) : bytes;
    }

    @Override public void channelReadComplete(ChannelHandlerContext context) {
        if (stage != null) stage.pause();
    }

    @Override public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (peer != null) peer.channel.config().setAutoRead(channel.isWritable());
    }

    @Override public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event != ChannelInputShutdownEvent.INSTANCE || ended) return;
        ended = true;
        if (stage != null) stage.end();
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        if (gone) return;
        gone = true;
        if (stage != null) stage.gone(reset);
        else {
            held.release();
            held = Unpooled.EMPTY_BUFFER;
        }
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A peer that breaks off is no fault of ours; anything else is.
        if (cause instanceof IOException) reset = true;
        else if (!(cause.getCause() instanceof IOException)) LOG.warn("A connection of the proxy failed", cause);
        channel.close();
    }

    /// Writes and keeps the order; the bytes go out with [#flush()].
    void write(ByteBuf bytes) {
        channel.write(bytes, channel.voidPromise());
    }

    void flush() {
        channel.flush();
    }

    /// Says that no more comes, after what was written.
    void finish() {
        if (single()) {
            close(false);
            return;
        }
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        // What was written goes out before TLS is ended.
        channel.flush();
        if (tls != null) tls.closeOutbound();
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> ((DuplexChannel) channel).shutdownOutput());
    }

    /// Closes it after what was written, when the other side has had time to read it: what still comes from there is taken and thrown away, because
    /// closing on unread bytes would break off the connection before.
    void linger() {
        if (!channel.isActive() || ended || single()) {
            close(false);
            return;
        }
        stage = new Lingering();
        finish();
        channel.config().setAutoRead(true);
        var late = channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(_ -> late.cancel(false));
    }

    private final class Lingering implements Stage {
        @Override public void read(ByteBuf bytes) {
            bytes.release();
        }

        @Override public void end() {
            channel.close();
        }

        @Override public void gone(boolean reset) {
            // There is nothing left to do.
        }
    }

    /// Closes it after what was written.
    ///
    /// @param broken whether to break it off, as the other end was
    void close(boolean broken) {
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
            if (broken) channel.config().setOption(ChannelOption.SO_LINGER, 0);
            channel.close();
        });
    }
}
