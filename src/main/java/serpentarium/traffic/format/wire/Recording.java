package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import serpentarium.base.Strings;
import serpentarium.traffic.Endpoint;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.format.ProcessLookup;

/// What all connections of one source share: where their flows go, and the keys that are known.
public final class Recording {
    static final Strings STRINGS = Strings.of(Recording.class);

    /// Bytes that wait for secrets, over all connections.
    private static final long MOST_HELD = 64L << 20;
    /// How long a connection waits for its secrets: programs write them within milliseconds.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    final FlowSink sink;
    final FlowSource source;
    final KeyLog keys;
    final boolean live;
    final Names names = new Names();
    private final Set<String> warned = new HashSet<>();
    private final Set<TlsStream> waiting = new LinkedHashSet<>();
    private final ProcessLookup processes;
    private final Set<Exchange> grown = new HashSet<>();
    private boolean secretsCome;
    private boolean showsLater;

    /// Records into `sink`.
    ///
    /// @param keys the secrets of TLS connections that are known; more may be added later
    /// @param live whether flows are looked at while they grow
    public Recording(FlowSink sink, FlowSource source, KeyLog keys, boolean live) {
        this(sink, source, keys, live, ProcessLookup.NONE);
    }

    /// Records into `sink`, and asks for the programs behind connections.
    public Recording(FlowSink sink, FlowSource source, KeyLog keys, boolean live, ProcessLookup processes) {
        this.sink = sink;
        this.source = source;
        this.keys = keys;
        this.live = live;
        this.processes = processes;
    }

    /// What a flow says of bytes that are not in it, and what can be done about it where something can.
    String lost(long count) {
        boolean proxied = switch (source) {
            case PROXY, REVERSE, SENT -> true;
            default -> false;
        };
        return STRINGS.get(proxied ? "http.bytes-unrecorded" : "http.bytes-lost", count);
    }

    /// Whether flows are looked at while they grow.
    public boolean live() {
        return live;
    }

    /// The program at the near end of a connection.
    public Optional<ProcessFacts> process(Endpoint near, Endpoint far) {
        return processes.of(near, far);
    }

    /// From now on secrets are added to the keys while connections go on: a connection whose secrets are not known waits for them, with a bound.
    public void secretsCome() {
        secretsCome = true;
    }

    /// Whether it is worth waiting for secrets.
    boolean awaitsSecrets() {
        return secretsCome;
    }

    /// A connection waits for its secrets.
    void waits(TlsStream stream) {
        waiting.add(stream);
    }

    /// Looks after the connections that wait for secrets: those whose secrets are known now go on, and those that waited for long, too.
    ///
    /// @param more whether secrets were added since the last time
    public void turn(boolean more) throws IOException {
        if (waiting.isEmpty()) return;
        if (more) for (TlsStream stream : List.copyOf(waiting)) if (stream.goOn(false)) waiting.remove(stream);
        long held = 0;
        for (TlsStream stream : waiting) held += stream.held();
        long now = System.nanoTime();
        for (TlsStream stream : List.copyOf(waiting)) {
            if (now - stream.heldSince() < PATIENCE && held <= MOST_HELD) continue;
            held -= stream.held();
            stream.goOn(true);
            waiting.remove(stream);
        }
    }

    /// No more secrets come: nothing waits any more.
    public void noMoreSecrets() throws IOException {
        secretsCome = false;
        for (TlsStream stream : List.copyOf(waiting)) stream.goOn(true);
        waiting.clear();
    }

    /// From now on what a flow has grown by is shown with [#show()], and not at once: a source that hands over much at a time calls that after it.
    public void showLater() {
        showsLater = true;
    }

    /// Shows what has grown since the last time.
    public void show() throws IOException {
        if (grown.isEmpty()) return;
        try {
            for (Exchange each : grown) each.show();
        } finally {
            grown.clear();
        }
    }

    /// Whether something that has grown is shown later; it is noted, then.
    boolean later(Exchange exchange) {
        if (showsLater) grown.add(exchange);
        return showsLater;
    }

    /// Where flows go.
    public FlowSink sink() {
        return sink;
    }

    /// Warns once of each kind.
    public void warnOnce(String text) {
        if (warned.size() < 100 && warned.add(text)) sink.warn("", text);
    }
}
