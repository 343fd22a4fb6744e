package serpentarium.traffic.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import serpentarium.traffic.Flow;
import serpentarium.traffic.Side;
import serpentarium.traffic.analysis.FlowContent;
import serpentarium.traffic.analysis.Needle;

/// What filters and searches read of a session's files, for one thread that goes through the rows in their order: large reads, records looked at
/// where they lie, and no lock of the session held meanwhile.
final class ScannedContent implements FlowContent {
    private static final int WINDOW = 1 << 18;
    /// A body of fewer bytes with its header is put together at once.
    private static final int SMALL = 1 << 20;
    private static final Side[] SIDES = Side.values();

    private final DiskSession session;
    private final long limit;
    private final LogWindow records;
    private final LogWindow stored;
    private long[] chain = new long[8];
    /// Where each record was seen, and in which generation of the window.
    private int[] seen = new int[24];
    private long size;
    private int links;
    private boolean cut;
    private int row = -1;
    private Flow flow;
    private final HeadScan heads = new HeadScan();
    private Needle needle;
    private final Needle.Pieces[] pieces = new Needle.Pieces[2];

    ScannedContent(DiskSession session, long limit) {
        this.session = session;
        this.limit = limit;
        records = new LogWindow(session::written, WINDOW);
        stored = new LogWindow(session::written, 2 * RecordingFlow.PIECE);
    }

    /// Finds a row's records, the last one first.
    private void go(int wanted) throws IOException {
        if (row == wanted) return;
        row = -1;
        flow = null;
        cut = false;
        size = 0;
        int steps = 0;
        for (long at = session.last(wanted); at != 0; at = records.before()) {
            if (steps > 0 && !records.holds(at)) {
                cut = true;
                break;
            }
            // Records point back only: a hostile file cannot make this walk turn in circles.
            if (steps > 0 && at >= chain[steps - 1]) throw damaged();
            if (steps == chain.length) {
                chain = Arrays.copyOf(chain, steps * 2);
                seen = Arrays.copyOf(seen, steps * 6);
            }
            records.at(at);
            chain[steps] = at;
            seen[steps * 3] = records.from();
            seen[steps * 3 + 1] = records.end();
            seen[steps++ * 3 + 2] = records.generation();
            size += records.end() - records.from();
        }
        links = steps;
        row = wanted;
    }

    private static IOException damaged() {
        return new IOException("a record of the session is damaged");
    }

    /// A record in the order in which they were written.
    private ItemReader record(int number) throws IOException {
        int link = links - 1 - number;
        if (seen[link * 3 + 2] == records.generation()) return new ItemReader(records.bytes(), seen[link * 3], seen[link * 3 + 1]);
        records.at(chain[link]);
        return new ItemReader(records.bytes(), records.from(), records.end());
    }

    @Override public Flow flow(int wanted) throws IOException {
        go(wanted);
        if (flow != null) return flow;
        FlowParts parts = session.parts(wanted);
        int messages = 0;
        for (int i = 0; i < links; i++) {
            parts.take(record(i));
            ItemReader items = record(i);
            while (items.next()) if (items.tag() == Item.MESSAGE) messages++;
        }
        flow = parts.flow(messages, cut);
        return flow;
    }

    @Override public InputStream body(int wanted, Side side) throws IOException {
        return DecodedBody.open(flow(wanted), side, () -> raw(wanted, side), limit);
    }

    private InputStream raw(int wanted, Side side) throws IOException {
        go(wanted);
        if (size > SMALL) return session.body(wanted, side);
        var body = new ByteArrayOutputStream();
        for (int i = 0; i < links; i++) {
            ItemReader items = record(i);
            while (items.next()) {
                boolean here = items.tag() == Item.BODY;
                if (!here && items.tag() != Item.BODY_REF || items.choice(SIDES) != side) continue;
                if (here) body.write(items.bytes(), items.position(), items.left());
                else refer(body, items.number(), items.small(), items.small());
            }
            if (body.size() > SMALL) return session.body(wanted, side);
        }
        return new ByteArrayInputStream(body.toByteArray());
    }

    private void refer(ByteArrayOutputStream to, long position, int offset, int length) throws IOException {
        refer(position, offset, length);
        to.write(stored.bytes(), stored.from() + offset, length);
    }

    @Override public byte[] message(int wanted, int message) throws IOException {
        return session.content(wanted, message, Integer.MAX_VALUE);
    }

    @Override public int mayHold(int wanted, int parts, Needle sought) throws IOException {
        if (needle != sought) {
            needle = sought;
            Arrays.setAll(pieces, _ -> sought.new Pieces());
        }
        for (Needle.Pieces one : pieces) one.reset();
        heads.begin();
        go(wanted);
        int found = 0;
        for (int i = 0; i < links && found != parts; i++) {
            ItemReader items = record(i);
            while (items.next() && found != parts) {
                switch (items.tag()) {
                    case Item.REQUEST, Item.RESPONSE -> found |= parts & heads.look(items, sought);
                    case Item.BODY -> {
                        int side = items.choice(SIDES).ordinal();
                        int bit = REQUEST_BODY << side;
                        if ((parts & ~found & bit) != 0 && pieces[side].in(items.bytes(), items.position(), items.position() + items.left())) found |= bit;
                    }
                    case Item.BODY_REF -> {
                        int side = items.choice(SIDES).ordinal();
                        int bit = REQUEST_BODY << side;
                        if ((parts & ~found & bit) != 0 && reference(pieces[side], items.number(), items.small(), items.small())) found |= bit;
                    }
                    case Item.BODY_END -> heads.bodyEnd(items);
                    case Item.MESSAGE -> {
                        if ((parts & ~found & MESSAGES) != 0 && sought.in(items.bytes(), items.position(), items.position() + items.left())) found |= MESSAGES;
                    }
                    default -> { }
                }
            }
        }
        for (int side = 0; side < 2; side++) if (heads.encoded(side)) found |= parts & REQUEST_BODY << side;
        return found;
    }

    private boolean reference(Needle.Pieces in, long position, int offset, int length) throws IOException {
        refer(position, offset, length);
        return in.in(stored.bytes(), stored.from() + offset, stored.from() + offset + length);
    }

    private void refer(long position, int offset, int length) throws IOException {
        stored.at(position);
        int size = stored.end() - stored.from();
        if (offset > size || length > size - offset) throw damaged();
    }
}
