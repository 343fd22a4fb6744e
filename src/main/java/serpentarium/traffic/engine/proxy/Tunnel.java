package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import serpentarium.traffic.Side;

/// A way through to any server that a client asked for by CONNECT or SOCKS: connects, then looks at what is said first.
final class Tunnel {
    private final Passage passage;
    private final Origin origin;
    private final Reply reply;

    /// How a client is told what became of it.
    interface Reply {
        /// The connection stands.
        void connected();

        /// There is none. The client's connection ends with this.
        void failed(Failure why);

        /// The client ended TLS: what it asked for is to be seen with the reason.
        void refused(String why);

        /// The flow has something of its own to show; this is not needed any more.
        void forget();
    }

    Tunnel(Passage passage, Origin origin, Reply reply) {
        this.passage = passage;
        this.origin = origin;
        this.reply = reply;
    }

    void open() {
        passage.suspend();
        passage.tap();
        if (passage.rewrites(origin.host(), origin.port())) {
            reply.connected();
            new LateTunnel(passage, origin, reply).open();
            return;
        }
        passage.connect(origin, () -> {
            reply.connected();
            listen();
        }, reply::failed);
    }

    private void listen() {
        var words = new FirstWords(passage, this::splice, this::sealed);
        passage.server().stage(new ServerFirst(words));
        passage.client().stage(words);
        passage.resume();
    }

    private void splice() {
        reply.forget();
        passage.splice();
    }

    private void sealed(ClientHello hello) {
        String host = hello.name() == null ? origin.host() : hello.name();
        // What the server says from now on waits until TLS with it began.
        passage.server().stage(null);
        ProxyOptions options = passage.listener().options();
        if (ProxyOptions.lists(options.passThrough(), host) || ProxyOptions.lists(options.passThrough(), origin.host())) {
            passage.tap().fact(link -> link.seal());
            splice();
            return;
        }
        if (!host.equals(origin.host()) && passage.rewrites(host, origin.port())) {
            passage.leaveServer();
            new LateTunnel(passage, origin, reply).sealed(hello);
        } else passage.site().secrets().open(passage, origin, host, hello.protocols(), reply);
    }

    /// A server that speaks before it is asked speaks neither HTTP nor TLS.
    private final class ServerFirst implements Stage {
        private final FirstWords words;

        ServerFirst(FirstWords words) {
            this.words = words;
        }

        @Override public void read(ByteBuf bytes) {
            End server = passage.server();
            server.stage(null);
            server.hold(bytes);
            words.leave();
            splice();
        }

        @Override public void end() {
            words.leave();
            splice();
        }

        @Override public void gone(boolean reset) {
            passage.close(reset);
        }
    }

    /// A CONNECT. Its bytes become part of a flow only where nothing else shows that it was there.
    static final class HttpReply implements Reply {
        private final Passage passage;
        private final ByteBuf connect;

        HttpReply(Passage passage, ByteBuf connect) {
            this.passage = passage;
            this.connect = connect;
        }

        @Override public void connected() {
            passage.client().write(Unpooled.copiedBuffer("HTTP/1.1 200 Connection established\r\n\r\n", StandardCharsets.US_ASCII));
            passage.client().flush();
        }

        @Override public void failed(Failure why) {
            passage.tap().bytes(Side.REQUEST, connect);
            passage.tap().fail(why.detail());
            passage.answer(ErrorPage.of(why, false));
            forget();
        }

        @Override public void refused(String why) {
            passage.tap().bytes(Side.REQUEST, connect);
            passage.tap().fail(why);
            passage.close(false);
            forget();
        }

        @Override public void forget() {
            if (connect.refCnt() > 0) connect.release();
        }
    }
}
