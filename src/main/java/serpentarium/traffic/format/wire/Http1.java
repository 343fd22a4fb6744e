package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import serpentarium.base.Strings;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;

/// HTTP/1.0 and 1.1 on one connection: pairs responses with requests in their order.
final class Http1 implements Protocol, Http1Side.Parts {
    private static final Strings STRINGS = Recording.STRINGS;
    private static final int MOST_WAITING = 2000;
    private static final int MOST_HELD = 1 << 20;

    private final Link link;
    private final Http1Side[] sides;
    private final ArrayDeque<Exchange> waiting = new ArrayDeque<>();
    private final ByteHold held = new ByteHold();
    private double heldTime;
    private Exchange asking;
    private Exchange answering;
    private boolean responsesLost;
    private Protocol tail;

    Http1(Link link) {
        this.link = link;
        sides = new Http1Side[] {new Http1Side(Side.REQUEST, link.recording.names, this), new Http1Side(Side.RESPONSE, link.recording.names, this)};
    }

    @Override public void bytes(Side from, double time, byte[] bytes, int offset, int length) throws IOException {
        sides[from.ordinal()].bytes(time, bytes, offset, length);
    }

    @Override public void lost(Side from, double time, long count) throws IOException {
        Http1Side side = sides[from.ordinal()];
        Exchange current = from == Side.REQUEST ? asking : answering;
        if (side.state() == Http1Side.State.TAIL) {
            if (tail != null) tail.lost(from, time, count);
            return;
        }
        if (side.inside() && current != null) current.lost(from, count);
        else if (from == Side.RESPONSE) responsesLost = true;
        side.lost(count);
    }

    @Override public Http1Side.Framing head(Side side, double time, byte[] bytes, int from, int end, boolean whole) throws IOException {
        int line = HeadLines.lineEnd(bytes, from, end);
        int fields = line < end && bytes[line] == '\r' ? line + 2 : line + 1;
        return side == Side.REQUEST ? request(time, bytes, from, line, fields, end, whole) : response(time, bytes, from, line, fields, end, whole);
    }

    private Http1Side.Framing request(double time, byte[] bytes, int from, int line, int fields, int end, boolean whole) throws IOException {
        HeadLines.Start start = HeadLines.request(link.recording.names, bytes, from, line);
        Headers headers = HeadLines.fields(link.recording.names, bytes, fields, end);
        RequestHead head = Targets.head(start.first(), start.second(), start.third(), headers, link);
        if (responsesLost || waiting.size() >= MOST_WAITING) {
            while (!waiting.isEmpty()) unanswered(waiting.poll(), STRINGS.get("http.response-lost"));
            responsesLost = false;
        }
        asking = Exchange.asked(link, time, head);
        waiting.add(asking);
        if (!whole) {
            asking.fail(STRINGS.get("http.head-cut"));
            end(Side.REQUEST, time, Headers.NONE, false);
            return Http1Side.Framing.NONE;
        }
        boolean connect = head.method().equals("CONNECT");
        boolean upgrade = connect || headers.first("upgrade").isPresent();
        if (HeadLines.chunked(headers.fields()) && !connect) return Http1Side.Framing.CHUNKED;
        long length = HeadLines.contentLength(headers.fields());
        if (length == -2) asking.fail(STRINGS.get("http.bad-length", headers.joined("content-length")));
        if (length > 0 && !connect) return Http1Side.Framing.length(length);
        if (!upgrade) return Http1Side.Framing.NONE;
        asking.end(Side.REQUEST, time, true);
        asking = null;
        return new Http1Side.Framing(Http1Side.State.WAIT, 0);
    }

    private Http1Side.Framing response(double time, byte[] bytes, int from, int line, int fields, int end, boolean whole) throws IOException {
        HeadLines.Start start = HeadLines.response(link.recording.names, bytes, from, line);
        Headers headers = HeadLines.fields(link.recording.names, bytes, fields, end);
        int status = status(start.second());
        Exchange exchange = waiting.peek();
        if (exchange == null || exchange.requestStart() > time) exchange = null;
        if (status >= 100 && status < 200 && status != 101 && whole) {
            if (exchange != null) exchange.writer.extra("http.informational", Arrays.copyOfRange(bytes, from, end));
            return null;
        }
        if (exchange == null) exchange = Exchange.answered(link, time);
        else waiting.poll();
        answering = exchange;
        exchange.respond(time, new ResponseHead(status, start.third(), start.first(), headers));
        if (!whole) {
            exchange.fail(STRINGS.get("http.head-cut"));
            end(Side.RESPONSE, time, Headers.NONE, false);
            return Http1Side.Framing.NONE;
        }
        String method = exchange.request() == null ? "" : exchange.request().method();
        if (status == 101) return switched(exchange, headers, time);
        if (method.equals("CONNECT") && status >= 200 && status < 300) {
            exchange.end(Side.RESPONSE, time, true);
            return tunnel(new Conversation(link, true), time);
        }
        resume(time);
        if (method.equals("HEAD") || status == 204 || status == 304) return Http1Side.Framing.NONE;
        if (HeadLines.chunked(headers.fields())) return Http1Side.Framing.CHUNKED;
        long length = HeadLines.contentLength(headers.fields());
        if (length == -2) exchange.fail(STRINGS.get("http.bad-length", headers.joined("content-length")));
        return length >= 0 ? Http1Side.Framing.length(length) : Http1Side.Framing.TO_CLOSE;
    }

