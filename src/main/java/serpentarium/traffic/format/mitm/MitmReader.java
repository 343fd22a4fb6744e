package serpentarium.traffic.format.mitm;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import serpentarium.base.Place;
import serpentarium.base.Problem;
import serpentarium.base.ProblemException;
import serpentarium.base.Quantity;
import serpentarium.base.Source;
import serpentarium.base.Strings;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.FlowSink;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowWriter;

/// Reads a dump record by record. The type of a value stands behind it, so a record is taken as one array; one that does not fit a third of
/// the heap is stepped over.
final class MitmReader implements AutoCloseable {
    private static final Strings STRINGS = Strings.of(MitmReader.class);
    private static final int LENGTH_DIGITS = 12;
    private static final int CHUNK = 1 << 20;
    private static final int WARNINGS = 20;
    private static final int SERVERS = 1 << 20;
    /// What handshakes of old dumps that wait for their messages may take.
    private static final long WAITING = 64L << 20;

    private final InputStream in;
    private final String name;
    private final long total;
    private final FlowSink sink;
    private final TaskContext context;
    private final long most;
    private final Set<String> servers = new HashSet<>();
    private final LinkedHashMap<String, Handshake> handshakes = new LinkedHashMap<>();
    private long waiting;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private long base;
    private byte[] record = new byte[1 << 14];
    private int flows;
    private int warnings;

    /// The beginning of a WebSocket whose messages come in a flow of their own.
    private record Handshake(FlowWriter writer, Map<String, Object> state, int version, int size) {}

    MitmReader(Source source, FlowSink sink, TaskContext context) throws IOException {
        this(source, sink, context, Runtime.getRuntime().maxMemory() / 3);
    }

    MitmReader(Source source, FlowSink sink, TaskContext context, long most) throws IOException {
        name = source.name();
        total = source.size();
        in = source.open();
        this.sink = sink;
        this.context = context;
        this.most = Math.min(most, Integer.MAX_VALUE - 64);
    }

    void read() throws IOException {
        try {
            context.checkpoint();
            while (more()) {
                if (flows % 16 == 0) context.checkpoint();
                record();
                context.progress(position(), total, Progress.Unit.BYTES);
            }
        } catch (Tnet.Wrong e) {
            stopped(e.getMessage(), e.offset, e);
        } catch (EOFException e) {
            stopped(STRINGS.get("mitm.cut"), position(), e);
        } finally {
            for (Handshake left : handshakes.values()) finish(left);
            handshakes.clear();
        }
    }

    private void stopped(String why, long offset, IOException cause) {
        if (flows == 0) throw new ProblemException(Problem.of(STRINGS, "mitm.broken", Place.offset(name, offset), why).causedBy(cause));
        sink.warn(Place.offset(name, offset).describe(), STRINGS.get("mitm.stopped", why, Quantity.count(flows)));
    }

    private void warn(long offset, String text) {
        if (++warnings <= WARNINGS) sink.warn(Place.offset(name, offset).describe(), text);
        else if (warnings == WARNINGS + 1) sink.warn(name, STRINGS.get("mitm.more-warnings"));
    }

    private long position() {
        return base + at;
    }

    private boolean more() throws IOException {
        if (at < end) return true;
        base += end;
        at = 0;
        end = Math.max(0, in.read(buffer, 0, buffer.length));
        return end > 0;
    }

    private int one() throws IOException {
        if (!more()) throw new EOFException();
        return buffer[at++] & 0xff;
    }

    private void record() throws IOException {
        long start = position();
        long length = 0;
        int digits = 0;
        int c = one();
        for (; c >= '0' && c <= '9'; c = one()) {
            if (++digits > LENGTH_DIGITS) throw wrong("mitm.length", start);
            length = length * 10 + c - '0';
        }
        if (c != ':' || digits == 0) throw wrong("mitm.length", start);
        if (total >= 0 && length >= total - position()) throw new EOFException();
        if (length >= most) {
            skip(length + 1);
            warn(start, STRINGS.get("mitm.too-large", Quantity.size(length)));
            return;
        }
        take((int) length);
        int type = one();
        if (type != '}') throw wrong("mitm.no-dict-at", start);
        Object value;
        try {
            value = Tnet.value(record, 0, (int) length, type);
        } catch (Tnet.Wrong e) {
            // The next record begins behind this one, whatever is in it.
            warn(position() - length - 1 + e.offset, STRINGS.get("mitm.bad-flow", e.getMessage()));
            return;
        }
        flow(State.map(value), start, (int) length);
    }

