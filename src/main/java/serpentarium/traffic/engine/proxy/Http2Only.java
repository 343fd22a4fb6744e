package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import serpentarium.traffic.format.wire.Protocol;

/// Finds out whether a server that did not agree on HTTP/1.1, or did not answer in it, speaks HTTP/2. Nothing is asked but TLS, or settings where
/// there is none, on a connection that ends with that.
final class Http2Only implements Caller {
    private static final int MOST_MILLIS = 2000;
    private static final int FRAME = 9;
    private static final int SETTINGS = 4;

    private final Passage passage;
    private final Origin origin;
    private final String name;
    private final Consumer<Boolean> then;
    /// Nothing goes over these connections, so they are in no session.
    private final Tap tap;
    private boolean over;

    private Http2Only(Passage passage, Origin origin, String name, Consumer<Boolean> then) {
        this.passage = passage;
        this.origin = origin;
        this.name = name;
        this.then = then;
        tap = passage.site().recorder().open(passage.listener().source(), null, null);
    }

    /// Asks, while nothing is read of the client; who waits is told unless the client has gone.
    ///
    /// @param name what the server's certificate must say
    static void ask(Passage passage, Origin origin, String name, Consumer<Boolean> then) {
        passage.suspend();
        new Http2Only(passage, origin, name, then).ask();
    }

    private void ask() {
        loop().schedule(() -> end(false), MOST_MILLIS, TimeUnit.MILLISECONDS);
        passage.site().connector().open(this, origin, false, new Connector.Outcome() {
            private End server;

            @Override public void connected(End reached) {
                server = reached;
                if (!origin.tls()) {
                    greet(server);
                    return;
                }
                passage.site().secrets().server(Http2Only.this, server, origin, name, List.of("h2"), this, agreed -> {
                    server.channel().close();
                    end(agreed.equals("h2"));
                });
            }

            @Override public void failed(Failure why) {
                if (server != null) server.channel().close();
                end(false);
            }
        });
    }

    /// Without TLS, whoever speaks HTTP/2 answers its greeting with settings.
    private void greet(End server) {
        var unread = new Gather();
        server.stage(new Stage() {
            @Override public void read(ByteBuf bytes) {
                unread.add(bytes);
                ByteBuf all = unread.bytes();
                if (all.readableBytes() < FRAME) return;
                int at = all.readerIndex();
                leave(all.getByte(at + 3) == SETTINGS && all.getByte(at + 4) == 0 && all.getInt(at + 5) == 0);
            }

            @Override public void end() {
                leave(false);
            }

            @Override public void gone(boolean reset) {
                unread.all().release();
                Http2Only.this.end(false);
            }

            private void leave(boolean only) {
                server.channel().close();
                Http2Only.this.end(only);
            }
        });
        server.channel().config().setAutoRead(true);
        server.write(Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", StandardCharsets.ISO_8859_1));
        server.flush();
    }

    private void end(boolean only) {
        if (over) return;
        over = true;
        tap.close(Protocol.Ending.CLOSED);
        if (!passage.closed()) then.accept(only);
    }

    @Override public ProxyOptions options() {
        return passage.options();
    }

    @Override public Tap tap() {
        return tap;
    }

    @Override public EventLoop loop() {
        return passage.loop();
    }

    @Override public boolean closed() {
        return over || passage.closed();
    }
}
