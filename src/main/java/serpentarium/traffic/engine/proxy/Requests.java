package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import serpentarium.traffic.Side;

/// The client's side of HTTP/1 where heads are looked at: finds each request strictly, connects to where it goes, and hands it on. Bodies go
/// through as they are.
final class Requests implements Stage {
    private static final int MOST_WAITING = 1 << 20;

    private final Passage passage;
    private final Route route;
    private final BodyGate body = new BodyGate();
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final Gather unread = new Gather();
    private Origin origin;
    private boolean waiting;
    private boolean ended;
    /// The connection cannot be given another server any more.
    private boolean settled;

    Requests(Passage passage, Route route) {
        this.passage = passage;
        this.route = route;
    }

    /// The connection to the server stands already.
    Requests(Passage passage, Route route, Origin origin) {
        this(passage, route);
        this.origin = origin;
        passage.server().stage(new Responses(passage, this, route));
        passage.resume();
    }

    @Override public void read(ByteBuf bytes) {
        unread.add(bytes);
        go();
        // What waits for a server's answer waits at the client.
        if (waiting && unread.size() > MOST_WAITING) passage.suspend();
    }

    private void go() {
        try {
            while (!waiting && !unread.empty() && !passage.closed()) {
                if (!body.done()) {
                    int length = body.take(unread.bytes());
                    if (length > 0) passage.pass(Side.REQUEST, unread.take(length));
                    continue;
                }
                skipEmptyLines();
                int length = unread.head();
                if (unread.longer(length, Head.LONGEST)) throw new BadMessage(431, Route.tooLong());
                if (length < 0) break;
                head(length);
            }
        } catch (BadMessage bad) {
            refuse(bad);
        }
        unread.tidy();
    }

    /// Old clients send an empty line after a body.
    private void skipEmptyLines() {
        ByteBuf bytes = unread.bytes();
        while (bytes.readableBytes() >= 2 && bytes.getByte(bytes.readerIndex()) == '\r' && bytes.getByte(bytes.readerIndex() + 1) == '\n') unread.skip(2);
    }

    private void head(int length) throws BadMessage {
        var head = new Head(unread.copy(length));
        RequestLine line = RequestLine.of(head);
        Route.Step step = route.step(head, line, passage.client().channel());
        switch (step) {
            case Route.Answer(ByteBuf page, String why) -> {
                take(length);
                answer(page, why);
            }
            case Route.Tunnel(Origin to) -> {
                if (!asked.isEmpty()) {
                    waiting = true;
                    return;
                }
                tunnel(to, length);
            }
            case Route.Forward(Origin to, boolean absolute) -> {
                if (passage.rewrites(to.host(), to.port())) {
                    rewrite();
                    return;
                }
                Framing framing = Framing.ofRequest(head, line.version().equals("HTTP/1.0"));
                if (!to.equals(origin)) {
                    if (!move(to, absolute, line)) return;
                    take(length);
                    connect(to, absolute, () -> send(head, line, framing), line.method().equals("HEAD"));
                } else {
                    take(length);
                    send(head, line, framing);
                }
            }
        }
    }

    /// A rule is for what comes next: it is written anew from here on.
    private void rewrite() throws BadMessage {
        if (settled) throw new BadMessage(400, Route.settled());
        if (!asked.isEmpty()) {
            waiting = true;
            return;
        }
        passage.leaveServer();
        passage.client().stage(null);
        passage.client().hold(unread.all());
        passage.client().stage(new Rewriting(passage, route, null, false));
    }

    /// Whether the connection to the server before can be left now.
    private boolean move(Origin to, boolean absolute, RequestLine line) throws BadMessage {
        if (settled) throw new BadMessage(400, Route.settled());
        if (!asked.isEmpty()) {
            waiting = true;
            return false;
        }
        if (origin != null) passage.leaveServer();
        origin = to;
        return true;
    }

    /// Records a head as it came and takes it off.
    private void take(int length) {
        passage.record(Side.REQUEST, unread.bytes(), length);
        unread.skip(length);
    }

    private void connect(Origin to, boolean absolute, Runnable then, boolean bodiless) {
        waiting = true;
        passage.suspend();
        passage.site().connector().connect(passage, to, absolute, new Connector.Outcome() {
            @Override public void connected(End server) {
                if (passage.closed()) {
                    server.channel().close();
                    return;
                }
                passage.server(server);
                waiting = false;
                then.run();
                server.stage(new Responses(passage, Requests.this, route));
                passage.resume();
                go();
                passage.server().flush();
                if (ended) end();
            }

            @Override public void failed(Failure why) {
                if (!passage.closed()) answer(ErrorPage.of(why, bodiless), why.detail());
            }
        });
    }

    private void send(Head head, RequestLine line, Framing framing) {
        ByteBuf out = passage.client().channel().alloc().buffer(head.bytes().length + 64);
        route.request(head, line, origin, out);
        passage.write(Side.REQUEST, out);
        body.begin(framing);
        boolean upgrade = head.has("upgrade");
        asked.add(new Asked(line.method().equals("HEAD"), upgrade, Route.host(head)));
        // What follows an upgrade is not HTTP if the server agrees; it answers first.
        if (upgrade && body.done()) waiting = true;
    }

    private void tunnel(Origin to, int length) {
        ByteBuf connect = unread.take(length);
        waiting = true;
        passage.client().stage(null);
        passage.client().hold(unread.all());
        new Tunnel(passage, to, new Tunnel.HttpReply(passage, connect)).open();
    }

    private void refuse(BadMessage bad) {
        int length = unread.size();
        passage.record(Side.REQUEST, unread.bytes(), length);
        unread.skip(length);
        answer(ErrorPage.of(bad), bad.getMessage());
    }

    private void answer(ByteBuf page, String why) {
        waiting = true;
        passage.tap().fail(why);
        passage.answer(page);
        drop();
    }

    private void drop() {
        unread.all().release();
    }

    @Override public void pause() {
        if (passage.server() != null) passage.server().flush();
    }

    @Override public void end() {
        ended = true;
        if (passage.server() != null) passage.ended(Side.REQUEST);
        else if (!waiting) passage.close(false);
    }

    @Override public void gone(boolean reset) {
        drop();
        passage.gone(Side.REQUEST, reset);
    }

    /// The request that the next response belongs to; null where none was asked.
    Asked next() {
        return asked.peek();
    }

    /// A response is complete.
    void answered() {
        Asked was = asked.poll();
        if (!waiting || was == null) return;
        if (!was.upgrade() && !asked.isEmpty()) return;
        waiting = false;
        passage.resume();
        go();
        if (passage.server() != null) passage.server().flush();
    }

    /// The server cannot be told from what it says where a response ends.
    void settle() {
        settled = true;
        if (waiting) passage.close(false);
    }

    /// The server agreed to speak another protocol.
    void upgraded() {
        passage.client().stage(null);
        passage.client().hold(unread.all());
        passage.splice();
    }
}
