package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import serpentarium.traffic.ConnectionFacts;
import serpentarium.traffic.FlowKind;
import serpentarium.traffic.Headers;
import serpentarium.traffic.RequestHead;
import serpentarium.traffic.Side;
import serpentarium.traffic.Timing;
import serpentarium.traffic.WireText;

/// What a list shows of a session, collected from its records: used in the same way while recording and when a session is opened. Changed
/// under the session's lock only.
final class SessionRows {
    final FlowColumns columns = new FlowColumns();
    final TextNumbers texts = new TextNumbers();
    /// The number of an id is its row.
    final TextNumbers ids = new TextNumbers();
    final TextNumbers connections = new TextNumbers();
    final TextPool paths = new TextPool();
    /// Few rows have notes; they are read by lists while they change.
    final Map<Integer, String> marks = new ConcurrentHashMap<>();
    final Map<Integer, String> comments = new ConcurrentHashMap<>();
    /// Calls whose caller is not known yet, by the caller's id.
    private final Map<String, Integer> waiting = new HashMap<>();
    private long version;

    long version() {
        return version;
    }

    /// Takes a record's payload in.
    void apply(int row, long position, byte[] payload, int length) throws IOException {
        var items = new ItemReader(payload, 0, length);
        while (items.next()) item(row, items);
        FlowColumns.Block block = columns.block(row);
        block.last[FlowColumns.in(row)] = position;
        version++;
    }

    private void item(int row, ItemReader items) throws IOException {
        if (items.tag() == Item.BEGIN) {
            begin(row, items);
            return;
        }
        if (row < 0 || row >= columns.size()) throw new IOException("a record belongs to no flow");
        FlowColumns.Block block = columns.block(row);
        int i = FlowColumns.in(row);
        switch (items.tag()) {
            case Item.KIND -> block.kind[i] = (byte) items.choice(FlowColumns.KINDS).ordinal();
            case Item.CONNECTION -> connection(row, block, i, items.connection());
            case Item.TIMING -> timing(block, i, Item.timing(items));
            case Item.REQUEST -> request(block, i, Item.request(items));
            case Item.RESPONSE -> response(block, i, items);
            case Item.BODY -> grown(block, i, items.choice(Side.values()), items.left());
            case Item.BODY_REF -> bodyReference(block, i, items);
            case Item.BODY_END -> bodyEnd(block, i, items);
            case Item.MESSAGE -> block.messages[i]++;
            case Item.ERROR -> block.flags[i] |= FlowColumns.FAILED;
            case Item.PROCESS -> {
                items.number();
                block.process[i] = texts.number(ItemReader.orEmpty(items.text()));
            }
            case Item.PARENT -> parent(row, block, i, items.text());
            case Item.NOTES -> {
                note(row, items.text(), items.text());
            }
            case Item.CLOSED -> closed(block, i);
            case Item.DELETED -> {
                if (items.flag()) block.flags[i] |= FlowColumns.DELETED;
                else block.flags[i] &= ~FlowColumns.DELETED;
            }
            default -> { }
        }
    }

    private void begin(int row, ItemReader items) throws IOException {
        String id = ItemReader.orEmpty(items.text());
        FlowKind kind = items.choice(FlowColumns.KINDS);
        int source = items.choice(FlowColumns.SOURCES).ordinal();
        double started = items.real();
        if (row < columns.size()) return;
        while (columns.size() <= row) {
            int added = columns.add();
            // Rows that a ring has dropped keep their numbers.
            String name = added == row ? id : "dropped-" + added;
            for (int k = 2; ids.find(name) >= 0; k++) name = id + "-" + k;
            ids.number(name);
            if (added < row) columns.block(added).flags[FlowColumns.in(added)] = FlowColumns.GONE;
        }
        FlowColumns.Block block = columns.block(row);
        int i = FlowColumns.in(row);
        block.kind[i] = (byte) kind.ordinal();
        block.source[i] = (byte) source;
        block.started[i] = started;
        block.flags[i] = FlowColumns.OPEN;
        Integer child = waiting.remove(id);
        if (child != null) columns.block(child).parent[FlowColumns.in(child)] = row;
    }

    private void connection(int row, FlowColumns.Block block, int i, ConnectionFacts facts) {
        if (facts.id() != null) block.connection[i] = connections.number(facts.id());
        if (!FlowColumns.KINDS[block.kind[i]].http() && facts.server() != null) {
            block.origin[i] = texts.number(FlowColumns.KINDS[block.kind[i]].id() + "://" + facts.server());
            if (facts.client() != null && block.path[i] < 0) block.path[i] = paths.add((" ← " + facts.client()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void timing(FlowColumns.Block block, int i, Timing timing) {
        if (!Double.isNaN(timing.started())) block.started[i] = timing.started();
        block.firstByte[i] = (float) timing.firstByte();
        block.duration[i] = (float) timing.duration();
    }

    private void request(FlowColumns.Block block, int i, RequestHead head) {
        block.method[i] = texts.number(head.method());
        block.version[i] = texts.number(head.httpVersion());
        String url = head.url();
        int path = head.method().equals("CONNECT") || head.path().equals("*") ? url.length() : url.length() - head.path().length();
        block.origin[i] = texts.number(url.substring(0, path));
        block.path[i] = paths.add(WireText.encode(url.substring(path)));
    }

    private void response(FlowColumns.Block block, int i, ItemReader items) throws IOException {
        block.status[i] = (short) Math.clamp(items.number(), 0, Short.MAX_VALUE);
        items.text();
        String version = ItemReader.orEmpty(items.text());
        if (block.version[i] < 0) block.version[i] = texts.number(version);
        Headers headers = items.headers();
        headers.first("content-type").ifPresent(type -> block.contentType[i] = texts.number(plain(type)));
    }

    private static String plain(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    private static void grown(FlowColumns.Block block, int i, Side side, long by) {
        if (side == Side.REQUEST) block.requestSize[i] += by;
        else block.responseSize[i] += by;
    }

    private static void bodyReference(FlowColumns.Block block, int i, ItemReader items) throws IOException {
        Side side = items.choice(Side.values());
        items.number();
        items.number();
        grown(block, i, side, items.number());
    }

    private static void bodyEnd(FlowColumns.Block block, int i, ItemReader items) throws IOException {
        Side side = items.choice(Side.values());
        items.number();
        long wireSize = items.number() - 1;
        if (wireSize < 0) return;
        if (side == Side.REQUEST) block.requestSize[i] = wireSize;
        else block.responseSize[i] = wireSize;
    }

    private void parent(int row, FlowColumns.Block block, int i, String id) {
        if (id == null) return;
        int known = ids.find(id);
        if (known >= 0) block.parent[i] = known;
        else waiting.put(id, row);
    }

    private static void closed(FlowColumns.Block block, int i) {
        block.flags[i] &= ~FlowColumns.OPEN;
    }

    /// What a person noted; empty or null for none.
    void note(int row, String mark, String comment) {
        set(marks, row, mark);
        set(comments, row, comment);
    }

    private static void set(Map<Integer, String> notes, int row, String text) {
        if (text == null || text.isEmpty()) notes.remove(row);
        else notes.put(row, text);
    }

    /// Rows whose last record was dropped are gone.
    void dropBefore(int segment) {
        for (int row = 0; row < columns.size(); row++) {
            FlowColumns.Block block = columns.block(row);
            int i = FlowColumns.in(row);
            if (SegmentLog.number(block.last[i]) < segment) block.flags[i] |= FlowColumns.GONE;
        }
        version++;
    }

    void touched() {
        version++;
    }
}
