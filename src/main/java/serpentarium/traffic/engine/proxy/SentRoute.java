package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;

/// The way of a request that is sent from here: to the server of its URL, whatever its Host field says.
///
/// @param to the server
record SentRoute(Origin to) implements Route {
    @Override public Step step(Head head, RequestLine line, Channel client) {
        return new Forward(to, false);
    }

    @Override public void request(Head head, RequestLine line, Origin where, ByteBuf out) {
        out.writeBytes(head.bytes());
    }

    @Override public ByteBuf response(Head head, Asked asked, Passage passage) {
        return null;
    }
}
