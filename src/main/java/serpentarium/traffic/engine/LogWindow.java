package serpentarium.traffic.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/// Reads records of a session by many at once, for one thread that goes through them more or less in their order; it waits for nobody who writes.
final class LogWindow {
    /// Where a session's files are, as they are now.
    interface Files {
        /// The file with a position; null where it was dropped.
        SegmentLog.Written written(long position) throws IOException;
    }

    private final Files files;
    private final byte[] window;
    private final CRC32C sum = new CRC32C();
    private SegmentLog.Written file;
    private long base;
    private int filled;
    private byte[] bytes;
    private int from;
    private int end;
    private long before;
    private int generation;

    /// @param size how many bytes are read at once
    LogWindow(Files files, int size) {
        this.files = files;
        window = new byte[size];
    }

    /// Goes to a record; what the one before held is gone.
    ///
    /// @throws IOException when there is none at this position or it is damaged
    void at(long position) throws IOException {
        int number = SegmentLog.number(position);
        long offset = SegmentLog.offset(position);
        try {
            if (file == null || file.number() != number || file.end() - offset < SegmentLog.HEADER) open(position);
            record(offset);
        } catch (ClosedChannelException e) {
            throw dropped();
        }
    }

    private void open(long position) throws IOException {
        SegmentLog.Written now = files.written(position);
        if (now == null) throw dropped();
        if (file == null || file.number() != now.number()) filled = 0;
        file = now;
    }

    private static IOException dropped() {
        return new IOException("this part of the session was dropped");
    }

    private static IOException damaged() {
        return new IOException("a record of the session is damaged");
    }

    private void record(long offset) throws IOException {
        if (offset < SegmentLog.START || file.end() - offset < SegmentLog.HEADER) throw damaged();
        need(offset, SegmentLog.HEADER);
        int at = (int) (offset - base);
        int size = SegmentLog.intAt(window, at);
        if (size < 0 || size > SegmentLog.LONGEST || size > file.end() - offset - SegmentLog.HEADER) throw damaged();
        int whole = SegmentLog.HEADER + size;
        if (whole <= window.length) {
            need(offset, whole);
            if (bytes != window) generation++;
            bytes = window;
            at = (int) (offset - base);
        } else {
            generation++;
            bytes = new byte[whole];
            at = 0;
            read(bytes, 0, whole, offset);
        }
        sum.reset();
        sum.update(bytes, at + 8, whole - 8);
        if ((int) sum.getValue() != SegmentLog.intAt(bytes, at + 4)) throw damaged();
        before = 0;
        for (int k = 0; k < 8; k++) before |= (bytes[at + 13 + k] & 0xffL) << 8 * k;
        from = at + SegmentLog.HEADER;
        end = at + whole;
    }

    /// Who goes back finds what is before the record in the window too; who goes on, what is after it.
    private void need(long offset, int size) throws IOException {
        if (offset >= base && offset + size <= base + filled) return;
        boolean back = filled > 0 && offset < base && offset > base - window.length;
        long begin = back ? Math.max(SegmentLog.START, offset + size - window.length) : offset;
        int length = (int) Math.min(window.length, file.end() - begin);
        filled = 0;
        generation++;
        base = begin;
        read(window, 0, length, begin);
        filled = length;
    }

    private void read(byte[] into, int at, int length, long offset) throws IOException {
        FileChannel channel = file.channel();
        ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
        long next = offset;
        while (buffer.hasRemaining()) {
            int got = channel.read(buffer, next);
            if (got < 0) throw damaged();
            next += got;
        }
    }

    /// Whether a position lies in a file that is there.
    boolean holds(long position) throws IOException {
        return file != null && file.number() == SegmentLog.number(position) || files.written(position) != null;
    }

    /// As long as this stays the same, records gone to before are still in [#bytes()].
    int generation() {
        return generation;
    }

    /// The bytes that the record lies in.
    byte[] bytes() {
        return bytes;
    }

    /// Where its payload begins.
    int from() {
        return from;
    }

    /// Where it ends.
    int end() {
        return end;
    }

    /// The position of its flow's record before it, or 0.
    long before() {
        return before;
    }
}
