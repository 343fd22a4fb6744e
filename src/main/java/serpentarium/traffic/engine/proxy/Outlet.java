package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import serpentarium.traffic.Headers;
import serpentarium.traffic.Side;

/// Writes a body anew, framed as its head says, no faster than it may pass, and records it.
final class Outlet {
    private static final int TICK_MILLIS = 20;
    private static final int MOST_WAITING = 1 << 16;

    private final Passage passage;
    private final Side from;
    private final boolean chunked;
    private final boolean discard;
    private final int rate;
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();
    private long waiting;
    private boolean ticking;
    private Headers trailers;
    private Runnable done;

    /// @param chunked whether it goes in chunks
    /// @param discard whether it is only recorded
    /// @param rate    kilobytes a second; 0 for as fast as it can
    Outlet(Passage passage, Side from, boolean chunked, boolean discard, int rate) {
        this.passage = passage;
        this.from = from;
        this.chunked = chunked;
        this.discard = discard;
        this.rate = rate;
    }

    /// More of the body.
    void data(ByteBuf data) {
        if (!data.isReadable()) data.release();
        else if (rate == 0) write(data);
        else {
            queue.add(data);
            waiting += data.readableBytes();
            if (waiting > MOST_WAITING && passage.server() != null) passage.server().channel().config().setAutoRead(false);
            tick();
        }
    }

    /// Whether more waits than should.
    boolean full() {
        return waiting > MOST_WAITING;
    }

    /// The body is over.
    ///
    /// @param then is called when all of it was written
    void end(Headers fields, Runnable then) {
        trailers = fields;
        done = then;
        if (queue.isEmpty()) finish();
    }

    private void tick() {
        if (ticking || passage.closed()) return;
        ticking = true;
        passage.loop().schedule(this::pass, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void pass() {
        ticking = false;
        if (passage.closed()) {
            drop();
            return;
        }
        int budget = Math.max(1, (int) (rate * 1024L * TICK_MILLIS / 1000));
        while (budget > 0 && !queue.isEmpty()) {
            ByteBuf first = queue.peek();
            int length = Math.min(budget, first.readableBytes());
            budget -= length;
            waiting -= length;
            write(length == first.readableBytes() ? queue.poll() : first.readRetainedSlice(length));
        }
        passage.client().flush();
        if (waiting <= MOST_WAITING && passage.server() != null && passage.client().channel().isWritable()) passage.server().channel().config().setAutoRead(true);
        if (!queue.isEmpty()) tick();
        else if (done != null) finish();
    }

    private void drop() {
        queue.forEach(ByteBuf::release);
        queue.clear();
    }

    private void write(ByteBuf data) {
        if (!chunked) out(data);
        else out(Unpooled.wrappedBuffer(ascii(Integer.toHexString(data.readableBytes()) + "\r\n"), data, ascii("\r\n")));
    }

    private void finish() {
        if (chunked) {
            var text = new StringBuilder("0\r\n");
            for (Headers.Field field : trailers.fields()) text.append(field.name()).append(": ").append(field.value()).append("\r\n");
            out(Unpooled.wrappedBuffer(serpentarium.traffic.WireText.encode(text.append("\r\n").toString())));
        }
        done.run();
    }

    private void out(ByteBuf bytes) {
        if (!discard) passage.pass(from, bytes);
        else {
            passage.record(from, bytes, bytes.readableBytes());
            bytes.release();
        }
    }

    private static ByteBuf ascii(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
