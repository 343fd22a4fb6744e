package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.ResponseHead;
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
    private final Map<String, byte[]> extras = new LinkedHashMap<>();
    private boolean told;
    private TlsFacts clientTls;
    private String scheme;
    private String failure;
    private boolean sealed;
    private String requestVersion;
    private String responseVersion;
    double dnsStart = Double.NaN;
    double dnsEnd = Double.NaN;
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

    /// When the server's name was asked for, and when it was answered.
    public void named(double start, double end) {
        dnsStart = start;
        dnsEnd = end;
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

    /// How the client's connection to a proxy is encrypted; [#tls(TlsFacts)] is the one to the server then.
    public void clientTls(TlsFacts now) {
        clientTls = now;
        facts = null;
    }

    /// What the client of a proxy speaks, `http` or `https`; the connection to the server may be another.
    public void scheme(String now) {
        scheme = now;
    }

    /// What the client speaks as far as it is known, `http` or `https`.
    String scheme() {
        return scheme != null ? scheme : tls != null ? "https" : "http";
    }

    /// The server's end, which was not known at the beginning.
    public void server(Endpoint now) {
        server = now;
        facts = null;
    }

    /// The client's end, which was not known at the beginning.
    public void client(Endpoint now) {
        client = now;
        facts = null;
    }

    /// What went wrong with the connection itself, for a person: flows that end with it say this and not what they see of it.
    public void fail(String text) {
        if (failure == null) failure = text;
    }

    /// What went wrong with the connection itself; null where nothing did.
    String failure() {
        return failure;
    }

    /// The connection stays encrypted because a person wants it: only its facts are kept.
    public void seal() {
        sealed = true;
    }

    /// Which version the client speaks, where what is recorded was written in another one; null for what is recorded.
    public void requestVersion(String version) {
        requestVersion = version;
    }

    /// Which version the server speaks, where what is recorded was written in another one; null for what is recorded.
    public void responseVersion(String version) {
        responseVersion = version;
    }

    /// A request as it was asked.
    RequestHead asked(RequestHead head) {
        if (requestVersion == null) return head;
        return new RequestHead(head.method(), head.scheme(), head.host(), head.port(), head.authority(), head.path(), requestVersion, head.headers());
    }

    /// A response as it was given.
    ResponseHead given(ResponseHead head) {
        return responseVersion == null ? head : new ResponseHead(head.status(), head.reason(), responseVersion, head.headers());
    }

    boolean sealed() {
        return sealed;
    }

    /// The client's program.
    public void process(ProcessFacts now) {
        process = now;
    }

    /// A person's words on what comes next; they become the comment of the flow that ends with it.
    public void comment(String text) {
        comment = comment == null ? text : comment.length() > 10_000 ? comment : comment + "\n" + text;
    }

    /// What is kept with the flow that ends next, under their keys.
    public void extras(Map<String, byte[]> more) {
        extras.putAll(more);
    }

    /// Gives a flow that ends the comment that waits for it, and what was found out since it began.
    ///
    /// @param known   the facts that it was given before
    /// @param program the client's program that it was given before
    void note(FlowWriter writer, ConnectionFacts known, ProcessFacts program) throws IOException {
        if (facts() != known) writer.connection(facts());
        if (process != program) writer.process(process);
        for (Map.Entry<String, byte[]> each : extras.entrySet()) writer.extra(each.getKey(), each.getValue());
        extras.clear();
        if (comment == null) return;
        writer.notes("", comment);
        comment = null;
    }

    /// The client's program; null where it is not known.
    ProcessFacts process() {
        return process;
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
        if (facts == null) facts = new ConnectionFacts(id, client, server, clientTls, tls);
        return facts;
    }
}
