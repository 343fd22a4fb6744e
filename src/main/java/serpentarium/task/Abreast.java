package serpentarium.task;

import java.io.IOException;
import java.util.concurrent.CancellationException;

/// Work in many pieces that do not depend on one another, done on all cores at once; what they give arrives in the order of the pieces. Few are ahead of
/// who takes them, so that the first answers are there soon and memory is bounded.
///
/// A single piece is done by who asks for it, without a thread. Threads are never interrupted, for that would close the files that they read: a piece
/// looks at its task's checkpoints.
///
/// @param <T> what a piece gives; never null
public final class Abreast<T> implements AutoCloseable {
    private static final int ROOM = 4;

    private final int pieces;
    private final Piece<T> work;
    private final Thread[] threads;
    private final Object[] made;
    private int begun;
    private int taken;
    private boolean closed;

    /// What is done for each piece.
    ///
    /// @param <T> what it gives
    @FunctionalInterface
    public interface Piece<T> {
        /// Does one piece, on any thread.
        ///
        /// @param number 0…`pieces` - 1
        /// @throws IOException when it cannot be done; thrown on when this piece is asked for
        T make(int number) throws IOException;
    }

    private record Thrown(Throwable what) {}

    /// Begins with the work, on as many threads as there are cores.
    public Abreast(int pieces, Piece<T> work) {
        this(pieces, Runtime.getRuntime().availableProcessors(), work);
    }

    /// @param most how many threads there are at most; with one, the pieces are done by who asks for them
    public Abreast(int pieces, int most, Piece<T> work) {
        this.pieces = pieces;
        this.work = work;
        int count = Math.min(most, pieces);
        threads = new Thread[count < 2 ? 0 : count];
        made = new Object[Math.max(1, threads.length * ROOM)];
        for (int i = 0; i < threads.length; i++) threads[i] = Thread.ofPlatform().daemon().name("abreast-" + i).start(this::run);
    }

    private void run() {
        for (int number; (number = begin()) >= 0; ) {
            Object piece;
            try {
                piece = work.make(number);
            } catch (Throwable e) {
                piece = new Thrown(e);
            }
            put(number, piece);
        }
    }

    private synchronized int begin() {
        while (!closed && begun < pieces && begun >= taken + made.length) if (!waited()) return -1;
        return closed || begun == pieces ? -1 : begun++;
    }

    private synchronized void put(int number, Object piece) {
        made[number % made.length] = piece;
        notifyAll();
    }

    private boolean waited() {
        try {
            wait();
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// What the next piece gave; null after the last one. What it threw is thrown here.
    ///
    /// @throws CancellationException when the waiting thread was interrupted
    @SuppressWarnings("unchecked")
    public T next() throws IOException {
        Object piece = take();
        if (!(piece instanceof Thrown(Throwable what))) return (T) piece;
        switch (what) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IOException(what);
        }
    }

    private Object take() throws IOException {
        if (threads.length == 0) return taken == pieces ? null : work.make(taken++);
        synchronized (this) {
            if (taken == pieces) return null;
            int at = taken % made.length;
            while (made[at] == null) if (!waited()) throw new CancellationException();
            Object piece = made[at];
            made[at] = null;
            taken++;
            notifyAll();
            return piece;
        }
    }

    /// Begins no more pieces and waits for those that are being done.
    @Override public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        Ending.of(threads);
    }
}
