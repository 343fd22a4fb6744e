package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/// What came and could not be used yet.
final class Gather {
    private ByteBuf bytes = Unpooled.EMPTY_BUFFER;
    private int searched;

    /// More came; it belongs to this now.
    void add(ByteBuf more) {
        if (!bytes.isReadable()) {
            bytes.release();
            bytes = more;
            searched = 0;
        } else if (bytes.refCnt() == 1 && bytes.maxCapacity() - bytes.writerIndex() >= more.readableBytes() && !bytes.isReadOnly()) {
            bytes.writeBytes(more);
            more.release();
        } else {
            // Slices of it are on their way: they must not be moved.
            ByteBuf both = more.alloc().buffer(Math.max(512, 2 * (bytes.readableBytes() + more.readableBytes())));
            both.writeBytes(bytes).writeBytes(more);
            bytes.release();
            more.release();
            bytes = both;
        }
    }

    /// What is there, to look at and to take from.
    ByteBuf bytes() {
        return bytes;
    }

    boolean empty() {
        return !bytes.isReadable();
    }

    int size() {
        return bytes.readableBytes();
    }

    /// The next bytes, taken off; they are the caller's.
    ByteBuf take(int length) {
        if (length == size()) return all();
        searched = 0;
        return bytes.readRetainedSlice(length);
    }

    void skip(int length) {
        searched = 0;
        bytes.skipBytes(length);
    }

    /// All of it, taken off.
    ByteBuf all() {
        ByteBuf all = bytes;
        bytes = Unpooled.EMPTY_BUFFER;
        searched = 0;
        return all;
    }

    /// Lets go of what is used up.
    void tidy() {
        if (!bytes.isReadable()) all().release();
    }

    /// How long the head is that begins here; -1 where it does not end yet.
    int head() {
        int from = bytes.readerIndex();
        int end = bytes.writerIndex();
        int at = from + searched;
        while ((at = bytes.indexOf(at, end, (byte) '\n')) >= 0) {
            if (at + 1 < end && bytes.getByte(at + 1) == '\n') return at + 2 - from;
            if (at + 2 < end && bytes.getByte(at + 1) == '\r' && bytes.getByte(at + 2) == '\n') return at + 3 - from;
            if (at + 2 >= end) break;
            at++;
        }
        searched = Math.max(0, end - from - 3);
        return -1;
    }

    /// Whether the head that begins here is longer than allowed.
    ///
    /// @param length of the head; -1 where it does not end yet
    boolean longer(int length, int most) {
        return (length < 0 ? size() : length) > most;
    }

    /// The next bytes as an array; they stay.
    byte[] copy(int length) {
        byte[] copy = new byte[length];
        bytes.getBytes(bytes.readerIndex(), copy);
        return copy;
    }
}
