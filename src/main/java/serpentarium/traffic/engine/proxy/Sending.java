package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.format.wire.Protocol;

/// One request that is sent from here, on a connection of its own that is recorded like those of the proxy.
final class Sending implements Caller, Outgoing.Running {
    private static final int PIECE = 1 << 16;
    private static final int WAIT_MILLIS = 5;

    private final Site site;
    private final Listener listener;
    private final ProxyOptions options;
    private final EventLoop loop;
    private final Outgoing request;
    private final Consumer<Sent> then;
    private Tap tap;
    private End server;
    private InputStream body;
    private ScheduledFuture<?> limit;
    private double began;
    private boolean asked;
    private boolean ruled;
    private boolean over;
    private int status;
    private long bytes;

    /// Writes pieces of the request's body.
    interface Pieces {
        /// One piece; the buffer is the taker's.
        ///
        /// @param last whether none follows
        ChannelFuture write(ByteBuf piece, boolean last);
    }

    /// @param listener in place of one that it came through
    Sending(Site site, Listener listener, EventLoop loop, Outgoing request, Consumer<Sent> then) {
        this.site = site;
        this.listener = listener;
        options = listener.options();
        this.loop = loop;
        this.request = request;
        this.then = then;
    }

    @Override public ProxyOptions options() {
        return options;
    }

    @Override public Tap tap() {
        return tap;
    }

    @Override public EventLoop loop() {
        return loop;
    }

    @Override public boolean closed() {
        return over;
    }

    Outgoing request() {
        return request;
    }

    /// Begins; to be called once.
    void start() {
        loop.execute(this::begin);
    }

    private void begin() {
        if (over) return;
        tap = site.recorder().open(FlowSource.SENT, null, null);
        began = tap.now();
        if (!request.extras().isEmpty()) tap.fact(link -> link.extras(request.extras()));
        limit = loop.schedule(() -> fail(Route.STRINGS.get("send.late", request.limit().toSeconds())), request.limit().toMillis(), TimeUnit.MILLISECONDS);
        Origin to;
        try {
            to = request.origin();
        } catch (BadMessage bad) {
            fail(bad.getMessage());
            return;
        }
        boolean two = request.version() == Outgoing.Version.HTTP_2;
        if (request.ruled() && site.rewrites().concerns(Passing.connection(FlowSource.SENT, to.host(), to.port()))) {
            Pair.make(site.threads(), loop, pair -> through(pair, to, two), this::fail);
            return;
        }
        Connector.Outcome outcome = new Connector.Outcome() {
            @Override public void connected(End reached) {
                if (over) reached.channel().close();
                else stands(reached, to, two, this);
            }

            @Override public void failed(Failure why) {
                fail(why.detail());
            }
        };
        site.connector().open(this, to, absolute(to), outcome);
    }

    /// Goes on as the client of a passage with rules, which records what goes on and what comes back.
    private void through(Pair pair, Origin to, boolean two) {
        if (over) {
            pair.one().channel().close();
            pair.other().channel().close();
            return;
        }
        ruled = true;
        server = pair.one();
        var passage = Passage.ofSent(site, listener, pair.other(), tap, two);
        tap.fact(link -> link.scheme(to.tls() ? "https" : "http"));
        try {
            asked = true;
            new SendingHttp1(this).begin(server, request.head(false));
            pair.other().stage(new Rewriting(passage, new SentRoute(to), null, to.tls()));
        } catch (BadMessage bad) {
            fail(bad.getMessage());
        }
    }

    /// Whether rules stand between it and the server. They are recorded from behind.
    boolean ruled() {
        return ruled;
    }

    /// Whether the next proxy is asked for the URL.
    boolean absolute(Origin to) {
        return options.chain() != null && options.chain().kind() == ProxyOptions.Chain.Kind.HTTP && !to.tls() && request.version() == Outgoing.Version.HTTP_1_1;
    }

    private void stands(End reached, Origin to, boolean two, Connector.Outcome outcome) {
        server = reached;
        var end = Passage.endpoint(reached.channel().remoteAddress());
        var own = Passage.endpoint(reached.channel().localAddress());
        tap.fact(link -> {
            link.client(own);
            link.server(end);
        });
        if (!to.tls()) {
            talk(to, two);
            return;
        }
        site.secrets().server(this, reached, to, to.host(), List.of(two ? "h2" : "http/1.1"), outcome, agreed -> {
            if (over) return;
            if (two && !agreed.equals("h2")) fail(Route.STRINGS.get("send.no-http2"));
            else talk(to, two);
        });
    }

