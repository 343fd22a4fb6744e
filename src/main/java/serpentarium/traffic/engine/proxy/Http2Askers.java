package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import serpentarium.traffic.TlsFacts;

/// A client that speaks HTTP/2 where rules act: each of its streams is a passage of its own. They share the connections to servers.
final class Http2Askers implements Stage {
    private static final int MOST_STREAMS = 100;
    private static final int LEAVE_SECONDS = 15;

    private final Passage whole;
    private final Route route;
    private final String name;
    private final boolean secure;
    private final Http2Answerers servers;

    private Http2Askers(Passage whole, Route route, String name, boolean secure) {
        this.whole = whole;
        this.route = route;
        this.name = name;
        this.secure = secure;
        servers = new Http2Answerers(whole.client().channel());
    }

    /// Goes on with a client whose first words are those of HTTP/2.
    ///
    /// @param name   what the client calls the server inside a tunnel; null where requests say it
    /// @param secure whether the client speaks TLS
    static void begin(Passage whole, Route route, String name, boolean secure) {
        new Http2Askers(whole, route, name, secure).begin();
    }

    private void begin() {
        End end = whole.client();
        ChannelPipeline pipeline = end.channel().pipeline();
        String last = pipeline.context(end).name();
        Http2FrameCodec codec = Http2FrameCodecBuilder.forServer().gracefulShutdownTimeoutMillis(500)
                .initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(MOST_STREAMS).maxHeaderListSize(Head.LONGEST)).build();
        var first = new ChannelInboundHandlerAdapter();
        pipeline.addBefore(last, null, first);
        pipeline.addBefore(last, null, codec);
        pipeline.addBefore(last, null, new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel stream) {
                stream(stream);
            }
        }));
        pipeline.addBefore(last, null, new Rest());
        end.stage(null);
        ByteBuf early = end.held();
        end.stage(this);
        // What came was decrypted already: it goes in behind that.
        pipeline.context(first).fireChannelRead(early).fireChannelReadComplete();
        whole.resume();
    }

    private void stream(Channel stream) {
        var end = new End(stream);
        var passage = new Passage(whole.site(), whole.listener(), end);
        stream.pipeline().addLast(new Http2Asker(passage), end);
        TlsFacts facts = whole.site().secrets().clientFacts(whole.client(), name);
        passage.tap().fact(link -> {
            if (facts != null) link.clientTls(facts);
            link.scheme(secure ? "https" : "http");
            link.requestVersion("HTTP/2.0");
        });
        end.stage(new Rewriting(passage, route, name, secure, servers));
    }

    @Override public void read(ByteBuf bytes) {
        bytes.release();
    }

    @Override public void end() {
        // What it asked may still be answered; most who send no more are gone.
        whole.loop().schedule(() -> whole.close(false), LEAVE_SECONDS, TimeUnit.SECONDS);
    }

    @Override public void gone(boolean reset) {
        whole.close(reset);
    }

    /// Takes the frames that are about the connection.
    static final class Rest extends ChannelInboundHandlerAdapter {
        @Override public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Who broke the rules of HTTP/2 was told so, and a connection that cannot go on ends; it is no fault of ours.
            if (!(cause instanceof Http2Exception)) context.fireExceptionCaught(cause);
        }
    }
}
