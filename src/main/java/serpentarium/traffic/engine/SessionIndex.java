package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import serpentarium.traffic.WireText;

/// The columns of a session at the end of its last file, so that it opens without reading all records: one record with the dictionary, one a
/// block of rows, and one of fixed length that says where they begin. A session that was not closed has none, or one that does not stand at the
/// end any more, and is read whole.
final class SessionIndex {
    private static final byte[] MARK = "SRPINDEX".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST = SegmentLog.HEADER + 16;
    private static final int ROWS = 4096;
    private static final int DICTIONARY = 100;
    private static final int BLOCK = 101;

    private final SessionRows rows;
    private final List<String> warnings;
    private long expected = -1;

    SessionIndex(SessionRows rows, List<String> warnings) {
        this.rows = rows;
        this.warnings = warnings;
    }

    void write(SegmentLog log) throws IOException {
        var items = new ItemWriter();
        items.begin(DICTIONARY).number(rows.columns.size()).number(rows.texts.size());
        for (int i = 0; i < rows.texts.size(); i++) items.text(rows.texts.text(i));
        items.number(rows.connections.size());
        for (int i = 0; i < rows.connections.size(); i++) items.text(rows.connections.text(i));
        items.number(warnings.size());
        warnings.forEach(items::text);
        items.end();
        long first = log.append(SegmentLog.INDEX, -1, 0, items.bytes(), items.size());
        for (int from = 0; from < rows.columns.size(); from += ROWS) {
            items.clear();
            items.begin(BLOCK).number(from);
            for (int row = from; row < Math.min(from + ROWS, rows.columns.size()); row++) row(items, row);
            items.end();
            log.append(SegmentLog.INDEX, -1, 0, items.bytes(), items.size());
        }
        byte[] last = Arrays.copyOf(MARK, 16);
        for (int k = 0; k < 8; k++) last[8 + k] = (byte) (first >>> 8 * k);
        log.append(SegmentLog.INDEX, -1, 0, last, last.length);
        log.flush();
    }

    private void row(ItemWriter to, int row) {
        FlowColumns.Block block = rows.columns.block(row);
        int i = FlowColumns.in(row);
        to.text(rows.ids.text(row)).number(block.last[i]).real(block.started[i]).number(Float.floatToRawIntBits(block.firstByte[i]) & 0xffffffffL)
                .number(Float.floatToRawIntBits(block.duration[i]) & 0xffffffffL).number(block.status[i]).number(block.kind[i]).number(block.source[i])
                .number(block.flags[i] & 0xff).number(block.method[i] + 1).number(block.origin[i] + 1).number(block.contentType[i] + 1)
                .number(block.connection[i] + 1).number(block.process[i] + 1).number(block.version[i] + 1)
                .text(block.path[i] < 0 ? null : WireText.decode(rows.paths.get(block.path[i]))).number(block.requestSize[i] + 1)
                .number(block.responseSize[i] + 1).number(block.messages[i]).number(block.parent[i] + 1).text(rows.marks.get(row)).text(rows.comments.get(row));
    }

    /// Takes the index in where there is one at the end.
    ///
    /// @return where the records begin that it does not cover; 0 where there is no index or it is damaged, and then the rows are not to be used
    long read(SegmentLog log) throws IOException {
        long end = log.end();
        if (SegmentLog.offset(end) < SegmentLog.START + LAST) return 0;
        SegmentLog.Entry last;
        try {
            last = log.read(end - LAST);
        } catch (IOException e) {
            return 0;
        }
        byte[] payload = last.payload();
        if (last.type() != SegmentLog.INDEX || payload.length != 16 || !Arrays.equals(payload, 0, 8, MARK, 0, 8)) return 0;
        long first = 0;
        for (int k = 0; k < 8; k++) first |= (payload[8 + k] & 0xffL) << 8 * k;
        if (first >= last.position() || SegmentLog.number(first) != log.current()) return 0;
        try {
            log.scan(first, entry -> {
                if (entry.position() == last.position()) return false;
                if (entry.type() != SegmentLog.INDEX) throw new IOException("the session's index is damaged");
                take(entry.payload());
                return true;
            });
        } catch (IOException e) {
            return 0;
        }
        return rows.columns.size() == expected ? end : 0;
    }

    private void take(byte[] payload) throws IOException {
        var items = new ItemReader(payload, 0, payload.length);
        while (items.next()) {
            if (items.tag() == DICTIONARY) {
                expected = items.number();
                for (int count = items.count(), i = 0; i < count; i++) rows.texts.number(ItemReader.orEmpty(items.text()));
                for (int count = items.count(), i = 0; i < count; i++) rows.connections.number(ItemReader.orEmpty(items.text()));
                for (int count = items.count(), i = 0; i < count; i++) warnings.add(ItemReader.orEmpty(items.text()));
            } else if (items.tag() == BLOCK) {
                items.number();
                while (items.left() > 0) row(items);
            }
        }
    }

    private void row(ItemReader from) throws IOException {
        String id = ItemReader.orEmpty(from.text());
        if (rows.ids.number(id) != rows.columns.size()) throw new IOException("the session's index is damaged");
        int row = rows.columns.add();
        FlowColumns.Block block = rows.columns.block(row);
        int i = FlowColumns.in(row);
        block.last[i] = from.number();
        block.started[i] = from.real();
        block.firstByte[i] = Float.intBitsToFloat((int) from.number());
        block.duration[i] = Float.intBitsToFloat((int) from.number());
        block.status[i] = (short) from.number();
        block.kind[i] = (byte) from.choice(FlowColumns.KINDS).ordinal();
        block.source[i] = (byte) from.choice(FlowColumns.SOURCES).ordinal();
        block.flags[i] = (byte) from.number();
        block.method[i] = number(from, rows.texts.size());
        block.origin[i] = number(from, rows.texts.size());
        block.contentType[i] = number(from, rows.texts.size());
        block.connection[i] = number(from, rows.connections.size());
        block.process[i] = number(from, rows.texts.size());
        block.version[i] = number(from, rows.texts.size());
        String path = from.text();
        block.path[i] = path == null ? -1 : rows.paths.add(WireText.encode(path));
        block.requestSize[i] = from.number() - 1;
        block.responseSize[i] = from.number() - 1;
        block.messages[i] = from.small();
        block.parent[i] = number(from, Integer.MAX_VALUE);
        String mark = from.text();
        if (mark != null) rows.marks.put(row, mark);
        String comment = from.text();
        if (comment != null) rows.comments.put(row, comment);
    }

    private static int number(ItemReader from, int limit) throws IOException {
        long number = from.number() - 1;
        if (number < -1 || number >= limit) throw new IOException("the session's index is damaged");
        return (int) number;
    }
}
