package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Changed;
import serpentarium.traffic.analysis.rule.Instead;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.analysis.rule.RuleRun;
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
        this.passage = passage;
        this.route = route;
        this.name = name;
        this.secure = secure;
        upstream = new Upstream(passage, this, route, name);
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
                if (length < 0 && unread.size() > Head.LONGEST) throw new BadMessage(431, Route.tooLong());
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
        try {
            data.getBytes(data.readerIndex(), gathered, data.readableBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            data.release();
        }
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
                now = crossing(head, line, framing, to);
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

    private Crossing crossing(Head head, RequestLine line, Framing framing, Origin to) throws BadMessage {
        String host = head.only("host");
        if (host == null && line.version().equals("HTTP/1.1") && !(route instanceof ForwardRoute)) throw new BadMessage(400, Route.STRINGS.get("bad.no-host"));
        Origin seen = to;
        if (route instanceof ReverseRoute && host != null) seen = Origin.of(secure, host, secure ? 443 : 80);
        else if (name != null) seen = new Origin(to.tls(), name.toLowerCase(java.util.Locale.ROOT), to.port());
        RequestHead came = Heads.request(head, line, seen);
        // The target decides: who reads the Host field must see the same one.
        String authority = route instanceof ForwardRoute ? Origin.authority(line.target()) : host == null ? seen.hostField() : host;
        if (host == null || !host.equalsIgnoreCase(authority)) came = Heads.with(came, Heads.with(came.headers(), "Host", authority));
        var passing = Passing.connection(passage.listener().source(), seen.host(), seen.port()).with(came, null)
                .from(String.valueOf(Passage.endpoint(passage.client().channel().remoteAddress())), null);
        return new Crossing(head, line, framing, to, passage.tap().now(), passage.site().rewrites().book(), passing);
    }

    /// Asks whether the body is needed, and the rules at once where it is not.
    private void look() {
        Crossing mine = now;
        boolean none = mine.framing.kind() == Framing.Kind.NONE;
        Rewrites.aside(passage, () -> {
            if (!none && mine.book.wantsBody(Side.REQUEST, mine.passing)) return Optional.<Decided>empty();
            return Optional.of(decision(mine, none ? new byte[0] : null));
        }, decided -> {
            if (decided.isPresent()) decided(decided.get());
            else if (mine.framing.length() > Rewrites.MOST_GATHERED) tooLong();
            else {
                if (mine.expects) goOn();
                gathered = new ByteArrayOutputStream();
                state = State.GATHER;
                passage.resume();
                go();
            }
        }, this::broken);
    }

    /// The client waits for a word before it sends the body.
    private void goOn() {
        now.told = true;
        ByteBuf word = Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", StandardCharsets.US_ASCII);
        passage.client().write(word);
        passage.client().flush();
    }

    /// What the rules said of a request, and the answer that they give.
    private record Decided(Changed changed, boolean nothing, ReadyAnswer answer) {}

    private void decide(byte[] came) {
        Crossing mine = now;
        Rewrites.aside(passage, () -> decision(mine, came), this::decided, this::broken);
    }

    private Decided decision(Crossing mine, byte[] came) {
        Rewrites rewrites = passage.site().rewrites();
        Passing passing = mine.passing.with(mine.came, Rewrites.plain(mine.came.headers(), came)).from(mine.passing.client(), passage.program(rewrites.asksForProgram()));
        Changed changed = new RuleRun(mine.book, Rewrites.chance()).request(passing);
        if (changed.instead().isEmpty()) return new Decided(changed, false, null);
        return switch (changed.instead().get()) {
            case Instead.Nothing _ -> new Decided(changed, true, null);
            case Instead.Made(int status, String type, String text) -> new Decided(changed, false, ReadyAnswer.made(status, type, text));
            case Instead.File(String path) -> new Decided(changed, false, Rewrites.files().answer(path, changed.request().path()));
            case Instead.Recorded(String session, boolean onward) -> {
                Optional<ReadyAnswer> found = rewrites.recordings().answer(session, onward, changed.request());
                if (found.isPresent()) yield new Decided(changed, false, found.get());
                // The server answers, so this rule did nothing.
                List<String> names = changed.applied();
                yield new Decided(new Changed(changed.request(), null, changed.body(), names.subList(0, names.size() - 1), changed.delay(), changed.rate(),
                        Optional.empty(), changed.pause()), false, null);
            }
        };
    }

    private void decided(Decided decided) {
        Changed changed = decided.changed;
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
        pause(Side.REQUEST, Heads.bytes(now.request, now.request.headers().fields(), false), shown, decided.changed.pause(), verdict -> {
            if (verdict instanceof HeldExchanges.Edited(Head head, byte[] text)) {
                RequestLine line = RequestLine.of(head);
                Origin absolute = Origin.ofAbsolute(line.target());
                Origin to = absolute != null ? absolute : new Origin(now.request.scheme().equals("https"), now.request.host(), now.request.port());
                RequestHead edited = Heads.request(head, line, to);
                if (edited.headers().first("host").isEmpty()) edited = Heads.with(edited, Heads.with(edited.headers(), "Host", to.hostField()));
                if (text != null) {
                    now.edited = text;
                    edited = Heads.with(edited, Heads.without(edited.headers(), "content-encoding"));
                }
                now.request = edited;
            }
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
        if (decided.nothing) fail(Route.STRINGS.get("rules.closed"));
        else if (decided.answer != null) answer(decided.answer);
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
        byte[] head = Heads.bytes(now.request, fields(), absolute);
        passage.tap().bytes(Side.REQUEST, head, now.time);
        passage.listener().count(Side.REQUEST, head.length);
        if (withBody && now.body() != null) whole(true);
    }

    /// The fields of the request as they go on.
    List<Headers.Field> fields() {
        boolean chunked = chunked();
        long length = now.body() != null && !chunked && (now.body().length > 0 || now.framing.kind() != Framing.Kind.NONE) ? now.body().length : chunked ? -1
                : now.framing.kind() == Framing.Kind.LENGTH ? now.framing.length() : now.came.headers().first("content-length").isPresent() ? 0 : -2;
        Headers headers = now.told || now.body() != null ? Heads.without(now.request.headers(), "expect") : now.request.headers();
        return Heads.onward(headers, length, now.upgrade);
    }

    private boolean chunked() {
        boolean asItCame = now.framing.kind() == Framing.Kind.CHUNKED;
        return asItCame && (now.body() == null || now.edited == null && !now.trailers.fields().isEmpty());
    }

    /// Sends a body that is here.
    private void whole(boolean recordOnly) {
        var outlet = new Outlet(passage, Side.REQUEST, chunked(), recordOnly, 0);
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
        out = new Outlet(passage, Side.REQUEST, chunked(), recordOnly, 0);
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
        if (!keep || !now.keep || ended) {
            passage.close(false);
            return;
        }
        // An answer before its time: the rest of the request is still to come.
        if (!now.requestDone) {
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
        else if (held != 0) left(false);
        else if (state == State.GATHER || state == State.BODY) left(false);
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
