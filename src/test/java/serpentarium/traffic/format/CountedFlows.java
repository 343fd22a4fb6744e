package serpentarium.traffic.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;

/// A sink that counts, and looks that nothing is null that must not be.
public final class CountedFlows implements FlowSink {
    private int flows;
    private int open;
    private long bytes;
    private int messages;
    private final List<String> warnings = new ArrayList<>();

    /// How many flows were begun.
    public int flows() {
        return flows;
    }

    /// How many were not closed.
    public int open() {
        return open;
    }

    /// How many bytes of bodies came.
    public long bytes() {
        return bytes;
    }

    /// How many messages came.
    public int messages() {
        return messages;
    }

    /// What was warned of.
    public List<String> warnings() {
        return warnings;
    }

    private static void there(Object... values) {
        for (Object value : values) java.util.Objects.requireNonNull(value);
    }

    @Override public FlowWriter begin(String id, FlowKind kind, FlowSource source, double started) {
        there(kind, source);
        if (Double.isNaN(started)) throw new AssertionError("a flow without a beginning");
        flows++;
        open++;
        return new Writer();
    }

    @Override public void warn(String where, String text) {
        there(where, text);
        warnings.add(where + ": " + text);
    }

    private final class Writer implements FlowWriter {
        private boolean closed;

        @Override public String id() {
            return "flow";
        }

        @Override public void kind(FlowKind kind) {
            there(kind);
        }

        @Override public void connection(ConnectionFacts connection) {
            there(connection);
            if (connection.client() != null) there(connection.client().host());
            if (connection.server() != null) there(connection.server().host());
        }

        @Override public void timing(Timing timing) {
            there(timing);
        }

        @Override public void request(RequestHead head) {
            there(head.method(), head.scheme(), head.host(), head.authority(), head.path(), head.httpVersion(), head.headers(), head.url());
            if (head.port() < 0) throw new AssertionError("port " + head.port());
        }

        @Override public void response(ResponseHead head) {
            there(head.reason(), head.httpVersion(), head.headers());
            if (head.status() < 0) throw new AssertionError("status " + head.status());
        }

        @Override public void body(Side side, byte[] from, int at, int length) {
            java.util.Objects.checkFromIndexSize(at, length, from.length);
            bytes += length;
        }

        @Override public void bodyEnd(Side side, BodyFacts.State state, long wireSize, boolean decoded) {
            there(side, state);
            if (wireSize < -1) throw new AssertionError("size " + wireSize);
        }

        @Override public void trailers(Side side, Headers trailers) {
            there(side, trailers);
        }

        @Override public void message(Side from, double time, int opcode, byte[] content, boolean dropped, boolean injected) {
            there(from, content);
            if (opcode < 0) throw new AssertionError("opcode " + opcode);
            messages++;
        }

        @Override public void error(String text) {
            there(text);
        }

        @Override public void process(ProcessFacts process) {
            there(process);
        }

        @Override public void parent(String flowId) {
            there(flowId);
        }

        @Override public void notes(String mark, String comment) {
            there(mark, comment);
        }

        @Override public void extra(String key, byte[] value) {
            there(key, value);
        }

        @Override public void commit() {
            // Nothing is kept.
        }

        @Override public void close() {
            if (!closed) open--;
            closed = true;
        }
    }

    /// Nothing but the flows' number, for messages.
    @Override public String toString() {
        return Map.of("flows", flows, "open", open).toString();
    }
}
