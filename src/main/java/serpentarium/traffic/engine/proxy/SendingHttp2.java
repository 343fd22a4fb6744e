package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// Sends a request over HTTP/2 and reads to the end of its response.
final class SendingHttp2 {
    private final Sending sending;
    private ChannelHandlerContext context;
    private Http2FrameStream stream;

    SendingHttp2(Sending sending) {
        this.sending = sending;
    }

    /// Sends the head, then the body.
    void begin(End server) throws BadMessage {
        ChannelPipeline pipeline = server.channel().pipeline();
        var headers = new DefaultHttp2Headers(false);
        for (Headers.Field field : sending.request().fields2()) headers.add(field.name(), field.value());
        String end = pipeline.context(server).name();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forClient().initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                .gracefulShutdownTimeoutMillis(500).build();
        pipeline.addBefore(end, null, new Copy());
        pipeline.addBefore(end, null, codec);
        var frames = new Frames();
        pipeline.addBefore(end, null, frames);
        server.stage(new Ends());
        context = pipeline.context(frames);
        stream = frames.newStream();
        boolean none = sending.request().content().length() == 0;
        context.writeAndFlush(new DefaultHttp2HeadersFrame(headers, none).stream(stream)).addListener(done -> {
            if (!done.isSuccess()) sending.fail(String.valueOf(done.cause().getMessage()));
            else if (!none) sending.pump(this::piece);
        });
        server.channel().config().setAutoRead(true);
    }

    private ChannelFuture piece(ByteBuf piece, boolean last) {
        return context.writeAndFlush(new DefaultHttp2DataFrame(piece, last).stream(stream));
    }

    /// Gives the recorder a copy of what goes by.
    private final class Copy extends ChannelDuplexHandler {
        @Override public void channelRead(ChannelHandlerContext at, Object message) {
            if (message instanceof ByteBuf bytes) sending.tap().bytes(Side.RESPONSE, bytes);
            at.fireChannelRead(message);
        }

        @Override public void write(ChannelHandlerContext at, Object message, ChannelPromise promise) {
            if (message instanceof ByteBuf bytes) sending.tap().bytes(Side.REQUEST, bytes);
            at.write(message, promise);
        }
    }

    private final class Frames extends Http2ChannelDuplexHandler {
        @Override public void channelRead(ChannelHandlerContext at, Object message) {
            try {
                take(at, message);
            } finally {
                ReferenceCountUtil.release(message);
            }
            sending.rest();
        }

        private void take(ChannelHandlerContext at, Object message) {
            switch (message) {
                case Http2HeadersFrame frame -> {
                    CharSequence status = frame.headers().status();
                    if (status != null && !sending.answered()) sending.status(Integer.parseInt(status.toString()));
                    if (frame.isEndStream()) sending.done();
                }
                case Http2DataFrame frame -> {
                    sending.count(frame.content().readableBytes());
                    at.writeAndFlush(new DefaultHttp2WindowUpdateFrame(frame.initialFlowControlledBytes()).stream(frame.stream()));
                    if (frame.isEndStream()) sending.done();
                }
                case Http2ResetFrame frame -> sending.fail(Route.STRINGS.get("send.reset", String.valueOf(frame.errorCode())));
                case Http2GoAwayFrame frame -> {
                    if (frame.errorCode() != 0) sending.fail(Route.STRINGS.get("send.reset", String.valueOf(frame.errorCode())));
                }
                default -> { }
            }
        }

        @Override public void exceptionCaught(ChannelHandlerContext at, Throwable cause) {
            sending.fail(cause instanceof java.io.IOException ? Route.STRINGS.get("gone.server") : Route.STRINGS.get("send.malformed"));
        }
    }

    /// The connection as such.
    private final class Ends implements Stage {
        @Override public void read(ByteBuf bytes) {
            bytes.release();
        }

        @Override public void end() {
            sending.fail(Route.STRINGS.get("gone.server"));
        }

        @Override public void gone(boolean reset) {
            sending.fail(Route.STRINGS.get("gone.server"));
        }
    }
}
