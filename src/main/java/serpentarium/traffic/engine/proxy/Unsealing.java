package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serpentarium.base.Strings;
import serpentarium.task.ServiceThreads;
import serpentarium.traffic.TlsFacts;
import serpentarium.traffic.engine.trust.Authority;
import serpentarium.traffic.engine.trust.Leaf;

/// Opens what is encrypted: speaks TLS with the server first, then with the client under a certificate of our authority that says the same, so
/// that both agree on one protocol.
final class Unsealing {
    private static final Strings STRINGS = Strings.of(Unsealing.class);
    private static final Logger LOG = LoggerFactory.getLogger(Unsealing.class);
    private static final int MOST_CONTEXTS = 200;
    private static final String NOT_READ = "jdk.tls.server.disableExtensions";

    private final ServiceThreads threads;
    private final Authority authority;
    private final int millis;
    private final UpstreamTrust trust = new UpstreamTrust();
    private final Map<X509Certificate, SSLContext> contexts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override protected boolean removeEldestEntry(Map.Entry<X509Certificate, SSLContext> eldest) {
            return size() > MOST_CONTEXTS;
        }
    };

    Unsealing(ServiceThreads threads, Authority authority, Patience patience) {
        this.threads = threads;
        this.authority = authority;
        // Java breaks off where a client names a server that it takes for no host, such as one with an underscore. We have read the name ourselves.
        // This is looked at once, before TLS is spoken for the first time; the program is started with it, too.
        if (System.getProperty(NOT_READ) == null) System.setProperty(NOT_READ, "server_name");
        millis = patience.handshakeMillis();
        // The first connection would wait a second for all that is read and made for it.
        threads.aside("tls", this::warm);
    }

    private void warm() {
        try {
            trust.engine(ProxyOptions.USUAL, "localhost", 443, List.of("http/1.1"));
            context(authority.leafFor("localhost", Optional.empty()));
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("TLS is not ready", e);
        }
    }

    private interface Making {
        SSLEngine engine() throws GeneralSecurityException, IOException;
    }

    private void make(Caller caller, Making making, Consumer<SSLEngine> then, Consumer<Throwable> failed) {
        threads.aside("tls", () -> {
            try {
                SSLEngine engine = making.engine();
                caller.loop().execute(() -> then.accept(engine));
            } catch (GeneralSecurityException | IOException e) {
                caller.loop().execute(() -> failed.accept(e));
            }
        });
    }

    /// Speaks TLS with a server.
    ///
    /// @param name      what its certificate must say
    /// @param protocols what may be spoken inside
    /// @param then      is told what was agreed on; empty where nothing was
    void server(Caller caller, End server, Origin origin, String name, List<String> protocols, Connector.Outcome outcome, Consumer<String> then) {
        ProxyOptions options = caller.options();
        boolean open = ProxyOptions.lists(options.unverified(), name);
        if (open) caller.tap().fact(link -> link.comment(STRINGS.get("tls.unverified")));
        make(caller, () -> trust.engine(options, name, origin.port(), protocols), engine -> shake(server, engine, () -> {
            TlsFacts facts = facts(engine, UpstreamTrust.named(name) ? name : null, false);
            double time = caller.tap().now();
            caller.tap().fact(link -> {
                link.tls(facts);
                link.secured(time);
            });
            then.accept(protocol(engine));
        }, cause -> outcome.failed(Failure.of(cause, origin))), cause -> outcome.failed(Failure.of(cause, origin)));
    }

    private void shake(End end, SSLEngine engine, Runnable done, Consumer<Throwable> failed) {
        if (!end.channel().isActive()) {
            failed.accept(new SSLException(STRINGS.get("tls.closed")));
            return;
        }
        var tls = new SslHandler(engine);
        tls.setHandshakeTimeoutMillis(millis);
        tls.handshakeFuture().addListener(future -> {
            if (future.isSuccess()) done.run();
            else failed.accept(future.cause());
        });
        end.stage(null);
        ByteBuf early = end.held();
        end.channel().pipeline().addFirst(tls);
        end.channel().config().setAutoRead(true);
        if (early.isReadable()) {
            end.channel().pipeline().fireChannelRead(early);
            end.channel().pipeline().fireChannelReadComplete();
        } else early.release();
    }

    private static String protocol(SSLEngine engine) {
        String agreed = engine.getApplicationProtocol();
        return agreed == null ? "" : agreed;
    }

    /// Speaks TLS with a client in a server's name.
    ///
    /// @param shown    the certificate that the true server showed; empty where there is none
    /// @param protocol what will be spoken inside; empty to say nothing of it
    void client(Passage passage, String host, Optional<X509Certificate> shown, String protocol, Runnable then, Consumer<Throwable> failed) {
        make(passage, () -> {
            SSLEngine engine = context(authority.leafFor(host, shown)).createSSLEngine();
            engine.setUseClientMode(false);
            SSLParameters parameters = engine.getSSLParameters();
            if (!protocol.isEmpty()) parameters.setApplicationProtocols(new String[] {protocol});
            engine.setSSLParameters(parameters);
            return engine;
        }, engine -> shake(passage.client(), engine, () -> {
            TlsFacts facts = facts(engine, UpstreamTrust.named(host) ? host : null, true);
            passage.tap().fact(link -> {
                link.clientTls(facts);
                link.scheme("https");
            });
            then.run();
        }, failed), failed);
    }

    private SSLContext context(Leaf leaf) throws GeneralSecurityException {
        synchronized (contexts) {
            SSLContext known = contexts.get(leaf.chain().getFirst());
            if (known != null) return known;
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(new LeafKeys[] {new LeafKeys(leaf)}, null, null);
            contexts.put(leaf.chain().getFirst(), made);
            return made;
        }
    }

    private static TlsFacts facts(SSLEngine engine, String name, boolean own) {
        SSLSession session = engine.getSession();
        var chain = new ArrayList<String>();
        try {
            Certificate[] certificates = own ? session.getLocalCertificates() : session.getPeerCertificates();
            for (Certificate each : certificates == null ? new Certificate[0] : certificates) chain.add(Pem.of(each));
        } catch (SSLPeerUnverifiedException _) {
            // It showed none.
            chain.clear();
        }
        String agreed = protocol(engine);
        return new TlsFacts(session.getProtocol(), session.getCipherSuite(), name, agreed.isEmpty() ? null : agreed, chain);
    }

    /// How a client's connection is encrypted; null where it is not.
    ///
    /// @param name what it calls the server; null where it does not
    TlsFacts clientFacts(End client, String name) {
        SslHandler tls = client.channel().pipeline().get(SslHandler.class);
        return tls == null ? null : facts(tls.engine(), name != null && UpstreamTrust.named(name) ? name : null, true);
    }

    /// How a connection to a server is encrypted; null where it is not.
    TlsFacts serverFacts(Channel server, String name) {
        SslHandler tls = server.pipeline().get(SslHandler.class);
        return tls == null ? null : facts(tls.engine(), UpstreamTrust.named(name) ? name : null, false);
    }

    private static Optional<X509Certificate> shown(End server) {
        SslHandler tls = server.channel().pipeline().get(SslHandler.class);
        if (tls == null) return Optional.empty();
        try {
            return tls.engine().getSession().getPeerCertificates()[0] instanceof X509Certificate certificate ? Optional.of(certificate) : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /// The server's certificate; empty where it speaks no TLS.
    Optional<X509Certificate> certificate(Passage passage) {
        return passage.server() == null ? Optional.empty() : shown(passage.server());
    }

    /// Opens a tunnel whose client began with TLS.
    ///
    /// @param host      as the client called the server
    /// @param protocols what the client would speak inside
    void open(Passage passage, Origin origin, String host, List<String> protocols, Tunnel.Reply reply) {
        server(passage, passage.server(), origin, host, protocols, new Connector.Outcome() {
            @Override public void connected(End server) {
                // It stood before.
            }

            @Override public void failed(Failure why) {
                if (!passage.closed()) apologise(passage, host, protocols, why, reply);
            }
        }, protocol -> {
            if (passage.closed()) return;
            client(passage, host, shown(passage.server()), protocol, () -> {
                reply.forget();
                passage.splice();
            }, cause -> {
                if (!passage.closed()) reply.refused(refusal(cause));
            });
        });
    }

    /// Tells the client inside TLS what is wrong with the server, where it speaks HTTP/1.1.
    private void apologise(Passage passage, String host, List<String> protocols, Failure why, Tunnel.Reply reply) {
        boolean plain = protocols.isEmpty() || protocols.contains("http/1.1");
        if (!plain) {
            reply.refused(why.detail());
            return;
        }
        client(passage, host, Optional.empty(), protocols.isEmpty() ? "" : "http/1.1", () -> {
            reply.forget();
            passage.client().stage(new Apology(passage, why));
        }, _ -> {
            if (!passage.closed()) reply.refused(why.detail());
        });
    }

    /// Why a client ended its handshake.
    static String refusal(Throwable cause) {
        Throwable at = cause;
        while (at.getCause() != null) at = at.getCause();
        String said = at.getMessage() == null ? "" : at.getMessage();
        boolean alert = said.contains("unknown_ca") || said.contains("bad_certificate") || said.contains("certificate_unknown") || said.contains("certificate_expired");
        boolean silent = !(at instanceof SSLException) || said.contains("closed");
        if (alert) return STRINGS.get("refused.trust", said.substring(said.lastIndexOf(' ') + 1).replaceAll("[()]", ""));
        return silent ? STRINGS.get("refused.silent") : STRINGS.get("refused.tls", said);
    }
}
