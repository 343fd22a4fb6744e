package serpentarium.traffic.engine.proxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import serpentarium.traffic.engine.rewrite.ReadyAnswer;

/// Sends the body of an answer that is given in a server's place, piece by piece: the next one is read when the one before is on its way and recorded, so
/// that it may be as long as it likes.
final class Pouring {
    private static final int PIECE = 1 << 16;
    private static final int WAIT_MILLIS = 2;

    private final Passage passage;
    private final ReadyAnswer.Body body;
    private final Outlet out;
    private final Runnable done;
    private InputStream in;
    private long left;

    /// @param done is called when all of it was written
    Pouring(Passage passage, ReadyAnswer.Body body, Outlet out, Runnable done) {
        this.passage = passage;
        this.body = body;
        this.out = out;
        this.done = done;
        left = body.length();
    }

    /// Begins, or goes on.
    void next() {
        if (left == 0 || passage.closed()) {
            leave();
            if (left == 0 && !passage.closed()) done.run();
            return;
        }
        if (out.full() || !passage.client().channel().isWritable() || passage.site().recorder().busy()) {
            passage.client().flush();
            passage.loop().schedule(this::next, WAIT_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        passage.site().threads().aside("answer", this::read);
    }

    private void read() {
        byte[] piece;
        try {
            if (in == null) in = body.from().open();
            piece = in.readNBytes((int) Math.min(PIECE, left));
            if (piece.length == 0) throw new EOFException();
        } catch (IOException | UncheckedIOException e) {
            passage.loop().execute(this::broken);
            return;
        }
        passage.loop().execute(() -> {
            left -= piece.length;
            if (!passage.closed()) out.data(Rewrites.buffer(piece));
            if (!passage.closed()) passage.client().flush();
            next();
        });
    }

    /// Its length was promised, so the connection ends with less.
    private void broken() {
        leave();
        if (passage.closed()) return;
        passage.tap().fail(Route.STRINGS.get("rules.answer-broken"));
        passage.close(true);
    }

    private void leave() {
        InputStream was = in;
        in = null;
        if (was != null) passage.site().threads().aside("answer", () -> {
            try {
                was.close();
            } catch (IOException _) {
                // Nothing of it is wanted any more.
            }
        });
    }
}
