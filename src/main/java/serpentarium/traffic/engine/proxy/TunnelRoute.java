package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// The way inside a tunnel whose end is known: requests say only what they want there.
///
/// @param origin where the tunnel ends
/// @param name   what the client calls it
record TunnelRoute(Origin origin, String name) implements Route {
    @Override public Step step(Head head, RequestLine line, Channel client) throws BadMessage {
        if (line.method().equals("CONNECT")) throw new BadMessage(400, STRINGS.get("bad.connect-inside"));
        Origin absolute = Origin.ofAbsolute(line.target());
        boolean same = absolute == null || absolute.port() == origin.port() && (absolute.host().equals(origin.host()) || absolute.host().equalsIgnoreCase(name));
        if (!same) throw new BadMessage(400, STRINGS.get("bad.other-target"));
        return new Forward(origin, false);
    }

    @Override public void request(Head head, RequestLine line, Origin to, ByteBuf out) {
        out.writeBytes(head.bytes());
    }

    @Override public ByteBuf response(Head head, Asked asked, Passage passage) {
        return null;
    }
}
