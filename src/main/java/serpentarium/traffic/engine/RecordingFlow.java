package serpentarium.traffic.engine;

import java.io.IOException;
import java.util.Arrays;
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

/// Writes one flow into a [DiskSession]: what comes is collected into one record until it is committed or has grown to a piece of a body.
final class RecordingFlow implements FlowWriter {
    /// Bodies are stored in pieces of this length, so that equal bodies have equal pieces.
    static final int PIECE = 1 << 16;
    private static final int LARGE = 1 << 18;

    private final DiskSession session;
    private final String id;
    private final int row;
    private final ItemWriter items;
    private final byte[][] pieces = new byte[2][];
    private final int[] filled = new int[2];
    private boolean unrecorded;
    private boolean closed;

    RecordingFlow(DiskSession session, String id, int row, ItemWriter items) {
        this.session = session;
        this.id = id;
        this.row = row;
        this.items = items;
    }

    @Override public String id() {
        return id;
    }

    int row() {
        return row;
    }

    @Override public void kind(FlowKind kind) throws IOException {
        items.begin(Item.KIND).number(kind.ordinal()).end();
        grown();
    }

    @Override public void connection(ConnectionFacts connection) throws IOException {
        items.begin(Item.CONNECTION).connection(connection).end();
        grown();
    }

    @Override public void timing(Timing timing) throws IOException {
        items.begin(Item.TIMING);
        Item.timing(items, timing);
        items.end();
        grown();
    }

    @Override public void request(RequestHead head) throws IOException {
        items.begin(Item.REQUEST);
        Item.request(items, head);
        items.end();
        grown();
    }

    @Override public void response(ResponseHead head) throws IOException {
        items.begin(Item.RESPONSE);
        Item.response(items, head);
        items.end();
        grown();
    }

    @Override public void body(Side side, byte[] bytes, int from, int length) throws IOException {
        int s = side.ordinal();
        int at = from;
        int left = length;
        while (left > 0) {
            if (pieces[s] == null) pieces[s] = new byte[Math.min(PIECE, Math.max(1024, left))];
            if (filled[s] == pieces[s].length && filled[s] < PIECE) pieces[s] = Arrays.copyOf(pieces[s], Math.min(PIECE, Math.max(filled[s] * 2, filled[s] + left)));
            int take = Math.min(left, pieces[s].length - filled[s]);
            System.arraycopy(bytes, at, pieces[s], filled[s], take);
            filled[s] += take;
            at += take;
            left -= take;
            if (filled[s] == PIECE) piece(side);
        }
    }

    private void piece(Side side) throws IOException {
        int s = side.ordinal();
        int length = filled[s];
        if (length == 0) return;
        filled[s] = 0;
        if (!session.bodies(length)) {
            unrecorded = true;
            return;
        }
        if (length >= StoredBodies.LEAST) session.store(this, side, pieces[s], length);
        else {
            items.begin(Item.BODY).number(side.ordinal()).raw(pieces[s], 0, length).end();
            grown();
        }
    }

    @Override public void bodyEnd(Side side, BodyFacts.State state, long wireSize, boolean decoded) throws IOException {
        piece(side);
        pieces[side.ordinal()] = null;
        BodyFacts.State now = unrecorded && state == BodyFacts.State.COMPLETE ? BodyFacts.State.PARTIAL : state;
        items.begin(Item.BODY_END).number(side.ordinal()).number(now.ordinal()).number(wireSize + 1).flag(decoded).end();
        grown();
    }

    @Override public void trailers(Side side, Headers trailers) throws IOException {
        items.begin(Item.TRAILERS).number(side.ordinal()).headers(trailers).end();
        grown();
    }

    @Override public void message(Side from, double time, int opcode, byte[] content, boolean dropped, boolean injected) throws IOException {
        boolean keep = session.bodies(content.length);
        items.begin(Item.MESSAGE).number(from.ordinal()).real(time).number(opcode).number((dropped ? 1 : 0) | (injected ? 2 : 0) | (keep ? 0 : 4))
                .number(content.length).raw(content, 0, keep ? content.length : 0).end();
        grown();
    }

    @Override public void error(String text) throws IOException {
        items.begin(Item.ERROR).text(text).end();
        grown();
    }

    @Override public void process(ProcessFacts process) throws IOException {
        items.begin(Item.PROCESS).number(process.pid()).text(process.name()).text(process.command()).end();
        grown();
    }

    @Override public void parent(String flowId) throws IOException {
        items.begin(Item.PARENT).text(flowId).end();
        grown();
    }

    @Override public void notes(String mark, String comment) throws IOException {
        items.begin(Item.NOTES).text(mark).text(comment).end();
        grown();
    }

    @Override public void extra(String key, byte[] value) throws IOException {
        items.begin(Item.EXTRA).text(key).raw(value, 0, value.length).end();
        grown();
    }

    private void grown() throws IOException {
        if (items.size() >= LARGE) session.write(row, items);
    }

    @Override public void commit() throws IOException {
        piece(Side.REQUEST);
        piece(Side.RESPONSE);
        session.commit(row, items);
    }

    @Override public void close() throws IOException {
        if (closed) return;
        closed = true;
        piece(Side.REQUEST);
        piece(Side.RESPONSE);
        items.begin(Item.CLOSED).end();
        session.commit(row, items);
        session.ended(this);
    }

    ItemWriter items() {
        return items;
    }
}