    private static Tnet.Wrong wrong(String key, long offset) {
        return new Tnet.Wrong(STRINGS.get(key), (int) Math.min(Integer.MAX_VALUE, offset));
    }

    private void take(int length) throws IOException {
        for (int filled = 0; filled < length; ) {
            if (!more()) throw new EOFException();
            // A length that is claimed makes room only as its bytes come.
            int step = Math.min(Math.min(length - filled, end - at), CHUNK);
            if (filled + step > record.length) record = Arrays.copyOf(record, (int) Math.min(length, Math.max(filled + step, record.length * 2L)));
            System.arraycopy(buffer, at, record, filled, step);
            filled += step;
            at += step;
        }
    }

    private void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            if (!more()) throw new EOFException();
            context.checkpoint();
            int step = (int) Math.min(left, end - at);
            at += step;
            left -= step;
        }
    }

    private void flow(Map<String, Object> raw, long start, int length) throws IOException {
        int version = MitmMigration.version(raw);
        if (version == -1 || version > MitmMigration.LATEST + 100) {
            warn(start, STRINGS.get("mitm.no-version"));
            return;
        }
        if (version > MitmMigration.LATEST) warn(start, STRINGS.get("mitm.newer", version));
        if (version < 12 && "websocket".equals(State.text(raw, "type"))) {
            websocket(raw, version);
            return;
        }
        Map<String, Object> latest = MitmMigration.latest(raw, version);
        if (MitmFlow.kindOf(latest) == null) {
            warn(start, STRINGS.get("mitm.kind", State.textOr(latest, "type", "")));
            return;
        }
        Map<String, Object> metadata = State.map(latest, "metadata");
        boolean handshake = version < 12 && metadata != null && State.truth(metadata.get("websocket")) && length < WAITING / 4;
        var flow = new MitmFlow(latest, version);
        FlowWriter writer = sink.begin(flow.id(), flow.kind(), FlowSource.FILE, flow.started());
        flows++;
        if (handshake) hold(writer, latest, version, length);
        else finish(writer, flow);
    }

    private void finish(FlowWriter writer, MitmFlow flow) throws IOException {
        try (writer) {
            flow.write(writer, this::isNew);
        }
    }

    private void finish(Handshake handshake) throws IOException {
        finish(handshake.writer(), new MitmFlow(handshake.state(), handshake.version()));
    }

    private boolean isNew(String server) {
        if (servers.size() >= SERVERS) servers.clear();
        return servers.add(server);
    }

    private void hold(FlowWriter writer, Map<String, Object> latest, int version, int length) throws IOException {
        // The record's array is used again: what waits has to have its own.
        Map<String, Object> own = State.map(Tnet.whole(TnetOutput.bytes(latest)));
        var held = new Handshake(writer, own, version, length);
        waiting += length;
        Handshake before = handshakes.put(State.textOr(latest, "id", ""), held);
        if (before != null) release(before);
        while (waiting > WAITING) release(handshakes.pollFirstEntry());
    }

    private void release(Map.Entry<String, Handshake> oldest) throws IOException {
        release(oldest.getValue());
    }

    private void release(Handshake handshake) throws IOException {
        waiting -= handshake.size();
        finish(handshake);
    }

    private void websocket(Map<String, Object> raw, int version) throws IOException {
        Map<String, Object> metadata = State.map(raw, "metadata");
        Handshake handshake = metadata == null ? null : handshakes.remove(State.textOr(metadata, "websocket_handshake", ""));
        Map<String, Object> state = handshake != null ? handshake.state() : MitmMigration.latest(MitmFlow.withoutHandshake(raw), version);
        MitmMigration.join(state, raw);
        var flow = new MitmFlow(state, version);
        if (handshake == null) {
            flows++;
            finish(sink.begin(flow.id(), flow.kind(), FlowSource.FILE, flow.started()), flow);
        } else {
            waiting -= handshake.size();
            finish(handshake.writer(), flow);
        }
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
