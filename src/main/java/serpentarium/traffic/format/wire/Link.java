package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.TlsFacts;

/// What is known of one connection, and grows.
public final class Link {
    final Recording recording;
    private final String id;
    private Endpoint client;
    private Endpoint server;
    private TlsFacts tls;
    private ProcessFacts process;
    private ConnectionFacts facts;
    private int flows;
    private String comment;
    private boolean told;
    double connectStart = Double.NaN;
    double connectEnd = Double.NaN;
    double tlsEnd = Double.NaN;

    /// A connection between two ends.
    ///
    /// @param id of the connection; those of its flows are made from it
    public Link(Recording recording, String id, Endpoint client, Endpoint server) {
        this.recording = recording;
        this.id = id;
        this.client = client;
        this.server = server;
    }

    /// When the connection was asked for, and when it stood.
    public void connected(double start, double end) {
        connectStart = start;
        connectEnd = end;
    }

    /// When TLS stood.
    public void secured(double time) {
        if (Double.isNaN(tlsEnd)) tlsEnd = time;
    }

    /// How it is encrypted.
    public void tls(TlsFacts now) {
        tls = now;
        facts = null;
    }

    /// How it is encrypted; null where it is not.
    public TlsFacts tls() {
        return tls;
    }

    /// The client's program.
    public void process(ProcessFacts now) {
        process = now;
    }

    /// A person's words on what comes next; they become the comment of the flow that ends with it.
    public void comment(String text) {
        comment = comment == null ? text : comment.length() > 10_000 ? comment : comment + "\n" + text;
    }

    /// Gives a flow that ends the comment that waits for it.
    void note(FlowWriter writer) throws IOException {
        if (comment == null) return;
        writer.notes("", comment);
        comment = null;
    }

    /// The server's end.
    public Endpoint server() {
        return server;
    }

    /// What looked like the client is the server.
    void swap() {
        Endpoint other = client;
        client = server;
        server = other;
        facts = null;
    }

    /// Whether a flow was told already how long connecting took; asking makes it so.
    boolean tellConnecting() {
        boolean first = !told;
        told = true;
        return first;
    }

    /// Begins a flow that goes over it.
    FlowWriter begin(FlowKind kind, double started) throws IOException {
        FlowWriter writer = recording.sink.begin(id + "." + ++flows, kind, recording.source, started);
        writer.connection(facts());
        if (process != null) writer.process(process);
        return writer;
    }

    ConnectionFacts facts() {
        if (facts == null) facts = new ConnectionFacts(id, client, server, null, tls);
        return facts;
    }
}
