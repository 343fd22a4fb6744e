package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;

/// The first byte on the port of a forward proxy says what is spoken: SOCKS in one of its versions, else HTTP.
final class ForwardStart implements Stage {
    private final Passage passage;

    ForwardStart(Passage passage) {
        this.passage = passage;
    }

    @Override public void read(ByteBuf bytes) {
        ProxyOptions options = passage.listener().options();
        Password password = passage.listener().password();
        byte first = bytes.getByte(bytes.readerIndex());
        End client = passage.client();
        client.stage(null);
        client.hold(bytes);
        switch (first) {
            case 4, 5 -> client.stage(new Socks(passage, password));
            case 0x16 -> {
                // TLS to the proxy itself. A page in plain text would only confuse: the flow says it.
                passage.tap().fail(Route.STRINGS.get("refused.tls-to-proxy"));
                passage.close(false);
            }
            default -> client.stage(new Requests(passage, new ForwardRoute(options, password)));
        }
    }

    @Override public void end() {
        passage.close(false);
    }

    @Override public void gone(boolean reset) {
        passage.close(reset);
    }
}
