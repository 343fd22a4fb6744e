package serpentarium.traffic.engine;

import serpentarium.traffic.FlowKind;
import serpentarium.traffic.FlowSource;
import serpentarium.traffic.FlowTable;
import serpentarium.traffic.WireText;

/// A picture of a session's rows at one moment. Rows that grow later may show their newer values.
final class SessionTable implements FlowTable {
    private final SessionRows rows;
    private final FlowColumns.Block[] blocks;
    private final int size;
    private final long version;
    private final int texts;

    /// Made under the session's lock.
    SessionTable(SessionRows rows) {
        this.rows = rows;
        blocks = rows.columns.blocks();
        size = rows.columns.size();
        version = rows.version();
        texts = rows.texts.size();
    }

    private FlowColumns.Block block(int row) {
        java.util.Objects.checkIndex(row, size);
        return blocks[row / FlowColumns.BLOCK];
    }

    private static int in(int row) {
        return FlowColumns.in(row);
    }

    @Override public int size() {
        return size;
    }

    @Override public long version() {
        return version;
    }

    @Override public boolean deleted(int row) {
        return (block(row).flags[in(row)] & (FlowColumns.DELETED | FlowColumns.GONE)) != 0;
    }

    @Override public FlowKind kind(int row) {
        return FlowColumns.KINDS[block(row).kind[in(row)]];
    }

    @Override public FlowSource source(int row) {
        return FlowColumns.SOURCES[block(row).source[in(row)]];
    }

    @Override public boolean open(int row) {
        return (block(row).flags[in(row)] & FlowColumns.OPEN) != 0;
    }

    @Override public double started(int row) {
        return block(row).started[in(row)];
    }

    @Override public double firstByte(int row) {
        return block(row).firstByte[in(row)];
    }

    @Override public double duration(int row) {
        return block(row).duration[in(row)];
    }

    @Override public int status(int row) {
        return block(row).status[in(row)];
    }

    @Override public boolean failed(int row) {
        return (block(row).flags[in(row)] & FlowColumns.FAILED) != 0;
    }

    @Override public int method(int row) {
        return block(row).method[in(row)];
    }

    @Override public int origin(int row) {
        return block(row).origin[in(row)];
    }

    @Override public int contentType(int row) {
        return block(row).contentType[in(row)];
    }

    @Override public int connection(int row) {
        return block(row).connection[in(row)];
    }

    @Override public int process(int row) {
        return block(row).process[in(row)];
    }

    @Override public int httpVersion(int row) {
        return block(row).version[in(row)];
    }

    @Override public String text(int number) {
        return rows.texts.text(number);
    }

    @Override public int texts() {
        return texts;
    }

    @Override public String path(int row) {
        long at = block(row).path[in(row)];
        return at < 0 ? "" : WireText.decode(rows.paths.get(at));
    }

    @Override public int path(int row, byte[] into, int to) {
        long at = block(row).path[in(row)];
        return at < 0 ? 0 : rows.paths.copy(at, into, to);
    }

    @Override public long pathBytes(int row, int from) {
        long at = block(row).path[in(row)];
        return at < 0 ? 0 : rows.paths.eight(at, from);
    }

    @Override public long requestSize(int row) {
        return block(row).requestSize[in(row)];
    }

    @Override public long responseSize(int row) {
        return block(row).responseSize[in(row)];
    }

    @Override public int messages(int row) {
        return block(row).messages[in(row)];
    }

    @Override public int parent(int row) {
        return block(row).parent[in(row)];
    }

    @Override public String mark(int row) {
        return rows.marks.getOrDefault(row, "");
    }

    @Override public String comment(int row) {
        return rows.comments.getOrDefault(row, "");
    }
}
