package serpentarium.traffic.engine.proxy;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/// Waits for what a client says first, to see whether it is TLS. It is left for who goes on.
final class FirstWords implements Stage {
    private static final int MOST = 1 << 17;

    private final Passage passage;
    private final Runnable plain;
    private final Consumer<ClientHello> sealed;
    private final Gather unread = new Gather();

    FirstWords(Passage passage, Runnable plain, Consumer<ClientHello> sealed) {
        this.passage = passage;
        this.plain = plain;
        this.sealed = sealed;
    }

    @Override public void read(ByteBuf bytes) {
        unread.add(bytes);
        if (unread.empty()) return;
        if (!ClientHello.begins(unread.bytes()) || unread.size() > MOST) {
            leave();
            plain.run();
            return;
        }
        ClientHello hello = ClientHello.of(unread.bytes());
        if (hello == null) return;
        leave();
        passage.suspend();
        sealed.accept(hello);
    }

    /// Lets go of what came so far.
    void leave() {
        passage.client().stage(null);
        passage.client().hold(unread.all());
    }

    @Override public void end() {
        leave();
        plain.run();
    }

    @Override public void gone(boolean reset) {
        unread.all().release();
        passage.close(reset);
    }
}
