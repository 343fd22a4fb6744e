package serpentarium.traffic.engine.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// A server that speaks HTTP/2 and nothing else: it gives back what it is sent and says in trailers how many bytes that were. Paths that begin with
/// `/broken` are broken off within the answer.
final class OnlyHttp2 implements AutoCloseable {
    final List<Http2Headers> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Channel channel;

    /// @param home where nginx of the same test has its certificate; null to speak without TLS
    OnlyHttp2(Path home) throws Exception {
        SslContext tls = home == null ? null : SslContextBuilder.forServer(home.resolve("own.pem").toFile(), home.resolve("own.key").toFile()).sslProvider(SslProvider.JDK)
                .applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN, ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                        ApplicationProtocolConfig.SelectedListenerFailureBehavior.FATAL_ALERT, "h2")).build();
        channel = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class).childHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel client) {
                if (tls != null) client.pipeline().addLast(tls.newHandler(client.alloc()));
                connections.incrementAndGet();
                client.pipeline().addLast(Http2FrameCodecBuilder.forServer().build(), new Http2MultiplexHandler(new Echo()), new ChannelInboundHandlerAdapter() {
                    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                        // A handshake that offers another protocol fails, as it should.
                        context.close();
                    }
                });
            }
        }).bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).sync().channel();
    }

    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    private final class Echo extends ChannelInitializer<Channel> {
        @Override protected void initChannel(Channel stream) {
            stream.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                private long bytes;
                private boolean broken;

                @Override public void channelRead(ChannelHandlerContext context, Object message) {
                    if (message instanceof Http2HeadersFrame frame) {
                        if (bytes == 0) {
                            asked.add(frame.headers());
                            broken = frame.headers().path().toString().startsWith("/broken");
                            var headers = new DefaultHttp2Headers().status("200").add("content-type", "text/plain").add("x-te", String.valueOf(frame.headers().get("te")));
                            context.write(new DefaultHttp2HeadersFrame(headers));
                            if (broken) {
                                context.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer(new byte[10])));
                                context.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
                                return;
                            }
                        }
                        if (frame.isEndStream()) end(context);
                    } else if (message instanceof Http2DataFrame frame && !broken) {
                        bytes += frame.content().readableBytes();
                        context.write(new DefaultHttp2DataFrame(frame.content().retain()));
                        boolean last = frame.isEndStream();
                        frame.release();
                        if (last) end(context);
                    } else ReferenceCountUtil.release(message);
                }

                private void end(ChannelHandlerContext context) {
                    context.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers(false).add("x-bytes", String.valueOf(bytes)), true));
                }

                @Override public void channelReadComplete(ChannelHandlerContext context) {
                    context.flush();
                }
            });
        }
    }

    @Override public void close() {
        channel.close();
        loops.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS);
    }
}
