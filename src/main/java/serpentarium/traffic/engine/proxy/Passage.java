package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.rule.Passing;
import serpentarium.traffic.format.wire.Protocol;

/// A client's connection with the one to a server behind it, both on one event loop, and the tap between them.
final class Passage implements Caller {
    private static final int SILENCE_SECONDS = 15;
    private static final int WAIT_MILLIS = 5;
    private static final int PROGRAM_MILLIS = 300;

    private final Site site;
    private final Listener listener;
    private final End client;
    private final boolean[] ended = new boolean[2];
    private End server;
    private Tap tap;
    private boolean closed;
    private boolean waits;
    private boolean two;
    private boolean sent;
    private long heard;
    private volatile CompletableFuture<ProcessFacts> owner;

    Passage(Site site, Listener listener, End client) {
        this.site = site;
        this.listener = listener;
        this.client = client;
    }

    /// The way of a request that is sent from here, through rules.
    ///
    /// @param tap what records it already
    /// @param two whether HTTP/2 is wanted with the server
    static Passage ofSent(Site site, Listener listener, End client, Tap tap, boolean two) {
        var passage = new Passage(site, listener, client);
        passage.tap = tap;
        passage.two = two;
        passage.sent = true;
        return passage;
    }

    /// Whether HTTP/2 is wanted with the server.
    boolean wantsHttp2() {
        return two;
    }

    /// The server does not speak HTTP/2.
    void leaveHttp2() {
        two = false;
    }

    Site site() {
        return site;
    }

    Listener listener() {
        return listener;
    }

    End client() {
        return client;
    }

    /// Null while there is none.
    End server() {
        return server;
    }

    End end(Side side) {
        return side == Side.REQUEST ? client : server;
    }

    @Override public ProxyOptions options() {
        return listener.options();
    }

    @Override public EventLoop loop() {
        return client.channel().eventLoop();
    }

    @Override public boolean closed() {
        return closed;
    }

    /// What records it; begins with the first call.
    @Override public Tap tap() {
        if (tap == null) {
            tap = site.recorder().open(listener.source(), endpoint(client.channel().remoteAddress()), null);
            Tap mine = tap;
            lookUp();
            owner.thenAccept(process -> mine.fact(link -> link.process(process)));
        }
        return tap;
    }

    /// Begins to look for the client's program: the sooner, the more likely it is still there.
    ///
    /// @return what is known of it as soon as something is; empty where nothing will be
    Optional<CompletableFuture<ProcessFacts>> lookUp() {
        if (owner != null) return Optional.of(owner);
        owner = new CompletableFuture<>();
        boolean may = site.processes().find((InetSocketAddress) client.channel().remoteAddress(), (InetSocketAddress) client.channel().localAddress(), loop(), owner::complete);
        return may ? Optional.of(owner) : Optional.empty();
    }

    /// The name of the client's program; null where it is not known. May wait a little where that is wanted.
    String program(boolean wait) {
        CompletableFuture<ProcessFacts> found = owner;
        if (found == null) return null;
        ProcessFacts facts = wait ? found.copy().completeOnTimeout(null, PROGRAM_MILLIS, TimeUnit.MILLISECONDS).join() : found.getNow(null);
        return facts == null ? null : facts.name();
    }

    /// Connects to a server, then goes on; neither is done any more when the client is gone.
    void connect(Origin origin, Runnable then, Consumer<Failure> failed) {
        site.connector().open(this, origin, false, new Connector.Outcome() {
            @Override public void connected(End reached) {
                if (closed) {
                    reached.channel().close();
                    return;
                }
                server(reached);
                then.run();
            }

            @Override public void failed(Failure why) {
                if (!closed) failed.accept(why);
            }
        });
    }

    /// Whether a rule may have to do with what this client asks of a server, so that it is taken apart and written anew.
    ///
    /// @param host null where only the requests will say it
    boolean rewrites(String host, int port) {
        return sent || site.rewrites().concerns(Passing.connection(listener.source(), host, port));
    }

    static Endpoint endpoint(java.net.SocketAddress address) {
        return address instanceof InetSocketAddress inet
                ? new Endpoint(inet.getAddress() == null ? inet.getHostString() : inet.getAddress().getHostAddress(), inet.getPort()) : null;
    }

    /// The connection to a server stands. What comes from there is held until it has a stage.
    void server(End now) {
        server = now;
        End.join(client, now);
        Endpoint end = endpoint(now.channel().remoteAddress());
        tap().fact(link -> link.server(end));
    }

