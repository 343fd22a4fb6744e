package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.engine.rewrite.ReadyAnswer;

/// The servers of a connection where rules act: connects to where a request goes, asks, and hands what is answered to the client.
final class Upstream {
    private final Passage passage;
    private final Rewriting requests;
    private final Route route;
    private final String name;
    private Origin reached;
    private String called;

    Upstream(Passage passage, Rewriting requests, Route route, String name) {
        this.passage = passage;
        this.requests = requests;
        this.route = route;
        this.name = name;
    }

    /// Sends a request to where it goes.
    void ask(Crossing now) {
        Origin to = now.remote() ? new Origin(now.request.scheme().equals("https"), now.request.host(), now.request.port()) : now.to;
        String host = !now.remote() && name != null ? name : to.host();
        if (passage.server() != null && to.equals(reached) && host.equals(called)) {
            send(now, to);
            return;
        }
        passage.dropServer();
        boolean absolute = chained(to);
        Consumer<End> stands = server -> {
            reached = to;
            called = host;
            send(now, to);
            if (!passage.closed()) server.stage(new Replies(passage, requests, this));
            passage.resume();
        };
        passage.site().connector().open(passage, to, absolute, new Connector.Outcome() {
            @Override public void connected(End server) {
                if (passage.closed()) {
                    server.channel().close();
                    return;
                }
                passage.server(server);
                if (!to.tls()) stands.accept(server);
                else passage.site().secrets().server(passage, server, to, host, List.of("http/1.1"), this, _ -> {
                    if (!passage.closed()) stands.accept(server);
                });
            }

            @Override public void failed(Failure why) {
                if (passage.closed()) return;
                passage.dropServer();
                requests.unreached(why);
            }
        });
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
        requests.record(false);
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
