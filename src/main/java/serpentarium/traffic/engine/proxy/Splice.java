package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import serpentarium.traffic.Side;

/// Hands on what comes as it is.
final class Splice implements Stage {
    private final Passage passage;
    private final Side from;

    Splice(Passage passage, Side from) {
        this.passage = passage;
        this.from = from;
    }

    @Override public void read(ByteBuf bytes) {
        passage.pass(from, bytes);
    }

    @Override public void pause() {
        passage.end(from == Side.REQUEST ? Side.RESPONSE : Side.REQUEST).flush();
    }

    @Override public void end() {
        passage.ended(from);
    }

    @Override public void gone(boolean reset) {
        passage.gone(from, reset);
    }
}