    private static int status(String digits) {
        if (digits.length() != 3) return 0;
        int status = 0;
        for (int i = 0; i < 3; i++) {
            if (digits.charAt(i) < '0' || digits.charAt(i) > '9') return 0;
            status = status * 10 + digits.charAt(i) - '0';
        }
        return status;
    }

    private Http1Side.Framing switched(Exchange exchange, Headers headers, double time) throws IOException {
        String to = headers.first("upgrade").orElse("");
        if (to.equalsIgnoreCase("websocket")) {
            exchange.writer.kind(FlowKind.WEBSOCKET);
            exchange.seen(Side.RESPONSE, time);
            exchange.grown();
            return tunnel(new WebSocket(exchange, headers.joined("sec-websocket-extensions")), time);
        }
        exchange.end(Side.RESPONSE, time, true);
        return tunnel(to.equalsIgnoreCase("h2c") ? new Http2(link, time, exchange.request()) : new Conversation(link, true), time);
    }

    private Http1Side.Framing tunnel(Protocol protocol, double time) throws IOException {
        tail = protocol;
        answering = null;
        sides[0].state(Http1Side.State.TAIL);
        if (held.length() > 0) {
            byte[] early = held.copy();
            held.clear();
            protocol.bytes(Side.REQUEST, heldTime, early, 0, early.length);
        }
        return new Http1Side.Framing(Http1Side.State.TAIL, 0);
    }

    /// The upgrade was refused: what the client sent meanwhile is HTTP.
    private void resume(double time) throws IOException {
        if (sides[0].state() != Http1Side.State.WAIT) return;
        sides[0].state(Http1Side.State.START);
        byte[] early = held.copy();
        held.clear();
        sides[0].bytes(Math.max(heldTime, time), early, 0, early.length);
    }

    @Override public void body(Side side, double time, byte[] bytes, int offset, int length) throws IOException {
        Exchange exchange = side == Side.REQUEST ? asking : answering;
        if (exchange != null) exchange.body(side, time, bytes, offset, length);
    }

    @Override public void end(Side side, double time, Headers trailers, boolean whole) throws IOException {
        Exchange exchange = side == Side.REQUEST ? asking : answering;
        if (exchange == null) return;
        exchange.trailers(side, trailers);
        if (!whole) exchange.fail(STRINGS.get("http.cut"));
        exchange.end(side, time, whole);
        if (side == Side.REQUEST) asking = null;
        else answering = null;
    }

    @Override public void broken(Side side, double time) throws IOException {
        Exchange exchange = side == Side.REQUEST ? asking : answering;
        if (exchange == null) return;
        exchange.fail(STRINGS.get("http.bad-chunk"));
        end(side, time, Headers.NONE, false);
        responsesLost |= side == Side.RESPONSE;
    }

    @Override public void tail(Side side, double time, byte[] bytes, int offset, int length) throws IOException {
        if (tail != null) {
            tail.bytes(side, time, bytes, offset, length);
            return;
        }
        if (held.length() == 0) heldTime = time;
        held.add(bytes, offset, Math.min(length, MOST_HELD - held.length()));
    }

    /// Where a response was due, they are shown as the body of an answer without a head.
    @Override public Http1Side.Framing headless(double time) throws IOException {
        answering = waiting.poll();
        if (answering == null) return new Http1Side.Framing(Http1Side.State.LOST, 0);
        answering.respond(time, new ResponseHead(0, "", "HTTP/0.9", Headers.NONE));
        answering.fail(STRINGS.get("http.no-http"));
        return Http1Side.Framing.TO_CLOSE;
    }

    private void unanswered(Exchange exchange, String why) throws IOException {
        exchange.fail(why);
        exchange.close();
    }

    @Override public void end(Side from, double time) throws IOException {
        Http1Side side = sides[from.ordinal()];
        if (side.state() == Http1Side.State.TAIL && tail != null) tail.end(from, time);
        else side.end(time);
    }

    @Override public void close(double time, Ending how) throws IOException {
        String why = switch (how) {
            case CLOSED -> STRINGS.get("http.closed");
            case RESET -> STRINGS.get("http.reset");
            case UNSEEN -> STRINGS.get("http.unseen");
        };
        for (Http1Side side : sides) {
            Exchange exchange = side == sides[0] ? asking : answering;
            if (how != Ending.CLOSED && side.inside() && exchange != null) {
                exchange.fail(why);
                exchange.end(side == sides[0] ? Side.REQUEST : Side.RESPONSE, Double.NaN, false);
            }
            if (side.state() != Http1Side.State.TAIL) side.end(time);
        }
        if (tail != null) tail.close(time, how);
        while (!waiting.isEmpty()) unanswered(waiting.poll(), why);
        if (asking != null) asking.close();
        if (answering != null) answering.close();
    }
}
