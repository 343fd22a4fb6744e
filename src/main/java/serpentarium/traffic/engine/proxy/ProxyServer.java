package serpentarium.traffic.engine.proxy;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.task.ServiceThreads;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.analysis.rule.RuleBook;
import serpentarium.traffic.engine.TrafficReader;
import serpentarium.traffic.engine.trust.Authority;

/// The live proxy: any number of listeners that are started and stopped one by one, on threads of its own. What goes through them is handed on byte
/// for byte, and written to a sink as flows while it goes on. Safe to use from any thread.
///
/// ```java
/// var proxy = new ProxyServer(session, authority, ProxyOptions.USUAL);
/// Listener forward = proxy.start(new ListenerSpec.Forward("127.0.0.1", 8080));
/// Listener reverse = proxy.start(ListenerSpec.Reverse.of("127.0.0.1", 0, "http://127.0.0.1:8000", false));
/// ```
public final class ProxyServer implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(ProxyServer.class);
    private static final int MOST_LOOPS = 4;
    private static final int BACKLOG = 1024;

    private final EventLoopGroup loops;
    private final AddressGuard guard = new AddressGuard();
    private final Recorder recorder;
    private final Site site;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Rewrites rewrites = new Rewrites();
    private final Listener sender;
    private final Set<Sending> sendings = ConcurrentHashMap.newKeySet();
    private volatile ProxyOptions options;

    /// A proxy without listeners.
    ///
    /// @param sink      where flows are written to; it is not closed
    /// @param authority in whose name hosts are played
    public ProxyServer(FlowSink sink, Authority authority, ProxyOptions options) {
        this(sink, authority, options, Recorder.MOST, Patience.USUAL);
    }

    /// @param waiting bytes that may wait to be recorded
    ProxyServer(FlowSink sink, Authority authority, ProxyOptions options, long waiting, Patience patience) {
        this.options = options;
        sender = Listener.ofSent(() -> this.options, guard);
        var threads = new ServiceThreads("proxy");
        loops = new MultiThreadIoEventLoopGroup(Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()), loops(threads), NioIoHandler.newFactory());
        recorder = new Recorder(sink, threads, new Clock(), waiting);
        var secrets = new Unsealing(threads, authority, patience);
        site = new Site(threads, recorder, new Connector(threads, guard, secrets, patience), new Processes(threads), secrets, rewrites);
    }

    /// Threads on which Netty finds its own things quickly.
    static ThreadFactory loops(ServiceThreads threads) {
        ThreadFactory plain = threads.loops();
        return work -> plain.newThread(() -> FastThreadLocalThread.runWithFastThreadLocal(work));
    }

    /// Begins to listen.
    ///
    /// @throws ProblemException when the port is taken, the address is not this machine's, or others could use the proxy without a password
    public Listener start(ListenerSpec spec) {
        InetAddress address = address(spec.host());
        if (!address.isLoopbackAddress() && options.credentials() == null) throw problem("listen.needs-password", spec);
        var made = new Listener[1];
        var bootstrap = new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true).childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(1 << 16, 1 << 17))
                // Nobody is let in before the listener is there to look after it.
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override protected void initChannel(Channel client) {
                        made[0].accepted(site, client);
                    }
                });
        ChannelFuture bound = bootstrap.bind(new InetSocketAddress(address, spec.port())).awaitUninterruptibly();
        if (!bound.isSuccess()) throw new ProblemException(notBound(spec, bound.cause()).causedBy(bound.cause()));
        var listener = new Listener(spec, bound.channel(), () -> options, guard);
        guard.add(listener.port());
        made[0] = listener;
        listeners.add(listener);
        bound.channel().closeFuture().addListener(_ -> listeners.remove(listener));
        bound.channel().eventLoop().execute(() -> bound.channel().config().setAutoRead(true));
        return listener;
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host.isEmpty() ? ListenerSpec.LOOPBACK : host);
        } catch (UnknownHostException e) {
            throw new ProblemException(Problem.of(STRINGS, "listen.no-address", Place.NOWHERE, host).causedBy(e));
        }
    }

    private static ProblemException problem(String id, ListenerSpec spec) {
        return new ProblemException(Problem.of(STRINGS, id, Place.NOWHERE, spec.host(), String.valueOf(spec.port())));
    }

    private static Problem notBound(ListenerSpec spec, Throwable cause) {
        boolean taken = cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use");
        return Problem.of(STRINGS, taken ? "listen.taken" : "listen.not-bound", Place.NOWHERE, spec.host(), String.valueOf(spec.port()), String.valueOf(cause.getMessage()));
    }

    /// The listeners that run.
    public List<Listener> listeners() {
        return List.copyOf(listeners);
    }

    /// How it behaves now.
    public ProxyOptions options() {
        return options;
    }

    /// How it behaves for connections that come from now on. Without a password, listeners that other machines reach are stopped.
    public void options(ProxyOptions now) {
        options = now;
        if (now.credentials() != null) return;
        for (Listener listener : listeners) if (listener.notice().isPresent()) listener.stop();
    }

    /// The rules that change traffic from now on. Hosts that one of them may be for are taken apart and written anew from the next connection on, and
    /// are spoken HTTP/1.1 with where they speak it; an exchange that has begun keeps the rules that it began with.
    public void rules(RuleBook now) {
        rewrites.book(now);
    }

    /// Reads the files that rules answer from; without it only own sessions can be answered from.
    public void recordings(TrafficReader reader) {
        rewrites.recordings().reader(reader);
    }

    /// Sends a request from here, past all listeners, on a connection of its own; rules act on it where it says so. It becomes a flow of the session
    /// like any other.
    ///
    /// @param then is told once what became of it, on a thread of the proxy
    public Outgoing.Running send(Outgoing request, Consumer<Sent> then) {
        request.check();
        var holder = new AtomicReference<Sending>();
        var sending = new Sending(site, sender, loops.next(), request, sent -> {
            sendings.remove(holder.get());
            then.accept(sent);
        });
        holder.set(sending);
        sendings.add(sending);
        sending.start();
        return sending;
    }

    /// The exchanges that stand at a breakpoint.
    public HeldExchanges held() {
        return rewrites.held();
    }

    /// A port of this program that nobody is to reach through the proxy.
    public void reserve(int port) {
        guard.add(port);
    }

    /// Bytes that went by and could not be recorded, because writing them took longer than they took to come. Their flows say so, too.
    public long unrecorded() {
        return recorder.unrecorded();
    }

    /// What is wrong with recording; empty while all is well. The traffic goes on whatever it is.
    public Optional<Problem> problem() {
        String why = recorder.failure();
        return why == null ? Optional.empty() : Optional.of(Problem.of(STRINGS, "record.failed", Place.NOWHERE, why));
    }

    /// Stops all listeners, ends what goes through them, and writes what is still to be recorded.
    @Override public void close() {
        listeners.forEach(Listener::stop);
        sendings.forEach(Sending::cancel);
        loops.shutdownGracefully(50, 3000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        recorder.close();
        rewrites.recordings().close();
    }
}
