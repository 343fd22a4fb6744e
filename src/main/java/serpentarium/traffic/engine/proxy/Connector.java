package serpentarium.traffic.engine.proxy;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.resolver.NoopAddressResolverGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import serpentarium.task.ServiceThreads;

/// Makes connections to servers: looks up the name, asks the guard, tries one address after another.
final class Connector {
    private final ServiceThreads threads;
    private final AddressGuard guard;
    private final Unsealing secrets;
    private final int millis;

    /// What became of it; told on the caller's event loop.
    interface Outcome {
        /// It stands; what comes from there is held.
        void connected(End server);

        /// There is none.
        void failed(Failure why);
    }

    Connector(ServiceThreads threads, AddressGuard guard, Unsealing secrets, Patience patience) {
        this.threads = threads;
        this.guard = guard;
        this.secrets = secrets;
        millis = patience.connectMillis();
    }

    private record Attempt(Caller caller, Origin origin, ProxyOptions options, boolean direct, List<InetAddress> addresses, double start, Outcome outcome) {}

    /// Connects with HTTP/1.1 over TLS where the origin wants it.
    ///
    /// @param absolute whether the next proxy is spoken to itself, and not through it to the origin
    void connect(Caller caller, Origin origin, boolean absolute, Outcome outcome) {
        if (!origin.tls()) {
            open(caller, origin, absolute, outcome);
            return;
        }
        open(caller, origin, false, new Outcome() {
            @Override public void connected(End server) {
                secrets.server(caller, server, origin, origin.host(), List.of("http/1.1"), outcome, _ -> outcome.connected(server));
            }

            @Override public void failed(Failure why) {
                outcome.failed(why);
            }
        });
    }

    /// Connects without TLS, whatever the origin wants.
    void open(Caller caller, Origin origin, boolean absolute, Outcome outcome) {
        ProxyOptions options = caller.options();
        ProxyOptions.Chain chain = options.chain();
        String host = chain == null ? origin.host() : chain.host();
        int port = chain == null ? origin.port() : chain.port();
        Tap tap = caller.tap();
        double asked = tap.now();
        threads.aside("name", () -> {
            try {
                InetAddress[] found = InetAddress.getAllByName(host);
                double answered = tap.now();
                boolean literal = found.length == 1 && found[0].getHostAddress().equals(host);
                if (!literal) tap.fact(link -> link.named(asked, answered));
                List<InetAddress> allowed = allowed(found, port, options, chain != null);
                boolean open = !allowed.isEmpty() && (chain == null || allowedBeyond(origin, options));
                var attempt = new Attempt(caller, origin, options, absolute || chain == null, allowed, answered, outcome);
                caller.loop().execute(() -> {
                    if (open) attempt(attempt, 0);
                    else outcome.failed(Failure.forbidden(origin));
                });
            } catch (UnknownHostException e) {
                caller.loop().execute(() -> outcome.failed(Failure.of(e, origin)));
            }
        });
    }

    private List<InetAddress> allowed(InetAddress[] found, int port, ProxyOptions options, boolean chained) {
        return java.util.Arrays.stream(found).filter(address -> guard.allows(address, port, options.linkLocal() || chained)).toList();
    }

    /// What another proxy is asked for is looked up by that one; an address can be judged here.
    private boolean allowedBeyond(Origin origin, ProxyOptions options) {
        try {
            return guard.allows(InetAddress.ofLiteral(origin.host()), origin.port(), options.linkLocal());
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private void attempt(Attempt attempt, int number) {
        Caller caller = attempt.caller;
        if (caller.closed()) return;
        var address = new InetSocketAddress(attempt.addresses.get(number), attempt.options.chain() == null ? attempt.origin.port() : attempt.options.chain().port());
        InetSocketAddress to = attempt.direct ? address : InetSocketAddress.createUnresolved(attempt.origin.host(), attempt.origin.port());
        var end = new End[1];
        var bootstrap = new Bootstrap().group(caller.loop()).channel(NioSocketChannel.class).resolver(NoopAddressResolverGroup.INSTANCE)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis).option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .handler(new ChannelInitializer<>() {
                    @Override protected void initChannel(Channel channel) {
                        end[0] = new End(channel);
                        if (!attempt.direct) channel.pipeline().addLast(beyond(attempt.options.chain(), address));
                        channel.pipeline().addLast(end[0]);
                    }
                });
        bootstrap.connect(to).addListener((io.netty.channel.ChannelFuture done) -> {
            if (done.isSuccess()) {
                double stood = caller.tap().now();
                caller.tap().fact(link -> link.connected(attempt.start, stood));
                attempt.outcome.connected(end[0]);
            } else if (number + 1 < attempt.addresses.size()) attempt(attempt, number + 1);
            else attempt.outcome.failed(Failure.of(done.cause(), attempt.origin));
        });
    }

    private ProxyHandler beyond(ProxyOptions.Chain chain, InetSocketAddress address) {
        ProxyOptions.Credentials shown = chain.credentials();
        ProxyHandler handler = switch (chain.kind()) {
            case HTTP -> shown == null ? new HttpProxyHandler(address) : new HttpProxyHandler(address, shown.user(), shown.password());
            case SOCKS5 -> shown == null ? new Socks5ProxyHandler(address) : new Socks5ProxyHandler(address, shown.user(), shown.password());
        };
        handler.setConnectTimeoutMillis(millis);
        return handler;
    }
}
