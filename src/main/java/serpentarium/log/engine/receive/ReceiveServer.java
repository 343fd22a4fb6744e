package serpentarium.log.engine.receive;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultEventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Strings;
import serpentarium.log.Warning;
import serpentarium.log.format.wire.Now;
import serpentarium.log.format.wire.Refusal;
import serpentarium.task.ServiceThreads;

/// Receives records on any number of ports, and keeps them in a folder. Nothing is counted, and no request answered, before it is on disk. Safe to use from any thread.
///
/// ```java
/// try (var server = new ReceiveServer(folder, StoreLimits.USUAL, ReceiveOptions.USUAL)) {
///     Receiver python = server.start(ReceiverSpec.of(ReceiverSpec.Kind.TCP, 9020));
///     …
///     server.sources().forEach(source -> …);
/// }
/// ```
public final class ReceiveServer implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(ReceiveServer.class);
    private static final int MOST_LOOPS = 2;
    private static final int BACKLOG = 4096;
    private static final int DATAGRAM = 1 << 16;
    private static final int DATAGRAMS_KEPT = 16 << 20;
    private static final int LONGEST_LINE = 1 << 20;
    private static final int LONGEST_HEAD = 1 << 15;
    private static final int PATIENCE_SECONDS = 60;

    private final EventLoopGroup loops;
    private final LogStore store;
    private final Packer packer;
    private final Sources sources = new Sources();
    private final Intake intake;
    private final Desk desk;
    private final DefaultEventExecutor worker;
    private final SslContext tls;
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final Now now = Now.SYSTEM;

    /// A server without receivers.
    ///
    /// @param folder where records are kept
    /// @throws ProblemException where another program writes there, or the certificate cannot be read
    public ReceiveServer(Path folder, StoreLimits limits, ReceiveOptions options) throws IOException {
        var threads = new ServiceThreads("receive");
        tls = options.certificate() == null ? null : tls(options);
        var ended = new Packer[1];
        store = LogStore.open(folder, limits, file -> ended[0].ended(file));
        packer = new Packer(folder, limits.total(), threads);
        ended[0] = packer;
        intake = new Intake(store, sources, now, threads);
        desk = new Desk(intake, now, options);
        worker = new DefaultEventExecutor(threads.loops());
        loops = new MultiThreadIoEventLoopGroup(Math.min(MOST_LOOPS, Runtime.getRuntime().availableProcessors()), loops(threads), NioIoHandler.newFactory());
    }

    /// Threads on which Netty finds its own things quickly.
    private static ThreadFactory loops(ServiceThreads threads) {
        ThreadFactory plain = threads.loops();
        return work -> plain.newThread(() -> FastThreadLocalThread.runWithFastThreadLocal(work));
    }

    private static SslContext tls(ReceiveOptions options) {
        try {
            return SslContextBuilder.forServer(options.certificate().toFile(), options.key().toFile()).build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new ProblemException(Problem.of(STRINGS, "receive.bad-certificate", Place.of(options.certificate().toString())).causedBy(e));
        }
    }

    /// Begins to listen.
    ///
    /// @throws ProblemException when the port is taken, or the address is not this machine's
    public Receiver start(ReceiverSpec spec) {
        InetAddress address = address(spec.host());
        var made = new Receiver[1];
        var datagrams = spec.kind().datagrams() ? new DatagramIntake(desk, spec.kind() == ReceiverSpec.Kind.SYSLOG_UDP, worker) : null;
        ChannelFuture bound = (datagrams != null ? datagrams(datagrams) : connections(spec, made)).bind(new InetSocketAddress(address, spec.port())).awaitUninterruptibly();
        if (!bound.isSuccess()) throw new ProblemException(notBound(spec, bound.cause()).causedBy(bound.cause()));
        var receiver = new Receiver(spec, bound.channel(), datagrams);
        made[0] = receiver;
        receivers.add(receiver);
        bound.channel().closeFuture().addListener(_ -> receivers.remove(receiver));
        bound.channel().eventLoop().execute(() -> bound.channel().config().setAutoRead(true));
        return receiver;
    }

    private Bootstrap datagrams(DatagramIntake intake) {
        return new Bootstrap().group(loops).channel(NioDatagramChannel.class).option(ChannelOption.SO_RCVBUF, DATAGRAMS_KEPT)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(DATAGRAM).maxMessagesPerRead(256))
                .handler(intake);
    }

    private io.netty.bootstrap.AbstractBootstrap<?, ?> connections(ReceiverSpec spec, Receiver[] made) {
        return new ServerBootstrap().group(loops).channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true).childOption(ChannelOption.TCP_NODELAY, true)
                // Nobody is let in before the receiver is there to look after it.
                .option(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<>() {
                    @Override protected void initChannel(Channel client) {
                        made[0].add(client);
                        if (tls != null) client.pipeline().addLast(tls.newHandler(client.alloc()));
                        client.pipeline().addLast(new IdleStateHandler(PATIENCE_SECONDS, 0, 0));
                        if (spec.kind() == ReceiverSpec.Kind.HTTP) {
                            var config = new HttpDecoderConfig().setMaxInitialLineLength(LONGEST_LINE).setMaxHeaderSize(LONGEST_HEAD);
                            client.pipeline().addLast(new HttpServerCodec(config), new HttpIntake(desk));
                        } else client.pipeline().addLast(new ConnectionIntake(desk, spec.kind() == ReceiverSpec.Kind.SYSLOG_TCP));
                    }
                });
    }

    private static InetAddress address(String host) {
        try {
            return InetAddress.getByName(host.isEmpty() ? ReceiverSpec.LOOPBACK : host);
        } catch (UnknownHostException e) {
            throw new ProblemException(Problem.of(STRINGS, "receive.no-address", Place.NOWHERE, host).causedBy(e));
        }
    }

    private static Problem notBound(ReceiverSpec spec, Throwable cause) {
        boolean taken = cause instanceof BindException && String.valueOf(cause.getMessage()).contains("in use");
        return Problem.of(STRINGS, taken ? "receive.taken" : "receive.not-bound", Place.NOWHERE, spec.host(), String.valueOf(spec.port()), String.valueOf(cause.getMessage()));
    }

    /// The receivers that run.
    public List<Receiver> receivers() {
        return List.copyOf(receivers);
    }

    /// Where records are kept: a log like any other.
    public Path live() {
        return store.live();
    }

    /// What was found damaged in the folder when it was opened.
    public List<Warning> warnings() {
        return store.warnings();
    }

    /// How many records are on disk since it began.
    public long records() {
        return sources.records();
    }

    /// How many bytes they take there, before they are packed.
    public long bytes() {
        return sources.bytes();
    }

    /// How much came that was no record.
    public long refused(Refusal why) {
        return sources.refused(why);
    }

    /// How many bytes of old records were taken away because more came than may be kept.
    public long removed() {
        return packer.removed();
    }

    /// What came from whom, who sent most first.
    public List<SourceCounts> sources() {
        return sources.all(now.nanos());
    }

    /// Why nothing can be written now; empty while all is well. Senders wait meanwhile.
    public Optional<Problem> problem() {
        String why = intake.failure();
        return why == null ? Optional.empty() : Optional.of(Problem.of(STRINGS, "receive.cannot-write", Place.of(store.live().toString()), why));
    }

    /// Stops all receivers, and writes what came.
    @Override public void close() {
        receivers.forEach(Receiver::stop);
        loops.shutdownGracefully(50, 3000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        worker.shutdownGracefully(50, 3000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
        packer.close();
        try {
            intake.close();
        } catch (IOException e) {
            throw new ProblemException(Problem.of(STRINGS, "receive.cannot-write", Place.of(store.live().toString()), String.valueOf(e.getMessage())).causedBy(e));
        }
    }
}
