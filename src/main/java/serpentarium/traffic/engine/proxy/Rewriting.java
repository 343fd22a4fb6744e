package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Changed;
import serpentarium.traffic.engine.rewrite.ReadyAnswer;

/// The client's side of HTTP/1 where rules act: each request is read strictly, asked of the rules, and written anew; one exchange after another.
/// What is recorded is what goes on.
final class Rewriting implements Stage {
    private static final int MOST_WAITING = 1 << 20;

    private enum State { HEAD, GATHER, HELD, BODY, WAIT }

    private final Passage passage;
    private final Route route;
    private final String name;
    private final boolean secure;
    private final Gather unread = new Gather();
    private final BodyIn body = new BodyIn();
    private final Upstream upstream;
    private State state = State.HEAD;
    private Crossing now;
    private ByteArrayOutputStream gathered;
    private Outlet out;
    private Runnable afterBody;
    private boolean ended;
    private long held;

    /// @param name   what the client calls the server inside a tunnel; null where requests say it
    /// @param secure whether the client speaks TLS
    Rewriting(Passage passage, Route route, String name, boolean secure) {
        this(passage, route, name, secure, new Http2Answerers(passage.client().channel()));
    }

    /// @param servers the client's connections to servers that speak HTTP/2
    Rewriting(Passage passage, Route route, String name, boolean secure, Http2Answerers servers) {
        this.passage = passage;
        this.route = route;
        this.name = name;
        this.secure = secure;
        upstream = new Upstream(passage, this, route, name, servers);
        passage.resume();
    }

    @Override public void read(ByteBuf bytes) {
        unread.add(bytes);
        go();
        if ((state == State.HELD || state == State.WAIT) && unread.size() > MOST_WAITING) passage.suspend();
    }

    private void go() {
        try {
            while (!unread.empty() && !passage.closed() && step()) continue;
        } catch (BadMessage bad) {
            refuse(bad);
        }
        unread.tidy();
    }

    /// @return whether there may be more to do
    private boolean step() throws BadMessage {
        switch (state) {
            case HEAD -> {
                ByteBuf bytes = unread.bytes();
                // Old clients send an empty line after a body.
                while (bytes.readableBytes() >= 2 && bytes.getByte(bytes.readerIndex()) == '\r' && bytes.getByte(bytes.readerIndex() + 1) == '\n') unread.skip(2);
                int length = unread.head();
                if (unread.longer(length, Head.LONGEST)) throw new BadMessage(431, Route.tooLong());
                return length >= 0 && begin(length);
            }
            case GATHER -> {
                body.take(unread, this::gather);
                if (gathered.size() > Rewrites.MOST_GATHERED) tooLong();
                else if (body.done()) {
                    now.gathered = gathered.toByteArray();
                    now.trailers = Heads.trailers(body.trailers());
                    gathered = null;
                    now.requestDone = true;
                    state = State.HELD;
                    decide(now.gathered);
                }
                return false;
            }
            case BODY -> {
                body.take(unread, out::data);
                if (body.done()) bodyOver();
                return body.done();
            }
            case HELD, WAIT -> {
                return false;
            }
        }
        return false;
    }

    private void gather(ByteBuf data) {
        gathered.writeBytes(ByteBufUtil.getBytes(data));
        data.release();
    }

    private void tooLong() {
        now.note("rules.too-long");
        state = State.HELD;
        decide(null);
    }

    private boolean begin(int length) throws BadMessage {
        var head = new Head(unread.copy(length));
        RequestLine line = RequestLine.of(head);
        switch (route.step(head, line, passage.client().channel())) {
            case Route.Answer(ByteBuf page, String why) -> {
                passage.record(Side.REQUEST, unread.bytes(), length);
                unread.skip(length);
                passage.tap().fail(why);
                answer(page);
                return false;
            }
            case Route.Tunnel _ -> {
                giveBack();
                return false;
            }
            case Route.Forward(Origin to, boolean _) -> {
                if (route instanceof ForwardRoute && !passage.rewrites(to.host(), to.port())) {
                    giveBack();
                    return false;
                }
                Framing framing = Heads.strict(head, Framing.ofRequest(head, line.version().equals("HTTP/1.0")), 400);
                now = Crossing.of(passage, route, name, secure, head, line, framing, to);
                unread.skip(length);
                state = State.HELD;
                body.begin(framing);
                look();
                return true;
            }
        }
    }

