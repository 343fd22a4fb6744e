package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import serpentarium.traffic.Side;

/// Waits for a request and answers why it cannot be handed on.
final class Apology implements Stage {
    private final Passage passage;
    private final Failure why;
    private final Gather unread = new Gather();

    Apology(Passage passage, Failure why) {
        this.passage = passage;
        this.why = why;
        passage.tap().fail(why.detail());
    }

    @Override public void read(ByteBuf bytes) {
        passage.record(Side.REQUEST, bytes, bytes.readableBytes());
        unread.add(bytes);
        if (unread.head() < 0 && unread.size() < Head.LONGEST) return;
        ByteBuf head = unread.all();
        boolean bodiless = head.readableBytes() > 4 && head.getByte(head.readerIndex()) == 'H';
        head.release();
        passage.answer(ErrorPage.of(why, bodiless));
    }

    @Override public void end() {
        passage.close(false);
    }

    @Override public void gone(boolean reset) {
        unread.all().release();
        passage.close(reset);
    }
}
