package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// The way of a forward proxy: the request says where it goes.
///
/// Source: RFC 9112 section 3.2, RFC 9110 sections 7.6 and 11.7.
final class ForwardRoute implements Route {
    private final ProxyOptions options;
    private final Password password;

    /// @param password null where none is asked for
    ForwardRoute(ProxyOptions options, Password password) {
        this.options = options;
        this.password = password;
    }

    @Override public Step step(Head head, RequestLine line, Channel client) throws BadMessage {
        if (password != null && !password.matches(head.only("proxy-authorization")))
            return new Answer(ErrorPage.password(true), STRINGS.get("refused.password"));
        if (head.has("host")) head.only("host");
        if (line.method().equals("CONNECT")) {
            if (head.has("transfer-encoding") || head.has("content-length") && !"0".equals(head.only("content-length"))) throw new BadMessage(400, STRINGS.get("bad.length"));
            return new Tunnel(Origin.ofConnect(line.target()));
        }
        Origin to = Origin.ofAbsolute(line.target());
        if (to == null) return new Answer(ErrorPage.self(), STRINGS.get("refused.self"));
        return new Forward(to, chained(to));
    }

    private boolean chained(Origin to) {
        return options.chain() != null && options.chain().kind() == ProxyOptions.Chain.Kind.HTTP && !to.tls();
    }

    @Override public void request(Head head, RequestLine line, Origin to, ByteBuf out) {
        boolean absolute = chained(to);
        String host = Origin.authority(line.target());
        if (absolute) head.copyLine(out);
        else Route.line(line, Origin.path(line.target(), line.method()), out);
        boolean hosted = false;
        for (int i = 0; i < head.count(); i++) {
            if (head.named(i, "proxy-connection") || head.named(i, "proxy-authorization")) continue;
            if (!head.named(i, "host")) head.copy(i, out);
            else {
                hosted = true;
                // The target decides: who reads the Host field must see the same one.
                if (head.value(i).equalsIgnoreCase(host)) head.copy(i, out);
                else head.copy(i, host, out);
            }
        }
        if (!hosted && line.version().equals("HTTP/1.1")) Route.field("Host", host, out);
        if (absolute && options.chain().credentials() != null) Route.field("Proxy-Authorization", options.chain().credentials().basic(), out);
        Route.close(out);
    }

    @Override public ByteBuf response(Head head, Asked asked, Passage passage) {
        return null;
    }
}