    /// No rule is for what comes next: it goes through byte for byte.
    private void giveBack() {
        passage.leaveServer();
        passage.client().stage(null);
        passage.client().hold(unread.all());
        passage.client().stage(new Requests(passage, route));
    }

    /// Asks whether the body is needed, and the rules at once where it is not.
    private void look() {
        Crossing mine = now;
        boolean none = mine.framing.kind() == Framing.Kind.NONE;
        Rewrites.aside(passage, () -> {
            if (!none && mine.book.wantsBody(Side.REQUEST, mine.passing)) return Optional.<Decided>empty();
            return Optional.of(Decided.of(passage, mine, none ? new byte[0] : null));
        }, decided -> {
            if (decided.isPresent()) decided(decided.get());
            else if (mine.framing.length() > Rewrites.MOST_GATHERED) tooLong();
            else {
                if (mine.expects) mine.goOn(passage.client());
                gathered = new ByteArrayOutputStream();
                state = State.GATHER;
                passage.resume();
                go();
            }
        }, this::broken);
    }

    private void decide(byte[] came) {
        Crossing mine = now;
        Rewrites.aside(passage, () -> Decided.of(passage, mine, came), this::decided, this::broken);
    }

    private void decided(Decided decided) {
        Changed changed = decided.changed();
        now.request = changed.request();
        now.edited = changed.body();
        now.applied(changed.applied());
        passage.loop().schedule(() -> {
            if (passage.closed()) return;
            if (changed.pause() > 0) hold(decided);
            else onward(decided);
        }, changed.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void hold(Decided decided) {
        byte[] plain = now.edited != null ? now.edited : Rewrites.plain(now.request.headers(), now.gathered);
        byte[] shown = now.framing.kind() == Framing.Kind.NONE ? new byte[0] : plain;
        pause(Side.REQUEST, Heads.bytes(now.request, now.request.headers().fields(), false), shown, decided.changed().pause(), verdict -> {
            if (verdict instanceof HeldExchanges.Edited(Head head, byte[] text)) now.edit(head, text);
            onward(decided);
        });
    }

    /// What is done when a person has looked at it.
    interface Afterwards {
        void go(HeldExchanges.Verdict verdict) throws BadMessage;
    }

    /// Holds the exchange for a person.
    void pause(Side side, byte[] head, byte[] plain, int seconds, Afterwards then) {
        HeldExchanges all = passage.site().rewrites().held();
        held = all.hold(side, now.request.method(), now.request.url(), head, plain, passage.tap().now() + seconds, verdict -> passage.loop().execute(() -> {
            held = 0;
            if (passage.closed()) return;
            if (verdict instanceof HeldExchanges.Dropped) {
                fail(Route.STRINGS.get("rules.dropped"));
                return;
            }
            try {
                then.go(verdict);
            } catch (BadMessage bad) {
                broken();
            }
        }));
        long mine = held;
        passage.loop().schedule(() -> all.proceed(mine), seconds, TimeUnit.SECONDS);
    }

    /// Ends the exchange and the connection without another word.
    private void fail(String why) {
        if (!now.recorded) record(now.gathered != null || now.framing.kind() == Framing.Kind.NONE);
        now.say(passage.tap());
        passage.tap().fail(why);
        passage.close(false);
    }

    private void onward(Decided decided) {
        if (decided.nothing()) fail(Route.STRINGS.get("rules.closed"));
        else if (decided.answer() != null) answer(decided.answer());
        else upstream.ask(now);
    }

    /// Answers in the server's place, when the request is over.
    private void answer(ReadyAnswer answer) {
        record(true);
        boolean silent = now.expects && !now.told && !body.done();
        if (body.done() || silent) {
            now.requestDone |= !silent;
            upstream.reply(now, answer);
        } else {
            afterBody = () -> upstream.reply(now, answer);
            stream(true);
        }
    }

    /// Records the request as it goes on, with its body where that is here.
    void record(boolean withBody) {
        now.recorded = true;
        boolean absolute = route instanceof ForwardRoute || now.remote();
        byte[] head = Heads.bytes(now.request, now.fields(), absolute);
        passage.tap().bytes(Side.REQUEST, head, now.time);
        passage.listener().count(Side.REQUEST, head.length);
        if (withBody && now.body() != null) whole(true);
    }

    /// Sends a body that is here.
    private void whole(boolean recordOnly) {
        var outlet = new Outlet(passage, Side.REQUEST, now.chunked(), recordOnly, 0);
        outlet.data(Rewrites.buffer(now.body()));
        outlet.end(now.trailers, () -> { });
    }

    /// Sends the body after its head was sent.
    void sendBody() {
        if (now.body() != null || now.framing.kind() == Framing.Kind.NONE) {
            if (now.body() != null) whole(false);
            now.requestDone = true;
            state = State.WAIT;
            return;
        }
        stream(false);
    }

    private void stream(boolean recordOnly) {
        out = new Outlet(passage, Side.REQUEST, now.chunked(), recordOnly, 0);
        if (gathered != null) {
            out.data(Rewrites.buffer(gathered.toByteArray()));
            gathered = null;
        }
        state = State.BODY;
        passage.resume();
        if (body.done()) bodyOver();
        go();
    }

    private void bodyOver() {
        state = State.WAIT;
        out.end(Heads.trailers(body.trailers()), () -> {
            now.requestDone = true;
            if (passage.server() != null) passage.server().flush();
            if (afterBody != null) {
                Runnable then = afterBody;
                afterBody = null;
                then.run();
            } else if (now.answered) over(true);
        });
    }

    /// The exchange is complete.
    ///
    /// @param keep whether the client's connection can be used again
    void over(boolean keep) {
        now.answered = true;
        passage.client().flush();
        // Where the answer came before its time, the rest of the request is still to come.
        if (!keep || !now.keep || ended || !now.requestDone) {
            passage.close(false);
            return;
        }
        now = null;
        state = State.HEAD;
        passage.resume();
        go();
    }

    /// The server agreed to speak another protocol.
    void upgraded() {
        passage.client().stage(null);
        passage.client().hold(unread.all());
        passage.splice();
    }

    /// The request on its way; null between two.
    Crossing now() {
        return now;
    }

    /// What a rule or a person made of it cannot be sent.
    void broken() {
        if (!now.recorded) record(false);
        now.say(passage.tap());
        passage.tap().fail(Route.STRINGS.get("rules.unsendable"));
        answer(ErrorPage.rule());
    }

    /// The server cannot be reached.
    void unreached(Failure why) {
        if (!now.recorded) record(now.body() != null);
        refuseWith(ErrorPage.of(why, now.bodiless), why.detail());
    }

    /// Answers with a page and ends the connection.
    void refuseWith(ByteBuf page, String why) {
        now.say(passage.tap());
        passage.tap().fail(why);
        answer(page);
    }

    private void answer(ByteBuf page) {
        state = State.HELD;
        passage.answer(page);
        unread.all().release();
    }

    private void refuse(BadMessage bad) {
        passage.tap().fail(bad.getMessage());
        if (now != null && now.asked) {
            // What was sent to the server has no good end.
            passage.dropServer();
            now.say(passage.tap());
        } else if (now != null && !now.recorded) record(false);
        int length = unread.size();
        passage.record(Side.REQUEST, unread.bytes(), length);
        answer(ErrorPage.of(bad));
    }

    @Override public void pause() {
        if (passage.server() != null) passage.server().flush();
    }

    @Override public void end() {
        ended = true;
        if (now == null) passage.close(false);
        else if (held != 0 || state == State.GATHER || state == State.BODY) left(false);
    }

    /// The client is gone before its exchange is complete.
    private void left(boolean reset) {
        if (held != 0) passage.site().rewrites().held().forget(held);
        if (now != null && !passage.closed()) {
            if (!now.recorded) record(now.gathered != null);
            now.say(passage.tap());
            passage.tap().fail(Route.STRINGS.get("gone.client"));
        }
        passage.gone(Side.REQUEST, reset);
    }

    @Override public void gone(boolean reset) {
        unread.all().release();
        left(reset);
    }
}
