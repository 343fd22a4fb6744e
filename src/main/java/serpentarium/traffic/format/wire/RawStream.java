package serpentarium.traffic.format.wire;

import java.io.IOException;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowWriter;
import serpentarium.traffic.ProcessFacts;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;

/// Bytes of a protocol that is not known: each run of one side is a message.
final class RawStream implements Protocol {
    private static final int PIECE = 1 << 16;

    private final Link link;
    private final ByteHold piece = new ByteHold();
    private FlowWriter writer;
    private ConnectionFacts known;
    private ProcessFacts program;
    private Side from;
    private double pieceTime;
    private double started;
    private final double[] last = {Double.NaN, Double.NaN};
    private double answered = Double.NaN;
    private boolean tellConnecting;
    private int unshown;

    RawStream(Link link) {
        this.link = link;
    }

    /// The flow, which begins with this call if it has not.
    FlowWriter writer(double time) throws IOException {
        if (writer == null) {
            tellConnecting = link.tellConnecting();
            started = time;
            writer = link.begin(FlowKind.TCP, time);
            known = link.facts();
            program = link.process();
        }
        return writer;
    }

    /// Whether there is a flow.
    boolean begun() {
        return writer != null;
    }

    @Override public void bytes(Side side, double time, byte[] bytes, int offset, int length) throws IOException {
        writer(time);
        if (side != from || piece.length() >= PIECE) flush();
        if (piece.length() == 0) pieceTime = time;
        from = side;
        last[side.ordinal()] = time;
        if (side == Side.RESPONSE && Double.isNaN(answered)) answered = time;
        int at = 0;
        while (at < length) {
            int taken = piece.fill(PIECE, bytes, offset + at, length - at);
            at += taken;
            if (piece.length() >= PIECE) flush();
            if (at < length && piece.length() == 0) pieceTime = time;
        }
    }

    /// Bytes that are not kept.
    void seen(Side side, double time) throws IOException {
        writer(time);
        last[side.ordinal()] = time;
        if (side == Side.RESPONSE && Double.isNaN(answered)) answered = time;
    }

    private void flush() throws IOException {
        if (piece.length() == 0) return;
        writer.message(from, pieceTime, 0, piece.copy(), false, false);
        unshown += piece.length();
        piece.clear();
        if (!link.recording.live && unshown < PIECE) return;
        unshown = 0;
        writer.commit();
    }

    @Override public void lost(Side side, double time, long count) throws IOException {
        if (writer == null) return;
        flush();
        writer.error(link.recording.lost(count));
    }

    @Override public void end(Side side, double time) throws IOException {
        if (writer != null) flush();
    }

    @Override public void close(double time, Ending how) throws IOException {
        if (writer == null) return;
        flush();
        if (link.failure() != null) writer.error(link.failure());
        else if (how == Ending.RESET) writer.error(Recording.STRINGS.get("raw.reset"));
        double no = Double.NaN;
        boolean tell = tellConnecting;
        writer.timing(new Timing(started, tell ? link.dnsStart : no, tell ? link.dnsEnd : no, tell ? link.connectStart : no, tell ? link.connectEnd : no,
                tell ? link.tlsEnd : no, started, last[0], answered, last[1]));
        link.note(writer, known, program);
        writer.close();
        writer = null;
    }
}
