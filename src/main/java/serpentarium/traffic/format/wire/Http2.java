package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;

/// HTTP/2 on one connection: each stream is an exchange.
///
/// Source: RFC 9113, RFC 8441.
final class Http2 implements Protocol, Http2Side.Parts {
    private static final Strings STRINGS = Recording.STRINGS;
    private static final String VERSION = "HTTP/2.0";
    private static final int MOST_STREAMS = 5000;
    private static final String[] CODES = {"NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"};

    private final Link link;
    private final Http2Side[] sides;
    private final Map<Integer, Stream> streams = new LinkedHashMap<>();

    private static final class Stream {
        private final Exchange exchange;
        private final String protocol;
        private WebSocket socket;
        private int ended;

        Stream(Exchange exchange, String protocol) {
            this.exchange = exchange;
            this.protocol = protocol;
        }
    }

    /// A connection that begins with HTTP/2.
    Http2(Link link) {
        this.link = link;
        sides = new Http2Side[] {new Http2Side(Side.REQUEST, link.recording.names, this), new Http2Side(Side.RESPONSE, link.recording.names, this)};
    }

    /// A connection that was upgraded; its first stream answers to the request that asked for it.
    Http2(Link link, double time, RequestHead upgraded) throws IOException {
        this(link);
        if (upgraded == null) return;
        var exchange = Exchange.asked(link, time, upgraded);
        exchange.end(Side.REQUEST, time, true);
        streams.put(1, new Stream(exchange, ""));
    }

    @Override public void bytes(Side from, double time, byte[] bytes, int offset, int length) throws IOException {
        sides[from.ordinal()].bytes(time, bytes, offset, length);
    }

    @Override public void lost(Side from, double time, long count) throws IOException {
        sides[from.ordinal()].lost(count);
    }

    @Override public void headers(Side side, double time, int id, int promised, List<Headers.Field> fields, boolean cut, boolean last) throws IOException {
        Stream stream = streams.get(promised != 0 ? promised : id);
        boolean fresh = stream == null;
        var plain = new ArrayList<Headers.Field>(fields.size());
        for (Headers.Field field : fields) if (!field.name().startsWith(":")) plain.add(field);
        var headers = new Headers(plain);
        boolean asks = side == Side.REQUEST || promised != 0;
        if (fresh) stream = begin(asks, time, promised != 0 ? promised : id, fields, headers);
        Exchange exchange = stream.exchange;
        if (cut) exchange.fail(STRINGS.get("http2.long-header"));
        if (promised != 0) {
            exchange.writer.extra("http2.pushed", String.valueOf(id).getBytes(StandardCharsets.US_ASCII));
            exchange.end(Side.REQUEST, time, true);
            return;
        }
        String status = value(fields, ":status");
        if (side == Side.RESPONSE && exchange.response() == null && !respond(stream, time, status, headers)) return;
        else if (side == Side.REQUEST && !fresh || side == Side.RESPONSE && status.isEmpty()) exchange.trailers(side, headers);
        if (last) dataEnd(side, time, id);
    }

    private Stream begin(boolean asks, double time, int id, List<Headers.Field> fields, Headers headers) throws IOException {
        while (streams.size() >= MOST_STREAMS) {
            Exchange oldest = streams.remove(streams.keySet().iterator().next()).exchange;
            oldest.fail(STRINGS.get("http.unseen"));
            oldest.close();
        }
        String protocol = value(fields, ":protocol");
        Exchange exchange = !asks ? Exchange.answered(link, time) : Exchange.asked(link, time, Targets.of(value(fields, ":method"), value(fields, ":scheme"),
                value(fields, ":authority"), value(fields, ":path"), VERSION, headers, link));
        var stream = new Stream(exchange, protocol);
        streams.put(id, stream);
        return stream;
    }

    /// @return whether it is the final response
    private boolean respond(Stream stream, double time, String digits, Headers headers) throws IOException {
        int status = digits.length() == 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9') ? Integer.parseInt(digits) : 0;
        if (status >= 100 && status < 200) return false;
        Exchange exchange = stream.exchange;
        exchange.respond(time, new ResponseHead(status, "", VERSION, headers));
        if (stream.protocol.equals("websocket") && status == 200) {
            exchange.writer.kind(FlowKind.WEBSOCKET);
            exchange.end(Side.REQUEST, time, true);
            stream.socket = new WebSocket(exchange, headers.joined("sec-websocket-extensions"));
        }
        return true;
    }

    private static String value(List<Headers.Field> fields, String name) {
        for (Headers.Field field : fields) if (field.name().equals(name)) return field.value();
        return "";
    }

    @Override public void data(Side side, double time, int id, byte[] bytes, int offset, int length) throws IOException {
        Stream stream = streams.get(id);
        if (stream == null) return;
        if (stream.socket != null) stream.socket.bytes(side, time, bytes, offset, length);
        else stream.exchange.body(side, time, bytes, offset, length);
    }

    @Override public void dataEnd(Side side, double time, int id) throws IOException {
        Stream stream = streams.get(id);
        if (stream == null) return;
        stream.ended |= 1 << side.ordinal();
        if (stream.socket != null) {
            if (stream.ended == 3) stream.socket.close(time, Ending.CLOSED);
        } else stream.exchange.end(side, time, true);
        if (stream.exchange.closed()) streams.remove(id);
    }

    @Override public void dataLost(Side side, int id, long count) throws IOException {
        Stream stream = streams.get(id);
        if (stream == null) return;
        if (stream.socket != null) stream.socket.lost(side, Double.NaN, count);
        else stream.exchange.lost(side, count);
    }

    @Override public void reset(double time, int id, long code) throws IOException {
        Stream stream = streams.remove(id);
        if (stream == null) return;
        // A server that has answered says with NO_ERROR that it needs no more of the request.
        if (code != 0 || !stream.exchange.done(Side.RESPONSE)) stream.exchange.fail(STRINGS.get("http2.reset", code(code)));
        finish(stream, time, Ending.RESET);
    }

    private static String code(long code) {
        return code < CODES.length ? CODES[(int) code] : String.valueOf(code);
    }

    private void finish(Stream stream, double time, Ending how) throws IOException {
        if (stream.socket != null) stream.socket.close(time, how);
        stream.exchange.close();
    }

    @Override public void goAway(double time, int lastStream, long code) throws IOException {
        for (var entry : streams.entrySet())
            if (entry.getKey() > lastStream && code != 0) entry.getValue().exchange.fail(STRINGS.get("http2.going-away", code(code)));
    }

    @Override public void dead(Side side) throws IOException {
        for (Stream stream : streams.values()) stream.exchange.fail(STRINGS.get("http2.dead"));
        if (streams.isEmpty()) link.recording.warnOnce(STRINGS.get("http2.dead"));
    }

    @Override public void end(Side from, double time) {
        // What is open is told when the connection is closed.
    }

    @Override public void close(double time, Ending how) throws IOException {
        String why = switch (how) {
            case CLOSED -> STRINGS.get("http.closed");
            case RESET -> STRINGS.get("http.reset");
            case UNSEEN -> STRINGS.get("http.unseen");
        };
        for (Stream stream : streams.values()) {
            if (!stream.exchange.closed() && stream.socket == null) stream.exchange.fail(why);
            finish(stream, time, how);
        }
        streams.clear();
    }
}
