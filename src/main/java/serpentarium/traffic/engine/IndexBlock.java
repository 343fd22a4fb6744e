package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import serpentarium.traffic.WireText;

/// A block of rows of a session's index: each column as it lies in memory, then ids and paths with their lengths before them, then notes.
final class IndexBlock {
    /// Bytes of a row in all columns of fixed width.
    private static final int ROW = 8 + 8 + 4 + 4 + 2 + 3 + 6 * 4 + 2 * 8 + 2 * 4 + 2 * 4;

    private final SessionRows rows;

    IndexBlock(SessionRows rows) {
        this.rows = rows;
    }

    /// The block of the rows from `from` on.
    byte[] bytes(int from, int count) {
        FlowColumns.Block block = rows.columns.block(from);
        byte[][] ids = new byte[count][];
        byte[][] paths = new byte[count][];
        long texts = 0;
        for (int i = 0; i < count; i++) {
            ids[i] = rows.ids.bytes(from + i);
            paths[i] = block.path[i] < 0 ? null : rows.paths.get(block.path[i]);
            texts += ids[i].length + (paths[i] == null ? 0 : paths[i].length);
        }
        byte[] notes = notes(from, count);
        ByteBuffer to = ByteBuffer.allocate(Math.toIntExact(8 + (long) ROW * count + texts + notes.length)).order(ByteOrder.LITTLE_ENDIAN);
        to.putInt(from).putInt(count);
        longs(to, block.last, count);
        to.asDoubleBuffer().put(block.started, 0, count);
        skip(to, 8 * count);
        floats(to, block.firstByte, count);
        floats(to, block.duration, count);
        to.asShortBuffer().put(block.status, 0, count);
        skip(to, 2 * count);
        to.put(block.kind, 0, count).put(block.source, 0, count).put(block.flags, 0, count);
        for (int[] column : numbers(block)) ints(to, column, count);
        longs(to, block.requestSize, count);
        longs(to, block.responseSize, count);
        ints(to, block.messages, count);
        ints(to, block.parent, count);
        for (byte[] id : ids) to.putInt(id.length);
        for (byte[] path : paths) to.putInt(path == null ? -1 : path.length);
        for (byte[] id : ids) to.put(id);
        for (byte[] path : paths) if (path != null) to.put(path);
        to.put(notes);
        return to.array();
    }

    private static int[][] numbers(FlowColumns.Block block) {
        return new int[][] {block.method, block.origin, block.contentType, block.process, block.version, block.connection};
    }

    private static void longs(ByteBuffer to, long[] column, int count) {
        to.asLongBuffer().put(column, 0, count);
        skip(to, 8 * count);
    }

    private static void floats(ByteBuffer to, float[] column, int count) {
        to.asFloatBuffer().put(column, 0, count);
        skip(to, 4 * count);
    }

    private static void ints(ByteBuffer to, int[] column, int count) {
        to.asIntBuffer().put(column, 0, count);
        skip(to, 4 * count);
    }

    private static void skip(ByteBuffer buffer, int by) {
        buffer.position(buffer.position() + by);
    }

    /// Few rows have them.
    private byte[] notes(int from, int count) {
        var out = new java.io.ByteArrayOutputStream();
        for (int row = from; row < from + count; row++) {
            String mark = rows.marks.get(row);
            String comment = rows.comments.get(row);
            if (mark == null && comment == null) continue;
            byte[] first = WireText.encode(mark == null ? "" : mark);
            byte[] second = WireText.encode(comment == null ? "" : comment);
            out.writeBytes(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(row).putInt(first.length).putInt(second.length).array());
            out.writeBytes(first);
            out.writeBytes(second);
        }
        return out.toByteArray();
    }

    /// Takes a block in as the next rows.
    ///
    /// @throws IOException when it is damaged; then the rows are not to be used
    void take(byte[] bytes, int offset, int length) throws IOException {
        try {
            take(ByteBuffer.wrap(bytes, offset, length).order(ByteOrder.LITTLE_ENDIAN));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged();
        }
    }

    private static IOException damaged() {
        return new IOException("the session's index is damaged");
    }

    private void take(ByteBuffer in) throws IOException {
        int from = in.getInt();
        int count = in.getInt();
        if (from != rows.columns.size() || from % FlowColumns.BLOCK != 0 || count <= 0 || count > FlowColumns.BLOCK || (long) count * ROW > in.remaining()) throw damaged();
        rows.columns.add(count);
        FlowColumns.Block block = rows.columns.block(from);
        in.asLongBuffer().get(block.last, 0, count);
        skip(in, 8 * count);
        in.asDoubleBuffer().get(block.started, 0, count);
        skip(in, 8 * count);
        in.asFloatBuffer().get(block.firstByte, 0, count);
        skip(in, 4 * count);
        in.asFloatBuffer().get(block.duration, 0, count);
        skip(in, 4 * count);
        in.asShortBuffer().get(block.status, 0, count);
        skip(in, 2 * count);
        in.get(block.kind, 0, count).get(block.source, 0, count).get(block.flags, 0, count);
        for (int i = 0; i < count; i++) {
            if (block.kind[i] < 0 || block.kind[i] >= FlowColumns.KINDS.length || block.source[i] < 0 || block.source[i] >= FlowColumns.SOURCES.length) throw damaged();
        }
        int[][] numbers = numbers(block);
        for (int i = 0; i < numbers.length; i++) ints(in, numbers[i], count, numbers[i] == block.connection ? rows.connections.size() : rows.texts.size());
        in.asLongBuffer().get(block.requestSize, 0, count);
        skip(in, 8 * count);
        in.asLongBuffer().get(block.responseSize, 0, count);
        skip(in, 8 * count);
        ints(in, block.messages, count, Integer.MAX_VALUE);
        ints(in, block.parent, count, Integer.MAX_VALUE);
        texts(in, block, count);
        while (in.hasRemaining()) {
            int row = in.getInt();
            int mark = in.getInt();
            int comment = in.getInt();
            if (row < from || row >= from + count) throw damaged();
            rows.note(row, text(in, mark), text(in, comment));
        }
    }

    private static void ints(ByteBuffer in, int[] column, int count, int limit) throws IOException {
        in.asIntBuffer().get(column, 0, count);
        skip(in, 4 * count);
        for (int i = 0; i < count; i++) if (column[i] < -1 || column[i] >= limit) throw damaged();
    }

    private void texts(ByteBuffer in, FlowColumns.Block block, int count) throws IOException {
        int lengths = in.position();
        skip(in, 8 * count);
        for (int i = 0; i < count; i++) {
            int length = in.getInt(lengths + 4 * i);
            if (length < 0 || length > in.remaining()) throw damaged();
            rows.ids.append(in.array(), in.position(), length);
            skip(in, length);
        }
        for (int i = 0; i < count; i++) {
            int length = in.getInt(lengths + 4 * (count + i));
            if (length < -1 || length > in.remaining()) throw damaged();
            block.path[i] = length < 0 ? -1 : rows.paths.add(in.array(), in.position(), length);
            skip(in, Math.max(0, length));
        }
    }

    private static String text(ByteBuffer in, int length) throws IOException {
        if (length < 0 || length > in.remaining()) throw damaged();
        String text = WireText.decode(in.array(), in.position(), length);
        skip(in, length);
        return text;
    }
}
