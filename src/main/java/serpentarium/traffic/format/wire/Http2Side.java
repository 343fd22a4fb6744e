package serpentarium.traffic.format.wire;

import java.io.IOException;
import java.util.List;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// One direction of an HTTP/2 connection: frames, and header blocks over several of them.
///
/// Source: RFC 9113.
final class Http2Side {
    private static final int HEADER = 9;
    private static final int LARGEST = 1 << 20;
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int PUSH_PROMISE = 5;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;

    /// What is done with what was found.
    interface Parts {
        /// A header block; null fields where it cannot be understood.
        ///
        /// @param promised the stream that a push promises; 0 for none
        void headers(Side side, double time, int stream, int promised, List<Headers.Field> fields, boolean cut, boolean last) throws IOException;

        /// A piece of a body.
        void data(Side side, double time, int stream, byte[] bytes, int offset, int length) throws IOException;

        /// A body is over.
        void dataEnd(Side side, double time, int stream) throws IOException;

        /// Bytes of a body that were not seen.
        void dataLost(Side side, int stream, long count) throws IOException;

        /// A stream is given up.
        void reset(double time, int stream, long code) throws IOException;

        /// No streams above this one are served.
        void goAway(double time, int lastStream, long code) throws IOException;

        /// Nothing more of this side can be understood.
        void dead(Side side) throws IOException;
    }

    private final Side side;
    private final Parts parts;
    private final Hpack hpack;
    private final ByteHold header = new ByteHold();
    private final ByteHold payload = new ByteHold();
    private final ByteHold block = new ByteHold();
    private int preface;
    private boolean dead;
    private int type;
    private int flags;
    private int stream;
    private int left;
    private int padding = -1;
    private boolean inFrame;
    private boolean hollow;
    private double frameTime;
    private double blockTime;
    private int blockStream;
    private int blockPromised;
    private boolean blockLast;

    Http2Side(Side side, Names names, Parts parts) {
        this.side = side;
        this.parts = parts;
        hpack = new Hpack(names);
        preface = side == Side.REQUEST ? Guess.PREFACE.length : 0;
    }

    void bytes(double time, byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int at = offset + Math.min(preface, length);
        preface -= at - offset;
        while ((at < end || inFrame && left == 0) && !dead) {
            if (!inFrame) {
                if (header.length() == 0) frameTime = time;
                at += header.fill(HEADER, bytes, at, end - at);
                if (header.length() < HEADER) return;
                open();
                continue;
            }
            int taken = Math.min(left, end - at);
            left -= taken;
            if (type == DATA) data(time, bytes, at, taken);
            else if (left + taken + payload.length() <= LARGEST) payload.add(bytes, at, taken);
            at += taken;
            if (left == 0) close(time);
        }
    }

    private void open() {
        byte[] h = header.bytes();
        left = (h[0] & 0xff) << 16 | (h[1] & 0xff) << 8 | h[2] & 0xff;
        type = h[3] & 0xff;
        flags = h[4] & 0xff;
        stream = (h[5] & 0x7f) << 24 | (h[6] & 0xff) << 16 | (h[7] & 0xff) << 8 | h[8] & 0xff;
        header.clear();
        payload.clear();
        padding = type == DATA && (flags & 8) != 0 ? -1 : 0;
        inFrame = true;
        hollow = false;
    }

    private void data(double time, byte[] bytes, int from, int count) throws IOException {
        int at = from;
        int length = count;
        if (padding < 0 && length > 0) {
            padding = bytes[at++] & 0xff;
            length--;
        }
        // The padding is at the end: of this piece only what is before it counts.
        int content = Math.min(length, length + left - Math.max(0, padding));
        if (content > 0) parts.data(side, time, stream, bytes, at, content);
    }

    private void close(double time) throws IOException {
        inFrame = false;
        boolean last = (flags & 1) != 0;
        switch (type) {
            case DATA -> {
                if (last) parts.dataEnd(side, time, stream);
            }
            case HEADERS, PUSH_PROMISE -> begin(last);
            case CONTINUATION -> {
                if (hollow || stream != blockStream || block.length() + payload.length() > LARGEST) die();
                else block.add(payload.bytes(), 0, payload.length());
                if ((flags & 4) != 0) block();
            }
            case RST_STREAM -> {
                if (payload.length() == 4) parts.reset(time, stream, u32(0));
            }
            case GOAWAY -> {
                if (payload.length() >= 8) parts.goAway(time, (int) (u32(0) & 0x7fff_ffff), u32(4));
            }
            default -> { }
        }
        payload.clear();
    }

    private long u32(int at) {
        byte[] p = payload.bytes();
        return (p[at] & 0xffL) << 24 | (p[at + 1] & 0xff) << 16 | (p[at + 2] & 0xff) << 8 | p[at + 3] & 0xff;
    }

    private void begin(boolean last) throws IOException {
        int from = 0;
        int end = payload.length();
        if ((flags & 8) != 0 && end > 0) {
            end -= payload.bytes()[0] & 0xff;
            from = 1;
        }
        blockPromised = 0;
        if (type == HEADERS && (flags & 0x20) != 0) from += 5;
        else if (type == PUSH_PROMISE && end - from >= 4) {
            blockPromised = (int) (u32(from) & 0x7fff_ffff);
            from += 4;
        }
        if (hollow || end < from || payload.length() == 0 && (flags & 4) != 0 && type == PUSH_PROMISE) {
            die();
            return;
        }
        blockTime = frameTime;
        blockStream = stream;
        blockLast = type == HEADERS && last;
        block.clear();
        block.add(payload.bytes(), from, end - from);
        if ((flags & 4) != 0) block();
    }

    private void block() throws IOException {
        if (dead) return;
        List<Headers.Field> fields = hpack.decode(block.bytes(), 0, block.length());
        block.clear();
        if (fields == null) die();
        else parts.headers(side, blockTime, blockStream, blockPromised, fields, hpack.cut(), blockLast);
    }

    private void die() throws IOException {
        if (dead) return;
        dead = true;
        block.clear();
        payload.clear();
        parts.dead(side);
    }

    void lost(long count) throws IOException {
        if (dead) return;
        if (!inFrame || left <= count) {
            die();
            return;
        }
        left -= (int) count;
        if (type == DATA) parts.dataLost(side, stream, count);
        else hollow = true;
        if (hollow && type != HEADERS && type != CONTINUATION && type != PUSH_PROMISE) type = 0xff;
    }
}
