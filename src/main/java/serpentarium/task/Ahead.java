package serpentarium.task;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/// Work in two steps of which the first runs ahead on a thread of its own: a reader takes a file's text apart while the task adds up what was
/// found so far. What is made arrives in its order; so many pieces wait at most, [#ROOM] where nothing else is said.
///
/// Everything the first step wrote is seen by the second once it has taken the piece, or has closed this.
///
/// @param <T> a piece; small ones cost more to hand over than to make
public final class Ahead<T> implements AutoCloseable {
    /// How many pieces wait at most where steps go side by side.
    public static final int ROOM = 4;

    private final BlockingQueue<Piece<T>> made;
    private final Thread thread;
    private boolean ended;

    /// What makes pieces.
    ///
    /// @param <T> a piece
    @FunctionalInterface
    public interface Maker<T> {
        /// The next piece; null after the last one.
        ///
        /// @throws IOException when there is nothing to make it from
        T next() throws IOException;
    }

    /// @param value null at the end
    /// @param thrown null where nothing was
    private record Piece<T>(T value, Throwable thrown) {}

    /// Starts to make pieces.
    public Ahead(Maker<? extends T> maker) {
        this(maker, ROOM);
    }

    /// Starts to make pieces, of which so many wait at most: more than [#ROOM] where the second step stops now and then for something longer.
    public Ahead(Maker<? extends T> maker, int room) {
        made = new ArrayBlockingQueue<>(room);
        thread = Thread.ofPlatform().daemon().name("ahead").start(() -> run(maker));
    }

    private void run(Maker<? extends T> maker) {
        try {
            for (T value; (value = maker.next()) != null;) made.put(new Piece<>(value, null));
            made.put(new Piece<>(null, null));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            last(e);
        }
    }

    private void last(Throwable thrown) {
        try {
            made.put(new Piece<>(null, thrown));
        } catch (InterruptedException _) {
            // Nobody waits for it any more.
            Thread.currentThread().interrupt();
        }
    }

    /// The next piece; null after the last one. What its maker threw is thrown here.
    ///
    /// @throws CancellationException when the waiting thread was interrupted
    public T next() throws IOException {
        if (ended) return null;
        Piece<T> piece;
        try {
            piece = made.take();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
        ended = piece.value() == null;
        return switch (piece.thrown()) {
            case null -> piece.value();
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        };
    }

    /// Ends the first step where it still runs, and waits until it has ended.
    @Override public void close() {
        thread.interrupt();
        Ending.of(thread);
    }
}
