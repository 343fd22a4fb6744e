package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import serpentarium.traffic.Side;

/// One direction of HTTP/2 where heads are changed: header blocks are taken apart and written anew, all other frames go through as they came. What is
/// recorded is what came.
///
/// Source: RFC 9113 sections 4 and 6, RFC 7541 section 4.
final class Http2Heads implements Stage {
    private static final int HEADER = 9;
    private static final int FRAME = 1 << 14;
    private static final int PREFACE = 24;
    private static final int HEADERS = 1;
    private static final int SETTINGS = 4;
    private static final int PUSH_PROMISE = 5;
    private static final int GOAWAY = 7;
    private static final int CONTINUATION = 9;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int PRIORITY = 0x20;
    private static final int TABLE = 4096;

    private final Passage passage;
    private final Side from;
    private final Edit edit;
    private final Gather unread = new Gather();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, Head.LONGEST);
    /// Nothing is remembered on the way: a secret stays out of every table, and no table can be out of step.
    private final Http2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.ALWAYS_SENSITIVE);
    private Http2Heads other;
    private long through;
    private int read = TABLE;
    private int written = TABLE;
    private ByteBuf block;
    private ByteBuf before;
    private int blockType;
    private int blockFlags;
    private int blockStream;
    private boolean over;

    /// What is done with a head.
    interface Edit {
        /// Changes it.
        void edit(int stream, Http2Headers headers);
    }

    private Http2Heads(Passage passage, Side from, Edit edit) {
        this.passage = passage;
        this.from = from;
        this.edit = edit;
        through = from == Side.REQUEST ? PREFACE : 0;
    }

    /// Both directions of a passage whose server stands go on like this.
    static void begin(Passage passage, Edit requests, Edit responses) {
        var request = new Http2Heads(passage, Side.REQUEST, requests);
        var response = new Http2Heads(passage, Side.RESPONSE, responses);
        request.other = response;
        response.other = request;
        passage.server().stage(response);
        passage.client().stage(request);
        passage.resume();
    }

    @Override public void read(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        passage.record(from, bytes, bytes.readableBytes());
        unread.add(bytes);
        try {
            while (!over && !unread.empty() && step()) continue;
        } catch (Http2Exception e) {
            fail(e.error().code());
        }
        if (over) unread.all().release();
        else unread.tidy();
    }

    /// @return whether there may be more to do
    private boolean step() throws Http2Exception {
        if (through > 0) {
            int length = (int) Math.min(through, unread.size());
            through -= length;
            passage.write(from, unread.take(length));
            return true;
        }
        if (unread.size() < HEADER) return false;
        ByteBuf in = unread.bytes();
        int at = in.readerIndex();
        int length = in.getUnsignedMedium(at);
        int type = in.getByte(at + 3);
        int stream = in.getInt(at + 5) & 0x7fff_ffff;
        boolean heads = type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION;
        if (block != null != (type == CONTINUATION) || type == CONTINUATION && stream != blockStream) throw bad();
        if (!heads && type != SETTINGS) {
            through = (long) HEADER + length;
            return true;
        }
        if (length + (block == null ? 0 : block.readableBytes()) > Head.LONGEST) throw bad();
        if (unread.size() < HEADER + length) return false;
        int flags = in.getByte(at + 4);
        if (type == SETTINGS) {
            for (int i = at + HEADER; i + 6 <= at + HEADER + length; i += 6) if (in.getUnsignedShort(i) == 1) other.table(in.getUnsignedInt(i + 2));
            through = (long) HEADER + length;
            return true;
        }
        unread.skip(HEADER);
        ByteBuf payload = unread.take(length);
        try {
            heads(type, flags, stream, payload);
        } finally {
            payload.release();
        }
        return true;
    }

    private static Http2Exception bad() {
        return new Http2Exception(io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR);
    }

    /// Who is written to says how large its table is. What was written with a larger one may still be under way, so reading never asks for less.
    private void table(long size) throws Http2Exception {
        if (size > read) {
            read = (int) Math.min(size, Head.LONGEST);
            decoder.configuration().maxHeaderTableSize(read);
        }
        if (size < written) {
            written = (int) size;
            encoder.configuration().maxHeaderTableSize(written);
        }
    }

    private void heads(int type, int flags, int stream, ByteBuf payload) throws Http2Exception {
        if (type != CONTINUATION) {
            int padding = (flags & PADDED) != 0 && payload.isReadable() ? payload.readUnsignedByte() : 0;
            int extra = type == PUSH_PROMISE ? 4 : (flags & PRIORITY) != 0 ? 5 : 0;
            if (payload.readableBytes() < padding + extra) throw bad();
            before = Unpooled.copiedBuffer(payload.readSlice(extra));
            payload.writerIndex(payload.writerIndex() - padding);
            blockType = type;
            blockFlags = flags & ~(END_HEADERS | PADDED);
            blockStream = stream;
            block = Unpooled.buffer(payload.readableBytes());
        }
        block.writeBytes(payload);
        if ((flags & END_HEADERS) != 0) whole();
    }

    private void whole() throws Http2Exception {
        Http2Headers headers = decoder.decodeHeaders(Math.max(1, blockStream), block);
        edit.edit(blockStream, headers);
        ByteBuf out = Unpooled.buffer(block.capacity() + 64);
        encoder.encodeHeaders(Math.max(1, blockStream), headers, out);
        drop();
        ByteBuf head = before;
        before = null;
        int type = blockType;
        int flags = blockFlags;
        do {
            int room = Math.min(out.readableBytes(), FRAME - head.readableBytes());
            boolean last = room == out.readableBytes();
            passage.write(from, frame(type, flags | (last ? END_HEADERS : 0), blockStream, Unpooled.wrappedBuffer(head, out.readRetainedSlice(room))));
            head = Unpooled.EMPTY_BUFFER;
            type = CONTINUATION;
            flags = 0;
        } while (out.isReadable());
        out.release();
    }

    private static ByteBuf frame(int type, int flags, int stream, ByteBuf payload) {
        ByteBuf head = Unpooled.buffer(HEADER).writeMedium(payload.readableBytes()).writeByte(type).writeByte(flags).writeInt(stream);
        return Unpooled.wrappedBuffer(head, payload);
    }

    /// Who sent what cannot be understood is told so, and the connection ends.
    private void fail(long code) {
        over = true;
        other.over = true;
        passage.tap().fail(Route.STRINGS.get("bad.http2"));
        passage.end(from).write(frame(GOAWAY, 0, 0, Unpooled.buffer(8).writeInt(blockStream).writeInt((int) code)));
        passage.close(false);
    }

    private void drop() {
        if (block != null) block.release();
        block = null;
    }

    @Override public void pause() {
        End to = passage.end(from == Side.REQUEST ? Side.RESPONSE : Side.REQUEST);
        if (to != null) to.flush();
    }

    @Override public void end() {
        passage.ended(from);
    }

    @Override public void gone(boolean reset) {
        over = true;
        drop();
        unread.all().release();
        passage.gone(from, reset);
    }
}