    /// Gives up the server: the next request goes to another one.
    void leaveServer() {
        if (tap != null) tap.close(Protocol.Ending.CLOSED);
        tap = null;
        dropServer();
    }

    /// Gives up the server and goes on recording.
    void dropServer() {
        if (server == null) return;
        if (tap != null) tap.fact(link -> link.tls(null));
        server.part();
        server.stage(new Sink());
        server.channel().close();
        server = null;
    }

    /// Records bytes and hands them on.
    void pass(Side from, ByteBuf bytes) {
        count(from, bytes.readableBytes());
        tap().bytes(from, bytes);
        write(from, bytes);
    }

    /// Records bytes as they came, which are handed on in another form.
    void record(Side from, ByteBuf bytes, int length) {
        count(from, length);
        tap().bytes(from, bytes, bytes.readerIndex(), length);
    }

    private void count(Side from, int bytes) {
        if (from == Side.RESPONSE) heard += bytes;
        if (site.recorder().busy() && listener.options().whole()) waitForRecorder();
        listener.count(from, bytes);
    }

    /// Reads nothing until the recorder has caught up.
    private void waitForRecorder() {
        // One that became writable may have been read again meanwhile.
        for (End end : new End[] {client, server}) if (end != null) end.channel().config().setAutoRead(false);
        if (waits) return;
        waits = true;
        loop().schedule(() -> {
            waits = false;
            if (closed) return;
            if (site.recorder().busy()) waitForRecorder();
            else resume();
        }, WAIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Hands bytes on that were recorded already.
    void write(Side from, ByteBuf bytes) {
        End to = from == Side.REQUEST ? server : client;
        if (to == null || to.isGone()) bytes.release();
        else to.write(bytes);
    }

    /// Both sides are handed on as they are from now on.
    void splice() {
        server.stage(new Splice(this, Side.RESPONSE));
        client.stage(new Splice(this, Side.REQUEST));
        resume();
    }

    /// Reads both ends again, each while the other can be written to.
    void resume() {
        if (closed) return;
        client.channel().config().setAutoRead(server == null || server.channel().isWritable());
        if (server != null) server.channel().config().setAutoRead(client.channel().isWritable());
    }

    /// Reads no more of the client for now.
    void suspend() {
        client.channel().config().setAutoRead(false);
    }

    /// One side sends no more.
    void ended(Side from) {
        if (ended[from.ordinal()] || closed) return;
        ended[from.ordinal()] = true;
        if (tap != null) tap.end(from);
        End to = from == Side.REQUEST ? server : client;
        if (ended[0] && ended[1] || to == null) {
            close(false);
            return;
        }
        to.finish();
        if (from == Side.REQUEST) watch();
    }

    /// A client that sends no more has most likely gone; only writing to it would show. A server that has nothing to say to it is left after a while.
    private void watch() {
        long before = heard;
        var later = loop().schedule(() -> {
            if (closed) return;
            if (heard != before) {
                watch();
                return;
            }
            tap().fail(Route.STRINGS.get("gone.client"));
            close(false);
        }, SILENCE_SECONDS, TimeUnit.SECONDS);
        client.channel().closeFuture().addListener(_ -> later.cancel(false));
    }

    /// A connection is gone.
    void gone(Side from, boolean reset) {
        if (reset && tap != null && !closed) tap.fail(Route.STRINGS.get(from == Side.REQUEST ? "gone.client" : "gone.server"));
        close(reset);
    }

    /// Both connections are closed, after what was written.
    void close(boolean reset) {
        close(reset ? Protocol.Ending.RESET : Protocol.Ending.CLOSED);
    }

    void close(Protocol.Ending how) {
        if (closed) return;
        closed = true;
        if (tap != null) tap.close(how);
        boolean reset = how == Protocol.Ending.RESET;
        if (server != null) {
            server.part();
            server.stage(new Sink());
            server.close(reset);
        }
        client.part();
        // A server that has said its last word and then broke off has not broken off what it said.
        if (reset && !ended[Side.RESPONSE.ordinal()]) {
            client.stage(new Sink());
            client.close(true);
        } else client.linger();
    }

    /// Answers a client itself, then closes the connection when the client has had time to read it.
    void answer(ByteBuf page) {
        tap().bytes(Side.RESPONSE, page);
        client.write(page);
        tap.end(Side.RESPONSE);
        close(false);
    }

    /// Takes what comes and does nothing with it.
    private static final class Sink implements Stage {
        @Override public void read(ByteBuf bytes) {
            bytes.release();
        }

        @Override public void end() {
            // Whoever put it here closes the connection.
        }

        @Override public void gone(boolean reset) {
            // There is nothing left to do.
        }
    }
}
