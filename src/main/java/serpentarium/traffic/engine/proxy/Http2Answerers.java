package serpentarium.traffic.engine.proxy;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// The connections of one client to servers that speak HTTP/2, where rules act. They last as long as the client's own.
final class Http2Answerers {
    private final Map<Place, Channel> newest = new HashMap<>();
    private final Set<Channel> all = new HashSet<>();
    /// Who waits for a connection that is being made.
    private final Map<Place, List<Runnable>> waiting = new HashMap<>();

    /// Where a connection leads.
    private record Place(Origin origin, String name) {}

    /// @param client its connection
    Http2Answerers(Channel client) {
        client.closeFuture().addListener(_ -> {
            for (Channel each : List.copyOf(all)) each.close();
        });
    }

    /// Waits where another request of the same client makes a connection to the same place already.
    ///
    /// @param then is called when it stands or there is none; otherwise the caller is the one that makes it, and says so with [#made(Origin, String)]
    /// @return whether it waits
    boolean waits(Origin origin, String name, Runnable then) {
        List<Runnable> others = waiting.get(new Place(origin, name));
        if (others == null) waiting.put(new Place(origin, name), new ArrayList<>());
        else others.add(then);
        return others != null;
    }

    /// It was tried to make a connection.
    void made(Origin origin, String name) {
        List<Runnable> others = waiting.remove(new Place(origin, name));
        if (others != null) others.forEach(Runnable::run);
    }

    /// The connection that stands; null where there is none.
    Channel find(Origin origin, String name) {
        Channel known = newest.get(new Place(origin, name));
        return known == null || !known.isActive() ? null : known;
    }

    /// A connection to a server begins with the words of HTTP/2.
    Channel begin(Origin origin, String name, End raw) {
        Channel channel = raw.channel();
        ChannelPipeline pipeline = channel.pipeline();
        String last = pipeline.context(raw).name();
        pipeline.addBefore(last, null, Http2FrameCodecBuilder.forClient().gracefulShutdownTimeoutMillis(500)
                .initialSettings(Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(Head.LONGEST)).build());
        pipeline.addBefore(last, null, new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel pushed) {
                // It was told not to.
                pushed.close();
            }
        }));
        pipeline.addBefore(last, null, new Http2Askers.Rest());
        raw.part();
        raw.stage(null);
        channel.config().setAutoRead(true);
        newest.put(new Place(origin, name), channel);
        all.add(channel);
        channel.closeFuture().addListener(_ -> all.remove(channel));
        return channel;
    }

    /// Opens a stream for one request; null where the server allows no more.
    void open(Channel connection, boolean tls, Consumer<End> then) {
        var end = new End[1];
        new Http2StreamChannelBootstrap(connection).handler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel stream) {
                end[0] = new End(stream);
                stream.pipeline().addLast(new Http2Answerer(tls), end[0]);
            }
        }).open().addListener((io.netty.util.concurrent.Future<Http2StreamChannel> opened) -> then.accept(opened.isSuccess() ? end[0] : null));
    }
}
