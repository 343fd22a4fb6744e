package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A tunnel to a host that a rule may be for: the server is connected to when a request goes there, so that rules can answer where there is none.
/// What turns out to be no HTTP/1 is connected at once and goes through as it is.
final class LateTunnel {
    private static final int SILENCE_MILLIS = 1000;

    private final Passage passage;
    private final Origin origin;
    private final Tunnel.Reply reply;
    private boolean spoken;

    LateTunnel(Passage passage, Origin origin, Tunnel.Reply reply) {
        this.passage = passage;
        this.origin = origin;
        this.reply = reply;
    }

    /// Waits for the client's first words. One that says nothing waits for the server to speak.
    void open() {
        var words = new FirstWords(passage, this::plain, this::sealed);
        passage.client().stage(words);
        passage.resume();
        passage.loop().schedule(() -> {
            if (spoken || passage.closed()) return;
            words.leave();
            connect(this::splice);
        }, SILENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void plain() {
        spoken = true;
        ByteBuf first = passage.client().held();
        boolean http = http(first);
        boolean two = http && first.readableBytes() >= 3 && first.toString(first.readerIndex(), 3, StandardCharsets.US_ASCII).equals("PRI");
        passage.client().hold(first);
        if (!http) {
            connect(this::splice);
            return;
        }
        reply.forget();
        var route = new TunnelRoute(origin, origin.host());
        if (two) Http2Askers.begin(passage, route, null, false);
        else passage.client().stage(new Rewriting(passage, route, null, false));
    }

    /// Whether it begins like a request of HTTP/1, or with the preface of HTTP/2.
    private static boolean http(ByteBuf bytes) {
        var method = new StringBuilder();
        for (int i = bytes.readerIndex(); i < bytes.writerIndex() && method.length() < 20; i++) {
            char c = (char) bytes.getByte(i);
            if (c == ' ') break;
            if (c < 'A' || c > 'Z') return false;
            method.append(c);
        }
        return !method.isEmpty();
    }

    /// The client begins with TLS.
    void sealed(ClientHello hello) {
        spoken = true;
        String host = hello.name() == null ? origin.host() : hello.name();
        ProxyOptions options = passage.listener().options();
        if (ProxyOptions.lists(options.passThrough(), host) || ProxyOptions.lists(options.passThrough(), origin.host())) {
            connect(() -> {
                passage.tap().fact(link -> link.seal());
                splice();
            });
            return;
        }
        List<String> protocols = hello.protocols();
        var to = new Origin(true, origin.host(), origin.port());
        String protocol = protocols.isEmpty() ? "" : protocols.contains("http/1.1") || !protocols.contains("h2") ? "http/1.1" : "h2";
        if (protocols.isEmpty() || protocols.contains(protocol)) strict(to, host, protocol);
        else connect(() -> passage.site().secrets().open(passage, origin, host, protocols, reply));
    }

    private void strict(Origin to, String host, String protocol) {
        passage.site().secrets().client(passage, host, Optional.empty(), protocol, () -> {
            reply.forget();
            var route = new TunnelRoute(to, host);
            if (protocol.equals("h2")) Http2Askers.begin(passage, route, host, true);
            else passage.client().stage(new Rewriting(passage, route, host, true));
        }, cause -> {
            if (!passage.closed()) reply.refused(Unsealing.refusal(cause));
        });
    }

    private void connect(Runnable then) {
        spoken = true;
        passage.suspend();
        passage.connect(origin, then, why -> reply.refused(why.detail()));
    }

    private void splice() {
        reply.forget();
        passage.splice();
    }
}