    private void talk(Origin to, boolean two) {
        try {
            asked = true;
            if (two) new SendingHttp2(this).begin(server);
            else new SendingHttp1(this).begin(server, head(to));
        } catch (BadMessage bad) {
            fail(bad.getMessage());
        }
    }

    private byte[] head(Origin to) throws BadMessage {
        boolean absolute = absolute(to);
        byte[] head = request.head(absolute);
        if (!absolute || options.chain().credentials() == null) return head;
        byte[] line = WireText.encode("Proxy-Authorization: " + options.chain().credentials().basic() + "\r\n\r\n");
        byte[] both = Arrays.copyOf(head, head.length - 2 + line.length);
        System.arraycopy(line, 0, both, head.length - 2, line.length);
        return both;
    }

    /// Sends the body piece by piece, each when the one before was written.
    void pump(Pieces pieces) {
        if (over) return;
        site.threads().aside("body", () -> {
            byte[] piece;
            try {
                if (body == null) body = request.content().from().open();
                piece = body.readNBytes(PIECE);
                if (piece.length < PIECE) body.close();
            } catch (IOException | UncheckedIOException e) {
                loop.execute(() -> fail(Route.STRINGS.get("send.no-body", String.valueOf(e.getMessage()))));
                return;
            }
            loop.execute(() -> {
                if (over) {
                    leaveBody();
                    return;
                }
                boolean last = piece.length < PIECE;
                ChannelFuture written = pieces.write(Unpooled.wrappedBuffer(piece), last);
                if (!last) written.addListener(done -> {
                    if (done.isSuccess()) pump(pieces);
                });
            });
        });
    }

    /// What is left of the body is not read.
    private void leaveBody() {
        InputStream left = body;
        if (left != null) site.threads().aside("body", () -> {
            try {
                left.close();
            } catch (IOException _) {
                // Nothing of it is wanted any more.
            }
        });
    }

    /// Whether the recorder has so much to do that reading should wait; it goes on by itself.
    void rest() {
        if (!site.recorder().busy() || over) return;
        server.channel().config().setAutoRead(false);
        loop.schedule(() -> {
            if (over) return;
            if (site.recorder().busy()) rest();
            else server.channel().config().setAutoRead(true);
        }, WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// A response's head came.
    void status(int now) {
        status = now;
    }

    /// Whether the head of the response came.
    boolean answered() {
        return status >= 200 || status == 101;
    }

    /// So much more of the response's body came.
    void count(int more) {
        bytes += more;
    }

    /// The response is complete.
    void done() {
        end(null);
    }

    /// It has no good end.
    void fail(String why) {
        if (over) return;
        if (!asked && tap != null) record();
        if (tap != null) tap.fail(why);
        end(why);
    }

    /// What was not sent because there is no connection is seen all the same.
    private void record() {
        try {
            tap.bytes(Side.REQUEST, request.head(true), began);
            tap.end(Side.REQUEST);
        } catch (BadMessage bad) {
            tap.fail(bad.getMessage());
        }
    }

    private void end(String said) {
        if (over) return;
        // What a passage answers in place of a server that cannot be had is no answer.
        String why = ruled && tap.failure() != null ? tap.failure() : said;
        if (ruled && why != null) status = 0;
        over = true;
        if (limit != null) limit.cancel(false);
        leaveBody();
        double seconds = tap == null ? 0 : tap.now() - began;
        // With rules, the passage ends the recording when its client has gone.
        if (tap != null && !ruled) tap.close(Protocol.Ending.CLOSED);
        if (server != null) {
            server.stage(new Ignoring());
            server.close(why != null);
        }
        then.accept(new Sent(tap == null ? null : tap.flow(), status, seconds, bytes, why));
    }

    @Override public void cancel() {
        loop.execute(() -> {
            if (over) return;
            fail(Route.STRINGS.get("send.cancelled"));
        });
    }

    /// Takes what still comes.
    private static final class Ignoring implements Stage {
        @Override public void read(ByteBuf bytes) {
            ReferenceCountUtil.release(bytes);
        }

        @Override public void end() {
            // The connection is being closed.
        }

        @Override public void gone(boolean reset) {
            // There is nothing left to do.
        }
    }
}
