package serpentarium.log.engine.receive;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import serpentarium.log.format.wire.Arrivals;
import serpentarium.log.format.wire.Decoder;
import serpentarium.log.format.wire.GelfDatagrams;
import serpentarium.log.format.wire.HttpRecord;
import serpentarium.log.format.wire.JsonStream;
import serpentarium.log.format.wire.OtlpLogs;
import serpentarium.log.format.wire.Refusal;
import serpentarium.log.format.wire.Via;
import serpentarium.pickle.PickleValue;

/// Reads requests, and answers each when what it brought is on disk: Python's `HTTPHandler` (any path), OpenTelemetry (`/v1/logs`), and JSON (posted to any path).
final class HttpIntake extends SimpleChannelInboundHandler<HttpObject> implements Desk.Holder {
    private final Desk desk;
    private final HttpRecord record = new HttpRecord();
    private HttpRequest request;
    private byte[] body = {};
    private volatile int held;
    private ChannelHandlerContext context;
    private boolean refused;

    HttpIntake(Desk desk) {
        this.desk = desk;
    }

    @Override public void handlerAdded(ChannelHandlerContext now) {
        context = now;
    }

    @Override protected void channelRead0(ChannelHandlerContext channel, HttpObject message) {
        if (refused) return;
        if (message.decoderResult().isFailure()) {
            refuse(channel, HttpResponseStatus.BAD_REQUEST, Refusal.DAMAGED);
            return;
        }
        if (message instanceof HttpRequest head) {
            request = head;
            if (!allowed(head)) {
                refuse(channel, HttpResponseStatus.UNAUTHORIZED, Refusal.DAMAGED);
                return;
            }
            if (HttpUtil.getContentLength(head, 0L) > Decoder.LARGEST) {
                refuse(channel, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, Refusal.TOO_LARGE);
                return;
            }
            if (HttpUtil.is100ContinueExpected(head)) channel.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
        }
        if (message instanceof HttpContent content && !add(channel, content.content())) return;
        if (message instanceof LastHttpContent) complete(channel);
    }

    private boolean add(ChannelHandlerContext channel, ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (length == 0) return true;
        if (held + length > Decoder.LARGEST) {
            refuse(channel, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, Refusal.TOO_LARGE);
            return false;
        }
        if (held + length > body.length) body = Arrays.copyOf(body, Math.max(held + length, body.length * 2));
        bytes.getBytes(bytes.readerIndex(), body, held, length);
        int before = held;
        held += length;
        desk.holds(this, before, held);
        return true;
    }

