package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Changed;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.analysis.rule.RuleRun;
import serpentarium.traffic.engine.rewrite.ReadyAnswer;

/// A server's side of HTTP/1 where rules act: each response is read strictly, asked of the rules, and written anew.
final class Replies implements Stage {
    private static final int MOST_WAITING = 1 << 20;

    private enum State { HEAD, GATHER, HELD, BODY }

    private final Passage passage;
    private final Rewriting requests;
    private final Upstream upstream;
    private final Gather unread = new Gather();
    private final BodyIn body = new BodyIn();
    private State state = State.HEAD;
    private Head head;
    private ResponseHead came;
    private Framing framing;
    private ByteArrayOutputStream gathered;
    private byte[] whole;
    private Headers trailers = Headers.NONE;
    private Outlet out;
    private boolean ended;
    private boolean reset;

    Replies(Passage passage, Rewriting requests, Upstream upstream) {
        this.passage = passage;
        this.requests = requests;
        this.upstream = upstream;
    }

    @Override public void read(ByteBuf bytes) {
        unread.add(bytes);
        go();
        if (state == State.HELD && unread.size() > MOST_WAITING && passage.server() != null) passage.server().channel().config().setAutoRead(false);
    }

    private void go() {
        try {
            while (!unread.empty() && passage.server() != null && !passage.closed() && step()) continue;
            if (ended && !passage.closed() && passage.server() != null && state != State.HELD) over();
        } catch (BadMessage bad) {
            refuse();
        }
        if (passage.server() == null || passage.closed()) unread.all().release();
        else unread.tidy();
    }

    private boolean step() throws BadMessage {
        Crossing now = requests.now();
        switch (state) {
            case HEAD -> {
                if (now == null || !now.asked || now.answered) {
                    // Nobody asked for what comes now: it could be taken for the answer to what is asked next.
                    passage.dropServer();
                    return false;
                }
                int length = unread.head();
                if (unread.longer(length, Head.LONGEST) || length < 0 && !startsLikeHttp()) throw new BadMessage(502, "");
                if (length < 0) return false;
                head(now, length);
                return true;
            }
            case GATHER -> {
                body.take(unread, this::gather);
                if (gathered.size() > Rewrites.MOST_GATHERED) {
                    now.note("rules.too-long");
                    state = State.HELD;
                    decide(now, false);
                } else if (body.done()) gatheredAll(now);
                return false;
            }
            case BODY -> {
                body.take(unread, out::data);
                if (body.done()) finish(now);
                return false;
            }
            case HELD -> {
                return false;
            }
        }
        return false;
    }

    private boolean startsLikeHttp() {
        ByteBuf bytes = unread.bytes();
        for (int i = 0; i < Math.min(5, bytes.readableBytes()); i++) if (bytes.getByte(bytes.readerIndex() + i) != "HTTP/".charAt(i)) return false;
        return true;
    }

    private void head(Crossing now, int length) throws BadMessage {
        head = new Head(unread.copy(length));
        came = Heads.response(head);
        framing = Heads.strict(head, Framing.ofResponse(head, came.status(), now.bodiless), 502);
        unread.skip(length);
        int status = came.status();
        if (status == 101) {
            if (!now.upgrade) throw new BadMessage(502, "");
            upstream.respond(now, came, -2, true);
            passage.client().flush();
            End server = passage.server();
            server.stage(null);
            server.hold(unread.all());
            requests.upgraded();
        } else if (status < 200) {
            if (status == 100 && now.told || !now.http11()) return;
            upstream.respond(now, came, -2, true);
            passage.client().flush();
        } else {
            state = State.HELD;
            body.begin(framing);
            look(now);
        }
    }

