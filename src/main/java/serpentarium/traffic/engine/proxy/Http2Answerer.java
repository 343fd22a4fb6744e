package serpentarium.traffic.engine.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import serpentarium.traffic.Headers;

/// The stream to a server: one request goes there, and its response comes from there.
final class Http2Answerer extends Http2Speech {
    private final boolean tls;
    private ChannelHandlerContext here;
    private boolean bodiless;

    /// @param tls whether TLS is spoken with the server
    Http2Answerer(boolean tls) {
        this.tls = tls;
    }

    @Override public void handlerAdded(ChannelHandlerContext context) {
        here = context;
    }

    @Override Saying saying(Head head) throws BadMessage {
        RequestLine line = RequestLine.of(head);
        bodiless = line.method().equals("HEAD");
        Headers fields = Heads.headers(head);
        Http2Headers headers = new DefaultHttp2Headers(false).method(line.method()).scheme(tls ? "https" : "http").path(line.target());
        String host = head.only("host");
        if (host != null) headers.authority(host);
        put(Heads.without(fields, "host"), headers);
        return new Saying(headers, Framing.ofRequest(head, false), false);
    }

    @Override StringBuilder came(Http2Headers headers) throws BadMessage {
        CharSequence status = headers.status();
        if (status == null || status.length() != 3 || !status.chars().allMatch(c -> c >= '0' && c <= '9') || status.toString().equals("101")) throw bad();
        var out = new StringBuilder("HTTP/1.1 ").append(status).append(" \r\n");
        fields(headers, out);
        return out;
    }

    @Override boolean bodiless(Http2Headers headers, boolean ends) {
        String status = String.valueOf(headers.status());
        return bodiless || status.equals("204") || status.equals("304");
    }

    @Override Http2Error unfinished() {
        return Http2Error.CANCEL;
    }

    @Override boolean between(Http2Headers headers) {
        return headers.status().charAt(0) == '1';
    }

    @Override void refused(BadMessage why) {
        here.fireExceptionCaught(new IOException(why.getMessage()));
    }
}
