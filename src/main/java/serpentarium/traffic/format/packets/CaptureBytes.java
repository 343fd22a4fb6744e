package serpentarium.traffic.format.packets;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import serpentarium.base.Source;
import serpentarium.task.Progress;
import serpentarium.task.TaskContext;
import serpentarium.traffic.format.GrowingSource;

/// The bytes of a capture, read through one buffer that is used again and again.
final class CaptureBytes implements AutoCloseable {
    /// No record of a capture may be longer.
    static final int LARGEST = 1 << 24;
    private static final int STEP = 1 << 18;

    private final InputStream in;
    private final TaskContext context;
    private final long size;
    private byte[] buffer = new byte[STEP];
    private int position;
    private int limit;
    private long before;
    private boolean big;

    /// @param turn what is done beside, where the source grows
    CaptureBytes(Source source, TaskContext context, GrowingSource.Turn turn) throws IOException {
        context.checkpoint();
        this.context = context;
        size = source.size();
        in = source instanceof GrowingSource growing ? growing.open(turn) : source.open();
    }

    /// Whether numbers have their largest byte first.
    void bigEndian(boolean now) {
        big = now;
    }

    /// Where the next byte lies in the file.
    long offset() {
        return before + position;
    }

    byte[] buffer() {
        return buffer;
    }

    /// Where the next byte lies in the buffer.
    int position() {
        return position;
    }

    /// Whether so many bytes are there; they lie in the buffer then.
    boolean has(int count) throws IOException {
        if (limit - position >= count) return true;
        if (count > LARGEST) return false;
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        before += position;
        limit -= position;
        position = 0;
        while (limit < count) {
            // Room is made as bytes come, not as they are promised.
            if (limit == buffer.length) buffer = Arrays.copyOf(buffer, Math.min(Math.max(buffer.length * 2, STEP), LARGEST + STEP));
            context.checkpoint();
            int got = in.read(buffer, limit, buffer.length - limit);
            if (got < 0) return false;
            limit += got;
            context.progress(before + limit, size, Progress.Unit.BYTES);
        }
        return true;
    }

    /// How many bytes are there at the end of the file.
    int rest() {
        return limit - position;
    }

    /// Goes on by so many bytes, as far as there are.
    ///
    /// @return whether there were so many
    boolean skip(long count) throws IOException {
        long left = count;
        while (left > limit - position) {
            left -= limit - position;
            before += limit;
            position = 0;
            limit = 0;
            context.checkpoint();
            int got = in.read(buffer, 0, buffer.length);
            if (got < 0) return false;
            limit = got;
            context.progress(before + limit, size, Progress.Unit.BYTES);
        }
        position += (int) left;
        return true;
    }

    int u8(int at) {
        return buffer[position + at] & 0xff;
    }

    int u16(int at) {
        int a = u8(at);
        int b = u8(at + 1);
        return big ? a << 8 | b : b << 8 | a;
    }

    long u32(int at) {
        long a = u16(at);
        long b = u16(at + 2);
        return big ? a << 16 | b : b << 16 | a;
    }

    @Override public void close() throws IOException {
        in.close();
    }
}
