package serpentarium.traffic.ui;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import serpentarium.task.TaskContext;
import serpentarium.traffic.BodyFacts;
import serpentarium.traffic.Flow;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RecordedFlows;
import serpentarium.traffic.Side;
import serpentarium.traffic.WireText;
import serpentarium.traffic.engine.SessionContent;
import serpentarium.traffic.engine.resend.Draft;

/// What the detail shows of a flow, read in the background.
///
/// @param row       its row
/// @param version   of the session's table when it was read
/// @param open      whether it still grows
/// @param flow      the flow
/// @param decoded   sizes of the bodies without their content encoding, by [Side]; -1 where there is nothing to undo, or it is more than was counted
/// @param form      the request's body where it is a form, else null
/// @param parent    method and URL of the request that caused this one, else null
/// @param parentRow the row of that request, else -1
/// @param siblings  rows of the same connection, in their order, this one among them; at most [#MOST_SIBLINGS]
/// @param titles    method and URL of each of these
/// @param shared    how many flows there are of the connection
/// @param caused    the requests that this one caused
/// @param beside    the other requests of the one that caused it
/// @param madeFrom  the row of the flow that a request that was sent from here was made from, else -1
/// @param madeTitle method and URL of that flow, else null
record LoadedFlow(int row, long version, boolean open, Flow flow, long[] decoded, String form, String parent, int parentRow, int[] siblings,
                  List<String> titles, int shared, Related caused, Related beside, int madeFrom, String madeTitle) {
    /// More flows of one connection are counted, not listed.
    static final int MOST_SIBLINGS = 200;
    /// More of a form is not taken apart.
    private static final int FORM = 1 << 20;
    /// More decoded bytes are not counted.
    private static final long COUNTED = 64L << 20;

    /// Flows that belong to this one, at most [#MOST_SIBLINGS] of them.
    ///
    /// @param rows   in their order
    /// @param titles method and URL of each
    /// @param count  how many there are
    record Related(int[] rows, List<String> titles, int count) {
        static Related of(FlowTable table, List<Integer> all) {
            int[] some = all.stream().limit(MOST_SIBLINGS).mapToInt(Integer::intValue).toArray();
            return new Related(some, java.util.Arrays.stream(some).mapToObj(table::title).toList(), all.size());
        }
    }

    /// Reads it. Not for the window's thread.
    static LoadedFlow read(RecordedFlows session, int row, TaskContext context) throws IOException {
        FlowTable table = session.table();
        Flow flow = session.flow(row);
        byte[] made = flow.extras().get(Draft.ORIGINAL);
        int madeFrom = made == null ? -1 : session.row(WireText.decode(made));
        var decoded = new long[] {size(session, flow, row, Side.REQUEST, context), size(session, flow, row, Side.RESPONSE, context)};
        int parent = table.parent(row);
        int connection = table.connection(row);
        var siblings = new ArrayList<Integer>();
        var titles = new ArrayList<String>();
        int shared = 0;
        var caused = new ArrayList<Integer>();
        var beside = new ArrayList<Integer>();
        for (int other = 0; other < table.size(); other++) {
            if ((other & 0xffff) == 0) context.checkpoint();
            if (table.deleted(other)) continue;
            int cause = table.parent(other);
            if (cause == row) caused.add(other);
            else if (cause >= 0 && cause == parent && other != row) beside.add(other);
            if (connection < 0 || table.connection(other) != connection) continue;
            if (shared++ >= MOST_SIBLINGS) continue;
            siblings.add(other);
            titles.add(table.title(other));
        }
        return new LoadedFlow(row, table.version(), table.open(row), flow, decoded, form(session, flow, row), parent < 0 ? flow.parent() : table.title(parent),
                parent, siblings.stream().mapToInt(Integer::intValue).toArray(), titles, shared,
                Related.of(table, caused), Related.of(table, beside), madeFrom, madeFrom < 0 || madeFrom >= table.size() ? null : table.title(madeFrom));
    }

    private static String form(RecordedFlows session, Flow flow, int row) throws IOException {
        String type = flow.headers(Side.REQUEST).first("content-type").orElse("");
        if (!type.regionMatches(true, 0, "application/x-www-form-urlencoded", 0, 33) || flow.requestBody().stored() == 0) return null;
        try (InputStream body = new SessionContent(session, FORM).body(row, Side.REQUEST)) {
            return WireText.decode(body.readNBytes(FORM));
        }
    }

    private static long size(RecordedFlows session, Flow flow, int row, Side side, TaskContext context) throws IOException {
        BodyFacts facts = flow.body(side);
        Headers headers = flow.headers(side);
        if (facts.decoded()) return facts.stored();
        if (facts.stored() == 0 || headers.first("content-encoding").isEmpty()) return -1;
        byte[] some = new byte[1 << 16];
        long size = 0;
        try (InputStream body = new SessionContent(session, COUNTED + 1).body(row, side)) {
            for (int got; (got = body.read(some)) >= 0; size += got) context.checkpoint();
        }
        return size > COUNTED ? -1 : size;
    }
}
