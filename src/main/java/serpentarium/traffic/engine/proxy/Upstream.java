package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.engine.rewrite.ReadyAnswer;

/// The servers of a connection where rules act: connects to where a request goes, asks, and hands what is answered to the client.
final class Upstream {
    private final Passage passage;
    private final Rewriting requests;
    private final Route route;
    private final String name;
    private final Http2Answerers servers;
    private Origin reached;
    private String called;
    private Runnable makes;

    Upstream(Passage passage, Rewriting requests, Route route, String name, Http2Answerers servers) {
        this.servers = servers;
        this.passage = passage;
        this.requests = requests;
        this.route = route;
        this.name = name;
    }

    /// Sends a request to where it goes.
    void ask(Crossing now) {
        Origin to = now.remote() ? new Origin(now.request.scheme().equals("https"), now.request.host(), now.request.port()) : now.to;
        String host = !now.remote() && name != null ? name : to.host();
        if (passage.server() != null && !passage.server().single() && to.equals(reached) && host.equals(called)) {
            send(now, to);
            return;
        }
        passage.dropServer();
        Consumer<End> stands = server -> {
            reached = to;
            called = host;
            boolean two = server.single();
            boolean sent = passage.wantsHttp2();
            passage.tap().fact(link -> {
                link.responseVersion(two ? "HTTP/2.0" : null);
                if (sent && two) link.requestVersion("HTTP/2.0");
            });
            send(now, to);
            if (!passage.closed()) server.stage(new Replies(passage, requests, this));
            passage.resume();
        };
        reach(now, to, host, stands);
    }

    private void reach(Crossing now, Origin to, String host, Consumer<End> stands) {
        Channel there = now.upgrade ? null : servers.find(to, host);
        if (there != null) stream(there, to, host, stands, () -> connect(now, to, host, stands));
        else if (!passage.client().single()) connect(now, to, host, stands);
        else if (!servers.waits(to, host, () -> {
            if (!passage.closed()) reach(now, to, host, stands);
        })) {
            makes = () -> servers.made(to, host);
            passage.client().channel().closeFuture().addListener(_ -> made());
            connect(now, to, host, stands);
        }
    }

    /// Others need not wait any more.
    private void made() {
        Runnable done = makes;
        makes = null;
        if (done != null) done.run();
    }

    private void connect(Crossing now, Origin to, String host, Consumer<End> stands) {
        // Whoever speaks HTTP/2 without being asked whether the other does knows that he can.
        boolean known = !to.tls() && passage.client().single() && !now.remote();
        boolean two = !now.upgrade && (known || passage.wantsHttp2() && !now.remote() || passage.site().rewrites().speaksOnlyHttp2(to));
        passage.site().connector().open(passage, to, chained(to), new Opening(now, to, host, two, stands));
    }

    /// A connection that is made for a request.
    private final class Opening implements Connector.Outcome {
        private final Crossing now;
        private final Origin to;
        private final String host;
        private final boolean two;
        private final Consumer<End> stands;

        Opening(Crossing now, Origin to, String host, boolean two, Consumer<End> stands) {
            this.now = now;
            this.to = to;
            this.host = host;
            this.two = two;
            this.stands = stands;
        }

        @Override public void connected(End server) {
            if (passage.closed()) {
                server.channel().close();
                return;
            }
            passage.server(server);
            if (!to.tls()) agreed(server, two ? "h2" : "http/1.1");
            else passage.site().secrets().server(passage, server, to, host, List.of(two ? "h2" : "http/1.1"), this, protocol -> agreed(server, protocol));
        }

        private void agreed(End server, String protocol) {
            if (passage.closed()) return;
            if (protocol.equals("h2")) {
                Channel connection = servers.begin(to, host, server);
                made();
                stream(connection, to, host, stands, () -> failed(Failure.of(new ConnectException(), to)));
            } else if (two) {
                // It is another server by now.
                passage.site().rewrites().speaksOnlyHttp2(to, false);
                passage.leaveHttp2();
                passage.dropServer();
                connect(now, to, host, stands);
            } else if (protocol.isEmpty() && !now.upgrade) {
                // One that agrees on nothing may have no other protocol, or know nothing of agreeing.
                Http2Only.ask(passage, to, host, only -> {
                    if (only) again();
                    else stood(server);
                });
            } else stood(server);
        }

        private void stood(End server) {
            made();
            stands.accept(server);
        }

        private void again() {
            passage.site().rewrites().speaksOnlyHttp2(to, true);
            passage.dropServer();
            connect(now, to, host, stands);
        }

