package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import java.nio.charset.StandardCharsets;
import serpentarium.traffic.Side;

/// Sends a request over HTTP/1.1 and reads to the end of its response.
final class SendingHttp1 implements Stage {
    private final Sending sending;
    private final Gather unread = new Gather();
    private final BodyIn body = new BodyIn();
    private End server;
    private boolean heads = true;

    SendingHttp1(Sending sending) {
        this.sending = sending;
    }

    /// Sends the head, then the body.
    void begin(End to, byte[] head) {
        server = to;
        if (!sending.ruled()) sending.tap().bytes(Side.REQUEST, head, sending.tap().now());
        to.write(Unpooled.wrappedBuffer(head.clone()));
        to.flush();
        to.stage(this);
        to.channel().config().setAutoRead(true);
        if (sending.request().content().length() > 0 || sending.request().chunked()) sending.pump(this::piece);
    }

    private ChannelFuture piece(ByteBuf piece, boolean last) {
        ByteBuf out = piece;
        if (sending.request().chunked()) {
            ByteBuf size = piece.isReadable() ? ascii(Integer.toHexString(piece.readableBytes()) + "\r\n") : Unpooled.EMPTY_BUFFER;
            ByteBuf end = ascii((piece.isReadable() ? "\r\n" : "") + (last ? "0\r\n\r\n" : ""));
            out = Unpooled.wrappedBuffer(size, piece, end);
        }
        if (!sending.ruled()) sending.tap().bytes(Side.REQUEST, out);
        return server.channel().writeAndFlush(out);
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    @Override public void read(ByteBuf bytes) {
        if (!sending.ruled()) sending.tap().bytes(Side.RESPONSE, bytes);
        unread.add(bytes);
        try {
            while (!sending.closed() && !unread.empty() && step()) continue;
        } catch (BadMessage bad) {
            sending.fail(Route.STRINGS.get("send.malformed"));
        }
        if (sending.closed()) unread.all().release();
        else {
            unread.tidy();
            sending.rest();
        }
    }

    private boolean step() throws BadMessage {
        if (!heads) {
            body.take(unread, data -> {
                sending.count(data.readableBytes());
                data.release();
            });
            if (body.done()) sending.done();
            return false;
        }
        int length = unread.head();
        if (unread.longer(length, Head.LONGEST)) throw new BadMessage(502, "");
        if (length < 0) return false;
        var head = new Head(unread.copy(length));
        unread.skip(length);
        int status = Heads.response(head).status();
        sending.status(status);
        if (status == 101) sending.done();
        if (status < 200) return true;
        heads = false;
        body.begin(Framing.ofResponse(head, status, sending.request().method().equals("HEAD")));
        if (body.done()) sending.done();
        return true;
    }

    @Override public void end() {
        if (sending.closed()) return;
        if (!heads && body.toClose()) {
            if (!sending.ruled()) sending.tap().end(Side.RESPONSE);
            sending.done();
        } else sending.fail(Route.STRINGS.get("gone.server"));
    }

    @Override public void gone(boolean reset) {
        unread.all().release();
        if (reset) sending.fail(Route.STRINGS.get("gone.server"));
        else end();
    }
}
