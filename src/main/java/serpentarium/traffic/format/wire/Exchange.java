package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;

/// One HTTP request with its response, on its way into the session.
final class Exchange {
    private static final double NO = Double.NaN;

    final Link link;
    final FlowWriter writer;
    private final boolean tellConnecting;
    private final double started;
    private final ConnectionFacts known;
    private final ProcessFacts program;
    private final long[] bytes = new long[2];
    private final long[] lost = new long[2];
    private final boolean[] done = new boolean[2];
    private final MessageTap[] taps = new MessageTap[2];
    private RequestHead request;
    private ResponseHead response;
    private boolean failed;
    private boolean lostTold;
    private boolean closed;
    private double requestStart = NO;
    private double requestEnd = NO;
    private double responseStart = NO;
    private double responseEnd = NO;

    private Exchange(Link link, double started) throws IOException {
        this.link = link;
        this.started = started;
        tellConnecting = link.tellConnecting();
        writer = link.begin(FlowKind.HTTP, started);
        known = link.facts();
        program = link.process();
    }

    /// Begins with a request.
    static Exchange asked(Link link, double time, RequestHead head) throws IOException {
        var exchange = new Exchange(link, time);
        exchange.request = link.asked(head);
        exchange.requestStart = time;
        exchange.writer.request(exchange.request);
        exchange.taps[0] = MessageTap.of(exchange, Side.REQUEST, head.headers());
        if (exchange.taps[0] != null) exchange.writer.kind(FlowKind.GRPC);
        exchange.grown();
        return exchange;
    }

    /// Begins with a response to a request that was not seen.
    static Exchange answered(Link link, double time) throws IOException {
        var exchange = new Exchange(link, time);
        exchange.done[0] = true;
        return exchange;
    }

    RequestHead request() {
        return request;
    }

    ResponseHead response() {
        return response;
    }

    double requestStart() {
        return requestStart;
    }

    boolean done(Side side) {
        return done[side.ordinal()];
    }

    void respond(double time, ResponseHead head) throws IOException {
        response = link.given(head);
        responseStart = time;
        writer.response(response);
        MessageTap tap = MessageTap.of(this, Side.RESPONSE, head.headers());
        taps[1] = tap;
        if (tap != null) writer.kind(tap.kind());
        grown();
    }

    void body(Side side, double time, byte[] from, int offset, int length) throws IOException {
        if (closed || done(side)) return;
        bytes[side.ordinal()] += length;
        writer.body(side, from, offset, length);
        if (taps[side.ordinal()] != null) taps[side.ordinal()].bytes(time, from, offset, length);
        seen(side, time);
    }

    /// Bytes of a body that were not seen.
    void lost(Side side, long count) throws IOException {
        lost[side.ordinal()] += count;
        if (taps[side.ordinal()] != null) taps[side.ordinal()].lost();
        if (failed && !lostTold || closed) return;
        // It is told again with each loss: what counts is how many there are in all.
        failed = true;
        lostTold = true;
        writer.error(link.recording.lost(lost[0] + lost[1]));
    }

    void trailers(Side side, Headers trailers) throws IOException {
        if (!closed && !trailers.fields().isEmpty()) writer.trailers(side, trailers);
    }

    void seen(Side side, double time) {
        if (side == Side.REQUEST) requestEnd = time;
        else responseEnd = time;
    }

    /// One side's message is over.
    ///
    /// @param whole whether it came to its end
    void end(Side side, double time, boolean whole) throws IOException {
        int s = side.ordinal();
        if (closed || done[s]) return;
        done[s] = true;
        if (!Double.isNaN(time)) seen(side, time);
        if (taps[s] != null) taps[s].end(time);
        if (!whole || lost[s] > 0) writer.bodyEnd(side, BodyFacts.State.PARTIAL, lost[s] > 0 ? bytes[s] + lost[s] : -1, false);
        else if (bytes[s] > 0) writer.bodyEnd(side, BodyFacts.State.COMPLETE, -1, false);
        if (done[0] && done[1]) close();
    }

    /// Says what went wrong; the first one counts.
    void fail(String text) throws IOException {
        if (failed || closed) return;
        failed = true;
        writer.error(link.failure() == null ? text : link.failure());
    }

    boolean closed() {
        return closed;
    }

    /// Nothing more comes: what has not ended is partial.
    void close() throws IOException {
        if (closed) return;
        for (Side side : Side.values()) {
            int s = side.ordinal();
            if (done[s]) continue;
            done[s] = true;
            if (taps[s] != null) taps[s].end(Double.NaN);
            boolean headed = side == Side.REQUEST ? request != null : response != null;
            if (headed) writer.bodyEnd(side, BodyFacts.State.PARTIAL, lost[s] > 0 ? bytes[s] + lost[s] : -1, false);
        }
        if (link.failure() != null) fail(link.failure());
        closed = true;
        writer.timing(timing());
        link.note(writer, known, program);
        writer.close();
    }

    private Timing timing() {
        return tellConnecting
                ? new Timing(started, link.dnsStart, link.dnsEnd, link.connectStart, link.connectEnd, link.tlsEnd, requestStart, requestEnd, responseStart, responseEnd)
                : new Timing(started, NO, NO, NO, NO, NO, requestStart, requestEnd, responseStart, responseEnd);
    }

    /// Shows what is there, where somebody looks.
    void grown() throws IOException {
        if (link.recording.live && !closed && !link.recording.later(this)) show();
    }

    /// Puts what is there into the session.
    void show() throws IOException {
        if (closed) return;
        writer.timing(timing());
        writer.commit();
    }
}
