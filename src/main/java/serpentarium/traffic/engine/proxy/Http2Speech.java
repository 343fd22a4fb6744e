package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import serpentarium.traffic.Headers;

/// One stream of HTTP/2 where rules act: what comes is handed on as a message of HTTP/1.1, and a message of HTTP/1.1 goes out as frames. So that rules,
/// breakpoints and all that is read strictly know one protocol only.
///
/// Source: RFC 9113 section 8, RFC 9110 section 7.6.1.
abstract class Http2Speech extends ChannelDuplexHandler {
    /// What is said of a connection, which streams have none of their own of.
    private static final Set<String> OF_CONNECTIONS = Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings");
    private static final ByteBuf LINE_END = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("\r\n", StandardCharsets.US_ASCII));

    private final Gather said = new Gather();
    private final BodyIn body = new BodyIn();
    private boolean inBody;
    private boolean saidAll;
    private ChannelFuture last;
    private boolean headCame;
    private boolean cameAll;
    private boolean chunked;
    private boolean broken;
    private long left;

    /// The head of a message that goes out.
    ///
    /// @param framing how its body ends
    /// @param more    whether another head of the same message follows, as after a word in between
    record Saying(Http2Headers headers, Framing framing, boolean more) {}

    /// Reads a head that goes out.
    abstract Saying saying(Head head) throws BadMessage;

    /// The head of a message that came, without its last empty line; what says how its body ends is added.
    ///
    /// @throws BadMessage when it cannot be said without a doubt
    abstract StringBuilder came(Http2Headers headers) throws BadMessage;

    /// Whether a message that came has no body, whatever it says.
    ///
    /// @param ends whether nothing follows its head
    abstract boolean bodiless(Http2Headers headers, boolean ends);

    /// Why a message that goes out is broken off before its end.
    abstract Http2Error unfinished();

    /// Whether a head that came is a word in between.
    abstract boolean between(Http2Headers headers);

    /// What came is no message: it is refused.
    abstract void refused(BadMessage why);

    @Override public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (broken || cameAll) return;
            switch (message) {
                case Http2HeadersFrame frame when !headCame -> head(context, frame);
                case Http2HeadersFrame frame -> end(context, frame.headers(), frame.isEndStream());
                case Http2DataFrame frame -> data(context, frame);
                default -> { }
            }
        } catch (BadMessage bad) {
            breakOff(context, Http2Error.PROTOCOL_ERROR);
            refused(bad);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void head(ChannelHandlerContext context, Http2HeadersFrame frame) throws BadMessage {
        Http2Headers headers = frame.headers();
        StringBuilder text = came(headers);
        if (between(headers)) {
            if (frame.isEndStream()) throw bad();
            fire(context, text.append("\r\n"));
            return;
        }
        headCame = true;
        boolean ends = frame.isEndStream();
        left = said(headers);
        if (bodiless(headers, ends)) left = 0;
        else if (ends) {
            if (left > 0) throw bad();
            if (left < 0) text.append("content-length: 0\r\n");
            left = 0;
        } else if (left < 0) {
            chunked = true;
            text.append("transfer-encoding: chunked\r\n");
        }
        fire(context, text.append("\r\n"));
        cameAll = ends;
    }

    /// The length that a head says; -1 where it says none.
    private static long said(Http2Headers headers) throws BadMessage {
        CharSequence length = headers.get("content-length");
        if (length == null) return -1;
        if (headers.getAll("content-length").size() > 1 || length.length() > 18 || length.isEmpty() || !length.chars().allMatch(c -> c >= '0' && c <= '9')) throw bad();
        return Long.parseLong(length.toString());
    }

    private void data(ChannelHandlerContext context, Http2DataFrame frame) throws BadMessage {
        if (!headCame) throw bad();
        ByteBuf data = frame.content();
        int length = data.readableBytes();
        if (!chunked && (left -= length) < 0) throw bad();
        if (length > 0) {
            ByteBuf size = chunked ? ascii(Integer.toHexString(length) + "\r\n") : Unpooled.EMPTY_BUFFER;
            context.fireChannelRead(chunked ? Unpooled.wrappedBuffer(size, data.retain(), LINE_END.duplicate()) : data.retain());
        }
        if (frame.isEndStream()) end(context, null, true);
    }

    private void end(ChannelHandlerContext context, Http2Headers trailers, boolean ends) throws BadMessage {
        if (!ends || !chunked && left != 0) throw bad();
        cameAll = true;
        if (trailers != null) for (CharSequence name : trailers.names()) if (name.isEmpty() || name.charAt(0) == ':') throw bad();
        if (!chunked) return;
        var text = new StringBuilder("0\r\n");
        if (trailers != null) fields(trailers, text);
        fire(context, text.append("\r\n"));
    }

    private static void fire(ChannelHandlerContext context, StringBuilder text) {
        context.fireChannelRead(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }

    static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    static BadMessage bad() {
        return new BadMessage(400, Route.STRINGS.get("bad.http2"));
    }

    /// Writes fields as lines, where no byte of them can be taken for the end of one.
    static void fields(Http2Headers headers, StringBuilder out) throws BadMessage {
        for (Map.Entry<CharSequence, CharSequence> field : headers) {
            String name = field.getKey().toString();
            if (name.startsWith(":")) continue;
            String value = field.getValue().toString();
            boolean plain = !name.isEmpty();
            for (int i = 0; i < name.length(); i++) plain &= name.charAt(i) < 128 && Head.inName((byte) name.charAt(i)) && !Character.isUpperCase(name.charAt(i));
            boolean te = name.equals("te") && !value.equals("trailers");
            if (!plain || te || !line(value) || OF_CONNECTIONS.contains(name)) throw bad();
            out.append(name).append(": ").append(value).append("\r\n");
        }
    }

    /// Whether a text stays in its line.
    static boolean line(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c != 127 && c < 256 || c == '\t');
    }

    /// Puts the fields of a head into a block.
    static void put(Headers from, Http2Headers out) {
        for (Headers.Field field : from.fields()) {
            String name = field.name().toLowerCase(Locale.ROOT);
            if (OF_CONNECTIONS.contains(name) || name.equals("te") && !field.value().strip().equalsIgnoreCase("trailers")) continue;
            out.add(name, new String(serpentarium.traffic.WireText.encode(field.value()), StandardCharsets.ISO_8859_1));
        }
    }

    @Override public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!(message instanceof ByteBuf bytes)) {
            context.write(message, promise);
            return;
        }
        said.add(bytes);
        try {
            while (!said.empty() && !broken && !saidAll && say(context)) continue;
        } catch (BadMessage _) {
            breakOff(context, Http2Error.INTERNAL_ERROR);
        }
        if (broken || saidAll) said.all().release();
        else said.tidy();
        if (promise.isVoid()) return;
        if (last == null) promise.trySuccess();
        else last.addListener(_ -> promise.trySuccess());
    }

    /// @return whether there may be more to do
    private boolean say(ChannelHandlerContext context) throws BadMessage {
        if (inBody) {
            body.take(said, data -> last = context.write(new DefaultHttp2DataFrame(data)));
            if (body.done()) finish(context, body.trailers());
            return false;
        }
        int length = said.head();
        if (length < 0) return false;
        var head = new Head(said.copy(length));
        said.skip(length);
        Saying saying = saying(head);
        boolean none = saying.framing.kind() == Framing.Kind.NONE && !saying.more;
        last = context.write(new DefaultHttp2HeadersFrame(saying.headers, none));
        saidAll = none;
        if (saying.more || none) return true;
        body.begin(saying.framing);
        inBody = true;
        return true;
    }

    private void finish(ChannelHandlerContext context, Headers trailers) {
        var block = new DefaultHttp2Headers(false);
        put(trailers, block);
        last = block.isEmpty() ? context.write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true)) : context.write(new DefaultHttp2HeadersFrame(block, true));
        saidAll = true;
    }

    private void breakOff(ChannelHandlerContext context, Http2Error why) {
        if (broken) return;
        broken = true;
        last = context.writeAndFlush(new DefaultHttp2ResetFrame(why));
    }

    @Override public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame reset) {
            // One that said all may have no use for the rest of what it was told.
            if (!cameAll && !broken) context.fireExceptionCaught(new IOException(Route.STRINGS.get("send.reset", String.valueOf(reset.errorCode()))));
            broken = true;
        } else context.fireUserEventTriggered(event);
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        boolean theirs = cause instanceof Http2Exception || cause.getCause() instanceof Http2Exception;
        context.fireExceptionCaught(theirs ? new IOException(cause.getMessage(), cause) : cause);
    }

    @Override public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (inBody && !saidAll && !broken && body.toClose()) {
            finish(context, Headers.NONE);
            context.flush();
        }
        if (!saidAll) breakOff(context, unfinished());
        ChannelFuture before = last;
        if (before == null || before.isDone()) context.close(promise);
        else before.addListener(_ -> context.close(promise));
    }

    @Override public void handlerRemoved(ChannelHandlerContext context) {
        said.all().release();
    }
}
