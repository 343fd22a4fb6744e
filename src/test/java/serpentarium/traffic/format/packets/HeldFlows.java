package serpentarium.traffic.format.packets;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Message;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;

/// A sink that keeps flows in memory, for looking at.
public final class HeldFlows implements FlowSink {
    /// What was written, in the order in which flows began.
    public final List<Held> flows = new ArrayList<>();
    /// What was warned of.
    public final List<String> warnings = new ArrayList<>();

    @Override public FlowWriter begin(String id, FlowKind kind, FlowSource source, double started) {
        var held = new Held(id, kind, started);
        flows.add(held);
        return held;
    }

    @Override public void warn(String where, String text) {
        if (text.isBlank()) throw new AssertionError("a warning without words");
        warnings.add(where + ": " + text);
    }

    /// The flows of HTTP.
    public List<Held> http() {
        return flows.stream().filter(flow -> flow.kind.http()).toList();
    }

    /// One flow.
    public static final class Held implements FlowWriter {
        /// As it was named.
        public final String id;
        /// The kind that it is now.
        public FlowKind kind;
        /// When it began.
        public final double started;
        /// The connection.
        public ConnectionFacts connection;
        /// The times.
        public Timing timing;
        /// The request, or null.
        public RequestHead request;
        /// The response, or null.
        public ResponseHead response;
        /// The bodies.
        public final ByteArrayOutputStream[] bodies = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        /// What became of the bodies.
        public final BodyFacts.State[] states = new BodyFacts.State[2];
        /// What follows the bodies.
        public final Headers[] trailers = {Headers.NONE, Headers.NONE};
        /// The messages.
        public final List<Message> messages = new ArrayList<>();
        /// Their contents.
        public final List<byte[]> contents = new ArrayList<>();
        /// What else there is.
        public final Map<String, byte[]> extras = new HashMap<>();
        /// What went wrong, or null.
        public String error;
        /// What a person said.
        public String comment = "";
        /// The client's program, or null.
        public ProcessFacts process;
        /// Whether it is over.
        public boolean closed;

        private Held(String id, FlowKind kind, double started) {
            this.id = id;
            this.kind = kind;
            this.started = started;
        }

        private void open() {
            if (closed) throw new AssertionError(id + " goes on after its end");
        }

        @Override public String id() {
            return id;
        }

        @Override public void kind(FlowKind now) {
            open();
            kind = now;
        }

        @Override public void connection(ConnectionFacts now) {
            open();
            connection = now;
        }

        @Override public void timing(Timing now) {
            open();
            timing = now;
        }

        @Override public void request(RequestHead head) {
            open();
            request = head;
        }

        @Override public void response(ResponseHead head) {
            open();
            response = head;
        }

        @Override public void body(Side side, byte[] bytes, int from, int length) {
            open();
            bodies[side.ordinal()].write(bytes, from, length);
        }

        @Override public void bodyEnd(Side side, BodyFacts.State state, long wireSize, boolean decoded) {
            open();
            states[side.ordinal()] = state;
        }

        @Override public void trailers(Side side, Headers now) {
            open();
            trailers[side.ordinal()] = now;
        }

        @Override public void message(Side from, double time, int opcode, byte[] content, boolean dropped, boolean injected) {
            open();
            messages.add(new Message(from, time, opcode, content.length, dropped, injected));
            contents.add(content);
        }

        @Override public void error(String text) {
            open();
            if (text.isBlank()) throw new AssertionError("an error without words");
            error = text;
        }

        @Override public void process(ProcessFacts now) {
            open();
            process = now;
        }

        @Override public void parent(String flowId) {
            open();
        }

        @Override public void notes(String mark, String text) {
            open();
            comment = text;
        }

        @Override public void extra(String key, byte[] value) {
            open();
            extras.put(key, value);
        }

        @Override public void commit() {
            open();
        }

        @Override public void close() {
            closed = true;
        }
    }
}