        @Override public void failed(Failure why) {
            if (passage.closed()) return;
            if (why.kind() == Failure.Kind.TLS && !two && !now.upgrade && passage.server() != null) {
                passage.dropServer();
                Http2Only.ask(passage, to, host, only -> {
                    if (only) again();
                    else unreached(why);
                });
            } else unreached(why);
        }

        private void unreached(Failure why) {
            if (two) passage.site().rewrites().speaksOnlyHttp2(to, false);
            passage.dropServer();
            made();
            requests.unreached(why);
        }
    }

    /// What a server said that a rule sent a request on to is no HTTP/1: it may speak HTTP/2 and nothing else, without TLS. A request without a body is
    /// asked anew then, because nothing of it was understood; later ones are spoken HTTP/2 from the beginning.
    ///
    /// @param otherwise what is done where it does not
    void strange(Crossing now, Runnable otherwise) {
        Origin to = reached;
        if (!now.remote() || to == null || to.tls() || now.upgrade || passage.site().rewrites().speaksOnlyHttp2(to)) {
            otherwise.run();
            return;
        }
        passage.dropServer();
        Http2Only.ask(passage, to, to.host(), only -> {
            if (only) passage.site().rewrites().speaksOnlyHttp2(to, true);
            if (only && now.requestDone && now.framing.kind() == Framing.Kind.NONE) ask(now);
            else otherwise.run();
        });
    }

    /// One more stream on a connection to a server that speaks HTTP/2.
    private void stream(Channel connection, Origin to, String host, Consumer<End> stands, Runnable otherwise) {
        servers.open(connection, to.tls(), end -> passage.loop().execute(() -> {
            if (end != null && passage.closed()) end.channel().close();
            if (passage.closed()) return;
            if (end == null) {
                otherwise.run();
                return;
            }
            passage.server(end);
            TlsFacts facts = passage.site().secrets().serverFacts(connection, host);
            passage.tap().fact(link -> link.tls(facts));
            stands.accept(end);
        }));
    }

    private boolean chained(Origin to) {
        ProxyOptions.Chain chain = passage.listener().options().chain();
        return chain != null && chain.kind() == ProxyOptions.Chain.Kind.HTTP && !to.tls();
    }

    private void send(Crossing now, Origin to) {
        ByteBuf out;
        try {
            out = head(now, to);
        } catch (BadMessage bad) {
            requests.broken();
            return;
        }
        if (!now.recorded) requests.record(false);
        now.asked = true;
        passage.write(Side.REQUEST, out);
        requests.sendBody();
        if (passage.server() != null) passage.server().flush();
    }

    /// The head as the server is to see it, which is read again before it is sent.
    private ByteBuf head(Crossing now, Origin to) throws BadMessage {
        boolean absolute = chained(to);
        List<Headers.Field> fields = new ArrayList<>(now.fields());
        ProxyOptions.Chain chain = passage.listener().options().chain();
        if (absolute && chain.credentials() != null) fields.add(new Headers.Field("Proxy-Authorization", chain.credentials().basic()));
        var head = new Head(Heads.bytes(now.request, fields, absolute));
        RequestLine line = RequestLine.of(head);
        if (head.has("host")) head.only("host");
        if (!(route instanceof ReverseRoute) || now.remote()) return Unpooled.wrappedBuffer(head.bytes());
        ByteBuf out = passage.client().channel().alloc().buffer(head.bytes().length + 64);
        route.request(head, line, to, out);
        return out;
    }

    /// The head of a response as the client is to see it goes out, and is recorded as rules left it.
    ///
    /// @param length of the body: -1 for one in chunks, -2 for none or to the end of the connection, -3 as it was said
    /// @param keep   whether the connection can be used again afterwards
    void respond(Crossing now, ResponseHead response, long length, boolean keep) throws BadMessage {
        List<Headers.Field> fields = new ArrayList<>(Heads.onward(response.headers(), length, response.status() == 101));
        if (!keep && response.status() >= 200) fields.add(new Headers.Field("Connection", "close"));
        var head = new Head(Heads.bytes(response, fields));
        Heads.response(head);
        String host = now.came.headers().first("host").orElse("");
        ByteBuf translated = now.remote() ? null : route.response(head, new Asked(now.bodiless, now.upgrade, host), passage);
        if (response.status() == 101 || response.status() >= 200) now.say(passage.tap());
        ByteBuf recorded = Unpooled.wrappedBuffer(head.bytes());
        passage.record(Side.RESPONSE, recorded, recorded.readableBytes());
        passage.write(Side.RESPONSE, translated == null ? recorded : translated);
    }

    /// Answers in the server's place.
    void reply(Crossing now, ReadyAnswer answer) {
        RequestHead request = now.request;
        var replies = new Replies(passage, requests, this);
        replies.ready(now, request, answer);
    }
}