    private boolean endless() {
        return came.headers().first("content-type").orElse("").toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    private void look(Crossing now) {
        boolean none = framing.kind() == Framing.Kind.NONE;
        Passing passing = passing(now);
        Rewrites.aside(passage, () -> !none && now.book.wantsBody(Side.RESPONSE, passing.with(came, null)), wanted -> {
            boolean tooLong = framing.length() > Rewrites.MOST_GATHERED;
            if (wanted && (tooLong || endless())) now.note(tooLong ? "rules.too-long" : "rules.endless");
            if (wanted && !tooLong && !endless()) {
                gathered = new ByteArrayOutputStream();
                state = State.GATHER;
                resume();
                go();
            } else decide(now, none);
        }, requests::broken);
    }

    /// The exchange as the rules for responses see it.
    private Passing passing(Crossing now) {
        return now.passing.with(now.came, Rewrites.plain(now.came.headers(), now.framing.kind() == Framing.Kind.NONE ? new byte[0] : now.gathered))
                .from(now.passing.client(), passage.program(false));
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

    private void gatheredAll(Crossing now) {
        whole = gathered.toByteArray();
        gathered = null;
        trailers = Heads.trailers(body.trailers());
        state = State.HELD;
        decide(now, false);
    }

    private void resume() {
        if (passage.server() != null && passage.client().channel().isWritable()) passage.server().channel().config().setAutoRead(true);
    }

    private void decide(Crossing now, boolean none) {
        byte[] all = none ? new byte[0] : whole;
        Passing passing = passing(now);
        Rewrites.aside(passage, () -> new RuleRun(now.book, Rewrites.chance()).response(passing.with(came, Rewrites.plain(came.headers(), all))),
                changed -> decided(now, changed), requests::broken);
    }

    private void decided(Crossing now, Changed changed) {
        now.applied(changed.applied());
        now.rate = changed.rate();
        if (changed.pause() == 0) {
            write(now, changed.response(), changed.body());
            return;
        }
        byte[] plain = changed.body() != null ? changed.body() : framing.kind() == Framing.Kind.NONE ? new byte[0] : Rewrites.plain(came.headers(), whole);
        requests.pause(Side.RESPONSE, Heads.bytes(changed.response(), changed.response().headers().fields()), plain, changed.pause(), verdict -> {
            ResponseHead response = changed.response();
            byte[] edited = changed.body();
            if (verdict instanceof HeldExchanges.Edited(Head read, byte[] text)) {
                response = Heads.response(read);
                if (text != null) {
                    edited = text;
                    response = Heads.with(response, Heads.without(response.headers(), "content-encoding"));
                }
            }
            write(now, response, edited);
        });
    }

    /// An answer in the server's place; rules for responses are not asked of it.
    void ready(Crossing now, RequestHead request, ReadyAnswer answer) {
        came = answer.head();
        framing = Framing.NONE;
        boolean bare = request.method().equals("HEAD") || came.status() == 204 || came.status() == 304;
        boolean keep = now.keep && now.requestDone;
        try {
            upstream.respond(now, came, came.status() == 204 || came.status() == 304 ? -2 : answer.body().length(), keep);
        } catch (BadMessage bad) {
            requests.broken();
            return;
        }
        out = new Outlet(passage, Side.RESPONSE, false, false, now.rate);
        Runnable whole = () -> out.end(Headers.NONE, () -> requests.over(keep));
        if (bare) whole.run();
        else new Pouring(passage, answer.body(), out, whole).next();
    }

    private void write(Crossing now, ResponseHead response, byte[] edited) {
        byte[] all = edited != null ? edited : whole;
        boolean bare = now.bodiless || response.status() == 204 || response.status() == 304;
        boolean inChunks = framing.kind() == Framing.Kind.CHUNKED || framing.kind() == Framing.Kind.TO_CLOSE;
        boolean chunked = !bare && now.http11() && inChunks && (all == null || edited == null && !trailers.fields().isEmpty());
        boolean toClose = !bare && inChunks && all == null && !chunked;
        long length = bare ? response.status() == 204 ? -2 : -3 : chunked ? -1 : toClose ? -2 : all != null ? all.length : framing.length();
        boolean keep = now.keep && now.requestDone && !toClose;
        now.response(head, came, response, whole, edited != null);
        try {
            upstream.respond(now, response, length, keep);
        } catch (BadMessage bad) {
            requests.broken();
            return;
        }
        out = new Outlet(passage, Side.RESPONSE, chunked, bare, bare ? 0 : now.rate);
        if (all != null && !bare) out.data(Rewrites.buffer(all));
        else if (gathered != null) out.data(Rewrites.buffer(gathered.toByteArray()));
        gathered = null;
        state = State.BODY;
        resume();
        if (body.done()) finish(now);
        else {
            go();
            passage.client().flush();
        }
    }

    private void finish(Crossing now) {
        boolean toClose = framing.kind() == Framing.Kind.TO_CLOSE;
        boolean last = toClose || came.httpVersion().equals("HTTP/1.0") || head.lists("connection", "close") || passage.server() == null || passage.server().single();
        state = State.HELD;
        boolean keep = now.keep && now.requestDone && (now.http11() || !toClose);
        out.end(whole != null ? trailers : Heads.trailers(body.trailers()), () -> {
            whole = null;
            state = State.HEAD;
            if (last || ended || !unread.empty()) passage.dropServer();
            requests.over(keep);
        });
    }

    /// The server has said its last word.
    private void over() {
        Crossing now = requests.now();
        if (now == null || now.answered) {
            passage.dropServer();
            return;
        }
        if (state == State.HEAD) {
            passage.dropServer();
            upstream.strange(now, () -> requests.refuseWith(ErrorPage.response(now.bodiless), Route.STRINGS.get("gone.server")));
            return;
        }
        boolean whole = body.toClose() && !reset;
        if (!whole) {
            passage.tap().fail(Route.STRINGS.get("gone.server"));
            if (state == State.GATHER) requests.refuseWith(ErrorPage.response(now.bodiless), Route.STRINGS.get("gone.server"));
            else passage.close(true);
        } else if (state == State.GATHER) {
            body.begin(Framing.NONE);
            gatheredAll(now);
        } else finish(now);
    }

    /// What the server said is not passed on.
    private void refuse() {
        Crossing now = requests.now();
        passage.dropServer();
        if (now == null) return;
        if (state == State.BODY) {
            passage.tap().fail(Route.STRINGS.get("bad.response"));
            passage.close(true);
            return;
        }
        Runnable said = () -> requests.refuseWith(ErrorPage.response(now.bodiless), Route.STRINGS.get("bad.response"));
        if (state == State.HEAD && came == null) upstream.strange(now, said);
        else said.run();
    }

    @Override public void pause() {
        passage.client().flush();
    }

    @Override public void end() {
        ended = true;
        go();
    }

    @Override public void gone(boolean broken) {
        if (!ended) reset = broken;
        ended = true;
        go();
    }
}
