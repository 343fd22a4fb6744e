package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// The columns of a session at the end of its last file, so that it opens without reading all records: one record with the dictionary, one a
/// block of rows, and one of fixed length that says where they begin. A session that was not closed has none, or one that does not stand at the
/// end any more, and is read whole.
final class SessionIndex {
    private static final byte[] MARK = "SRPINDEX".getBytes(StandardCharsets.US_ASCII);
    private static final int LAST = SegmentLog.HEADER + 16;
    private static final int DICTIONARY = 100;
    /// 101 was a block with one row after the other.
    private static final int BLOCK = 102;

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
        for (int from = 0; from < rows.columns.size(); from += FlowColumns.BLOCK) {
            items.clear();
            byte[] block = new IndexBlock(rows).bytes(from, Math.min(FlowColumns.BLOCK, rows.columns.size() - from));
            items.begin(BLOCK).raw(block, 0, block.length).end();
            log.append(SegmentLog.INDEX, -1, 0, items.bytes(), items.size());
        }
        byte[] last = Arrays.copyOf(MARK, 16);
        for (int k = 0; k < 8; k++) last[8 + k] = (byte) (first >>> 8 * k);
        log.append(SegmentLog.INDEX, -1, 0, last, last.length);
        log.flush();
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
                new IndexBlock(rows).take(items.bytes(), items.position(), items.left());
            }
        }
    }
}