    private boolean allowed(HttpRequest head) {
        String token = desk.options.token();
        if (token == null) return true;
        String said = head.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        String shown = "";
        if (said.regionMatches(true, 0, "Bearer ", 0, 7)) shown = said.substring(7).strip();
        else if (said.regionMatches(true, 0, "Basic ", 0, 6)) {
            try {
                String pair = new String(Base64.getDecoder().decode(said.substring(6).strip()), StandardCharsets.UTF_8);
                shown = pair.substring(pair.indexOf(':') + 1);
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private void complete(ChannelHandlerContext channel) {
        HttpRequest head = request;
        String packing = head.headers().get(HttpHeaderNames.CONTENT_ENCODING, "").toLowerCase(Locale.ROOT);
        byte[] bytes = body;
        int length = held;
        release();
        if (packing.equals("gzip") || packing.equals("deflate")) {
            bytes = GelfDatagrams.unpacked(bytes, 0, length, packing, Decoder.LARGEST);
            if (bytes == null || bytes.length > Decoder.LARGEST) {
                refuse(channel, bytes == null ? HttpResponseStatus.BAD_REQUEST : HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, bytes == null ? Refusal.DAMAGED : Refusal.TOO_LARGE);
                return;
            }
            length = bytes.length;
        }
        String path = head.uri();
        int question = path.indexOf('?');
        String query = question < 0 ? "" : path.substring(question + 1);
        String type = head.headers().get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
        boolean json = type.contains("json");
        Arrivals arrivals = desk.bench(channel.channel()).arrivals;
        var address = (InetSocketAddress) channel.channel().remoteAddress();
        if ((question < 0 ? path : path.substring(0, question)).endsWith("/v1/logs") && head.method().equals(HttpMethod.POST)) {
            arrivals.of(Desk.sender(Via.OTLP, address));
            PickleValue.Dict logs = OtlpLogs.request(bytes, 0, length, json);
            if (logs == null) refuse(channel, HttpResponseStatus.BAD_REQUEST, Refusal.DAMAGED);
            else {
                new OtlpLogs().write(logs, desk.now.nanos(), arrivals);
                answer(channel, arrivals, json ? "{}" : "", json ? "application/json" : "application/x-protobuf");
            }
        } else if (head.method().equals(HttpMethod.POST) && (json || length > 0 && bytes[0] == '{')) {
            arrivals.of(Desk.sender(Via.JSON, address));
            var stream = new JsonStream(desk.now);
            stream.feed(bytes, 0, length, arrivals);
            stream.end(arrivals);
            answer(channel, arrivals, "", null);
        } else form(channel, arrivals, bytes, length, query, address);
    }

    private void form(ChannelHandlerContext channel, Arrivals arrivals, byte[] bytes, int length, String query, InetSocketAddress address) {
        arrivals.of(Desk.sender(Via.HTTP, address));
        byte[] form = bytes;
        int size = length;
        if (request.method().equals(HttpMethod.GET)) {
            form = query.getBytes(StandardCharsets.UTF_8);
            size = form.length;
        }
        if (record.write(form, 0, size, desk.now.nanos(), arrivals)) answer(channel, arrivals, "", null);
        else {
            desk.take(arrivals, channel.channel(), null);
            respond(channel, HttpResponseStatus.BAD_REQUEST, "", null, false);
        }
    }

    private void answer(ChannelHandlerContext channel, Arrivals arrivals, String text, String type) {
        boolean keep = HttpUtil.isKeepAlive(request);
        desk.take(arrivals, channel.channel(), () -> respond(channel, HttpResponseStatus.OK, text, type, keep));
    }

    private static void respond(ChannelHandlerContext channel, HttpResponseStatus status, String text, String type, boolean keep) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes());
        if (type != null) response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        response.headers().set(HttpHeaderNames.CONNECTION, keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
        if (status.equals(HttpResponseStatus.UNAUTHORIZED)) response.headers().set(HttpHeaderNames.WWW_AUTHENTICATE, "Bearer");
        var sent = channel.writeAndFlush(response);
        if (!keep) sent.addListener(ChannelFutureListener.CLOSE);
    }

    private void refuse(ChannelHandlerContext channel, HttpResponseStatus status, Refusal why) {
        refused = true;
        release();
        Arrivals arrivals = desk.bench(channel.channel()).arrivals;
        arrivals.of(Desk.sender(Via.HTTP, (InetSocketAddress) channel.channel().remoteAddress()));
        arrivals.refuse(why);
        desk.take(arrivals, channel.channel(), null);
        respond(channel, status, "", null, false);
    }

    private void release() {
        int before = held;
        held = 0;
        body = new byte[0];
        if (before > 0) desk.holds(this, before, 0);
    }

    @Override public void channelInactive(ChannelHandlerContext channel) {
        release();
        channel.fireChannelInactive();
    }

    @Override public void userEventTriggered(ChannelHandlerContext channel, Object event) {
        if (event instanceof IdleStateEvent) channel.close();
        else channel.fireUserEventTriggered(event);
    }

    @Override public int held() {
        return held;
    }

    @Override public void evict() {
        context.executor().execute(() -> refuse(context, HttpResponseStatus.SERVICE_UNAVAILABLE, Refusal.TOO_LARGE));
    }

    @Override public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) {
        channel.close();
    }
}
