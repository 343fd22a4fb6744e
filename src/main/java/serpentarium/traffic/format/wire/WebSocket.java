package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.Side;

/// The frames of a WebSocket, put together to messages.
///
/// Source: RFC 6455, RFC 7692.
final class WebSocket implements Protocol {
    private final Exchange exchange;
    private final WebSocketSide[] sides;
    private boolean over;

    /// @param extensions that the server agreed to; null for none
    WebSocket(Exchange exchange, String extensions) {
        this.exchange = exchange;
        boolean deflate = extensions != null && extensions.contains("permessage-deflate");
        boolean clientForgets = deflate && extensions.contains("client_no_context_takeover");
        boolean serverForgets = deflate && extensions.contains("server_no_context_takeover");
        sides = new WebSocketSide[] {new WebSocketSide(exchange, Side.REQUEST, deflate, clientForgets),
            new WebSocketSide(exchange, Side.RESPONSE, deflate, serverForgets)};
    }

    @Override public void bytes(Side from, double time, byte[] bytes, int offset, int length) throws IOException {
        sides[from.ordinal()].bytes(time, bytes, offset, length);
        exchange.seen(Side.RESPONSE, time);
    }

    @Override public void lost(Side from, double time, long count) throws IOException {
        exchange.fail(exchange.link.recording.lost(count));
        sides[from.ordinal()].lost(count);
    }

    @Override public void end(Side from, double time) {
        over = true;
    }

    @Override public void close(double time, Ending how) throws IOException {
        boolean closed = sides[0].closed() || sides[1].closed();
        if (how == Ending.RESET && !closed) exchange.fail(Recording.STRINGS.get("http.reset"));
        else if (over && !closed) exchange.fail(Recording.STRINGS.get("websocket.no-close"));
        for (WebSocketSide side : sides) side.release();
        exchange.end(Side.RESPONSE, Double.NaN, true);
    }
}
